"""The parts of a text that its metadata is read from: header, opening, enacting part, signature."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Provision, Span
from corpus.document import ProvisionKind as Kind
from corpus.structure import provisions

__all__ = ["Layout"]

_OPENING = 6_000
_UNITS = (Kind.PHAN, Kind.CHUONG, Kind.MUC, Kind.DIEU, Kind.KHOAN)


@dataclass(frozen=True, slots=True)
class Layout:
    """`header` and `signature` are spans of the text (empty where there are none); `units` its structure.

    `opening` runs from the end of the header to the first numbered unit: kind, title, grounds. `body` are the
    units outside annexes and attached documents.
    """

    text: str
    units: tuple[Provision, ...]
    header: Span
    opening: Span
    body: tuple[Provision, ...]

    @classmethod
    def of(cls, text: str, units: tuple[Provision, ...] | None = None) -> Layout:
        """The layout of `text`, whose structure is `units` when the caller has it."""
        units = provisions(text) if units is None else units
        header = units[0].span if units and units[0].kind is Kind.HEADER else Span(start=0, end=0)
        first = next((u.span.start for u in units if u.kind in _UNITS and u.span.start >= header.end), len(text))
        annex = next((u.span.start for u in units if u.kind is Kind.PHU_LUC and u.span.start > header.end), len(text))
        opening = Span(start=header.end, end=max(header.end, min(first, annex, header.end + _OPENING)))
        return cls(text, units, header, opening, tuple(_outside(units)))

    def part(self, kind: Kind) -> list[Span]:
        """The spans of the parts of this kind outside annexes, in order."""
        return [u.span for u in self.body if u.kind is kind]

    def lines(self, span: Span) -> list[Span]:
        """The printed lines of `span`, without the blanks around them."""
        found: list[Span] = []
        at = span.start
        for line in self.text[span.start : span.end].split("\n"):
            words = line.strip()
            if words:
                start = at + line.find(words)
                found.append(Span(start=start, end=start + len(words)))
            at += len(line) + 1
        return found

    def cells(self, span: Span) -> list[Span]:
        """The lines of `span`, a row of a table cut into its cells."""
        found: list[Span] = []
        for line in self.lines(span):
            at = line.start
            for cell in line.of(self.text).split("|"):
                words = cell.strip()
                if words:
                    start = at + cell.find(words)
                    found.append(Span(start=start, end=start + len(words)))
                at += len(cell) + 1
        return found


def _outside(units: tuple[Provision, ...]) -> list[Provision]:
    inside: set[int] = set()
    found: list[Provision] = []
    for at, unit in enumerate(units):
        if unit.kind is Kind.PHU_LUC or unit.parent in inside:
            inside.add(at)
        else:
            found.append(unit)
    return found
