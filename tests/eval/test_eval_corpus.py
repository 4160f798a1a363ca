"""The measure of reading: right where the text states a fact, and honest where it does not."""

from __future__ import annotations

import json

import pytest

from corpus.errors import UnreadableFile
from corpus.structure import provisions
from eval.corpus import articles, evaluate, show

PAGE = (
    "BỘ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/2031/TT-BYT\nHà Nội, ngày 02 tháng 5 năm 2031\nTHÔNG TƯ\n"
    "Quy định về vườn thuốc nam\nCăn cứ Luật Dược số 1/2016/QH13;\nĐiều 1. Vườn thuốc\nCó cây.\nĐiều 2. Hiệu lực thi hành\n"
    "Thông tư này có hiệu lực từ ngày 01/7/2031.\n"
)
RIGHT = {
    "number": "3/2031/TT-BYT",
    "title": "Thông tư số 3/2031/TT-BYT Quy định về vườn thuốc nam",
    "effective_from": "01/07/2031",
    "articles": 2,
}


def _folder(path, *facts):
    (path / "a.txt").write_text(PAGE, encoding="utf-8")
    lines = [json.dumps({"file": "a.txt"} | fact, ensure_ascii=False) for fact in facts]
    (path / "facts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


def test_all_right(tmp_path):
    report = evaluate(_folder(tmp_path, RIGHT))
    assert (report.documents, report.read, report.differences) == (1, 1, ())
    assert {field: (s.value, s.n) for field, s in report.shares.items()} == dict.fromkeys(RIGHT, (1.0, 1))


@pytest.mark.parametrize(
    ("fact", "stated"),
    [
        ({"number": "1/2016/QH13"}, True),
        ({"number": "4/2031/TT-BYT"}, False),
        ({"title": "Căn cứ Luật Dược"}, True),
        ({"title": "Thông tư về vườn hoa"}, False),
        ({"effective_from": "02/05/2031"}, False),
        ({"effective_from": "2032-01-01"}, False),
        ({"articles": 1}, True),
        ({"articles": 5}, False),
        ({"issued_on": "2031-07-01"}, True),
    ],
)
def test_wrong_readings_count_only_where_the_text_states_the_fact(tmp_path, fact, stated):
    report = evaluate(_folder(tmp_path, fact))
    (difference,) = report.differences
    assert difference.stated is stated
    (field,) = fact
    assert (report.shares[field].value == 0) if stated else (field not in report.shares)
    assert ("* a.txt" in show(report)) is stated


def test_missing_and_broken_files_are_named(tmp_path):
    report = evaluate(_folder(tmp_path, RIGHT, {"file": "b.txt", "number": "1/QĐ-BYT"}))
    assert (report.documents, report.read, list(report.refused)) == (2, 1, ["b.txt"])
    assert "b.txt" in show(report)


def test_the_last_line_is_for_programs(tmp_path):
    last = json.loads(show(evaluate(_folder(tmp_path, RIGHT)), as_json=True).splitlines()[-1])
    assert {name: last[name] for name in ("documents", "read", *RIGHT)} == {"documents": 1, "read": 1} | dict.fromkeys(
        RIGHT, 1.0
    )


def test_bad_facts_say_which_line(tmp_path):
    (tmp_path / "facts.jsonl").write_text('{"file": "a.txt"}\n{"number": 3}\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="dòng 2"):
        evaluate(tmp_path)
    with pytest.raises(UnreadableFile, match="không đọc được"):
        evaluate(tmp_path / "nowhere")


def test_articles_of_forms_do_not_count_and_those_of_an_enacted_text_do():
    own = "Điều 1. Ban hành.\nĐiều 2. Thi hành.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn Sậy\n"
    rules = "QUY CHẾ\nVƯỜN THUỐC\n(Ban hành kèm theo Thông tư số 3/2031/TT-BYT)\nĐiều 1. a\nĐiều 2. b\nĐiều 3. c\n"
    form = "PHỤ LỤC I\nMẪU QUYẾT ĐỊNH\nĐiều 1. a\nĐiều 2. b\nĐiều 3. c\nĐiều 4. d\n"
    assert articles(provisions(own + form)) == 2
    assert articles(provisions(own + rules + form)) == 3


@pytest.mark.shared
def test_real_pages_are_read_as_their_portal_records_them(shared, tmp_path):
    lines = (shared / "pages" / "facts.jsonl").read_text(encoding="utf-8").splitlines()[::10]
    for line in lines:
        name = json.loads(line)["file"]
        (tmp_path / name).write_bytes((shared / "pages" / name).read_bytes())
    (tmp_path / "facts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = evaluate(tmp_path)
    assert report.read == len(lines)
    assert all(share.value >= 0.9 for share in report.shares.values()), show(report)
