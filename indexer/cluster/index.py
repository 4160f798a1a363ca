"""Search in a generation in PostgreSQL: candidates by its indexes, scores by the arithmetic of the embedded index."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from corpus.errors import IndexDamaged, NotFound
from indexer.abbreviations import alternatives
from indexer.cluster import wire
from indexer.cluster.connections import snapshot
from indexer.cluster.filtering import conditions
from indexer.cluster.generations import Listing, Sources, listing
from indexer.cluster.question import NOTHING, Asked, ask
from indexer.cluster.spelling import known_syllables, reader
from indexer.embedding import Encoder
from indexer.embedding import encoder as find_encoder
from indexer.fusion import TUNED, Tuning, ordered
from indexer.passages import Passage
from indexer.search import Filter, Hit

__all__ = ["ClusterIndex"]

Scores = npt.NDArray[np.float32]
_Place = tuple[str, int, int]
"""Document, source number, ordinal."""


class _Candidate(NamedTuple):
    """A passage that may be among the best; `lexical` and `vector` in the form of `wire`."""

    place: _Place
    lexical: bytes
    vector: bytes
    holds: bool


class ClusterIndex:
    """A generation, open for search by many threads; each search sees one state of the database.

    `exact` scores every passage and compares every vector, as the embedded index does; without it, the rarest terms of
    the question and the graph of vectors lead to the passages that are scored.
    """

    def __init__(
        self, engine: Engine, generation: int, encoder: Encoder | None = None, tuning: Tuning = TUNED,
        exact: bool = False,
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
        self.tuning = tuning
        self.exact = exact
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
            search = _Search(connection, self.manifest, self.tuning, self.exact, chosen)
            search.prepare()
            meant = self._read_as(connection, query)
            return search.run(meant, self._vector(meant), k, per_document)

    def read_as(self, query: str) -> str:
        """`query` as the search reads it, with slips of the keyboard put right."""
        with snapshot(self._engine) as connection:
            return self._read_as(connection, query)

    def nearest(self, query: str, k: int) -> list[tuple[str, int]]:
        """The documents and ordinals of the `k` passages whose vectors are the nearest, without anything else."""
        if not len(self):
            return []
        with snapshot(self._engine) as connection:
            search = _Search(connection, self.manifest, self.tuning, self.exact, None)
            return search.nearest(self._vector(query), k)

    def _read_as(self, connection: Any, query: str) -> str:
        made = self.manifest
        return reader(
            connection, made.edition, made.generation, made.passages, lambda: self._known(connection)
        ).corrected(query)

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

    def __init__(self, connection: Any, listed: Listing, tuning: Tuning, exact: bool, only: Filter | None) -> None:
        self._connection = connection
        self._edition = listed.edition
        self._generation = listed.generation
        self._count = listed.passages
        self._dimension = listed.dimension
        self._tuning = tuning
        self._exact = exact
        self._scores: dict[_Place, float] = {}
        self._visible, _ = conditions(self._edition, self._generation, None)
        self._allowed, self._values = conditions(self._edition, self._generation, only)

    def run(self, query: str, vector: Scores, k: int, per_document: int | None) -> list[Hit]:
        """See `ClusterIndex.search`."""
        asked = ask(
            self._connection, query, self._edition, self._generation, self._count, self._tuning.lexical, self._visible
        )
        pool = max(self._tuning.candidates, 3 * k)
        found = {c.place: c for c in [*self._heard(asked, pool), *self._near(asked, vector, pool)]}
        if not found:
            return []
        places = sorted(found, key=lambda place: (place[0], place[2]))
        parts = self._parts([found[p] for p in places], asked, vector)
        read: dict[_Place, Passage] = {}

        def passages(at: npt.NDArray[np.int64]) -> list[Passage]:
            read.update(self._read([places[i] for i in at]))
            return [read[places[i]] for i in at]

        order, score = ordered(query, parts, self._tuning, passages)
        best = _best([places[at][0] for at in order], k, per_document)
        read.update(self._read([p for p in (places[order[at]] for at in best) if p not in read]))
        return [
            Hit(
                passage=read[places[order[at]]],
                score=float(score[at]),
                parts={name: float(values[order[at]]) for name, values in parts.items()},
            )
            for at in best
        ]

    def nearest(self, vector: Scores, k: int) -> list[tuple[str, int]]:
        """See `ClusterIndex.nearest`."""
        self.prepare()
        return [(c.place[0], c.place[2]) for c in self._near(NOTHING, vector, k)]

    def prepare(self) -> None:
        """The generation must still be there; the graph goes on searching until the filter has let enough through."""
        row = self._connection.execute(
            "SELECT set_config('hnsw.ef_search', '400', true), set_config('hnsw.iterative_scan', %s, true),"
            " set_config('hnsw.max_scan_tuples', '60000', true), set_config('hnsw.scan_mem_multiplier', '4', true),"
            " set_config('enable_indexscan', %s, true), set_config('jit', 'off', true),"
            " EXISTS (SELECT 1 FROM generations WHERE generation = %s)",
            ["off" if self._exact else "strict_order", "off" if self._exact else "on", self._generation],
        ).fetchone()
        if not row[-1]:
            raise NotFound(f"Thế hệ chỉ mục {self._generation} đã được thay; hãy hỏi lại")

    def _heard(self, asked: Asked, pool: int) -> list[_Candidate]:
        """The best passages by their words; where numbers or provisions are named, those go before."""
        plain: list[_Candidate] = []
        led = "" if self._exact else "p.grams && %(grams)s"
        if asked.weights and (self._exact or asked.grams):
            plain = self._asked(asked, led, f"p.{asked.column} <#> %(weights)s::sparsevec", pool)
        if not asked.marks and not asked.units:
            scores = self._lexical(asked, plain)
            return [c for c in plain if scores[c.place] > 0]
        return self._named(asked, plain, led, pool)

    def _named(self, asked: Asked, plain: list[_Candidate], led: str, pool: int) -> list[_Candidate]:
        """What is named weighs more than the best by words; the same bonus as in the embedded index."""
        top = max(self._lexical(asked, plain).values(), default=0.0) + 1
        score = f"(p.{asked.column} <#> %(weights)s::sparsevec)" if asked.weights else "0"
        if asked.marks:
            mark = "m.mark + CASE WHEN p.units && %(units)s::bigint[] THEN 1 ELSE 0 END"
            named = self._asked(asked, "", f"{score} - ({mark}) * {top!r}", pool, marked=True)
        else:
            within = " AND ".join(
                part for part in ("p.units && %(units)s::bigint[]", led if asked.grams else "") if part
            )
            named = self._asked(asked, within, score, pool)
        found = {c.place: c for c in [*plain, *named]}
        lexical = self._lexical(asked, list(found.values()))
        wanted = {p: lexical[p] + self._bonus(c, asked) * top for p, c in found.items()}
        best = sorted(found, key=lambda p: (-wanted[p], p[0], p[2]))[:pool]
        return [found[p] for p in best if wanted[p] > 0]

    def _lexical(self, asked: Asked, candidates: Sequence[_Candidate]) -> dict[_Place, float]:
        """The scores by words of all passages met so far, and of `candidates`."""
        new = [c for c in candidates if c.place not in self._scores]
        self._scores.update(zip((c.place for c in new), asked.lexical([c.lexical for c in new]).tolist(), strict=True))
        return self._scores

    def _bonus(self, candidate: _Candidate, asked: Asked) -> float:
        mark = asked.marks.get(candidate.place[0], 0.0)
        return mark + (1.0 if candidate.holds and (mark or not asked.marks) else 0.0)

    def _near(self, asked: Asked, vector: Scores, pool: int) -> list[_Candidate]:
        """The passages whose vectors are the nearest."""
        cast = f"halfvec({self._dimension})"
        return self._asked(asked, "", f"p.vector::{cast} <#> %(vector)s::{cast}", pool, vector=vector)

    def _asked(
        self, asked: Asked, condition: str, order: str, pool: int, marked: bool = False, vector: Scores | None = None
    ) -> list[_Candidate]:
        """The first `pool` allowed passages in `order` under `condition`."""
        marks = "JOIN unnest(%(marked)s::text[], %(marks)s::float8[]) m (document, mark) ON m.document = p.document"
        ties = "" if vector is not None and not self._exact else ", p.document, p.ordinal"
        rows = self._connection.cursor(binary=True).execute(
            f"SELECT p.document, p.source, p.ordinal, p.{asked.column}, p.vector, p.units && %(units)s::bigint[]"
            f" FROM passages_{self._edition} p JOIN sources s ON s.document = p.document AND s.source = p.source"
            f" {marks if marked else ''} WHERE {self._allowed}{f' AND {condition}' if condition else ''}"
            f" ORDER BY {order}{ties} LIMIT {pool}",
            {
                **self._values,
                "weights": asked.weights,
                "grams": asked.grams,
                "units": asked.units,
                "marked": list(asked.marks),
                "marks": list(asked.marks.values()),
                "vector": None if vector is None else str(vector.tolist()),
            },
        )
        return [_Candidate((row[0], row[1], row[2]), row[3], row[4], row[5]) for row in rows]

    def _parts(self, candidates: Sequence[_Candidate], asked: Asked, vector: Scores) -> dict[str, Scores]:
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

    def _read(self, places: Sequence[_Place]) -> dict[_Place, Passage]:
        if not places:
            return {}
        documents, sources, ordinals = zip(*places, strict=True)
        rows = self._connection.execute(
            f"SELECT p.document, p.source, p.ordinal, p.body FROM passages_{self._edition} p"
            " JOIN unnest(%s::text[], %s::bigint[], %s::integer[]) AS w (document, source, ordinal)"
            " ON p.document = w.document AND p.source = w.source AND p.ordinal = w.ordinal"
            f" WHERE p.edition = {self._edition}",
            [list(documents), list(sources), list(ordinals)],
        )
        return {(d, s, o): Passage.model_validate_json(body) for d, s, o, body in rows.fetchall()}


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
