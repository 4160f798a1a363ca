from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.targets import export
from assistant.targets.export.columns import COLUMNS
from assistant.targets.export.delimited import neutral
from assistant.targets.target import Target
from corpus.citation import cite
from corpus.document import Document, Span
from corpus.errors import InputError

TEXT = """Điều 1. Mục tiêu đến năm 2028
1. Tối thiểu 62,5% trạm bơm thủy lợi được giám sát từ xa trước ngày 30 tháng 6 năm 2028.
2. =HYPERLINK("http://xau.example"): trồng mới 1.250 ha rừng ngập mặn.
3. - Hầu hết bến thuyền có phao cứu sinh;
   không tính bến tạm.
"""
DOCUMENT = Document(
    id="quy-hoach-thuy-loi",
    number="77/KH-UBND",
    title="Kế hoạch thủy lợi",
    issuer="UBND tỉnh Sông Xanh",
    issued_on="2026-02-03",
    effective_from="2026",
    source="https://songxanh.example/77",
    text=TEXT,
    sha256="ab" * 32,
)


def quoting(first: str, last: str, **fields) -> Target:
    start = TEXT.index(first)
    return Target(citation=cite(DOCUMENT, Span(start=start, end=TEXT.index(last, start) + len(last))), **fields)


TARGETS = [
    quoting(
        "Tối thiểu",
        "từ xa",
        indicator="trạm bơm thủy lợi được giám sát từ xa",
        comparator=">=",
        value=62.5,
        unit="%",
        deadline="2028-06-30",
        period=(2026, 2028),
        scope="các công ty thủy nông",
        section="Điều 1. Mục tiêu đến năm 2028",
        target_class="numeric",
        confidence=0.75,
        review=("hạn lấy từ đề mục",),
        inherited={"deadline": Span(start=8, end=29)},
    ),
    quoting(
        "=HYPER",
        "ngập mặn",
        indicator='=HYPERLINK("http://xau.example")',
        value=1250,
        unit="ha",
        deadline="2028",
        target_class="numeric",
    ),
    quoting(
        "- Hầu hết",
        "bến tạm",
        indicator="bến thuyền có phao cứu sinh",
        qualitative="hầu hết",
        status="draft",
        target_class="quantifier",
    ),
]


def written(format, targets=TARGETS, **options) -> bytes:
    out = io.BytesIO()
    export.write(targets, format, out, **options)
    return out.getvalue()


def sheets(data: bytes):
    return load_workbook(io.BytesIO(data))


def test_every_column_is_named_and_explained_once():
    headings = [c.heading for c in COLUMNS]
    assert len(set(headings)) == len(headings)
    assert all(c.meaning.endswith(".") and c.width >= 9 for c in COLUMNS)


def test_jsonl_gives_the_targets_back():
    lines = written("jsonl").decode().splitlines()
    assert [Target.model_validate_json(line) for line in lines] == TARGETS
    assert json.loads(lines[0])["citation"]["document"] == "quy-hoach-thuy-loi"


def test_json_is_one_array():
    assert [Target.model_validate(row) for row in json.loads(written("json"))] == TARGETS
    assert json.loads(written("json", [])) == []


@pytest.mark.parametrize(("comma", "separator", "value"), [(False, ",", "62.5"), (True, ";", "62,5")])
def test_csv_is_cut_and_read_as_excel_does(comma, separator, value):
    data = written("csv", decimal_comma=comma)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert [row["Giá trị"] for row in rows] == [value, "1250", ""]
    assert rows[0]["Hạn (ngày)"] == "2028-06-30"
    assert rows[0]["So sánh"] == "tối thiểu"
    assert rows[2]["Trích nguyên văn"] == "'" + TARGETS[2].citation.quote
    assert rows[2]["Trạng thái"] == "dự thảo"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@a", "\t=1", "＝1", "'a", "\r\n=2"])
def test_no_csv_cell_starts_a_formula(text):
    assert neutral(text) == "'" + text


