"""Laws, decrees and circulars for the questions that are asked of them: articles of a retrieval corpus put together as
documents, and official pages as they are.

    python -m eval.statutes CORPUS.jsonl.gz PAGES OUT
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections import defaultdict
from pathlib import Path

__all__ = ["PAGES", "STATUTES", "make"]

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
PAGES = (
    "374-2025-nd-cp 368-2025-nd-cp 302-2025-nd-cp 337-2025-nd-cp 282-2025-nd-cp 109-2025-qh15 33-2025-qd-ttg "
    "40-2025-qd-ttg 155-2025-tt-btc 05-2026-tt-bgddt 60-2025-tt-bct 356-2025-nd-cp 11-2026-tt-bt 04-2026-tt-bgddt"
)
"""Stems of the pages, separated by blanks."""


def make(corpus: Path, pages: Path, out: Path) -> int:
    """Writes the documents and their `manifest.json` into `out`; the count of documents."""
    out.mkdir(parents=True, exist_ok=True)
    found = _articles(corpus)
    manifest = []
    for number, (kind, issuer, day, title) in STATUTES.items():
        name = number.lower().replace("/", "-").replace("đ", "d") + ".txt"
        (out / name).write_text(_text(number, found[number.lower()]), "utf-8")
        row = {"file": name, "number": number, "date": day, "issuer": issuer, "kind": kind, "title": title or None}
        manifest.append(row)
    for stem in PAGES.split():
        shutil.copy(pages / f"{stem}.html", out)
    (out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")
    return len(manifest) + len(PAGES.split())


def _articles(corpus: Path) -> dict[str, list[dict[str, str]]]:
    """The articles of each of the statutes, in the order of the corpus."""
    wanted = {number.lower() for number in STATUTES}
    out: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["law"].lower() in wanted:
                out[row["law"].lower()].append(row)
    return out


def _text(number: str, articles: list[dict[str, str]]) -> str:
    kind, issuer, day, title = STATUTES[number]
    year, month, date = day.split("-")
    place = f"Hà Nội, ngày {date} tháng {month} năm {year}"
    head = f"{issuer.upper()}\nSố: {number}\n{place}\n\n{kind.upper()}\n{title.upper()}\n\n"
    return head + "".join(f"Điều {a['article']}. {a['title']}\n{a['text']}\n" for a in articles)


if __name__ == "__main__":
    sys.stdout.write(f"{make(*map(Path, sys.argv[1:4]))}\n")
