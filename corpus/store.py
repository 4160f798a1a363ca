"""Keeps documents with all their versions, original files and relations, in SQLite or another SQL database."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, select, update
from sqlalchemy.sql import Select

from corpus import schema
from corpus.database import migrate, open_engine, reading, writing
from corpus.document import Document
from corpus.errors import NotFound
from corpus.rows import (
    METADATA,
    SUMMARY,
    Citing,
    Missing,
    Original,
    Structure,
    Summary,
    Version,
    borne,
    fingerprint,
    keep_original,
    let_count,
    one,
    relation_of,
    same,
    version,
    write_version,
)

__all__ = ["Citing", "Missing", "Original", "Store", "Summary", "Version"]


class Store:
    """The documents behind one database URL; migrated when opened, safe to use from many threads and processes."""

    def __init__(self, url: str) -> None:
        """Opens `url`, for example `sqlite:////srv/chitieu/chitieu.db`.

        Raises:
            StoreError: if the database cannot be opened or migrated.
        """
        self._engine = open_engine(url)
        weakref.finalize(self, self._engine.dispose)
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
            True when text, structure or metadata differ from what counted before; where it came from may differ.
        """
        mark = fingerprint(document)
        key = {"id": document.id, "sha256": document.sha256}
        with self.writing() as connection:
            known = connection.execute(one(select(schema.versions.c.fingerprint), schema.versions, key)).scalar()
            now = connection.execute(one(select(schema.documents.c.sha256), schema.documents, {"id": document.id}))
            if known != mark:
                write_version(connection, document, mark, known is not None)
            else:
                connection.execute(one(update(schema.versions), schema.versions, key).values(source=document.source))
            if original is not None:
                keep_original(connection, key, original, path)
            changed = let_count(connection, key, now.scalar(), path)
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
        structure = Structure.model_validate_json(row.structure)
        return Document(
            id=row.id,
            sha256=row.sha256,
            text=row.text,
            provisions=structure.provisions,
            provenance=structure.provenance,
            relations=tuple(relation_of(r) for r in related),
            **{name: getattr(row, name) for name in METADATA},
        )

    def original(self, id: str, sha256: str | None = None) -> Original:
        """The file that the document was read from.

        Raises:
            NotFound: if there is no such document or its file was not kept.
        """
        v, o = schema.versions, schema.originals
        with self.reading() as connection:
            row = connection.execute(version(select(v.c.file_name, v.c.original), id, sha256)).first()
            held = select(o.c.content).where(o.c.sha256 == (row.original if row else None))
            content = connection.execute(held).scalar()
        if row is None or content is None:
            raise NotFound(f"Không có tệp gốc của văn bản {id!r}; xem các văn bản bằng: chitieu list")
        return Original(name=row.file_name or id, content=content)

    def summaries(self, of: Iterable[Version] | None = None) -> list[Summary]:
        """All documents as they count now or, with `of`, these versions; in the order of their ids."""
        if of is None:
            return self._summaries(select(*SUMMARY))
        chosen = set(of)
        with self.reading() as connection:
            rows = connection.execute(select(*SUMMARY).order_by(schema.versions.c.id))
            return [Summary(**row._mapping) for row in rows if (row.id, row.sha256) in chosen]

    def find(self, number: str) -> list[Summary]:
        """The documents that bear `number`, then those that are about it; case and diacritics do not count."""
        key = schema.number_key(number)
        own = self._summaries(select(*SUMMARY).where(schema.versions.c.number_key == key))
        about = self._summaries(select(*SUMMARY).where(schema.versions.c.about_key == key))
        return own + [s for s in about if s not in own]

    def paths(self) -> dict[str, str]:
        """The file that each document was read from, by id; documents without one are left out."""
        query = select(schema.documents.c.id, schema.documents.c.path).where(schema.documents.c.path.is_not(None))
        with self.reading() as connection:
            return {row.id: row.path for row in connection.execute(query)}

    def missing(self) -> list[Missing]:
        """Numbers that documents cite though none bears them, the most cited first."""
        cited = select(schema.relations).join(schema.documents, same(schema.relations, schema.documents))
        with self.reading() as connection:
            rows = connection.execute(cited.order_by(schema.relations.c.id, schema.relations.c.ordinal)).all()
        have = {(schema.number_key(s.number), (s.issued_on or "")[:4]) for s in self.summaries() if s.number}
        found: dict[str, tuple[str, dict[str, None]]] = {}
        for row in rows:
            if not borne(row.number_key, (row.issued_on or "")[:4], have):
                found.setdefault(row.number_key, (row.number, {}))[1][row.id] = None
        listed = [Missing(number=number, cited_by=tuple(ids)) for number, ids in found.values()]
        return sorted(listed, key=lambda m: (-len(m.cited_by), m.number))

    def citing(self, number: str) -> list[Citing]:
        """What the documents that count say about the one that bears `number`, in the order of their ids."""
        r = schema.relations
        query = select(r).join(schema.documents, same(r, schema.documents)).order_by(r.c.id, r.c.ordinal)
        with self.reading() as connection:
            rows = connection.execute(query.where(r.c.number_key == schema.number_key(number)))
            return [Citing(document=row.id, relation=relation_of(row)) for row in rows]

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
            spare = select(v.c.id, v.c.sha256).where(~exists().where(same(d, v)))
            old = {(row.id, row.sha256) for row in connection.execute(spare)} - set(keep)
            for id, sha256 in old:
                connection.execute(delete(v).where(v.c.id == id, v.c.sha256 == sha256))
            held = select(v.c.original).where(v.c.original.is_not(None))
            connection.execute(delete(o).where(o.c.sha256.not_in(held)))
        return len(old)

    def integrity(self) -> str:
        """What is wrong with the database, in one line; empty when its pages and references are whole."""
        if self._engine.url.get_backend_name() != "sqlite":
            return ""
        with self.reading() as connection:
            found = [str(said) for said in connection.exec_driver_sql("PRAGMA quick_check(1)").scalars()]
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if found != ["ok"]:
            return " ".join(" ".join(found).split())
        return f"{len(loose)} dòng trỏ tới dòng không có" if loose else ""

    def _summaries(self, query: Select[Any]) -> list[Summary]:
        joined = query.join_from(schema.documents, schema.versions).order_by(schema.documents.c.id)
        with self.reading() as connection:
            return [Summary(**row._mapping) for row in connection.execute(joined)]

    def _rows(self, connection: Connection, id: str, sha256: str | None) -> tuple[Row[Any] | None, Iterable[Row[Any]]]:
        row = connection.execute(version(select(schema.versions), id, sha256)).first()
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