@given(st.text())
def test_the_text_comes_back_when_the_apostrophe_is_dropped(text):
    assert neutral(text).removeprefix("'") == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_cells_of_the_workbook_are_typed():
    sheet = sheets(written("xlsx", documents={DOCUMENT.id: DOCUMENT}))["Chỉ tiêu"]
    heading = {cell.value: cell.column for cell in sheet[1]}

    def cell(row, name):
        return sheet.cell(row, heading[name])

    assert (cell(2, "Giá trị").value, cell(2, "Giá trị").data_type) == (62.5, "n")
    assert "%" not in cell(2, "Giá trị").number_format
    assert cell(2, "Hạn (ngày)").value == datetime(2028, 6, 30)
    assert (cell(2, "Hạn (năm)").value, cell(2, "Từ năm").value, cell(2, "Đến năm").value) == (2028, 2026, 2028)
    assert (cell(3, "Chỉ tiêu").value, cell(3, "Chỉ tiêu").data_type) == (TARGETS[1].indicator, "s")
    assert cell(3, "Chỉ tiêu").quotePrefix
    assert cell(4, "Giá trị").value is None
    assert cell(4, "So sánh").value is None
    assert cell(4, "Trích nguyên văn").value == TARGETS[2].citation.quote
    assert cell(2, "Lấy từ nơi khác").value == "thời hạn: ký tự 8-29"


def test_the_workbook_gives_back_what_every_column_says():
    sheet = sheets(written("xlsx"))["Chỉ tiêu"]
    for row, target in zip(sheet.iter_rows(min_row=2, values_only=True), TARGETS, strict=True):
        said = [column.cell(target) for column in COLUMNS]
        assert [v.date() if isinstance(v, datetime) else v for v in row] == said


def test_the_header_is_frozen_filtered_and_repeated():
    book = sheets(written("xlsx"))
    assert book.sheetnames == ["Chỉ tiêu", "Nguồn", "Giải thích cột"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold and cell.alignment.wrap_text for cell in sheet[1])
    assert [row[0] for row in book["Giải thích cột"].iter_rows(min_row=2, values_only=True)] == [
        c.heading for c in COLUMNS
    ]


def test_sources_say_where_everything_came_from():
    idle = Document(id="khong-co-chi-tieu", text="Không có gì.", sha256="cd" * 32)
    sheet = sheets(written("xlsx", documents={idle.id: idle, DOCUMENT.id: DOCUMENT}))["Nguồn"]
    first, second = sheet.iter_rows(min_row=2, values_only=True)
    assert first[:2] == ("quy-hoach-thuy-loi", "77/KH-UBND")
    assert first[7].date() == date(2026, 2, 3)
    assert first[8] == 2026
    assert first[-2:] == ("ab" * 32, 3)
    assert (second[0], second[-1]) == ("khong-co-chi-tieu", 0)
    assert sheet.cell(2, 11).hyperlink.target == "https://songxanh.example/77"


def test_a_document_that_was_not_given_is_named_by_its_citations():
    first = next(sheets(written("xlsx"))["Nguồn"].iter_rows(min_row=2, values_only=True))
    assert first[0] == "quy-hoach-thuy-loi"
    assert first[1] == "77/KH-UBND"
    assert first[4] == "Kế hoạch thủy lợi"
    assert first[-2] is None


def test_the_quote_links_to_its_place():
    column = [c.heading for c in COLUMNS].index("Trích nguyên văn") + 1
    inside = sheets(written("xlsx"))["Chỉ tiêu"].cell(3, column).hyperlink
    assert (inside.location, inside.target, inside.ref) == ("'Nguồn'!A2", None, "O3")
    outside = sheets(written("xlsx", base_url="http://may-chu:8000/"))["Chỉ tiêu"].cell(2, column)
    assert outside.hyperlink.target == "http://may-chu:8000/" + TARGETS[0].citation.link
    assert outside.value == TARGETS[0].citation.quote


def test_the_same_targets_give_the_same_bytes(monkeypatch):
    import time

    first = {f: written(f) for f in export.FORMATS}
    monkeypatch.setattr(time, "time", lambda: 2e9)
    assert {f: written(f) for f in export.FORMATS} == first


