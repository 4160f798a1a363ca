"""The documents as the answerer reads them: readings kept in memory, names, and word counts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple, Protocol

from assistant.answers.entries import Summary
from assistant.answers.lexicon import LIMIT, Lexicon
from assistant.answers.reading import Reading, read
from assistant.answers.scope import Catalogue
from assistant.answers.validity import counting, intervals, superseded
from assistant.watch.call import stage
from corpus.document import Document
from corpus.validity import Interval

__all__ = ["Library", "Place", "Search", "from_index", "remembered"]

_LEAST_READ = 4_000
"""Characters that are read of a document for the word counts; with too many documents for that, some are left out."""
KEPT = 400
"""Readings kept in memory; one of a 50,000-character document takes about 3 MB."""


class Place(NamedTuple):
    """A stretch of a document that a search found, with its score."""

    document: str
    start: int
    end: int
    score: float


class Search(Protocol):
    """Finds the `k` best places for a query, among `documents` where they are given."""

    def __call__(self, query: str, k: int, documents: Collection[str] | None) -> Sequence[Place]:
        """The places found, the best first."""
        ...


def from_index(index: Any) -> Search:
    """The search of an `indexer.search.Index`."""
    from indexer.search import Filter

    def search(query: str, k: int, documents: Collection[str] | None) -> list[Place]:
        only = Filter(documents=frozenset(documents)) if documents is not None else None
        with stage("search"):
            hits = index.search(query, k, only)
        return [Place(h.passage.document, h.passage.start, h.passage.end, h.score) for h in hits]

    return search


def remembered(search: Search) -> Search:
    """`search` for one question, which looks for the same words in the same documents several times."""
    found: dict[tuple[str, int, frozenset[str] | None], Sequence[Place]] = {}

    def again(query: str, k: int, documents: Collection[str] | None) -> Sequence[Place]:
        asked = (query, k, None if documents is None else frozenset(documents))
        if asked not in found:
            found[asked] = search(query, k, documents)
        return found[asked]

    return again


class Library:
    """Documents by id, read when first needed; safe for many threads."""

    def __init__(
        self,
        documents: Callable[[str], Document],
        summaries: Iterable[Summary],
        changing: Callable[[], Iterable[Any]] | None = None,
        several: Callable[[Collection[str]], Mapping[str, Document]] | None = None,
    ) -> None:
        """`changing` gives the documents that may replace, repeal, amend or extend others; by default all of them.

        `several` gives documents by their ids at once; by default they are asked for one by one.
        """
        self._several = several
        self.documents = documents
        self.summaries = list(summaries)
        self._changing = changing
        self._standing: tuple[date, frozenset[str] | None] | None = None
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._turn = threading.Lock()

    def reading(self, id: str) -> Reading:
        """The reading of document `id`."""
        with self._turn:
            if id in self._kept:
                self._kept.move_to_end(id)
                return self._kept[id]
        made = read(self.documents(id))
        with self._turn:
            self._kept[id] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def readings(self, ids: Iterable[str]) -> dict[str, Reading]:
        """The readings of the documents `ids`, whose texts are read at once."""
        wanted = list(ids)
        with self._turn:
            missing = [id for id in wanted if id not in self._kept]
        if self._several is None or len(missing) < 2:
            return {id: self.reading(id) for id in wanted}
        made = {id: read(document) for id, document in self._several(missing).items()}
        with self._turn:
            self._kept.update(made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return {id: made[id] if id in made else self.reading(id) for id in wanted}

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """The days on which each document holds."""
        if self._changing is not None:
            return intervals(self.summaries, self._changing())
        read = [self.documents(s.id) for s in self.summaries]
        return intervals(read, read)

    def counting(self, day: str) -> frozenset[str]:
        """Ids of the documents that may be in force on the ISO date `day`; those of the last few days are kept."""
        return self._counting(day)

    @cached_property
    def _counting(self) -> Callable[[str], frozenset[str]]:
        return lru_cache(maxsize=8)(partial(counting, self.intervals))

    def standing(self) -> frozenset[str] | None:
        """Ids of the documents that no other has replaced or repealed whole before today; None for all."""
        today = date.today()
        if self._standing is None or self._standing[0] != today:
            gone = superseded(self.intervals, today)
            self._standing = (today, frozenset(self.intervals) - gone if gone else None)
        return self._standing[1]

    @cached_property
    def lexicon(self) -> Lexicon:
        """Word counts over the documents, or over an even share of each where they are too long to read whole."""
        step = max(1, len(self.summaries) * _LEAST_READ // LIMIT)
        chosen = self.summaries[::step]
        return Lexicon.of((self.documents(s.id).text for s in chosen), count=len(chosen))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The names of the documents."""
        return Catalogue(self.summaries, self.documents)
