"""The units of a document as places to go to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document, Provision, ProvisionKind
from corpus.permalink import slug

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


def _ids(document: Document) -> list[str]:
    """The unit part of each provision's permalink, empty where it has none; as `corpus.permalink` writes it."""
    chains: list[str] = []
    for p in document.provisions:
        above = chains[p.parent] if p.parent is not None and p.parent < len(chains) else ""
        own = f"{slug(p.kind).replace('-', '_')}_{slug(p.label)}" if p.label else ""
        chains.append(".".join(part for part in (above, own) if part))
    return chains


def anchors(document: Document) -> Iterator[tuple[str, int]]:
    """Element ids with the character they stand at; where two units share a name, the first has it."""
    seen: set[str] = set()
    for id, provision in zip(_ids(document), document.provisions, strict=True):
        if provision.label and id not in seen:
            seen.add(id)
            yield id, provision.span.start


def outline(document: Document) -> list[Entry]:
    """Parts, chapters, articles and annexes; clauses too where there is little else."""
    kinds: tuple[ProvisionKind, ...] = _WIDE
    if sum(p.kind in _WIDE for p in document.provisions) < _FEW:
        kinds = (*_WIDE, ProvisionKind.KHOAN)
    entries: list[Entry] = []
    seen: set[str] = set()
    depths: list[int] = []
    for id, provision in zip(_ids(document), document.provisions, strict=True):
        above = depths[provision.parent] if provision.parent is not None else 0
        listed = provision.kind in kinds and bool(provision.label) and id not in seen
        depths.append(above + listed)
        if listed:
            seen.add(id)
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
