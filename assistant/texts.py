"""Stored documents as they are read for answering: the text at once, the structure when it is asked for.

Of the dozen documents that a question looks into, one or two are quoted; only a quote needs the provisions, which take
longer to read, and more memory, than the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import PrivateAttr
from sqlalchemy import Row, bindparam, select

from corpus.document import Document
from corpus.rows import METADATA
from corpus.schema import versions
from corpus.store import Store

__all__ = ["opened", "several"]

_LATER = ("provisions", "provenance", "relations")
_FIRST = [versions.c[name] for name in ("id", "sha256", "text", *METADATA)]

_VERSION = select(*_FIRST).where(versions.c.id == bindparam("one"), versions.c.sha256 == bindparam("text"))


class _Opened(Document):
    """A document that reads its structure from the store when that is first asked for."""

    _whole: Callable[[], Document] = PrivateAttr()

    def __getattr__(self, name: str) -> Any:
        if name not in _LATER:
            return super().__getattr__(name)  # type: ignore[misc]
        whole = self._whole()
        self.__dict__.update({later: getattr(whole, later) for later in _LATER})
        return self.__dict__[name]


def opened(store: Store, id: str, sha256: str | None) -> Document:
    """The version `sha256` of document `id`, or the one that counts.

    Raises:
        NotFound: there is none.
    """
    return several(store, {id: sha256})[id]


def several(store: Store, wanted: Mapping[str, str | None]) -> dict[str, Document]:
    """The documents of `wanted` by id, each in the version whose sha256 it gives; read over one connection.

    Raises:
        NotFound: one of them is not there.
    """
    with store.reading() as connection:
        found = {
            id: connection.execute(_VERSION, {"one": id, "text": sha256}).first() if sha256 is not None else None
            for id, sha256 in wanted.items()
        }
    return {id: store.get(id, wanted[id]) if row is None else _later(store, row) for id, row in found.items()}


def _later(store: Store, row: Row[Any]) -> Document:
    made = _Opened.model_construct(**row._mapping)
    for name in _LATER:
        made.__dict__.pop(name, None)
    id, sha256 = made.id, made.sha256
    made._whole = lambda: store.get(id, sha256)
    return made
