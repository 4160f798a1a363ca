"""A document as sentences and clauses with their surroundings: headings, leads, table headers.

The cut is made on the canonical text itself, so that every piece is a span of it.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Clause", "Line", "Lines", "clauses", "lines"]

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
_FIRST = (
    ("PCĐMIVX", (0, 1, 2, 3, 4)), ("0123456789", (5, 6, 7)), ("abcdefghijklmnopqrstuvwxyzđ", (8,)), ("(", (9,)),
    ("-–•*", (10,)), ("+", (11,)),
)  # fmt: skip
_OPENERS = {c: tuple((_MARKERS[i][0], _MARKERS[i][1].match) for i in which) for opens, which in _FIRST for c in opens}
"""By the first character of a line, the ranks and patterns of the markers that may open with it, in their order."""
_PREFIX = 12
_DASH = 9
"""Rank of dashes, below which stand the pluses."""
Stretch = tuple[int, int]
_TITLED = 300
"""Characters of a line in capitals that may be a title: those of annexes are long."""
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


class Lines:
    """The lines of a document in columns: a `Line` is made when it is asked for.

    Of the hundred lines of a document a question looks at a few, and objects that are kept cost time each time that
    the collector of garbage goes through them.
    """

    __slots__ = ("_above", "_ends", "_ranks", "_starts")

    def __init__(
        self,
        starts: Sequence[int],
        ends: Sequence[int],
        ranks: Sequence[int],
        above: Sequence[tuple[Stretch, ...]],
    ) -> None:
        """Start, end, rank and what stands above, of each line in order."""
        self._starts, self._ends, self._ranks = array("l", starts), array("l", ends), array("b", ranks)
        self._above = tuple(above)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, at: int) -> Line:
        return Line(self._starts[at], self._ends[at], self._ranks[at], self._above[at])

    def __iter__(self) -> Iterator[Line]:
        return map(Line, self._starts, self._ends, self._ranks, self._above)

    def touching(self, start: int, end: int) -> range:
        """Places of the lines that share characters with the stretch from `start` to `end`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        first += first < len(self) and self._ends[first] <= start
        return range(first, max(first, bisect_left(self._starts, end)))

    def place(self, start: int) -> int:
        """The place of the line that begins at `start`, the number of lines where none does."""
        at = bisect_left(self._starts, start)
        return at if at < len(self) and self._starts[at] == start else len(self)

    def leading(self) -> set[Stretch]:
        """The lines that stand above others."""
        out: set[Stretch] = set()
        last = None
        for above in self._above:
            if above is not last:
                out.update(above)
                last = above
        return out


_Heading = tuple[int, Stretch, tuple[Stretch, ...]]
"""Rank and span of a line that governs others, and the spans from the outermost heading down to it."""


def lines(text: str) -> Lines:
    """The lines of `text` with the headings and leads that govern each; a title on several lines is one heading."""
    starts: list[int] = []
    ends: list[int] = []
    ranks: list[int] = []
    governing: list[tuple[Stretch, ...]] = []
    stack: list[_Heading] = []  # each of a higher rank than the one before
    lead: tuple[int, Stretch] | None = None
    opened: int | None = None
    tabled = False
    for start, line in _bodies(text):
        end = start + len(line)
        rank = _rank(line) if line[0] in _OPENERS else PLAIN
        if lead is not None:
            lead = lead if lead[0] == PLAIN and _of_table(line) else None if tabled else _led(lead, rank)
        tabled = line[0] == "|"
        if rank == PLAIN and _is_heading(line):
            rank = TITLE
        if rank == PLAIN:
            if stack and stack[-1][0] >= _DASH:
                stack = _open(text, stack)
        else:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        path = stack[-1][2] if stack else ()
        starts.append(start)
        ends.append(end)
        ranks.append(rank)
        governing.append(_with_lead(stack, lead) if lead else path)
        if rank == PLAIN:
            opened = None
            if line[-1] == ":":
                lead = (PLAIN, (start, end))
            continue
        opened = (start if opened is None else opened) if rank == TITLE else None
        span = (start if opened is None else opened, end)
        stack.append((rank, span, (*path, span)))
    return Lines(starts, ends, ranks, governing)


def _open(text: str, stack: list[_Heading]) -> list[_Heading]:
    """Those of `stack` that govern a plain line too."""
    kept: list[_Heading] = []
    for rank, span, _ in stack:
        if rank < _DASH or not _is_item(text[slice(*span)]):
            kept.append((rank, span, (*(kept[-1][2] if kept else ()), span)))
    return kept


def _with_lead(stack: list[_Heading], lead: tuple[int, Stretch]) -> tuple[Stretch, ...]:
    """The spans of `stack` with that of the lead before those that stand under it."""
    return (*(e[1] for e in stack if e[0] < lead[0]), lead[1], *(e[1] for e in stack if e[0] >= lead[0]))


def clauses(text: str, line: Line) -> Iterator[Clause]:
    """The clauses of `line`, cut at sentence ends and semicolons outside brackets."""
    before = None
    for sentence in _sentences(text, line.start, line.end):
        for start, end in _cut(text, *sentence):
            if start < end:
                yield Clause(start, end, sentence, before, line)
        before = sentence


def _of_table(line: str) -> bool:
    """Whether a line is a row of a table, or its caption: the line with a colon above governs both."""
    return line[0] == "|" or bool(_CAPTION.match(line))


_CAPTION = re.compile(r"(?:Bảng|BẢNG|Biểu)\s+(?:số\s+)?\d[^:]{0,80}$")


def _led(lead: tuple[int, Stretch], rank: int) -> tuple[int, Stretch] | None:
    """The lead that still governs a line of `rank`: it takes the rank of the first item under it."""
    if rank == PLAIN or rank < _ITEMS:
        return None
    if lead[0] == PLAIN:
        return rank, lead[1]
    return lead if rank >= lead[0] else None


def _bodies(text: str) -> Iterator[tuple[int, str]]:
    """Start and characters of each line that is not empty, without the blanks around it."""
    at = 0
    for line in text.split("\n"):
        body = line.strip()
        if body:
            yield at if line[0] == body[0] else at + len(line) - len(line.lstrip()), body
        at += len(line) + 1


def _rank(line: str) -> int:
    for rank, opens in _OPENERS[line[0]]:
        if opens(line):
            return rank
    return PLAIN


def _is_heading(line: str) -> bool:
    if len(line) > _TITLED or line[0] == "|" or line[:_PREFIX].upper() != line[:_PREFIX] or line.upper() != line:
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


_PARTING = re.compile(r"[();]")


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, at = 0, start
    for m in _PARTING.finditer(text, start, end) if text.find(";", start, end) >= 0 else ():
        c, i = m.group(), m.start()
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
