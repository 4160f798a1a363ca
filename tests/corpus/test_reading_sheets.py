from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

from corpus.errors import UnreadableFile
from corpus.readers import read
from corpus.readers.xlsx import number


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_sheets_are_rows_of_cells_as_shown(put):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet["A1"] = "BIỂU CHỈ TIÊU NĂM 2031"
    sheet.merge_cells("A1:D1")
    sheet.append(["TT", "Tên", "Mức", "Ngày"])
    sheet.append([1, "Độ che phủ | rừng", 0.425, datetime.date(2031, 3, 5)])
    sheet["C3"].number_format = "0.0%"
    sheet.append([2, "Vốn\n(đồng)", 1234567.5, None])
    sheet["C4"].number_format = "#,##0.0"
    sheet.append([3, None, 7, None])
    sheet.merge_cells("B4:B5")
    other = book.create_sheet("Biểu 2")
    other["B2"] = 12.5
    book.create_sheet("Nháp").sheet_state = "hidden"
    reading = read(put(saved(book), "bieu.doc"))
    assert reading.text.split("\n") == [
        "Biểu 1",
        "BIỂU CHỈ TIÊU NĂM 2031",
        "| TT | Tên | Mức | Ngày |",
        "| 1 | Độ che phủ / rừng | 42,5% | 05/03/2031 |",
        "| 2 | Vốn (đồng) | 1.234.567,5 | |",
        "| 3 | | 7 | |",
        "",
        "Biểu 2",
        "12,5",
        "",
    ]
    assert "Nháp" in reading.notes[0]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (9000000, "#,##0", "9.000.000"),
        (1.005, "General", "1,005"),
        (2015, "General", "2015"),
        (2015.0, "General", "2015"),
        (0.5, "0%", "50%"),
        (12.3, "0.0#", "12,3"),
        (12.0, "0.##", "12"),
        (3.14159, "0.00", "3,14"),
        (1e6, "0", "1000000"),
    ],
)
def test_numbers_are_shown_the_vietnamese_way(value, form, shown):
    assert number(value, form) == shown


def test_an_empty_workbook_says_so(put):
    with pytest.raises(UnreadableFile, match="không có ô"):
        read(put(saved(openpyxl.Workbook())))


def test_a_swollen_sheet_is_not_unpacked(put):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 << 20))
    with pytest.raises(UnreadableFile, match="bom nén"):
        read(put(buffer.getvalue()))
