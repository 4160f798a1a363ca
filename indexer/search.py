"""Hybrid search: BM25 and vectors, their scores weighted and added, filters applied before anything is ranked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.document import Frozen
from corpus.errors import IndexDamaged
from indexer.abbreviations import alternatives
from indexer.dense import Dense
from indexer.embedding import Encoder
from indexer.embedding import encoder as find_encoder
from indexer.generation import Source, mapped, verify
from indexer.lexical import Lexical, Weights, term_hash
from indexer.mentions import mentions, named, provisions_named, serial
from indexer.passages import Passage

__all__ = ["TUNED", "Filter", "Hit", "Index", "Tuning"]

Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Tuning:
    """The weights of the shipped search, chosen on the development questions (`docs/retrieval.md`)."""

    lexical: Weights = field(default_factory=Weights)
    dense: float = 0.2
    candidates: int = 200
    number: float = 1.0
    provision: float = 0.5


TUNED = Tuning()


class Filter(Frozen):
    """Which documents may be found; a field left None allows all.

    `as_of` (a date) allows those in force on that day: from `effective_from`, else the day of issue, until the day
    before `effective_to`; a date that is not known excludes nothing.
    """

    documents: frozenset[str] | None = None
    excluding: frozenset[str] = frozenset()
    kinds: frozenset[str] | None = None
    issuers: frozenset[str] | None = None
    years: frozenset[int] | None = None
    as_of: str | None = None

    def allows(self, source: Source) -> bool:
        """Whether passages of `source` may be found."""
        if source.id in self.excluding or (self.documents is not None and source.id not in self.documents):
            return False
        if self.kinds is not None and _folded(source.kind) not in map(_folded, self.kinds):
            return False
        if self.issuers is not None and _folded(source.issuer) not in map(_folded, self.issuers):
            return False
        if self.years is not None and int((source.issued_on or "0")[:4]) not in self.years:
            return False
        return self.as_of is None or _in_force(source, self.as_of)


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
        self._encoder = encoder or find_encoder(self.manifest.encoder)
        if self._encoder.fingerprint != self.manifest.fingerprint:
            raise IndexDamaged(f"{directory}: lập bằng mô hình khác với {self._encoder.name}; hãy lập lại chỉ mục")
        self._lexical = Lexical(directory, self.manifest.passages, tuning.lexical)
        self._dense = Dense(directory / "vectors.faiss")
        self._units = np.load(directory / "units.npy", mmap_mode="r")
        self._offsets = np.load(directory / "offsets.npy", mmap_mode="r")
        self._passages = mapped(directory / "passages.jsonl")
        sizes = [d.passages for d in self.manifest.documents]
        self._serials = _serials(self.manifest.documents)
        self._document = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)

    def __len__(self) -> int:
        return self.manifest.passages

    def search(self, query: str, k: int = 10, only: Filter | None = None, per_document: int | None = None) -> list[Hit]:
        """The `k` best passages for `query`, the best first; at most `per_document` of one document."""
        allowed = self._allowed(only) if only and only != Filter() else None
        if not len(self) or not query.strip() or (allowed is not None and not allowed.any()):
            return []
        places, score, parts = self._ranked(query, max(self.tuning.candidates, 3 * k), allowed)
        chosen = self._chosen(places, k, per_document)
        return [
            Hit(
                passage=self.passage(int(places[at])),
                score=float(score[at]),
                parts={name: float(values[at]) for name, values in parts.items()},
            )
            for at in chosen
        ]

    def passage(self, place: int) -> Passage:
        """The passage at `place` of the generation."""
        return Passage.model_validate_json(self._passages[self._offsets[place] : self._offsets[place + 1]].tobytes())

    def _ranked(
        self, query: str, pool: int, allowed: Mask | None
    ) -> tuple[npt.NDArray[np.int64], Scores, dict[str, Scores]]:
        """Candidates, the best first, with their scores and what these were made of."""
        lexical = self._lexical.scores(query)
        number, provision = self._numbered(query), self._holding(query)
        if number.any():
            provision *= number > 0
        vector = self._encoder.queries(["; ".join([query, *alternatives(query)])])[0]
        wanted = lexical + (number + provision) * (lexical.max() + 1)
        if allowed is not None:
            wanted[~allowed] = -1
        nearest, _ = self._dense.nearest(vector, pool, allowed)
        places = np.union1d(_top(wanted, pool), nearest)
        cosine = self._dense.vectors(places) @ vector
        parts = {
            "lexical": lexical[places],
            "dense": cosine,
            "number": number[places],
            "provision": provision[places],
        }
        score = self._fused(parts)
        order = np.lexsort((places, -score))
        return places[order], score[order], {name: values[order] for name, values in parts.items()}

    def _fused(self, parts: dict[str, Scores]) -> Scores:
        t = self.tuning
        lexical = parts["lexical"] / max(float(parts["lexical"].max()), 1e-6)
        dense = parts["dense"] / max(float(parts["dense"].max()), 1e-6)
        fused = (
            (1 - t.dense) * lexical + t.dense * dense + t.number * parts["number"] + t.provision * parts["provision"]
        )
        made: Scores = fused.astype(np.float32)
        return made

    def _allowed(self, only: Filter) -> Mask:
        documents = np.fromiter((only.allows(d) for d in self.manifest.documents), dtype=np.bool_)
        return documents[self._document]

    def _numbered(self, query: str) -> Scores:
        """1 for passages of documents whose number, or the number they speak of, the query names; 0.5 if unsure."""
        marks = np.zeros(len(self.manifest.documents), np.float32)
        for mention in mentions(query):
            for at in self._serials.get(mention.serial, ()):
                source = self.manifest.documents[at]
                year = (source.issued_on or "")[:4] or None
                if any(named(mention, n, year) for n in (source.number, source.about) if n):
                    marks[at] = max(marks[at], 1.0 if mention.sure else 0.5)
        return marks[self._document]

    def _holding(self, query: str) -> Scores:
        """1 for passages that hold a provision that the query names."""
        held = np.zeros(len(self), np.float32)
        for path in provisions_named(query):
            term = np.uint64(term_hash(path))
            span = slice(*(np.searchsorted(self._units[:, 0], term, side) for side in ("left", "right")))
            held[self._units[span, 1].astype(np.int64)] = 1
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
    """The places of the `k` highest positive scores."""
    places = np.argpartition(-scores, k - 1)[:k] if k < len(scores) else np.arange(len(scores))
    return places[scores[places] > 0]


def _serials(sources: Iterable[Source]) -> dict[str, list[int]]:
    """The places of the documents with each serial number, or that speak of it."""
    found: dict[str, list[int]] = {}
    for at, source in enumerate(sources):
        for number in {source.number, source.about} - {None, ""}:
            found.setdefault(serial(number or ""), []).append(at)
    return found


def _folded(name: str | None) -> str:
    return " ".join((name or "").lower().split())


def _in_force(source: Source, day: str) -> bool:
    start, end = source.effective_from or source.issued_on, source.effective_to
    began = start is None or start <= day[: len(start)]
    ended = end is not None and (end <= day if len(end) == len(day) else end < day[: len(end)])
    return began and not ended
