"""Targets as an Excel workbook: the targets, their sources, and what each column means.

Numbers, years and days are typed cells. A percentage stays the number that the decision states (60 with the unit
"%"), never 0.6. Texts are never formulas, whatever they begin with.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from assistant.targets.export.columns import COLUMNS, QUOTE, Cell
from assistant.targets.export.sources import COUNT_HEADING, SOURCE_COLUMNS, SOURCE_LINK, Sources
from assistant.targets.target import Target
from corpus.document import Document
from corpus.errors import InputError

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["SHEETS", "write_xlsx"]

SHEETS = ("Chỉ tiêu", "Nguồn", "Giải thích cột")
PAPER_A3 = 8
MAX_ROWS = 1_048_575
MAX_LINKS = 65_530
MAX_TEXT = 32_767
MAX_ADDRESS = 2_079
_MADE = datetime(2000, 1, 1)
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = tuple[list[Cell], str | None]
"""Cells, and the address that the sheet's linked column leads to."""


def write_xlsx(
    targets: Iterable[Target], out: BinaryIO, *, documents: Mapping[str, Document], base_url: str | None = None
) -> None:
    """The workbook; cells are written row by row, so memory hardly grows with the number of targets.

    A quote links to its place in the viewer at `base_url` or, without one, to the row of its document in the sheet
    of sources.

    Raises:
        InputError: if there are more targets than a sheet has rows.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sources = Sources(documents)
    headings = [(c.heading, c.width) for c in COLUMNS]
    quote = [c.heading for c in COLUMNS].index(QUOTE)
    _table(book, SHEETS[0], headings, _target_rows(targets, sources, base_url), quote)
    headings = [*((c.heading, c.width) for c in SOURCE_COLUMNS), COUNT_HEADING]
    _table(book, SHEETS[1], headings, _source_rows(sources), SOURCE_LINK)
    _table(book, SHEETS[2], [("Cột", 20), ("Ý nghĩa", 100)], (([c.heading, c.meaning], None) for c in COLUMNS))
    made = BytesIO()
    book.save(made)
    _repack(made, out)


def _target_rows(targets: Iterable[Target], sources: Sources, base_url: str | None) -> Iterator[Row]:
    for target in targets:
        place = sources.place(target.citation)
        viewer = f"{base_url.rstrip('/')}/{target.citation.link}" if base_url and target.citation.link else None
        yield [column.cell(target) for column in COLUMNS], viewer or f"#'{SHEETS[1]}'!A{place}"


def _source_rows(sources: Sources) -> Iterator[Row]:
    for row in sources.rows():
        source = str(row[SOURCE_LINK] or "")
        yield row, source if re.match(r"https?://", source) else None


def _table(
    book: Workbook, title: str, headings: list[tuple[str, int]], rows: Iterable[Row], linked: int | None = None
) -> None:
    """A sheet with a frozen header, a filter and `rows`, whose addresses hang on the column `linked`."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for place, (_, width) in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = PAPER_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = 32
    sheet.append([_header(sheet, heading) for heading, _ in headings])
    styles, count = _styles(sheet), 0
    for count, (cells, address) in enumerate(rows, 1):
        if count > MAX_ROWS:
            raise InputError(f"Quá {MAX_ROWS} dòng, một trang tính không chứa hết; hãy xuất csv hoặc jsonl.")
        address = None if count > MAX_LINKS or len(address or "") > MAX_ADDRESS else address
        sheet.row_dimensions[count + 1].height = _height(cells, headings)
        sheet.append([_cell(sheet, styles, cell, address if at == linked else None) for at, cell in enumerate(cells)])
        del sheet.row_dimensions[count + 1]
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count + 1}"


def _height(cells: list[Cell], headings: list[tuple[str, int]]) -> float:
    """The height in points that shows the longest wrapped text of a row; Excel allows 409."""
    lines = 1
    for cell, (_, width) in zip(cells, headings, strict=True):
        if isinstance(cell, str) and len(cell) > width:
            lines = max(lines, sum(len(part) // width + 1 for part in cell.splitlines()))
    return min(lines * 15.0, 409.0)


def _header(sheet: Any, heading: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F4E79")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    return cell


def _styles(sheet: Any) -> dict[str, Any]:
    """The style arrays of the sheet's kinds of cell; setting one is much cheaper than setting its parts."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    made = {}
    for kind in ("plain", "date", "text", "quoted", "link"):
        cell = WriteOnlyCell(sheet)
        cell.alignment = Alignment(wrap_text=kind not in ("plain", "date"), vertical="top")
        cell.quotePrefix = kind == "quoted"
        if kind == "date":
            cell.number_format = "dd/mm/yyyy"
        if kind == "link":
            cell.font = Font(color="0563C1", underline="single")
        made[kind] = cell._style
    return made


def _cell(sheet: Any, styles: dict[str, Any], value: Cell, address: str | None) -> Any:
    """A typed cell; a text is stored as text (and stays one when edited) even where it begins with `=`."""
    from openpyxl.cell import WriteOnlyCell

    if value is None:
        return None
    kind = "date" if isinstance(value, date) else "plain"
    if isinstance(value, str):
        value = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
        value = value if len(value) <= MAX_TEXT else value[: MAX_TEXT - 1] + "…"
        kind = "quoted" if value.startswith(("=", "+", "-", "@", "'")) else "text"
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if address:
        cell.hyperlink = _hyperlink(address)
        kind = "link"
    cell._style = styles[kind]
    return cell


def _hyperlink(address: str) -> Any:
    """A link to a place of the workbook ("#'Nguồn'!A2") or to an outer address."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    inside = address.startswith("#")
    return Hyperlink(ref="", location=address[1:]) if inside else Hyperlink(ref="", target=address)


def _repack(made: BytesIO, out: BinaryIO) -> None:
    """Writes the workbook in `made` to `out` without the time of writing, which openpyxl leaves in two places."""
    stamp = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = stamp.sub(f"{_MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            new.writestr(zipfile.ZipInfo(name, _ZIPPED), data, zipfile.ZIP_DEFLATED)
