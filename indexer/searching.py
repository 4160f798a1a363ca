"""The two interfaces that the embedded index and the one in PostgreSQL stand behind; all else uses only these."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from corpus.document import Document, Frozen
from indexer.embedding import Encoder
from indexer.fusion import TUNED, Tuning
from indexer.search import Hit
from indexer.sources import Filter

__all__ = ["Held", "Indexes", "Read", "Searcher", "Told", "Tuned", "Versioned", "Wanted", "as_shipped", "indexes"]

Read = Callable[[str, str], Document]
"""Gives the document of an id and a sha256."""

Told = Callable[[int, int], None]
"""Told how many of how many documents are done."""

Tuned = Callable[[], Tuning]
"""Gives the weights of the search, and the reranker that the settings name."""


def as_shipped() -> Tuning:
    """The weights of the shipped search, without a reranker."""
    return TUNED


class Wanted(Protocol):
    """What names a version of a document and its metadata: a `corpus.store.Summary`, for example."""

    @property
    def id(self) -> str:
        """The document's."""
        ...

    @property
    def sha256(self) -> str:
        """Of its text."""
        ...

    @property
    def fingerprint(self) -> str:
        """Of all but its text."""
        ...


class Versioned(Protocol):
    """The documents of a generation."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def versions(self) -> dict[str, str]:
        """The sha256 of each by its id."""
        ...


class Searcher(Protocol):
    """A generation, open for search by many threads."""

    @property
    def sources(self) -> Versioned:
        """The documents that it was made from."""
        ...

    def __len__(self) -> int:
        """How many passages it holds."""
        ...

    def read_as(self, query: str) -> str:
        """`query` as the search reads it, with slips of the keyboard put right."""
        ...

    def search(self, query: str, k: int = 10, only: Filter | None = None, per_document: int | None = None) -> list[Hit]:
        """The `k` best passages for `query`, the best first; at most `per_document` of one document."""
        ...


class Held(Frozen):
    """What a generation holds; `made_at` is ISO 8601, UTC."""

    documents: int
    passages: int
    encoder: str
    made_at: str


class Indexes(Protocol):
    """The generations of one home or database: built beside the one that serves, then switched to in one step."""

    def current(self) -> str | None:
        """The name of the generation that serves, or None before the first."""
        ...

    def names(self) -> list[str]:
        """The complete generations, the oldest first."""
        ...

    def held(self, name: str, full: bool = False) -> Held:
        """What a generation holds, once it was looked over; `full` reads all of it.

        Raises:
            IndexDamaged: it is not there, or not whole.
        """
        ...

    def made_at(self, name: str) -> str:
        """When a generation was made (ISO 8601, UTC), damaged or not."""
        ...

    def state(self, name: str) -> str | None:
        """What `build` was given as `state`; None when unknown or damaged."""
        ...

    def open(self, name: str, usual: Encoder) -> Searcher:
        """The generation, with the encoder that it was built with, which need not be the `usual` one.

        Raises:
            IndexDamaged: it is not there, or not whole.
        """
        ...

    def build(
        self, wanted: Iterable[Wanted], read: Read, encoder: Encoder, processes: int = 1, state: str = "",
        anew: bool = False, tell: Told | None = None,
    ) -> str:  # fmt: skip
        """A generation of the documents `wanted`, now serving; `read` gives them."""
        ...

    def switch(self, name: str) -> None:
        """Lets the complete generation `name` serve.

        Raises:
            IndexDamaged: it is not there, or not whole.
        """
        ...

    def sweep(self) -> set[tuple[str, str]]:
        """Drops damaged generations that do not serve; (id, sha256) of every version that the others were made from.

        Raises:
            IndexDamaged: the one that serves does not say what it was made from.
        """
        ...

    def alone(self) -> AbstractContextManager[object]:
        """Waits until no other machine changes documents or index, and keeps others from it meanwhile."""
        ...


def indexes(home: Path, url: str, tuned: Tuned = as_shipped) -> Indexes:
    """The index that belongs to the database `url`: in it where that is PostgreSQL, else in files under `home`.

    Generations are searched with what `tuned` gives when they are opened.
    """
    from corpus.database import clustered, open_engine

    if not clustered(url):
        from indexer.embedded import EmbeddedIndexes

        return EmbeddedIndexes(home, tuned)
    from indexer.cluster.indexes import ClusterIndexes

    return ClusterIndexes(open_engine(url), tuned)
