"""The generations in PostgreSQL, behind the interface of `indexer.searching`."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from contextlib import AbstractContextManager

from sqlalchemy import Engine

from corpus.errors import IndexDamaged, NotFound
from indexer.cluster.building import build
from indexer.cluster.connections import CHANGES, alone
from indexer.cluster.generations import Generations, listing
from indexer.cluster.index import ClusterIndex
from indexer.embedding import Encoder
from indexer.embedding import encoder as find_encoder
from indexer.searching import Held, Read, Told, Tuned, Wanted, as_shipped

__all__ = ["ClusterIndexes"]


class ClusterIndexes:
    """The index behind one engine; see `indexer.searching.Indexes`. Generations are named by their numbers."""

    def __init__(self, engine: Engine, tuned: Tuned = as_shipped) -> None:
        """`tuned` gives what a generation is searched with, asked for when one is opened."""
        self._engine = engine
        self._tuned = tuned
        self._generations = Generations(engine)
        weakref.finalize(self, engine.dispose)

    def current(self) -> str | None:
        """See `Indexes`."""
        found = self._generations.current()
        return None if found is None else str(found)

    def names(self) -> list[str]:
        """See `Indexes`."""
        return [str(listed.generation) for listed in self._generations.all()]

    def held(self, name: str, full: bool = False) -> Held:
        """See `Indexes`; counts the passages when `full`: pages are the server's to check (`data_checksums`)."""
        try:
            number = _number(name)
            found = self._generations.verify(number) if full else listing(self._engine, number)
        except NotFound as error:
            raise IndexDamaged(str(error)) from error
        return Held(documents=found.documents, passages=found.passages, encoder=found.encoder, made_at=found.made_at)

    def made_at(self, name: str) -> str:
        """See `Indexes`."""
        return listing(self._engine, _number(name)).made_at

    def state(self, name: str) -> str | None:
        """See `Indexes`."""
        try:
            return listing(self._engine, _number(name)).state
        except NotFound:
            return None

    def open(self, name: str, usual: Encoder) -> ClusterIndex:
        """See `Indexes`."""
        made = listing(self._engine, _number(name))
        if made.encoder == usual.name and made.fingerprint == usual.fingerprint:
            return ClusterIndex(self._engine, made.generation, usual, self._tuned())
        other = find_encoder(made.encoder, made.query_prefix, made.passage_prefix)
        return ClusterIndex(self._engine, made.generation, other, self._tuned())

    def build(
        self, wanted: Iterable[Wanted], read: Read, encoder: Encoder, processes: int = 1, state: str = "",
        anew: bool = False, tell: Told | None = None,
    ) -> str:  # fmt: skip
        """See `Indexes`; reads only what is new unless `anew`."""
        return str(build(self._engine, wanted, read, encoder, processes, state, anew, tell))

    def switch(self, name: str) -> None:
        """See `Indexes`."""
        try:
            self._generations.switch(_number(name))
        except NotFound as error:
            raise IndexDamaged(str(error)) from error

    def sweep(self) -> set[tuple[str, str]]:
        """See `Indexes`; a generation is whole or was never there."""
        return self._generations.referenced()

    def alone(self) -> AbstractContextManager[object]:
        """See `Indexes`: an advisory lock, which goes with the connection of whoever held it."""
        return alone(self._engine, CHANGES)


def _number(name: str) -> int:
    if not name.isdigit():
        raise NotFound(f"không có thế hệ chỉ mục {name!r}; hãy chọn một thế hệ đang có")
    return int(name)
