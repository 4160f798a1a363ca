"""A document's text as lines and tables to show, each knowing the characters that it shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.service.pages.outline import anchors
from corpus.document import Document, ProvisionKind, Span

__all__ = ["Line", "Mark", "Piece", "Row", "Table", "prose"]

_LINE = re.compile(r"[^\n]+")
_PIPED = re.compile(r"^\s*\|.*\|")
_CELL = re.compile(r"[^|]+")
_TITLE = 120
_LONG = 200
_HEADED = ("phan", "chuong", "muc", "tieu-muc", "phu-luc")
_CENTRED = {"phan": "phần", "chuong": "chương", "muc": "mục", "tieu-muc": "tiểu mục"}
_RULE = re.compile(r"^[\s|:.\-–—_]+$")


@dataclass(frozen=True)
class Mark:
    """Characters to set off: a CSS class and, at its first character, an element id."""

    span: Span
    style: str
    id: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of characters with the same marks; `ids` are element ids that belong before it."""

    text: str
    styles: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line without the blanks around it; `start` counts characters of the document."""

    start: int
    kind: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The characters shown."""
        return "".join(p.text for p in self.pieces)

    @property
    def end(self) -> int:
        """The first character after the line."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Row:
    """A row of a table; a cell is a line, None where the cell is empty."""

    start: int
    end: int
    cells: tuple[Line | None, ...]


@dataclass(frozen=True)
class Table:
    """Neighbouring lines with pipes; the first row names the columns."""

    rows: tuple[Row, ...]

    @property
    def start(self) -> int:
        """The first character of the first row."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """The first character after the last row."""
        return self.rows[-1].end


class _Cutter:
    """Cuts the text at marks and anchors."""

    def __init__(self, document: Document, marks: Iterable[Mark]) -> None:
        self._text = document.text
        self._marks = sorted(marks, key=lambda m: (m.span.start, -m.span.end))
        self._starts = [m.span.start for m in self._marks]
        self._longest = max((len(m.span) for m in self._marks), default=0)
        self._ids: dict[int, list[str]] = {}
        for id, start in anchors(document):
            self._ids.setdefault(_first_ink(document.text, start), []).append(id)
        for mark in self._marks:
            if mark.id:
                self._ids.setdefault(_first_ink(document.text, mark.span.start), []).append(mark.id)
        self._at = sorted(self._ids)
        self._kinds = _Kinds(document)

    def line(self, start: int, end: int) -> Line | None:
        """The line `text[start:end]` without blanks around it, None when nothing is left."""
        shown = self._text[start:end]
        first = start + len(shown) - len(shown.lstrip())
        last = start + len(shown.rstrip())
        if first >= last:
            return None
        kind = self._kinds.at(first)
        if kind in _HEADED and last - first > _LONG:
            kind = "para"
        if kind == "para" and last - first <= _TITLE and self._text[first:last].isupper():
            kind = "caps"
        elif kind in _CENTRED and not self._text[first:last].lower().startswith(_CENTRED[kind]):
            kind = f"{kind} numbered"
        return Line(start=first, kind=kind, pieces=tuple(self._pieces(first, last)))

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        near = self._near(start, end)
        ids = self._at[bisect_right(self._at, start - 1) : bisect_right(self._at, end - 1)]
        cuts = {start, end, *ids}
        cuts.update(c for m in near for c in (m.span.start, m.span.end) if start < c < end)
        edges = sorted(cuts)
        for a, b in pairwise(edges):
            over = [m.style for m in near if m.span.start <= a and b <= m.span.end]
            styles = [*dict.fromkeys(over), *(["twice"] if over.count("target") > 1 else [])]
            yield Piece(self._text[a:b], " ".join(styles), tuple(self._ids.get(a, ())))

    def _near(self, start: int, end: int) -> list[Mark]:
        low = bisect_right(self._starts, start - self._longest - 1)
        high = bisect_right(self._starts, end - 1)
        return [m for m in self._marks[low:high] if m.span.end > start]


class _Kinds:
    """What kind of provision begins at, or holds, a character."""

    def __init__(self, document: Document) -> None:
        parents = {p.parent for p in document.provisions}
        self._begins: dict[int, ProvisionKind] = {}
        for provision in document.provisions:
            if provision.label or provision.kind in _UNLABELLED:
                self._begins.setdefault(_first_ink(document.text, provision.span.start), provision.kind)
        leaves = [p for i, p in enumerate(document.provisions) if i not in parents]
        leaves.sort(key=lambda p: p.span.start)
        self._leaf_starts = [p.span.start for p in leaves]
        self._leaves = leaves

    def at(self, offset: int) -> str:
        kind = self._begins.get(offset)
        if kind is None:
            place = bisect_right(self._leaf_starts, offset) - 1
            kind = self._leaves[place].kind if place >= 0 else ProvisionKind.PARAGRAPH
            if kind not in _SPREADING:
                kind = ProvisionKind.PARAGRAPH
        return _NAMES[kind]


_UNLABELLED = (ProvisionKind.ITEM, ProvisionKind.PHU_LUC)
_SPREADING = (ProvisionKind.HEADER, ProvisionKind.SIGNATURE, ProvisionKind.RECIPIENTS)
_NAMES = {
    ProvisionKind.PHAN: "phan",
    ProvisionKind.CHUONG: "chuong",
    ProvisionKind.MUC: "muc",
    ProvisionKind.TIEU_MUC: "tieu-muc",
    ProvisionKind.DIEU: "dieu",
    ProvisionKind.KHOAN: "khoan",
    ProvisionKind.DIEM: "diem",
    ProvisionKind.ITEM: "item",
    ProvisionKind.PHU_LUC: "phu-luc",
    ProvisionKind.TABLE: "para",
    ProvisionKind.ROW: "para",
    ProvisionKind.PARAGRAPH: "para",
    ProvisionKind.HEADER: "header",
    ProvisionKind.SIGNATURE: "signature",
    ProvisionKind.RECIPIENTS: "recipients",
}


def _first_ink(text: str, start: int) -> int:
    """The first character from `start` that a line shows: neither a blank nor the pipe before a cell."""
    while start < len(text) and (text[start].isspace() or text[start] == "|"):
        start += 1
    return start


def prose(document: Document, marks: Sequence[Mark] = ()) -> list[Line | Table]:
    """What to show of `document`, in order; every character that is not blank or a table's pipe is in one line."""
    cutter = _Cutter(document, marks)
    blocks: list[Line | Table] = []
    rows: list[Row] = []
    for match in _LINE.finditer(document.text):
        if _PIPED.match(match.group()):
            rows += _row(cutter, document.text, match.start(), match.end())
            continue
        if rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        line = cutter.line(match.start(), match.end())
        if line:
            blocks.append(line)
    if rows:
        blocks.append(Table(tuple(rows)))
    return blocks


def _row(cutter: _Cutter, text: str, start: int, end: int) -> list[Row]:
    shown = text[start:end]
    if _RULE.match(shown):
        return []
    first = start + shown.index("|") + 1
    cells: list[Line | None] = []
    while first < end:
        stop = text.find("|", first, end)
        stop = end if stop < 0 else stop
        if stop < end or text[first:stop].strip():
            cells.append(cutter.line(first, stop))
        first = stop + 1
    return [Row(start, end, tuple(cells))]
