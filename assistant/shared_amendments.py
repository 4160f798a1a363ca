"""Metadata that administrators put right, in the database that several machines share.

Where each kept a file of its own, the one that adds a document again would lose what another had put right. A file from
before is still read; what the database says of a document holds over it, also where it says that nothing is left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, inspect, select

from assistant.amendments import checked, stated
from corpus.errors import StoreError
from corpus.store import Store

__all__ = ["Shared", "amendments"]

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})

amendments = Table(
    "amendments",
    metadata,
    Column("document", String(255), primary_key=True),
    Column("fields", Text, nullable=False),
)
"""The fields of a document that were put right, as a JSON object; empty where all were taken back."""


class Shared:
    """What was put right, by document, for all machines of one database; the table is made when first written to."""

    def __init__(self, home: Path, store: Callable[[], Store]) -> None:
        """`store` gives the store, opened when first needed."""
        self._home = home
        self._store = store

    def stated(self) -> dict[str, dict[str, str]]:
        """What was put right, by document.

        Raises:
            StoreError: the database or the file from before cannot be read.
        """
        held = stated(self._home)
        with self._store().reading() as connection:
            if inspect(connection).has_table(amendments.name):
                held |= {row.document: json.loads(row.fields) for row in connection.execute(select(amendments))}
        return {document: fields for document, fields in held.items() if fields}

    def keep(self, id: str, values: Mapping[str, str]) -> dict[str, str]:
        """Makes `values` all that was put right about `id`; returns what is stated of them, dates as ISO 8601.

        Raises:
            InputError: a date is none.
            StoreError: the database cannot be written.
        """
        found = checked(id, values)
        self._make()
        with self._store().writing() as connection:
            connection.execute(delete(amendments).where(amendments.c.document == id))
            connection.execute(insert(amendments).values(document=id, fields=json.dumps(found, ensure_ascii=False)))
        return found

    def _make(self) -> None:
        try:
            with self._store().writing() as connection:
                metadata.create_all(connection)
        except StoreError:  # another machine was making it at the same moment
            with self._store().writing() as connection:
                metadata.create_all(connection)
