"""Excel workbooks: each sheet as lines of cells, numbers and dates as a Vietnamese reader sees them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile
from corpus.readers.kind import Kind
from corpus.readers.package import Package
from corpus.readers.tables import row_line
from corpus.reading import Reading

__all__ = ["read"]

_MAX_ROWS = 200_000
_MAX_COLUMNS = 200


def read(path: Path) -> Reading:
    """The text of the workbook at `path`: visible sheets in order, formulas as their last values.

    A row with one filled cell is a line of text (a title, a note); hidden sheets are named in the notes.

    Raises:
        UnreadableFile: encrypted, damaged, unpacking to more than the bounds allow, or without a filled cell.
    """
    import openpyxl

    _bounded(path)
    try:
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True, keep_links=False)
    except Exception:
        raise UnreadableFile(path.name, "tệp Excel bị hỏng") from None
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    lines: list[str] = []
    for sheet in shown:
        rows = list(_rows(sheet))
        if rows and len(shown) > 1:
            lines += ["", sheet.title]
        lines += rows
    if not lines:
        raise UnreadableFile(path.name, "bảng tính không có ô nào có chữ")
    notes = (f"Bỏ qua {len(hidden)} trang tính ẩn: {', '.join(hidden)[:200]}.",) if hidden else ()
    return Reading("\n".join(lines), Kind.XLSX, notes)


def _bounded(path: Path) -> None:
    """Refuses a workbook whose parts unpack to more than the bounds allow."""
    package = Package(path)
    for name in package.names:
        if name.endswith(".xml"):
            package.measure(name)


def _rows(sheet: Any) -> Iterator[str]:
    covered = {
        (row, column)
        for area in list(sheet.merged_cells.ranges)[:20_000]
        if (area.max_row - area.min_row + 1) * (area.max_col - area.min_col + 1) <= 20_000
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    table: list[tuple[int, list[str]]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, _MAX_COLUMNS)), start=1):
        if number > _MAX_ROWS:
            break
        cells = ["" if (c.row, c.column) in covered else _shown(c) for c in row]
        if any(cells):
            table.append((number, cells))
    width = {i for _, cells in table if sum(map(bool, cells)) > 1 for i, cell in enumerate(cells) if cell}
    for _, cells in table:
        filled = [c for c in cells if c]
        if len(filled) == 1 and (len(width) == 0 or _is_text(filled[0], cells)):
            yield " ".join(filled[0].split())
        else:
            yield row_line(cell for i, cell in enumerate(cells) if i in width)


def _is_text(words: str, cells: list[str]) -> bool:
    """Whether the only filled cell of a row is a title or a note rather than a lone value of a table."""
    return cells[0] == words and len(words) > 12


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y %H:%M" if value.hour or value.minute else "%d/%m/%Y")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float):
        return number(value, cell.number_format or "General")
    return str(value).strip()


def number(value: float, form: str) -> str:
    """`value` as a Vietnamese Excel shows it in number format `form`: 1.234,5 and 12,5%."""
    form = form.split(";")[0]
    percent = "%" in form
    if percent:
        value *= 100
    places = re.search(r"\.([0#?]+)", form)
    if places:
        text = f"{value:,.{len(places[1])}f}"
        optional = len(places[1]) - places[1].count("0")
        while optional and text[-1] == "0":
            text, optional = text[:-1], optional - 1
        text = text.rstrip(".")
    elif form in ("General", "@") or not re.search(r"[0#]", form):
        text = f"{value:,.10g}" if abs(value) < 1e15 else str(value)
        text = text if isinstance(value, int) or value % 1 else text.split(".")[0]
    else:
        text = f"{value:,.0f}"
    if "," not in form:
        text = text.replace(",", "")
    text = text.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return f"{text}%" if percent else text
