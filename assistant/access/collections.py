"""Collections of documents: who may see what is decided here, at each request anew."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from assistant.access.identity import ALL, Identity
from assistant.access.ledger import Ledger, collections, stamp, stamped
from assistant.access.names import collection_names
from corpus.errors import InputError

__all__ = ["Collections"]

_STAMP = "collections"
_REMEMBERED = 64
"""Sets of collections whose hidden documents are kept ready."""


class Collections:
    """Which documents are in which collections; a document in none is everybody's."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._turn = threading.Lock()
        self._mark: str | None = None
        self._of: dict[str, frozenset[str]] = {}
        self._hidden: dict[frozenset[str], frozenset[str]] = {}

    def put(self, documents: Iterable[str], names: Iterable[str]) -> None:
        """Makes `names` the collections of each of `documents`; with none, everybody sees them.

        Raises:
            InputError: a name cannot be used.
        """
        wanted, ids = self._usable(names), list(dict.fromkeys(documents))
        with self._ledger.writing() as connection:
            for id in ids:
                connection.execute(delete(collections).where(collections.c.document == id))
            _insert(connection, ids, wanted)
            stamp(connection, _STAMP)

    def join(self, documents: Iterable[str], names: Iterable[str]) -> None:
        """Puts each of `documents` into the collections `names` as well.

        Raises:
            InputError: a name cannot be used.
        """
        wanted, ids = self._usable(names), list(dict.fromkeys(documents))
        with self._ledger.writing() as connection:
            for id in ids:
                of = (collections.c.document == id) & collections.c.collection.in_(wanted)
                connection.execute(delete(collections).where(of))
            _insert(connection, ids, wanted)
            stamp(connection, _STAMP)

    def leave(self, documents: Iterable[str], names: Iterable[str]) -> None:
        """Takes each of `documents` out of the collections `names`.

        Raises:
            InputError: a name cannot be used.
        """
        wanted = self._usable(names)
        with self._ledger.writing() as connection:
            for id in documents:
                of = (collections.c.document == id) & collections.c.collection.in_(wanted)
                connection.execute(delete(collections).where(of))
            stamp(connection, _STAMP)

    def all(self) -> Mapping[str, frozenset[str]]:
        """The collections of each document that is in any."""
        with self._turn:
            self._refresh()
            return self._of

    def of(self, document: str) -> frozenset[str]:
        """The collections of `document`."""
        return self.all().get(document, frozenset())

    def hidden(self, identity: Identity) -> frozenset[str]:
        """The ids of the documents that `identity` may not see."""
        if identity.sees_all:
            return frozenset()
        with self._turn:
            self._refresh()
            if identity.collections not in self._hidden:
                while len(self._hidden) >= _REMEMBERED:
                    self._hidden.pop(next(iter(self._hidden)))
                found = frozenset(id for id, own in self._of.items() if not identity.sees(own))
                self._hidden[identity.collections] = found
            return self._hidden[identity.collections]

    def _refresh(self) -> None:
        """Reads the table again where it has changed since."""
        with self._ledger.reading() as connection:
            mark = None if connection is None else stamped(connection, _STAMP)
            if connection is None or mark == self._mark:
                return
            found = defaultdict(set)
            for row in connection.execute(select(collections)):
                found[row.document].add(row.collection)
        self._of = {id: frozenset(names) for id, names in found.items()}
        self._hidden.clear()
        self._mark = mark

    @staticmethod
    def _usable(names: Iterable[str]) -> tuple[str, ...]:
        wanted = collection_names(names)
        if ALL in wanted:
            raise InputError("Dấu * chỉ dùng cho khóa và nhóm người; hãy nêu tên nhóm văn bản")
        return wanted


def _insert(connection: Connection, ids: Iterable[str], names: Iterable[str]) -> None:
    rows = [{"document": id, "collection": name} for id in ids for name in names]
    if rows:
        connection.execute(insert(collections), rows)