@pytest.mark.parametrize("format", export.FORMATS)
def test_no_targets_still_make_a_valid_file(format):
    data = written(format, [])
    if format == "xlsx":
        assert [len(list(s.iter_rows())) for s in sheets(data)] == [1, 1, len(COLUMNS) + 1]
    if format == "csv":
        assert data.decode("utf-8-sig").startswith("Chỉ tiêu,So sánh,Giá trị")


def test_a_report_is_set_as_official_papers_are():
    from docx import Document as Paper

    paper = Paper(io.BytesIO(written("docx")))
    assert paper.paragraphs[0].text == "BẢNG TỔNG HỢP CHỈ TIÊU"
    assert "77/KH-UBND" in paper.paragraphs[1].text
    assert (paper.styles["Normal"].font.name, paper.styles["Normal"].font.size.pt) == ("Times New Roman", 14)
    (table,) = paper.tables
    assert [cell.text for cell in table.rows[0].cells][:4] == ["TT", "Chỉ tiêu", "Mức", "Thời hạn"]
    assert len(table.rows) == 1 + len(TARGETS)
    first = [cell.text for cell in table.rows[1].cells]
    assert first[1:5] == [TARGETS[0].indicator, "tối thiểu 62,5%", "ngày 30/06/2028", "các công ty thủy nông"]
    assert first[6] == TARGETS[0].citation.quote
    assert {run.font.size.pt for row in table.rows for c in row.cells for p in c.paragraphs for run in p.runs} == {13}
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) <= room + 36_000


def test_characters_that_excel_refuses_are_replaced():
    text = "5 hồ\x01 chứa\x0b nước"
    document = Document(id="ho-chua", text=text, sha256="0")
    target = Target(
        indicator=text, value=5, target_class="numeric", citation=cite(document, Span(start=0, end=len(text)))
    )
    sheet = sheets(written("xlsx", [target]))["Chỉ tiêu"]
    assert sheet.cell(2, 1).value == "5 hồ\ufffd chứa\ufffd nước"


def test_a_quote_longer_than_a_cell_is_cut_and_says_so():
    text = "x" * 40_000
    document = Document(id="dai", text=text, sha256="0")
    target = Target(
        indicator="dài", value=1, target_class="numeric", citation=cite(document, Span(start=0, end=len(text)))
    )
    value = sheets(written("xlsx", [target]))["Chỉ tiêu"].cell(2, 15).value
    assert len(value) == 32_767
    assert value.endswith("…")


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.characters(blacklist_categories=["Cs"], min_codepoint=32), min_size=1, max_size=40),
    st.one_of(st.none(), st.floats(-1e15, 1e15)),
)
def test_any_text_and_number_survive_the_workbook(text, value):
    document = Document(id="bat-ky", text=text, sha256="0")
    target = Target(
        indicator=text, value=value, target_class="numeric", citation=cite(document, Span(start=0, end=len(text)))
    )
    sheet = sheets(written("xlsx", [target]))["Chỉ tiêu"]
    assert sheet.cell(2, 1).value == text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert sheet.cell(2, 3).value == (value if value is None else pytest.approx(value, rel=1e-14))


def test_a_file_is_replaced_in_one_step(tmp_path):
    path = tmp_path / "ket-qua.jsonl"
    path.write_text("cũ")

    def failing():
        yield TARGETS[0]
        raise RuntimeError("giữa chừng")

    with pytest.raises(RuntimeError):
        export.write(failing(), "jsonl", path)
    assert path.read_text() == "cũ"
    export.write(TARGETS, "jsonl", path)
    assert path.read_bytes() == written("jsonl")
    assert [p.name for p in tmp_path.iterdir()] == ["ket-qua.jsonl"]


def test_what_cannot_be_written_is_said_in_one_line(tmp_path):
    with pytest.raises(InputError, match="hãy chọn một trong: jsonl, json, csv, xlsx"):
        written("odt")
    with pytest.raises(InputError, match="không ghi được tệp"):
        export.write(TARGETS, "csv", tmp_path / "khong-co" / "a.csv")
    with pytest.raises(InputError, match="không ghi được tệp"):
        export.write(TARGETS, "csv", tmp_path)
