"""The tables of this room in the database of the store: keys, collections, sessions that were ended.

They are made when first written to; until then everything reads as empty, also where nothing can be written.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, Text, delete, insert, select
from sqlalchemy import inspect as inspected

from corpus.errors import StoreError
from corpus.store import Store

__all__ = ["Ledger", "collections", "ended_sessions", "keys", "now", "stamp", "stamped", "stamps"]

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

keys = Table(
    "access_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("secret_sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("collections", Text, nullable=False),
    Column("scopes", Text),
    Column("created_at", String(20), nullable=False),
    Column("expires_at", String(20)),
    Column("revoked_at", String(20)),
    Column("used_at", String(20)),
)
"""API keys; of the secret only its hash. `collections` and `scopes` are JSON lists, times ISO 8601 UTC."""

collections = Table(
    "access_collections",
    metadata,
    Column("document", String(255), nullable=False),
    Column("collection", String(100), nullable=False),
    PrimaryKeyConstraint("document", "collection"),
)
"""Which collections a document is in. It names an id, not a stored row: what is removed and comes back stays hidden."""

ended_sessions = Table(
    "access_ended_sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("until", String(20), nullable=False),
)
"""Sessions that somebody left before their time, until they would have ended anyway."""

stamps = Table("access_stamps", metadata, Column("name", String(32), primary_key=True), Column("value", String(32)))
"""A new value for each change, so that readers know in one look whether what they hold is still so."""


class Ledger:
    """Reads and writes these tables through the store of a home, for many threads and processes."""

    def __init__(self, store: Callable[[], Store | None]) -> None:
        """`store` gives the store, opened when first needed; None where documents are kept elsewhere."""
        self._store = store
        self._turn = threading.Lock()
        self._there = False

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection for queries; None where nothing was ever written."""
        store = self._store()
        if store is None:
            yield None
            return
        with store.reading() as connection:
            if not self._there:
                self._there = inspected(connection).has_table(stamps.name)
            yield connection if self._there else None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; the tables are made before it where they are not there."""
        store = self._store()
        if store is None:
            raise StoreError("Không có cơ sở dữ liệu để ghi; hãy kiểm tra thiết lập database")
        with self._turn:
            if not self._there:
                self._make(store)
        with store.writing() as connection:
            yield connection

    def _make(self, store: Store) -> None:
        try:
            with store.writing() as connection:
                metadata.create_all(connection)
        except StoreError:  # another process was making them at the same moment
            with store.writing() as connection:
                metadata.create_all(connection)
        self._there = True


def stamp(connection: Connection, name: str) -> None:
    """Marks that what `name` stands for has changed."""
    connection.execute(delete(stamps).where(stamps.c.name == name))
    connection.execute(insert(stamps).values(name=name, value=secrets.token_hex(16)))


def stamped(connection: Connection, name: str) -> str | None:
    """The mark of the last change, None where there was none."""
    found = connection.execute(select(stamps.c.value).where(stamps.c.name == name)).scalar()
    return None if found is None else str(found)


def now() -> str:
    """This moment as ISO 8601 in UTC, to the second; such texts sort as the moments do."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
