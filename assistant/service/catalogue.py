"""Selections from the documents and the register, shared by routes and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from assistant.service.desk import Desk
from assistant.targets.target import Status, Target
from corpus.document import Document
from corpus.permalink import slug

if TYPE_CHECKING:
    from corpus.store import Summary

__all__ = ["Wanted", "matching", "register", "shown_source", "targets_of"]


@dataclass(frozen=True)
class Wanted:
    """Which targets: words of the indicator, a document's id, a status, a year of the deadline."""

    q: str = ""
    document: str | None = None
    status: Status | None = None
    year: int | None = None


def _all_words(query: str, fields: Iterable[str | None]) -> bool:
    if not query.strip():
        return True
    padded = f"-{slug(' '.join(f for f in fields if f))}-"
    return all(f"-{word}" in padded for word in slug(query).split("-"))


def matching(desk: Desk, q: str = "") -> list[Summary]:
    """Summaries of the documents that have all words of `q`, newest first; diacritics and case do not count."""
    found = [s for s in desk.documents() if _all_words(q, (s.id, s.number, s.about, s.title, s.issuer, s.kind))]
    found.sort(key=lambda s: s.id)
    return sorted(found, key=lambda s: s.issued_on or "", reverse=True)


def register(desk: Desk, wanted: Wanted) -> list[Target]:
    """The targets that `wanted` describes; with words the best first, else in the order of documents and texts."""
    from assistant.targets.register import find

    rows = desk.targets(wanted.document)
    return find(rows, wanted.q or None, year=wanted.year, status=wanted.status)


def shown_source(document: Document) -> str | None:
    """Where `document` came from, without the folders of this machine."""
    source = document.source
    return PurePath(source).name if source and "://" not in source else source


def targets_of(desk: Desk, document: str) -> list[Target]:
    """The targets of one stored document, in the order of its text."""
    return sorted(register(desk, Wanted(document=document)), key=lambda t: t.citation.start)
