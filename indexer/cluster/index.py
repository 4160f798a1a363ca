"""Search in a generation in PostgreSQL: candidates by its indexes, scores by the arithmetic of the embedded index."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from corpus.errors import IndexDamaged
from indexer.abbreviations import alternatives
from indexer.cluster import wire
from indexer.cluster.candidates import Candidate, Candidates, Place, allowed
from indexer.cluster.connections import snapshot
from indexer.cluster.counts import Counts
from indexer.cluster.filtering import conditions
from indexer.cluster.generations import Listing, Sources, listing
from indexer.cluster.question import BUDGET, NOTHING, Asked, ask
from indexer.cluster.spelling import known_syllables, reader
from indexer.embedding import Encoder
from indexer.embedding import encoder as find_encoder
from indexer.fusion import TUNED, Tuning, ordered
from indexer.passages import Passage
from indexer.search import Filter, Hit

__all__ = ["ClusterIndex"]

Scores = npt.NDArray[np.float32]
_FILTERS = 64
"""Filters whose passages are counted once."""


class ClusterIndex:
    """A generation, open for search by many threads; each search sees one state of the database.

    Among no more than `budget` passages, the filter's, all are scored; beyond, the rarest terms of the question lead to
    about so many. The graph of vectors leads to the nearest, unless a filter allows so few that all are compared.
    `exact` scores every passage and compares every vector, as the embedded index does.
    """

    def __init__(
        self, engine: Engine, generation: int, encoder: Encoder | None = None, tuning: Tuning = TUNED,
        exact: bool = False, budget: int = BUDGET,
    ) -> None:  # fmt: skip
        """`encoder` is the one that the generation was built with; by default it is found by its name.

        Raises:
            NotFound: there is no such generation (any more).
            IndexDamaged: the encoder is not the one of the build.
        """
        self._engine = engine
        self.manifest = listing(engine, generation)
        self.sources = Sources(engine, self.manifest)
        self._turn = Lock()
        self._syllables: list[str] | None = None
        self._filters: OrderedDict[tuple[Filter, int], int] = OrderedDict()
        self._counts = Counts(self.manifest.edition, generation)
        self.tuning = tuning
        self.exact = exact
        self.budget = budget
        made = self.manifest
        self._encoder = encoder or find_encoder(made.encoder, made.query_prefix, made.passage_prefix)
        if self._encoder.fingerprint != self.manifest.fingerprint:
            raise IndexDamaged(
                f"thế hệ {generation}: lập bằng mô hình khác với {self._encoder.name}; hãy lập lại chỉ mục"
            )

    def __len__(self) -> int:
        return self.manifest.passages

    def search(self, query: str, k: int = 10, only: Filter | None = None, per_document: int | None = None) -> list[Hit]:
        """The `k` best passages for `query`, the best first; at most `per_document` of one document.

        Raises:
            NotFound: the generation was dropped since it was opened.
            StoreError: the server cannot be reached.
        """
        if not len(self) or not query.strip():
            return []
        chosen = only if only and only != Filter() else None
        with snapshot(self._engine) as connection:
            found = self._candidates(connection, chosen)
            meant = self._read_as(connection, query)
            search = _Search(connection, self.manifest, self.tuning, found)
            asked = search.asked(meant, self._counts, self.budget)
            return search.run(meant, asked, self._vector(meant), k, per_document)

    def read_as(self, query: str) -> str:
        """`query` as the search reads it, with slips of the keyboard put right."""
        with snapshot(self._engine) as connection:
            return self._read_as(connection, query)

    def nearest(self, query: str, k: int) -> list[tuple[str, int]]:
        """The documents and ordinals of the `k` passages whose vectors are the nearest, without anything else."""
        if not len(self):
            return []
        with snapshot(self._engine) as connection:
            found = self._candidates(connection, None).nearest(NOTHING, self._vector(query), k)
        return [(c.place[0], c.place[2]) for c in found]

    def _candidates(self, connection: Any, only: Filter | None) -> Candidates:
        count = len(self) if only is None else self._allowed(connection, only)
        many = not self.exact and count > self.budget
        found = Candidates(connection, self.manifest, only, many, many or (only is None and not self.exact))
        found.prepare()
        return found

    def _allowed(self, connection: Any, only: Filter) -> int:
        """See `allowed`; counted once for each of the last filters."""
        key = (only, self.budget)
        with self._turn:
            count = self._filters.pop(key, None)
        if count is None:
            count = allowed(connection, self.manifest, only, self.budget)
        with self._turn:
            self._filters[key] = count
            while len(self._filters) > _FILTERS:
                self._filters.popitem(last=False)
        return count

    def _read_as(self, connection: Any, query: str) -> str:
        return reader(connection, self._counts, len(self), lambda: self._known(connection)).corrected(query)

    def _known(self, connection: Any) -> list[str]:
        """The syllables of the edition, read once."""
        with self._turn:
            if self._syllables is None:
                self._syllables = known_syllables(connection, self.manifest.edition)
            return self._syllables

    def _vector(self, query: str) -> Scores:
        made: Scores = self._encoder.queries(["; ".join([query, *alternatives(query)])])[0]
        return made


class _Search:
    """One question in one state of the database."""

    def __init__(self, connection: Any, listed: Listing, tuning: Tuning, found: Candidates) -> None:
        self._connection = connection
        self._listed = listed
        self._tuning = tuning
        self._found = found
        self._scores: dict[Place, float] = {}

    def asked(self, query: str, counts: Counts, budget: int) -> Asked:
        """`query` as the tables are asked it."""
        made = self._listed
        visible, _ = conditions(made.edition, made.generation, None)
        return ask(self._connection, query, counts, made.passages, self._tuning.lexical, visible, budget)

    def run(self, query: str, asked: Asked, vector: Scores, k: int, per_document: int | None) -> list[Hit]:
        """See `ClusterIndex.search`."""
        pool = max(self._tuning.candidates, 3 * k)
        found = {c.place: c for c in [*self._heard(asked, pool), *self._found.nearest(asked, vector, pool)]}
        if not found:
            return []
        places = sorted(found, key=lambda place: (place[0], place[2]))
        parts = self._parts([found[p] for p in places], asked, vector)
        read: dict[Place, Passage] = {}

        def passages(at: npt.NDArray[np.int64]) -> list[Passage]:
            read.update(self._found.read([places[i] for i in at]))
            return [read[places[i]] for i in at]

        order, score = ordered(query, parts, self._tuning, passages)
        best = _best([places[at][0] for at in order], k, per_document)
        read.update(self._found.read([p for p in (places[order[at]] for at in best) if p not in read]))
        return [
            Hit(
                passage=read[places[order[at]]],
                score=float(score[at]),
                parts={name: float(values[order[at]]) for name, values in parts.items()},
            )
            for at in best
        ]

    def _heard(self, asked: Asked, pool: int) -> list[Candidate]:
        """The best passages by their words; where numbers or provisions are named, those go before."""
        plain = self._found.by_words(asked, pool)
        if not asked.marks and not asked.units:
            scores = self._lexical(asked, plain)
            return [c for c in plain if scores[c.place] > 0]
        return self._named(asked, plain, pool)

    def _named(self, asked: Asked, plain: list[Candidate], pool: int) -> list[Candidate]:
        """What is named weighs more than the best by words; the same bonus as in the embedded index."""
        top = max(self._lexical(asked, plain).values(), default=0.0) + 1
        named = self._found.by_marks(asked, top, pool) if asked.marks else self._found.by_units(asked, pool)
        found = {c.place: c for c in [*plain, *named]}
        lexical = self._lexical(asked, list(found.values()))
        wanted = {p: lexical[p] + self._bonus(c, asked) * top for p, c in found.items()}
        best = sorted(found, key=lambda p: (-wanted[p], p[0], p[2]))[:pool]
        return [found[p] for p in best if wanted[p] > 0]

    def _lexical(self, asked: Asked, candidates: Sequence[Candidate]) -> dict[Place, float]:
        """The scores by words of all passages met so far, and of `candidates`."""
        new = [c for c in candidates if c.place not in self._scores]
        self._scores.update(zip((c.place for c in new), asked.lexical([c.lexical for c in new]).tolist(), strict=True))
        return self._scores

    def _bonus(self, candidate: Candidate, asked: Asked) -> float:
        mark = asked.marks.get(candidate.place[0], 0.0)
        return mark + (1.0 if candidate.holds and (mark or not asked.marks) else 0.0)

    def _parts(self, candidates: Sequence[Candidate], asked: Asked, vector: Scores) -> dict[str, Scores]:
        number = np.array([asked.marks.get(c.place[0], 0.0) for c in candidates], np.float32)
        provision = np.array([c.holds for c in candidates], np.float32)
        if asked.marks:
            provision *= number > 0
        lexical = self._lexical(asked, candidates)
        rows = np.stack([wire.halfvec_read(c.vector) for c in candidates])
        return {
            "lexical": np.array([lexical[c.place] for c in candidates], np.float32),
            "dense": np.einsum("nd,d->n", rows, vector),
            "number": number,
            "provision": provision,
        }


def _best(documents: Sequence[str], k: int, per_document: int | None) -> list[int]:
    """The places of the first `k`, at most `per_document` of one document."""
    if per_document is None:
        return list(range(min(k, len(documents))))
    chosen: list[int] = []
    taken: dict[str, int] = {}
    for at, document in enumerate(documents):
        taken[document] = taken.get(document, 0) + 1
        if taken[document] <= per_document and len(chosen) < k:
            chosen.append(at)
    return chosen
