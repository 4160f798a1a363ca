"""Laws, decrees and circulars for the questions that are asked of them: articles of a retrieval corpus put together as
documents, and official pages as they are.

    python -m eval.statutes CORPUS.jsonl.gz PAGES OUT
    python -m eval.statutes CORPUS.jsonl.gz OUT

The second way writes `LAWS` in place of `STATUTES` and the pages.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

__all__ = ["LAWS", "PAGES", "STATUTES", "make"]

STATUTES: dict[str, tuple[str, str, str, str]] = {
    "100/2019/NĐ-CP": (
        "nghị định", "Chính phủ", "2019-12-30",
        "Nghị định quy định xử phạt vi phạm hành chính trong lĩnh vực giao thông đường bộ và đường sắt",
    ),
    "57/2020/QH14": ("luật", "Quốc hội", "2020-06-16", "Luật Thanh niên"),
    "45/2019/QH14": ("luật", "Quốc hội", "2019-11-20", "Bộ luật Lao động"),
    "59/2019/NĐ-CP": (
        "nghị định", "Chính phủ", "2019-07-01",
        "Nghị định quy định chi tiết một số điều và biện pháp thi hành Luật Phòng, chống tham nhũng",
    ),
    "24/2020/NĐ-CP": (
        "nghị định", "Chính phủ", "2020-02-24",
        "Nghị định quy định chi tiết một số điều của Luật Phòng, chống tác hại của rượu, bia",
    ),
    "25/2020/TT-BGDĐT": (
        "thông tư", "Bộ Giáo dục và Đào tạo", "2020-08-26",
        "Thông tư quy định việc lựa chọn sách giáo khoa trong cơ sở giáo dục phổ thông",
    ),
    "01/2020/TT-BNG": ("thông tư", "Bộ Ngoại giao", "2020-02-06", ""),
}  # fmt: skip
"""Number: kind, issuer, date of issue, title."""
LAWS: dict[str, tuple[str, str, str, str]] = {
    "43/2019/QH14": ("luật", "Quốc hội", "2019-06-14", "Luật Giáo dục"),
    "60/2014/QH13": ("luật", "Quốc hội", "2014-11-20", "Luật Hộ tịch"),
    "54/2019/NĐ-CP": (
        "nghị định", "Chính phủ", "2019-06-19",
        "Nghị định quy định về kinh doanh dịch vụ karaoke, dịch vụ vũ trường",
    ),
    "78/2015/QH13": ("luật", "Quốc hội", "2015-06-19", "Luật Nghĩa vụ quân sự"),
    "51/2010/QH12": ("luật", "Quốc hội", "2010-06-17", "Luật Người khuyết tật"),
    "52/2014/QH13": ("luật", "Quốc hội", "2014-06-19", "Luật Hôn nhân và gia đình"),
    "68/2020/QH14": ("luật", "Quốc hội", "2020-11-13", "Luật Cư trú"),
    "38/2013/QH13": ("luật", "Quốc hội", "2013-11-16", "Luật Việc làm"),
    "96/2016/NĐ-CP": (
        "nghị định", "Chính phủ", "2016-07-01",
        "Nghị định quy định điều kiện về an ninh, trật tự đối với một số ngành, nghề đầu tư kinh doanh có điều kiện",
    ),
    "44/2019/QH14": ("luật", "Quốc hội", "2019-06-14", "Luật Phòng, chống tác hại của rượu, bia"),
    "40/2009/QH12": ("luật", "Quốc hội", "2009-11-23", "Luật Khám bệnh, chữa bệnh"),
    "41/2009/QH12": ("luật", "Quốc hội", "2009-11-23", "Luật Viễn thông"),
    "65/2018/NĐ-CP": (
        "nghị định", "Chính phủ", "2018-05-12", "Nghị định quy định chi tiết một số điều của Luật Đường sắt",
    ),
    "24/2018/QH14": ("luật", "Quốc hội", "2018-06-12", "Luật An ninh mạng"),
    "123/2020/NĐ-CP": ("nghị định", "Chính phủ", "2020-10-19", "Nghị định quy định về hóa đơn, chứng từ"),
    "105/2016/QH13": ("luật", "Quốc hội", "2016-04-06", "Luật Dược"),
}  # fmt: skip
"""Sixteen more, for the questions of `laws_1` to `laws_4`; no pages go with them."""
PAGES = (
    "374-2025-nd-cp 368-2025-nd-cp 302-2025-nd-cp 337-2025-nd-cp 282-2025-nd-cp 109-2025-qh15 33-2025-qd-ttg "
    "40-2025-qd-ttg 155-2025-tt-btc 05-2026-tt-bgddt 60-2025-tt-bct 356-2025-nd-cp 11-2026-tt-bt 04-2026-tt-bgddt"
)
"""Stems of the pages, separated by blanks."""


def make(corpus: Path, pages: Path | None, out: Path) -> int:
    """Writes `STATUTES` with the pages, or `LAWS` without `pages`, and their `manifest.json` into `out`; the count of
    documents.
    """
    out.mkdir(parents=True, exist_ok=True)
    table = STATUTES if pages else LAWS
    found = _articles(corpus, table)
    manifest = []
    for number, (kind, issuer, day, title) in table.items():
        name = number.lower().replace("/", "-").replace("đ", "d") + ".txt"
        (out / name).write_text(_text(number, table[number], found[number.lower()]), "utf-8")
        row = {"file": name, "number": number, "date": day, "issuer": issuer, "kind": kind, "title": title or None}
        manifest.append(row)
    stems = PAGES.split() if pages else []
    for stem in stems:
        shutil.copy(Path(pages or "") / f"{stem}.html", out)
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    return len(manifest) + len(stems)


def _articles(corpus: Path, numbers: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """The articles of each of the statutes, in the order of the corpus."""
    wanted = {number.lower() for number in numbers}
    out: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["law"].lower() in wanted:
                out[row["law"].lower()].append(row)
    return out


def _text(number: str, about: tuple[str, str, str, str], articles: list[dict[str, str]]) -> str:
    kind, issuer, day, title = about
    year, month, date = day.split("-")
    place = f"Hà Nội, ngày {date} tháng {month} năm {year}"
    head = f"{issuer.upper()}\nSố: {number}\n{place}\n\n{kind.upper()}\n{title.upper()}\n\n"
    return head + "".join(f"Điều {a['article']}. {a['title']}\n{a['text']}\n" for a in articles)


if __name__ == "__main__":
    corpus_file, *folders = map(Path, sys.argv[1:4])
    sys.stdout.write(f"{make(corpus_file, folders[0] if len(folders) > 1 else None, folders[-1])}\n")
