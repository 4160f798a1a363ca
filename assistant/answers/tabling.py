"""Rows of tables as lines of text, cells between pipes: their names, headers, and what they go on from."""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.answers.sentences import Line, Lines

__all__ = ["above_row", "header", "label_of"]

Stretch = tuple[int, int]
_ORDINAL = re.compile(r"[\d.IVX]+")


def label_of(row: str, at: int) -> tuple[int, int]:
    """Where in the document the first cell of `row` stands that is no number: what the row is about; `at` is where the
    row begins.

    >>> label_of("| 1 | Bến Cây Gạo | 14 |", 100)
    (106, 117)
    """
    for cell in row.split("|"):
        if cell.strip() and not _ORDINAL.fullmatch(cell.strip()):
            return at + len(cell) - len(cell.lstrip()), at + len(cell.rstrip())
        at += len(cell) + 1
    return at, at


def above_row(text: str, lines: Lines, place: int) -> tuple[Stretch | None, ...]:
    """What stands above a row: the line that sets the unit of the table, its header rows, the nearest section row (two
    cells filled at most, one of two columns), and the cells of the row that it goes on from where its own first are
    empty.
    """
    section, whole, at = None, None, place
    own = lines[place]
    few = 2 if text.count("|", own.start, own.end) > _NARROW else 1
    empty = _empty(text[own.start : own.end])
    while at > 0 and text.startswith("|", lines[at - 1].start):
        at -= 1
        line = lines[at]
        row = text[line.start : line.end]
        if section is None and sum(bool(c.strip()) for c in row.split("|")) <= few:
            section = (line.start, line.end)
        if whole is None and empty and _empty(row) == 0:
            whole = (
                line.start,
                max(line.start + len("|".join(row.split("|")[: empty + 1])), label_of(row, line.start)[1]),
            )
    if at == place:
        return ()
    above = lines[at - 1] if at else None
    caption = (above.start, above.end) if above and _CAPTION.match(text, above.start, above.end) else None
    top = header(text, lines, at, place)
    return caption, top, section, whole if whole and whole[0] >= top[1] else None


def header(text: str, lines: Lines, first: int, end: int) -> Stretch:
    """The header rows of the table whose first row is the line `first`, before the line `end`."""
    last = first
    while last + 1 < end and _heads(text, lines[first], lines[last + 1]):
        last += 1
    return lines[first].start, lines[last].end


_NARROW = 3
"""Strokes of a row of two columns: there each row fills both, and only one of a single cell opens a section."""
_CAPTION = re.compile(r"\W*(?:Đơn vị(?: tính)?|ĐVT|Đvt)\s*:[^|]{2,60}$", re.MULTILINE)


def _empty(row: str) -> int:
    """How many of the first cells of a row are empty."""
    return len(list(takewhile(lambda c: not c.strip(), row.split("|")[1:])))


def _heads(text: str, first: Line, line: Line) -> bool:
    """Whether a row goes on with the header: no first cell, no value, and a cell under an empty one of the first."""
    upper, lower = (text[r.start : r.end].split("|")[1:-1] for r in (first, line))
    if not lower or lower[0].strip() or any(_VALUE.fullmatch(c.strip()) for c in lower):
        return False
    return any(b.strip() and not a.strip() for a, b in zip(upper, lower, strict=False))


_VALUE = re.compile(r"[\d.,%-]+")
