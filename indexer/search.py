"""Hybrid search: BM25 and vectors, their scores weighted and added, filters applied before anything is ranked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from corpus.document import Frozen
from corpus.errors import IndexDamaged
from indexer.abbreviations import alternatives
from indexer.dense import Dense
from indexer.embedding import Encoder
from indexer.embedding import encoder as find_encoder
from indexer.files import load, mapped, paired
from indexer.fusion import TUNED, Tuning, ordered
from indexer.generation import verify
from indexer.lexical import Lexical, term_hash
from indexer.mentions import mentions, named, provisions_named
from indexer.passages import Passage
from indexer.sources import Filter, Sources
from indexer.spelling import Spelling

__all__ = ["Filter", "Hit", "Index"]

_FILTERS = 8
"""Filters whose passages are kept: the same few are asked for over and over."""

Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float32]


class Hit(Frozen):
    """A passage and its score; `parts` are the scores that it was made of: `lexical` (BM25), `dense` (cosine),
    `number` and `provision` (1 where the question names them).
    """

    passage: Passage
    score: float
    parts: dict[str, float]


class Index:
    """A generation, open for search by many threads. Opening checks sizes, not hashes; `verify` checks both."""

    def __init__(self, directory: Path, encoder: Encoder | None = None, tuning: Tuning = TUNED) -> None:
        """`encoder` is the one that the generation was built with; by default it is found by its name.

        Raises:
            IndexDamaged: if a file is missing or of another size, or the encoder is not the one of the build.
        """
        self.directory = directory
        self.manifest = verify(directory, full=False)
        self.tuning = tuning
        made = self.manifest
        self._encoder = encoder or find_encoder(made.encoder, made.query_prefix, made.passage_prefix)
        if self._encoder.fingerprint != self.manifest.fingerprint:
            raise IndexDamaged(f"{directory}: lập bằng mô hình khác với {self._encoder.name}; hãy lập lại chỉ mục")
        self._lexical = Lexical(directory, self.manifest.passages, tuning.lexical)
        self._spelling = Spelling(directory, self._lexical)
        self._dense = Dense(directory, self.manifest.dimension)
        self._units = load(directory / "units.npy")
        self._offsets = load(directory / "offsets.npy")
        self._passages = mapped(directory / "passages.jsonl")
        self.sources = Sources(directory)
        self._document = np.repeat(np.arange(len(self.sources), dtype=np.int32), np.diff(self.sources.starts))
        self._masks: OrderedDict[Filter, Mask] = OrderedDict()
        self._turn = Lock()

    def __len__(self) -> int:
        return self.manifest.passages

    def search(self, query: str, k: int = 10, only: Filter | None = None, per_document: int | None = None) -> list[Hit]:
        """The `k` best passages for `query`, the best first; at most `per_document` of one document."""
        allowed = self._allowed(only) if only and only != Filter() else None
        if not len(self) or not query.strip() or (allowed is not None and not allowed.any()):
            return []
        read = lru_cache(maxsize=None)(self.passage)  # the ranker has seen most of those that are found
        places, score, parts = self._ranked(self.read_as(query), max(self.tuning.candidates, 3 * k), allowed, read)
        chosen = self._chosen(places, k, per_document)
        return [
            Hit(
                passage=read(int(places[at])),
                score=float(score[at]),
                parts={name: float(values[at]) for name, values in parts.items()},
            )
            for at in chosen
        ]

    def read_as(self, query: str) -> str:
        """`query` as the search reads it, with slips of the keyboard put right."""
        return self._spelling.corrected(query)

    def passage(self, place: int) -> Passage:
        """The passage at `place` of the generation."""
        return Passage.model_validate_json(self._passages[self._offsets[place] : self._offsets[place + 1]].tobytes())

    def _ranked(
        self, query: str, pool: int, allowed: Mask | None, read: Callable[[int], Passage]
    ) -> tuple[npt.NDArray[np.int64], Scores, dict[str, Scores]]:
        """Candidates, the best first, with their scores and what these were made of."""
        lexical = self._lexical.scores(query)
        number, provision = self._numbered(query), self._holding(query)
        if number is not None and provision is not None:
            provision *= number > 0
        vector = self._encoder.queries(["; ".join([query, *alternatives(query)])])[0]
        wanted = lexical
        for marked in (number, provision):
            wanted = wanted if marked is None else wanted + marked * (lexical.max() + 1)
        if allowed is not None:
            wanted = np.where(allowed, wanted, np.float32(-1))
        nearest, _ = self._dense.nearest(vector, pool, allowed)
        places = np.union1d(_top(wanted, pool), nearest)
        parts = {
            "lexical": lexical[places],
            "dense": self._dense.cosines(places, vector),
            "number": _at(number, places),
            "provision": _at(provision, places),
        }
        order, score = ordered(query, parts, self.tuning, lambda at: [read(int(p)) for p in places[at]])
        return places[order], score, {name: values[order] for name, values in parts.items()}

    def _allowed(self, only: Filter) -> Mask:
        """The passages that `only` allows; those of the last few filters are kept."""
        with self._turn:
            mask = self._masks.pop(only, None)
        mask = self.sources.allowed(only)[self._document] if mask is None else mask
        with self._turn:
            self._masks[only] = mask
            while len(self._masks) > _FILTERS:
                self._masks.popitem(last=False)
        return mask

    def _numbered(self, query: str) -> Scores | None:
        """1 for passages of documents whose number, or the number they speak of, the query names; 0.5 if unsure."""
        marks: dict[int, float] = {}
        for mention in mentions(query):
            for at in self.sources.bearing(mention.serial):
                source = self.sources[at]
                year = (source.issued_on or "")[:4] or None
                if any(named(mention, n, year) for n in (source.number, source.about) if n):
                    marks[at] = max(marks.get(at, 0.0), 1.0 if mention.sure else 0.5)
        if not marks:
            return None
        marked = np.zeros(len(self), np.float32)
        for at, mark in marks.items():
            marked[self.sources.starts[at] : self.sources.starts[at + 1]] = mark
        return marked

    def _holding(self, query: str) -> Scores | None:
        """1 for passages that hold a provision that the query names."""
        paths = provisions_named(query)
        if not paths:
            return None
        held = np.zeros(len(self), np.float32)
        for path in paths:
            held[paired(self._units, term_hash(path)).astype(np.int64)] = 1
        return held

    def _chosen(self, places: npt.NDArray[np.int64], k: int, per_document: int | None) -> Iterable[int]:
        if per_document is None:
            return range(min(k, len(places)))
        chosen: list[int] = []
        taken: dict[int, int] = {}
        for at, owner in enumerate(self._document[places]):
            taken[int(owner)] = taken.get(int(owner), 0) + 1
            if taken[int(owner)] <= per_document:
                chosen.append(at)
                if len(chosen) == k:
                    break
        return chosen


def _top(scores: Scores, k: int) -> npt.NDArray[np.int64]:
    """The places of the `k` highest positive scores, of equal ones the first.

    The k-th of some of the scores is no higher than the k-th of all, which leaves few to compare.
    """
    least = np.float32(0)
    for step in (16, 1):
        some = scores[::step]
        if len(some) > k:
            some = some[some > least]
        if len(some) > k:
            least = max(least, np.partition(some, len(some) - k)[len(some) - k])
    places = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores > 0)
    return np.sort(places[np.lexsort((places, -scores[places]))][:k])


def _at(scores: Scores | None, places: npt.NDArray[np.int64]) -> Scores:
    return np.zeros(len(places), np.float32) if scores is None else scores[places]
