"""Targets of the stored documents, kept beside them: written when a document comes in, read by everything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from assistant.targets.target import Target
from corpus.document import Document
from corpus.permalink import slug
from corpus.rows import same
from corpus.schema import documents, targets, versions
from corpus.store import Store, Version

__all__ = ["gone", "keep", "kept", "pending"]

_COLUMNS = (
    "indicator",
    "comparator",
    "value",
    "value_max",
    "unit",
    "qualitative",
    "deadline",
    "scope",
    "section",
    "status",
    "target_class",
)


def pending(store: Store, extractor: str) -> list[Version]:
    """The versions that count and whose targets were not yet written by `extractor`."""
    query = select(versions.c.id, versions.c.sha256).join(documents, same(versions, documents))
    stale = or_(versions.c.targets_by.is_(None), versions.c.targets_by != extractor)
    with store.reading() as connection:
        return [(row.id, row.sha256) for row in connection.execute(query.where(stale).order_by(versions.c.id))]


def keep(store: Store, document: Document, found: Iterable[Target], extractor: str) -> None:
    """Writes the targets of `document` in place of those that were there, in one transaction."""
    key = {"id": document.id, "sha256": document.sha256}
    rows = [key | _row(at, target) for at, target in enumerate(found)]
    with store.writing() as connection:
        connection.execute(delete(targets).where(targets.c.id == key["id"], targets.c.sha256 == key["sha256"]))
        if rows:
            connection.execute(insert(targets), rows)
        done = update(versions).where(versions.c.id == key["id"], versions.c.sha256 == key["sha256"])
        connection.execute(done.values(targets_by=extractor))


def gone(store: Store, wanted: Iterable[Version]) -> set[Version]:
    """The versions in `wanted` that the store no longer keeps."""
    chosen = set(wanted)
    query = select(versions.c.id, versions.c.sha256)
    if len(chosen) == 1:
        query = query.where(versions.c.id == next(iter(chosen))[0])
    with store.reading() as connection:
        return chosen - {(row.id, row.sha256) for row in connection.execute(query)}


def kept(store: Store, wanted: Iterable[Version] | None = None) -> list[Target]:
    """The targets of all documents that count, or of the versions in `wanted`; by id, then in the order of the text."""
    query = select(targets.c.id, targets.c.sha256, targets.c.payload).order_by(targets.c.id, targets.c.ordinal)
    chosen = None if wanted is None else set(wanted)
    if chosen is None:
        query = query.join(documents, same(targets, documents))
    elif len(chosen) == 1:
        query = query.where(targets.c.id == next(iter(chosen))[0])
    with store.reading() as connection:
        rows = connection.execute(query)
        return [
            Target.model_validate_json(row.payload) for row in rows if chosen is None or (row.id, row.sha256) in chosen
        ]


def _row(ordinal: int, target: Target) -> dict[str, Any]:
    return {name: getattr(target, name) for name in _COLUMNS} | {
        "ordinal": ordinal,
        "indicator_key": slug(target.indicator),
        "start": target.citation.start,
        "end": target.citation.end,
        "payload": target.model_dump_json(exclude_defaults=True),
    }
