"""Tables of any format as lines of text: one line a row, cells between pipes; page layouts as plain lines.

Offices set the head of a decision (agency left, motto right) and its foot (recipients left, signature right) in
tables without rules. Such a table is layout: its cells are written out as lines, row by row, left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Cell", "Grid", "grid", "lines", "row_line"]

MAX_SPAN = 200
"""Columns or rows that one cell may claim; what claims more is an error or an attack."""
MAX_CELLS = 2_000_000

Grid = list[list[list[str] | None]]
"""Rows of places; a place holds the lines of the cell that starts there, or None under a merged cell."""


@dataclass(slots=True)
class Cell:
    """A cell as the format states it: its lines, and how many columns and rows it covers."""

    lines: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


def grid(rows: Iterable[Sequence[Cell]]) -> Grid:
    """The places of a table given by its rows of cells; merged cells stand at their first place."""
    out: Grid = []
    covered: dict[tuple[int, int], bool] = {}
    for y, cells in enumerate(rows):
        row: list[list[str] | None] = []
        for cell in cells:
            while covered.pop((y, len(row)), False):
                row.append(None)
            width = min(max(cell.columns, 1), MAX_SPAN)
            for below in range(1, min(max(cell.rows, 1), MAX_SPAN)):
                covered |= {(y + below, len(row) + right): True for right in range(width)}
            row += [cell.lines, *[None] * (width - 1)]
            if len(covered) > MAX_CELLS:
                raise ValueError("too many merged cells")
        while covered.pop((y, len(row)), False):
            row.append(None)
        out.append(row)
    return _trimmed(out)


def _trimmed(places: Grid) -> Grid:
    """`places` as a rectangle, without columns in which no cell starts."""
    width = max(map(len, places), default=0)
    even = [row + [None] * (width - len(row)) for row in places]
    kept = [x for x in range(width) if any(row[x] is not None for row in even)]
    return [[row[x] for x in kept] for row in even]


def lines(places: Grid) -> list[str]:
    """The lines of a table: `| a | b |` a row, empty rows left out; the cells' own lines where it is layout."""
    if _is_layout(places):
        return [line for row in places for cell in row if cell for line in cell if line.strip()]
    return [row_line([_flat(cell or []) for cell in row]) for row in places if any(_flat(c or []) for c in row)]


def row_line(cells: Iterable[str]) -> str:
    """One row as a line; a pipe inside a cell becomes a slash, a line break a space."""
    return "| " + " | ".join(" ".join(c.replace("|", "/").split()) for c in cells) + " |"


def _flat(cell: list[str]) -> str:
    return " ".join(" ".join(_unpiped(line).split()) for line in cell if line.strip())


def _unpiped(line: str) -> str:
    """A row of a table nested in a cell, without its pipes."""
    if line.startswith("| ") and line.endswith(" |"):
        return "; ".join(c.strip() for c in line[2:-2].split(" | ") if c.strip())
    return line


_HEAD = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG CỘNG SẢN VIỆT NAM", re.I
)
_FOOT = re.compile(
    r"^\W*(?:Nơi\s+nhận\s*:?|Kính\s+gửi\s*:?|"
    r"(?:TM|KT|TL|TUQ|T/M|K/T|Q)\s*\.\s*[^\W\d]|\(?(?:Đã ký|Ký, ghi rõ|Ký và ghi|Ký tên))|"
    r"^(?:KT\.\s*|PHÓ\s+|QUYỀN\s+)*(?:THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|CHÁNH ÁN|VIỆN TRƯỞNG|CHỦ NHIỆM|"
    r"TỔNG GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|GIÁM ĐỐC|THỐNG ĐỐC|TỔNG THANH TRA|CHÁNH VĂN PHÒNG|TỔNG KIỂM TOÁN)\b",
    re.M,
)
_LONG = 4000


def _is_layout(places: Grid) -> bool:
    """Whether a table only places text on the page: a head, a foot, a box, or a frame round long text."""
    cells = [[c for c in row if c and any(s.strip() for s in c)] for row in places]
    rows = [row for row in cells if row]
    widest = max(map(len, rows), default=0)
    if widest <= 1:
        return len(rows) <= 1 or max(map(len, places), default=0) <= 1
    text = "\n".join(line.strip() for row in rows for cell in row for line in cell)
    if widest <= 3 and len(rows) <= 8 and (_HEAD.search(text) or _FOOT.search(text)):
        return True
    return len(rows) <= 3 and any(sum(map(len, cell)) > _LONG for row in rows for cell in row)
