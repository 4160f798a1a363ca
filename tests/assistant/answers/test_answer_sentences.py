from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.reading import read
from assistant.answers.sentences import clauses, lines
from corpus.document import Document

TEXT = """II. MỤC TIÊU
1. Mục tiêu cụ thể đến năm 2036 gồm:
a) 75% hộ dùng nước máy; 90% trường học có nước sạch;
b) Xây 12 nhà máy nước.
Các địa phương ưu tiên những việc sau:
- Sửa ống cũ;
- Đo thất thoát.
2. Kinh phí khoảng 40 tỷ đồng. Nguồn vốn do tỉnh bố trí.
"""


def _document(text: str) -> Document:
    return Document(id="d", text=text, sha256="0")


def test_items_know_the_headings_and_leads_above_them() -> None:
    above = {TEXT[line.start : line.end]: [TEXT[a:b] for a, b in line.above] for line in lines(TEXT)}
    assert above["b) Xây 12 nhà máy nước."] == ["II. MỤC TIÊU", "1. Mục tiêu cụ thể đến năm 2036 gồm:"]
    assert above["- Đo thất thoát."][-1] == "Các địa phương ưu tiên những việc sau:"
    assert above["2. Kinh phí khoảng 40 tỷ đồng. Nguồn vốn do tỉnh bố trí."] == ["II. MỤC TIÊU"]


def test_clauses_are_cut_at_semicolons_and_sentence_ends_outside_brackets() -> None:
    text = "Có 5 trạm (cũ; mới) ở TP. Hải Vân; thêm 7 trạm. Báo cáo ngày 15/11."
    line = lines(text)[0]
    assert [text[c.start : c.end] for c in clauses(text, line)] == [
        "Có 5 trạm (cũ; mới) ở TP. Hải Vân",
        "thêm 7 trạm.",
        "Báo cáo ngày 15/11.",
    ]


def test_a_clause_takes_the_year_of_the_heading() -> None:
    reading = read(_document(TEXT))
    unit = next(u for u in reading.units(range(len(reading.lines))) if "75%" in TEXT[u.start : u.end])
    assert unit.years == set()
    assert unit.years_above == {2036}


def test_a_table_row_takes_the_year_of_its_section() -> None:
    text = "| TT | Chỉ tiêu | Kết quả |\n| I | Đến năm 2036 | |\n| 1 | Nhà máy | 12 |\n| II | Đến năm 2040 | |\n| 2 | Nhà máy | 20 |"
    reading = read(_document(text))
    rows = list(reading.units(range(len(reading.lines))))
    assert [rows[i].years_above for i in (2, 4)] == [{2036}, {2040}]


@given(st.text(alphabet="aĐ 1.;:()-+|\nIab)", max_size=200))
def test_every_piece_is_a_span_of_the_text(text: str) -> None:
    seen = 0
    for line in lines(text):
        assert seen <= line.start < line.end <= len(text)
        seen = line.end
        for c in clauses(text, line):
            assert line.start <= c.start < c.end <= line.end
            assert c.sentence[0] <= c.start
            assert c.end <= c.sentence[1]
    reading = read(_document(text)) if text.strip() else None
    assert reading is None or all(u.start < u.end for u in reading.units(range(len(reading.lines))))
