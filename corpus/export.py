"""Export: a document as Akoma Ntoso XML, as JSON, or as its canonical text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from corpus.akn import Acting, akn
from corpus.document import Document, RelationKind

if TYPE_CHECKING:
    from corpus.store import Citing, Summary

__all__ = ["MEDIA_TYPES", "SUFFIXES", "Acting", "Format", "acting", "export"]

Format = Literal["akn", "json", "text"]

MEDIA_TYPES: dict[Format, str] = {
    "akn": "application/akn+xml",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}
SUFFIXES: dict[Format, str] = {"akn": ".akn.xml", "json": ".json", "text": ".txt"}
_CHANGING = (RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS)


def export(document: Document, format: Format, passive: Iterable[Acting] = ()) -> bytes:
    """`document` in UTF-8: Akoma Ntoso 3.0, one line of JSON with the fields of `Document`, or the canonical text.

    `passive` are the documents that act on it, which only Akoma Ntoso names.
    """
    if format == "akn":
        return akn(document, passive)
    if format == "json":
        return json.dumps(document.model_dump(mode="json"), ensure_ascii=False).encode() + b"\n"
    return document.text.encode()


def acting(citing: Iterable[Citing], summaries: Iterable[Summary]) -> list[Acting]:
    """The documents that change the one that they cite; those without a number cannot be named and are left out."""
    known = {summary.id: summary for summary in summaries}
    return [
        Acting(said.relation.kind, by.number, by.issued_on, by.issuer)
        for said in citing
        if said.relation.kind in _CHANGING and (by := known.get(said.document)) is not None and by.number
    ]
