"""The units of a document as places to go to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document, Provision, ProvisionKind
from corpus.permalink import addresses

__all__ = ["Entry", "anchors", "outline"]

_WIDE = (
    ProvisionKind.PHAN,
    ProvisionKind.CHUONG,
    ProvisionKind.MUC,
    ProvisionKind.TIEU_MUC,
    ProvisionKind.DIEU,
    ProvisionKind.PHU_LUC,
)
_FEW = 4
_HEADING = 90


@dataclass(frozen=True)
class Entry:
    """A line of the outline: the element id it leads to, its words, how deep it lies (0 is outermost)."""

    id: str
    label: str
    heading: str
    depth: int


def anchors(document: Document) -> Iterator[tuple[str, int]]:
    """Element ids with the character they stand at: the unit part of each provision's permalink."""
    for id, provision in zip(addresses(document.provisions), document.provisions, strict=True):
        if id:
            yield id, provision.span.start


def outline(document: Document) -> list[Entry]:
    """Parts, chapters, articles and annexes; clauses too where there is little else."""
    kinds: tuple[ProvisionKind, ...] = _WIDE
    if sum(p.kind in _WIDE for p in document.provisions) < _FEW:
        kinds = (*_WIDE, ProvisionKind.KHOAN)
    entries: list[Entry] = []
    depths: list[int] = []
    for id, provision in zip(addresses(document.provisions), document.provisions, strict=True):
        above = depths[provision.parent] if provision.parent is not None else 0
        listed = provision.kind in kinds and bool(provision.label)
        depths.append(above + listed)
        if listed:
            entries.append(Entry(id, _label(provision), _heading(document, provision), above))
    return entries


def _label(provision: Provision) -> str:
    if provision.kind is ProvisionKind.KHOAN:
        return f"{provision.label}."
    return f"{provision.kind[0].upper()}{provision.kind[1:]} {provision.label}"


def _heading(document: Document, provision: Provision) -> str:
    words = provision.heading
    if not words and provision.kind is ProvisionKind.KHOAN:
        words = provision.span.of(document.text).strip().split("\n")[0].removeprefix(f"{provision.label}.")
    words = " ".join(words.split())
    return words if len(words) <= _HEADING else words[:_HEADING].rsplit(" ", 1)[0] + "…"
