"""Rows of a table: those that stand together, and how one is said in a list."""

from __future__ import annotations

import re

from assistant.answers.reading import Reading
from assistant.answers.sentences import Line

__all__ = ["is_header", "is_row", "row_said", "rows"]

_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?|[IVX]+\.?|[a-zđ]\)?")
_FIGURE = re.compile(r"[≥≤><~]*\s*\d[\d.,]*")
_UNIT = re.compile(r"đơn vị(?: tính)?|đvt", re.IGNORECASE)
_LEAST = 3
"""Cells filled in the first row of a table for it to be a header."""


def is_row(text: str, line: Line) -> bool:
    """Whether the line is a row of a table."""
    return text.startswith("|", line.start)


def is_header(reading: Reading, line: Line) -> bool:
    """Whether the line is the first row of a table, and names its columns."""
    text = reading.document.text
    return is_row(text, line) and rows(reading, line)[0] == line and len(_filled(text, line)) >= _LEAST


def rows(reading: Reading, line: Line) -> list[Line]:
    """The rows of the table that `line` stands in, its header first."""
    text, lines = reading.document.text, reading.lines
    first = last = lines.touching(line.start, line.end)[0]
    while first > 0 and text.startswith("|", lines[first - 1].start):
        first -= 1
    while last + 1 < len(lines) and text.startswith("|", lines[last + 1].start):
        last += 1
    return [lines[i] for i in range(first, last + 1)]


def row_said(text: str, header: Line, line: Line) -> str:
    """The cells of a row but its number, each unit behind its figure: "Dao phay: 320 chiếc; Hội Nghề rèn"."""
    heads = [c.strip() for c in text[header.start : header.end].strip("| ").split("|")]
    cells = [" ".join(c.split()) for c in text[line.start : line.end].strip("| ").split("|")]
    for i in range(min(len(cells) - 1, len(heads))):
        if _UNIT.fullmatch(heads[i]) and _FIGURE.fullmatch(cells[i + 1]):
            cells[i], cells[i + 1] = "", f"{cells[i + 1]}{'' if cells[i] == '%' else ' '}{cells[i]}"
    told = [c for c in cells if c and not _ORDINAL.fullmatch(c)]
    return f"{told[0]}: {'; '.join(told[1:])}" if len(told) > 1 else "".join(told)


def _filled(text: str, line: Line) -> list[str]:
    return [c for c in text[line.start : line.end].split("|") if c.strip()]
