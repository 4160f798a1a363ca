"""A document as sentences and clauses with their surroundings: headings, leads, table headers.

The cut is made on the canonical text itself, so that every piece is a span of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Clause", "Line", "clauses", "lines"]

_STOP = re.compile(
    r"(?<=[.!?…])[\"”’)]?\s+(?=[\"“(]?[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ0-9])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|TS|ThS|PGS|GS|BS|KT|TM|TL|TUQ|Q|P|tr|v\.v|vv|St|No|NĐ|Ô|số|stt|Sđd)|(?:^|[\s(])(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ]))\.$"
)
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"\s*(?:PHỤ LỤC|Phụ lục|PHẦN|Phần)\s+(?:[IVX\d]|THỨ|thứ)")),
    (2, re.compile(r"\s*(?:CHƯƠNG|Chương)\s+[IVX\d]")),
    (3, re.compile(r"\s*[IVX]{1,5}\s*[.)/-]\s*\S")),
    (4, re.compile(r"\s*(?:Điều|ĐIỀU)\s+\d+")),
    (3, re.compile(r"\s*(?:MỤC|Mục)\s+[IVX\d]+")),
    (5, re.compile(r"\s*\d{1,2}\s*[.)]\s*(?!\d)\S")),
    (6, re.compile(r"\s*\d{1,2}\.\d{1,2}\s*[.)]?\s*\S")),
    (7, re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){2,}\s*[.)]?\s*\S")),
    (8, re.compile(r"\s*[a-zđ]\d?\s*[.)]\s*\S")),
    (8, re.compile(r"\s*\(\d{1,2}\)\s*\S")),
    (9, re.compile(r"\s*[-–•*]\s*\S")),
    (10, re.compile(r"\s*\+\s*\S")),
)
_MARKER = re.compile("|".join(f"({pattern.pattern})" for _, pattern in _MARKERS))
"""All markers in one pattern, tried in this order: its group tells which."""
_DASH = 9
"""Rank of dashes, below which stand the pluses."""
Stretch = tuple[int, int]
TITLE = 1
"""Rank of a short line in capitals: the title of what follows."""
_ITEMS = 5
"""The widest marker of an item: what opens with a Roman numeral or "Điều" stands under no lead."""
PLAIN = 11
"""Rank of a line that no marker opens."""


class Line(NamedTuple):
    """A line that is not empty: its span, the rank of its marker, and the spans that lead to it, outermost first."""

    start: int
    end: int
    rank: int
    above: tuple[tuple[int, int], ...]


class Clause(NamedTuple):
    """A clause, the sentence around it, the sentence before, and the line that both stand in."""

    start: int
    end: int
    sentence: tuple[int, int]
    before: tuple[int, int] | None
    line: Line


def lines(text: str) -> list[Line]:
    """The lines of `text` with the headings and leads that govern each."""
    out: list[Line] = []
    stack: list[tuple[int, tuple[int, int]]] = []
    lead: tuple[int, tuple[int, int]] | None = None
    for start, end in _spans(text):
        line = text[start:end]
        rank = _rank(line)
        lead = _led(lead, rank)
        if rank == PLAIN and _is_heading(line):
            rank = TITLE
        stack = [
            e for e in stack if e[0] < rank and not (rank == PLAIN and e[0] >= _DASH and _is_item(text[slice(*e[1])]))
        ]
        above = [span for entry, span in stack if not lead or entry < lead[0]]
        above += [lead[1]] if lead else []
        above += [span for entry, span in stack if lead and entry >= lead[0]]
        out.append(Line(start, end, rank, tuple(above)))
        if rank < PLAIN:
            stack.append((rank, (start, end)))
        elif line.rstrip().endswith(":"):
            lead = (PLAIN, (start, end))
    return out


def clauses(text: str, line: Line) -> Iterator[Clause]:
    """The clauses of `line`, cut at sentence ends and semicolons outside brackets."""
    before = None
    for sentence in _sentences(text, line.start, line.end):
        for start, end in _cut(text, *sentence):
            if start < end:
                yield Clause(start, end, sentence, before, line)
        before = sentence


def _led(lead: tuple[int, Stretch] | None, rank: int) -> tuple[int, Stretch] | None:
    """The lead that still governs a line of `rank`: it takes the rank of the first item under it."""
    if lead is None or rank == PLAIN or rank < _ITEMS:
        return None
    if lead[0] == PLAIN:
        return rank, lead[1]
    return lead if rank >= lead[0] else None


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for m in re.finditer(r"[^\n]+", text):
        body = m.group().strip()
        if body:
            start = m.start() + len(m.group()) - len(m.group().lstrip())
            yield start, start + len(body)


def _rank(line: str) -> int:
    if line.startswith("|"):
        return PLAIN
    found = _MARKER.match(line)
    return _MARKERS[found.lastindex - 1][0] if found and found.lastindex else PLAIN


def _is_heading(line: str) -> bool:
    if len(line) > 160 or line.startswith("|") or line.upper() != line:
        return False
    return sum(c.isalpha() for c in line) >= 8


def _is_item(line: str) -> bool:
    """Whether a dash or plus line is a whole statement, and not the heading of the plain lines after it."""
    return line.endswith((".", ";", "./.")) or len(line) > 150


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _STOP.finditer(text, start, end):
        if _ABBREVIATION.search(text, max(at, m.start() - 12), m.start()):
            continue
        yield at, m.start()
        at = m.end()
    if at < end:
        yield at, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, at = 0, start
    for i in range(start, end):
        c = text[i]
        depth += (c == "(") - (c == ")" and depth > 0)
        if c == ";" and depth == 0:
            if i > at:
                yield _trim(text, at, i)
            at = i + 1
    first, last = _trim(text, at, end)
    if first < last:
        yield first, last


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
