"""Documents as rows of the store and back; the queries that `corpus.store` is made of."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, delete, exists, insert, select, update
from sqlalchemy.sql import Delete, Select, Update

from corpus import schema
from corpus.document import Document, Frozen, IsoDate, Provenance, Provision, Relation

__all__ = [
    "METADATA",
    "SUMMARY",
    "Citing",
    "Missing",
    "Original",
    "Structure",
    "Summary",
    "Version",
    "borne",
    "fingerprint",
    "keep_original",
    "let_count",
    "one",
    "relation_of",
    "same",
    "version",
    "write_version",
]

Narrowed = TypeVar("Narrowed", Select[Any], Update, Delete)

Version = tuple[str, str]
"""The id of a document and the sha256 of one of its texts."""

METADATA = (
    "number",
    "kind",
    "issuer",
    "signer",
    "issued_on",
    "effective_from",
    "effective_to",
    "title",
    "about",
    "source",
)


class Structure(Frozen):
    """The JSON of the column `versions.structure`."""

    provisions: tuple[Provision, ...]
    provenance: dict[str, Provenance]


class Summary(Frozen):
    """What a list of documents shows: everything but the text, its structure and relations."""

    id: str
    sha256: str
    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: IsoDate | None = None
    effective_from: IsoDate | None = None
    effective_to: IsoDate | None = None
    title: str | None = None
    about: str | None = None
    source: str | None = None
    file_name: str | None = None
    fingerprint: str
    characters: int
    added_at: str


class Missing(Frozen):
    """A number that stored documents cite though no stored document bears it; `cited_by` are their ids."""

    number: str
    cited_by: tuple[str, ...]


class Citing(Frozen):
    """A stored document that says something about another one."""

    document: str
    relation: Relation


class Original(Frozen):
    """A file as it came."""

    name: str
    content: bytes


def fingerprint(document: Document) -> str:
    """The hash of everything in `document` but its source and its text, whose hash it bears already."""
    return hashlib.sha256(document.model_dump_json(exclude={"text", "source"}).encode()).hexdigest()


SUMMARY = tuple(c for c in schema.versions.c if c.name in Summary.model_fields)
"""The columns of `versions` that make a `Summary`."""


def one(query: Narrowed, table: Any, key: dict[str, str]) -> Narrowed:
    """`query`, narrowed to the rows of `table` with the values in `key`."""
    return query.where(*(table.c[name] == value for name, value in key.items()))


def same(one: Any, other: Any) -> Any:
    """The condition that two tables speak of one version."""
    return (one.c.id == other.c.id) & (one.c.sha256 == other.c.sha256)


def version(query: Select[Any], id: str, sha256: str | None) -> Select[Any]:
    """`query` over `versions`, narrowed to one: the one with `sha256`, else the one that counts."""
    v, d = schema.versions, schema.documents
    if sha256 is not None:
        return query.where(v.c.id == id, v.c.sha256 == sha256)
    return query.where(v.c.id == id, exists().where(same(d, v)))


def write_version(connection: Connection, document: Document, mark: str, known: bool) -> None:
    """Inserts the version or, where it is `known`, writes its metadata, structure and relations anew."""
    v, r = schema.versions, schema.relations
    key = {"id": document.id, "sha256": document.sha256}
    structure = Structure(provisions=document.provisions, provenance=document.provenance)
    values = {name: getattr(document, name) for name in METADATA} | {
        "fingerprint": mark,
        "number_key": schema.number_key(document.number),
        "about_key": schema.number_key(document.about),
        "text": document.text,
        "characters": len(document.text),
        "structure": structure.model_dump_json(exclude_defaults=True),
        "targets_by": None,
    }
    if known:
        connection.execute(one(update(v), v, key).values(values))
        connection.execute(one(delete(r), r, key))
    else:
        connection.execute(insert(v).values(values | key | {"added_at": datetime.now(UTC).strftime("%FT%TZ")}))
    rows = [key | _relation_row(at, relation) for at, relation in enumerate(document.relations)]
    if rows:
        connection.execute(insert(r), rows)


def _relation_row(ordinal: int, relation: Relation) -> dict[str, Any]:
    row = relation.model_dump(exclude={"span"}) | {"start": relation.span.start, "end": relation.span.end}
    return row | {
        "ordinal": ordinal,
        "number_key": schema.number_key(relation.number) or "",
        "kind": str(relation.kind),
    }


def relation_of(row: Row[Any]) -> Relation:
    """The relation in a row of `relations`."""
    fields = ("kind", "number", "issued_on", "provision")
    span = {"start": row.start, "end": row.end}
    return Relation.model_validate({name: getattr(row, name) for name in fields} | {"span": span})


def keep_original(connection: Connection, key: dict[str, str], original: bytes, path: Path | None) -> None:
    """Keeps the bytes of the file that the version `key` was read from, once for all versions with these bytes."""
    v, o = schema.versions, schema.originals
    sha256 = hashlib.sha256(original).hexdigest()
    if not connection.execute(select(o.c.sha256).where(o.c.sha256 == sha256)).first():
        connection.execute(insert(o).values(sha256=sha256, content=original))
    values = {"original": sha256} | ({"file_name": path.name} if path else {})
    connection.execute(one(update(v), v, key).values(values))


def let_count(connection: Connection, key: dict[str, str], before: str | None, path: Path | None) -> bool:
    """Makes the version `key` count; True when another one counted `before`, or none."""
    d = schema.documents
    values = {"sha256": key["sha256"]} | ({"path": str(path)} if path else {})
    if before is None:
        connection.execute(insert(d).values(values | key))
    else:
        connection.execute(update(d).where(d.c.id == key["id"]).values(values))
    return before != key["sha256"]


def borne(key: str, year: str, have: set[tuple[str | None, str]]) -> bool:
    """Whether a document bears the number; years count only where both are known (numbers start anew each year)."""
    if not year:
        return any(key == number for number, _ in have)
    return (key, year) in have or (key, "") in have
