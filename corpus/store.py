"""Keeps documents with all their versions, original files and relations, in SQLite or another SQL database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, exists, insert, select, update
from sqlalchemy.sql import Select

from corpus import schema
from corpus.database import migrate, open_engine, reading, writing
from corpus.document import Document, Frozen, IsoDate, Provenance, Provision, Relation
from corpus.errors import NotFound

__all__ = ["Missing", "Original", "Store", "Summary", "Version"]

Version = tuple[str, str]
"""The id of a document and the sha256 of one of its texts."""

_METADATA = (
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


class _Structure(Frozen):
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


class Original(Frozen):
    """A file as it came."""

    name: str
    content: bytes


class Store:
    """The documents behind one database URL; migrated when opened, safe to use from many threads and processes."""

    def __init__(self, url: str) -> None:
        """Opens `url`, for example `sqlite:////srv/chitieu/chitieu.db`.

        Raises:
            StoreError: if the database cannot be opened or migrated.
        """
        self._engine = open_engine(url)
        migrate(self._engine)

    def close(self) -> None:
        """Closes the connections; the store opens new ones when it is used again."""
        self._engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for queries over the tables of `corpus.schema`."""
        return reading(self._engine)

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction over the tables of `corpus.schema`; a second writer waits for the first."""
        return writing(self._engine)

    def put(self, document: Document, original: bytes | None = None, path: Path | None = None) -> bool:
        """Makes `document` the version of its id that counts, with the file that it was read from.

        Returns:
            True when text, structure or metadata differ from what counted before.
        """
        mark = fingerprint(document)
        key = {"id": document.id, "sha256": document.sha256}
        with self.writing() as connection:
            known = connection.execute(_one(select(schema.versions.c.fingerprint), schema.versions, key)).scalar()
            now = connection.execute(_one(select(schema.documents.c.sha256), schema.documents, {"id": document.id}))
            if known != mark:
                _write_version(connection, document, mark, known is not None)
            if original is not None:
                _keep(connection, key, original, path)
            changed = _count(connection, key, now.scalar(), path)
        return changed or known != mark

    def get(self, id: str, sha256: str | None = None) -> Document:
        """The document `id` as it counts now or, with `sha256`, any version of it that is still kept.

        Raises:
            NotFound: if there is none; the message suggests ids that look like `id`.
        """
        with self.reading() as connection:
            row, related = self._rows(connection, id, sha256)
        if row is None:
            raise NotFound(self._missing(id))
        structure = _Structure.model_validate_json(row.structure)
        return Document(
            id=row.id,
            sha256=row.sha256,
            text=row.text,
            provisions=structure.provisions,
            provenance=structure.provenance,
            relations=tuple(_relation(r) for r in related),
            **{name: getattr(row, name) for name in _METADATA},
        )

    def original(self, id: str, sha256: str | None = None) -> Original:
        """The file that the document was read from.

        Raises:
            NotFound: if there is no such document or its file was not kept.
        """
        query = select(schema.versions.c.file_name, schema.originals.c.content).join(schema.originals)
        with self.reading() as connection:
            row = connection.execute(_version(query, id, sha256)).first()
        if row is None:
            raise NotFound(f"Không có tệp gốc của văn bản {id!r}; xem các văn bản bằng: chitieu list")
        return Original(name=row.file_name or id, content=row.content)

    def summaries(self) -> list[Summary]:
        """All documents as they count now, in the order of their ids."""
        return self._summaries(select(*_SUMMARY))

    def find(self, number: str) -> list[Summary]:
        """The documents that bear `number`, then those that are about it; case and diacritics do not count."""
        key = schema.number_key(number)
        own = self._summaries(select(*_SUMMARY).where(schema.versions.c.number_key == key))
        about = self._summaries(select(*_SUMMARY).where(schema.versions.c.about_key == key))
        return own + [s for s in about if s not in own]

    def paths(self) -> dict[str, str]:
        """The file that each document was read from, by id; documents without one are left out."""
        query = select(schema.documents.c.id, schema.documents.c.path).where(schema.documents.c.path.is_not(None))
        with self.reading() as connection:
            return {row.id: row.path for row in connection.execute(query)}

    def missing(self) -> list[Missing]:
        """Numbers that documents cite though none bears them, the most cited first."""
        cited = select(schema.relations).join(schema.documents, _same(schema.relations, schema.documents))
        with self.reading() as connection:
            rows = connection.execute(cited.order_by(schema.relations.c.id, schema.relations.c.ordinal)).all()
        have = {(schema.number_key(s.number), (s.issued_on or "")[:4]) for s in self.summaries() if s.number}
        found: dict[str, tuple[str, dict[str, None]]] = {}
        for row in rows:
            if not _borne(row.number_key, (row.issued_on or "")[:4], have):
                found.setdefault(row.number_key, (row.number, {}))[1][row.id] = None
        listed = [Missing(number=number, cited_by=tuple(ids)) for number, ids in found.values()]
        return sorted(listed, key=lambda m: (-len(m.cited_by), m.number))

    def remove(self, id: str) -> None:
        """Takes `id` out of the documents that count; its versions stay until `prune`.

        Raises:
            NotFound: if there is no such document; the message suggests ids that look like `id`.
        """
        with self.writing() as connection:
            gone = connection.execute(delete(schema.documents).where(schema.documents.c.id == id)).rowcount
        if not gone:
            raise NotFound(self._missing(id))

    def prune(self, keep: Collection[Version] = ()) -> int:
        """Deletes the versions that neither count nor stand in `keep`, and files that nothing refers to.

        Returns:
            How many versions were deleted.
        """
        v, d, o = schema.versions, schema.documents, schema.originals
        with self.writing() as connection:
            spare = select(v.c.id, v.c.sha256).where(~exists().where(_same(d, v)))
            old = {(row.id, row.sha256) for row in connection.execute(spare)} - set(keep)
            for id, sha256 in old:
                connection.execute(delete(v).where(v.c.id == id, v.c.sha256 == sha256))
            connection.execute(delete(o).where(~exists().where(v.c.original == o.c.sha256)))
        return len(old)

    def _summaries(self, query: Select[Any]) -> list[Summary]:
        joined = query.join_from(schema.documents, schema.versions).order_by(schema.documents.c.id)
        with self.reading() as connection:
            return [Summary(**row._mapping) for row in connection.execute(joined)]

    def _rows(self, connection: Connection, id: str, sha256: str | None) -> tuple[Row[Any] | None, Iterable[Row[Any]]]:
        row = connection.execute(_version(select(schema.versions), id, sha256)).first()
        if row is None:
            return None, ()
        r = schema.relations
        query = select(r).where(r.c.id == row.id, r.c.sha256 == row.sha256).order_by(r.c.ordinal)
        return row, connection.execute(query).all()

    def _missing(self, id: str) -> str:
        from rapidfuzz import fuzz, process

        with self.reading() as connection:
            ids = [str(known) for known in connection.execute(select(schema.documents.c.id)).scalars()]
        near = [name for name, _, _ in process.extract(id, ids, scorer=fuzz.WRatio, limit=3, score_cutoff=60)]
        mend = f"gần nhất: {', '.join(near)}" if near else "xem các văn bản bằng: chitieu list"
        return f"Không có văn bản {id!r}; {mend}"


def fingerprint(document: Document) -> str:
    """The hash of everything in `document` but its text, whose hash it bears already."""
    return hashlib.sha256(document.model_dump_json(exclude={"text"}).encode()).hexdigest()


_SUMMARY = tuple(c for c in schema.versions.c if c.name in Summary.model_fields)
_RELATION = TypeAdapter(Relation)


def _one(query: Select[Any], table: Any, key: dict[str, str]) -> Select[Any]:
    return query.where(*(table.c[name] == value for name, value in key.items()))


def _same(one: Any, other: Any) -> Any:
    return (one.c.id == other.c.id) & (one.c.sha256 == other.c.sha256)


def _version(query: Select[Any], id: str, sha256: str | None) -> Select[Any]:
    """`query` over `versions`, narrowed to one: the one with `sha256`, else the one that counts."""
    v, d = schema.versions, schema.documents
    if sha256 is not None:
        return query.where(v.c.id == id, v.c.sha256 == sha256)
    return query.where(v.c.id == id, exists().where(_same(d, v)))


def _write_version(connection: Connection, document: Document, mark: str, known: bool) -> None:
    v, r = schema.versions, schema.relations
    key = {"id": document.id, "sha256": document.sha256}
    structure = _Structure(provisions=document.provisions, provenance=document.provenance)
    values = {name: getattr(document, name) for name in _METADATA} | {
        "fingerprint": mark,
        "number_key": schema.number_key(document.number),
        "about_key": schema.number_key(document.about),
        "text": document.text,
        "characters": len(document.text),
        "structure": structure.model_dump_json(exclude_defaults=True),
        "targets_by": None,
    }
    if known:
        connection.execute(update(v).where(v.c.id == key["id"], v.c.sha256 == key["sha256"]).values(values))
        connection.execute(delete(r).where(r.c.id == key["id"], r.c.sha256 == key["sha256"]))
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


def _relation(row: Row[Any]) -> Relation:
    fields = ("kind", "number", "issued_on", "provision")
    span = {"start": row.start, "end": row.end}
    return _RELATION.validate_python({name: getattr(row, name) for name in fields} | {"span": span})


def _keep(connection: Connection, key: dict[str, str], original: bytes, path: Path | None) -> None:
    v, o = schema.versions, schema.originals
    sha256 = hashlib.sha256(original).hexdigest()
    if not connection.execute(select(o.c.sha256).where(o.c.sha256 == sha256)).first():
        connection.execute(insert(o).values(sha256=sha256, content=original))
    values = {"original": sha256} | ({"file_name": path.name} if path else {})
    connection.execute(update(v).where(v.c.id == key["id"], v.c.sha256 == key["sha256"]).values(values))


def _count(connection: Connection, key: dict[str, str], before: str | None, path: Path | None) -> bool:
    """Makes the version `key` count; True when another one counted `before`, or none."""
    d = schema.documents
    values = {"sha256": key["sha256"]} | ({"path": str(path)} if path else {})
    if before is None:
        connection.execute(insert(d).values(values | key))
    else:
        connection.execute(update(d).where(d.c.id == key["id"]).values(values))
    return before != key["sha256"]


def _borne(key: str, year: str, have: set[tuple[str | None, str]]) -> bool:
    """Whether a document bears the number; years count only where both are known (numbers start anew each year)."""
    if not year:
        return any(key == number for number, _ in have)
    return (key, year) in have or (key, "") in have
