"""The tree: pieces of text, one after another, nested by what opens them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.document import ProvisionKind as Kind
from corpus.structure.labels import follows, is_first
from corpus.structure.lines import Line
from corpus.structure.marks import DIEU, SERIES, Mark, read_as
from corpus.structure.zones import is_upper

__all__ = ["Builder", "Node"]

_HEADED = ("phan", "chuong", "muc", "tieu_muc", "phu_luc", "mau", "attached", "dieu", "roman", "alpha")
_LONGEST_HEADING = 300
_STOPS = '.;:,!?…”")'
_ROW_NUMBER = re.compile(r"[IVXLC]{1,6}|[A-Za-zđĐ]|(?:[A-Za-z]{1,2}|[IVX]{1,5})?[.\d-]{0,7}\d[a-zđ]?")
_DEEPEST = 24


@dataclass(slots=True)
class Node:
    """A provision in the making; `counts` tells how many children of each style it has, `ordinal` which it is."""

    kind: Kind
    start: int
    parent: int | None = None
    style: str = ""
    rank: int = 200
    label: str = ""
    heading: str = ""
    word: str = ""
    lead: str = ""
    children: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    ordinal: int = 0


class Builder:
    """Takes pieces in document order and keeps `nodes` in that order, parents before children."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._open: list[int] = []
        self._last = ""
        self._counts: dict[str, int] = {}

    def unit(self, piece: Line, unit: Mark) -> None:
        """Opens a numbered unit or an item."""
        unit = self._in_context(unit)
        self._descend(unit)
        node = self._add(
            Node(unit.kind, piece.start, style=unit.style, rank=unit.rank, label=unit.label, word=unit.word)
        )
        node.lead = piece.words
        node.heading = _heading(piece.words[unit.size :].strip())
        self._open.append(len(self.nodes) - 1)
        self._last = piece.words

    def attached(self, piece: Line, title: str) -> None:
        """Opens a document enacted with this one."""
        self._close(0)
        node = self._add(Node(Kind.PHU_LUC, piece.start, style="attached", rank=0, heading=title))
        node.lead = piece.words
        self._open.append(len(self.nodes) - 1)
        self._last = piece.words

    def zone(self, piece: Line, kind: Kind) -> None:
        """A line of the header, the signature block or the recipients; all open units but an annex end before it."""
        top = self.nodes[-1] if self.nodes else None
        if top is not None and top.kind is kind:
            return
        self._close(10)
        self._add(Node(kind, piece.start))
        self._last = ""

    def row(self, piece: Line) -> None:
        """A row; the first one opens a table."""
        top = self.nodes[self._open[-1]] if self._open else None
        if top is None or top.kind is not Kind.TABLE:
            self._add(Node(Kind.TABLE, piece.start, style="table", rank=150))
            self._open.append(len(self.nodes) - 1)
        cell = piece.words.strip("|").partition("|")[0].partition("\t")[0].strip().rstrip(".")
        label = cell if _is_number(cell) else ""
        self._add(Node(Kind.ROW, piece.start, style="row", label=label))
        self._last = ""

    def paragraph(self, piece: Line) -> None:
        """Running text: a heading that goes on, a line that was wrapped, or a paragraph of its own."""
        self._leave_table()
        if self.nodes and self._continues(piece.words):
            self._last = piece.words
            return
        while self._open and self._leaves(self.nodes[self._open[-1]]):
            self._open.pop()
        self._add(Node(Kind.PARAGRAPH, piece.start))
        self._last = piece.words

    def _in_context(self, unit: Mark) -> Mark:
        """`unit` in the series that expects its label: I after H is a letter, I before II a number."""
        stack = [self.nodes[at] for at in reversed(self._open)]
        for node in stack:
            if unit.style == "roman_small" and unit.label == "ii" and node.style == "letter" and node.label == "i":
                node.style, node.rank = unit.style, unit.rank
        styles = (unit.style, *(SERIES.get(unit.style, ()) if len(unit.label) == 1 else ()))
        for node in stack:
            if node.style in styles and follows(unit.label, node.label):
                return unit if node.style == unit.style else read_as(unit, node.style)
        return unit

    def _descend(self, unit: Mark) -> None:
        """Closes open units until the one that `unit` belongs in is the innermost."""
        self._leave_table()
        stack = [self.nodes[at] for at in self._open]
        if unit.label and unit.rank > DIEU:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth].style == unit.style and follows(unit.label, stack[depth].label):
                    del self._open[depth:]
                    return
                if stack[depth].rank <= DIEU and unit.style not in ("roman", "alpha"):
                    break
            if (
                len(stack) < _DEEPEST
                and is_first(unit.label)
                and self._last.endswith(":")
                and any(n.style == unit.style for n in stack)
            ):
                return
        self._close(unit.rank)

    def _close(self, rank: int) -> None:
        while self._open and self.nodes[self._open[-1]].rank >= rank:
            self._open.pop()

    def _leave_table(self) -> None:
        if self._open and self.nodes[self._open[-1]].kind is Kind.TABLE:
            self._open.pop()

    def _leaves(self, top: Node) -> bool:
        """Whether a paragraph no longer belongs to the item `top`: the item ended its sentence."""
        return top.kind is Kind.ITEM and not self._last.endswith((":", ","))

    def _add(self, node: Node) -> Node:
        if self._open:
            node.parent = self._open[-1]
            above = self.nodes[node.parent]
            if above.children == 0 and above.kind is not Kind.TABLE:
                above.children = 1
                self.nodes.append(Node(Kind.PARAGRAPH, above.start, parent=node.parent))
            above.children += 1
        counts = self.nodes[node.parent].counts if node.parent is not None else self._counts
        counts[node.style] = node.ordinal = counts.get(node.style, 0) + 1
        self.nodes.append(node)
        return node

    def _continues(self, words: str) -> bool:
        """Whether `words` carry on the line before: a heading's second line, or a sentence broken by the layout."""
        top = self.nodes[self._open[-1]] if self._open else None
        fresh = top is not None and top.children == 0
        if top is not None and fresh and top.style in _HEADED and self._heads(top, words):
            if len(top.heading) + len(words) < _LONGEST_HEADING and not words.startswith("("):
                top.heading = f"{top.heading} {words}".strip()
            return True
        last = self.nodes[-1]
        running = last.kind in (Kind.PARAGRAPH, Kind.KHOAN, Kind.DIEM, Kind.ITEM, Kind.DIEU) and last.style != "row"
        return running and bool(self._last) and words[0].islower() and self._last[-1] not in _STOPS

    def _heads(self, top: Node, words: str) -> bool:
        """Whether `words` are printed as (more of) the heading of `top`."""
        if len(words) > _LONGEST_HEADING or words[-1] in ";:":
            return False
        if top.style == "dieu":
            return not top.heading and top.lead == self._last and words[-1] not in ".;:,”"
        if top.style in ("phu_luc", "mau", "attached"):
            return is_upper(words) or words.startswith("(") or (self._last.startswith("(") and words[-1] == ")")
        if not top.heading:
            return words[-1] != "."
        return is_upper(words) and is_upper(self._last)


def _heading(rest: str) -> str:
    """The words beside a number when they are a heading: short, and not a sentence that ends."""
    return rest if len(rest) <= _LONGEST_HEADING and (not rest or rest[-1] not in ".;,") else ""


def _is_number(cell: str) -> bool:
    """Whether the first cell of a row is its number: 7, 11.2, IV, a, B.1."""
    return bool(_ROW_NUMBER.fullmatch(cell))
