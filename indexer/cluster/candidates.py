"""Passages that may be among the best, as the database finds them: by words, by what is named, by vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.errors import NotFound
from indexer.cluster.filtering import conditions, hidden
from indexer.cluster.generations import Listing
from indexer.cluster.question import Asked
from indexer.passages import Passage
from indexer.search import Filter

__all__ = ["Candidate", "Candidates", "Place", "allowed"]

Place = tuple[str, int, int]
"""Document, source number, ordinal."""

_KEY = ("document", "source", "ordinal")


class Candidate(NamedTuple):
    """A passage that may be among the best; `lexical` and `vector` in the form of `wire`."""

    place: Place
    lexical: bytes
    vector: bytes
    holds: bool


def allowed(connection: Any, listed: Listing, only: Filter, most: int) -> int:
    """How many passages `only` allows; any number above `most` where there are more."""
    condition, values = conditions(listed.edition, listed.generation, only)
    row = connection.execute(
        f"SELECT coalesce(sum(passages), 0)::bigint FROM (SELECT s.passages FROM sources s WHERE {condition}"
        f" LIMIT {most + 1}) AS few",
        values,
    ).fetchone()
    return int(row[0])


class Candidates:
    """What one question may be answered with, in one state of the database.

    Where `led`, the rarest terms lead to the passages that are scored; where `graph`, the graph to the nearest vectors.
    """

    def __init__(self, connection: Any, listed: Listing, only: Filter | None, led: bool, graph: bool) -> None:
        self._connection = connection
        self._edition = listed.edition
        self._generation = listed.generation
        self._dimension = listed.dimension
        self._only = only
        self._led = led
        self._graph = graph
        self._values: dict[str, Any] = {}

    def prepare(self) -> None:
        """Settings of the transaction; the generation must still be there.

        The graph goes on searching until the filter has let enough through. Comparing arrays row by row takes a hundred
        times what the server's plans think, so that rows are read by an index wherever there is one.

        Raises:
            NotFound: the generation was dropped.
        """
        unseen = hidden(self._edition, self._generation)
        row = self._connection.execute(
            "SELECT set_config('hnsw.ef_search', '400', true), set_config('hnsw.iterative_scan', 'strict_order', true),"
            " set_config('hnsw.max_scan_tuples', '60000', true), set_config('hnsw.scan_mem_multiplier', '4', true),"
            " set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true),"
            f" set_config('enable_seqscan', %s, true), EXISTS ({unseen}),"
            " EXISTS (SELECT 1 FROM generations WHERE generation = %s)",
            ["off" if self._led else "on", self._generation],
        ).fetchone()
        if not row[-1]:
            raise NotFound(f"Thế hệ chỉ mục {self._generation} đã được thay; hãy hỏi lại")
        if self._only is not None:
            condition, self._values = conditions(self._edition, self._generation, self._only)
            self._seen = (
                "EXISTS (SELECT 1 FROM sources s WHERE s.document = {0}.document AND s.source = {0}.source"
                f" AND {condition})"
            )
        else:
            self._seen = f"({{0}}.document, {{0}}.source) NOT IN ({unseen})" if row[-2] else "true"

    def by_words(self, asked: Asked, pool: int) -> list[Candidate]:
        """The best `pool` passages by their words."""
        if not asked.weights or (self._led and not asked.grams):
            return []
        return self._found(
            asked,
            f"SELECT {_columns('l')} FROM {self._bag(asked)} l WHERE {self._words(asked)}"
            f" ORDER BY l.bag <#> %(weights)s::sparsevec, l.document, l.ordinal LIMIT {pool}",
        )

    def by_marks(self, asked: Asked, top: float, pool: int) -> list[Candidate]:
        """The best `pool` passages of marked documents by their words, `top` added for each mark."""
        score = "l.bag <#> %(weights)s::sparsevec" if asked.weights else "0"
        mark = "m.mark + CASE WHEN p.units && %(units)s::bigint[] THEN 1 ELSE 0 END"
        return self._found(
            asked,
            f"SELECT {_columns('l')} FROM {self._bag(asked)} l"
            " JOIN unnest(%(marked)s::text[], %(marks)s::float8[]) m (document, mark) ON m.document = l.document"
            f" JOIN {self._passages('l')} WHERE {self._seen.format('l')}"
            f" ORDER BY ({score}) - ({mark}) * {top!r}, l.document, l.ordinal LIMIT {pool}",
        )

    def by_units(self, asked: Asked, pool: int) -> list[Candidate]:
        """The best `pool` passages by their words among those that hold a provision that is named."""
        score = "l.bag <#> %(weights)s::sparsevec" if asked.weights else "0"
        return self._found(
            asked,
            f"SELECT {_columns('l')} FROM (SELECT {_columns('l')}, {score} AS score FROM {self._bag(asked)} l"
            f" WHERE {self._words(asked)} OFFSET 0) l JOIN {self._passages('l')}"
            f" WHERE p.units && %(units)s::bigint[] ORDER BY l.score, l.document, l.ordinal LIMIT {pool}",
        )

    def nearest(self, asked: Asked, vector: npt.NDArray[np.float32], pool: int) -> list[Candidate]:
        """The `pool` passages with the nearest vectors."""
        cast = f"halfvec({self._dimension})"
        distance = f"p.vector::{cast} <#> %(vector)s::{cast}"
        order = distance if self._graph else f"({distance}) + 0, p.document, p.ordinal"
        return self._found(
            asked,
            f"SELECT {_columns('p')} FROM passages_{self._edition} p WHERE {self._seen.format('p')}"
            f" ORDER BY {order} LIMIT {pool}",
            vector=str(vector.tolist()),
        )

    def read(self, places: Sequence[Place]) -> dict[Place, Passage]:
        """The passages at `places`."""
        if not places:
            return {}
        documents, sources, ordinals = zip(*places, strict=True)
        rows = self._connection.execute(
            f"SELECT {_columns('p')}, p.body FROM unnest(%s::text[], %s::bigint[], %s::integer[])"
            f" AS w (document, source, ordinal) JOIN {self._passages('w')}",
            [list(documents), list(sources), list(ordinals)],
        )
        return {(d, s, o): Passage.model_validate_json(body) for d, s, o, body in rows.fetchall()}

    def _found(self, asked: Asked, best: str, **values: Any) -> list[Candidate]:
        """What is needed of the passages that `best` names.

        They are chosen before anything else is read: a sort copies whole rows.
        """
        rows = self._connection.cursor(binary=True).execute(
            f"WITH best AS MATERIALIZED ({best}) SELECT {_columns('b')}, w.bag, p.vector,"
            f" p.units && %(units)s::bigint[] FROM best b JOIN {self._passages('b')} JOIN {self._bag(asked)} w"
            f" ON w.edition = {self._edition} AND {_same('w', 'b')}",
            {
                **self._values,
                "weights": asked.weights,
                "grams": asked.grams,
                "units": asked.units,
                "marked": list(asked.marks),
                "marks": list(asked.marks.values()),
                **values,
            },
        )
        return [Candidate((row[0], row[1], row[2]), row[3], row[4], row[5]) for row in rows]

    def _words(self, asked: Asked) -> str:
        """The condition that `l` is allowed and worth scoring."""
        led = " AND l.grams && %(grams)s" if self._led and asked.grams else ""
        return self._seen.format("l") + led

    def _bag(self, asked: Asked) -> str:
        return f"{asked.table}_{self._edition}"

    def _passages(self, other: str) -> str:
        """The passages `p`, each beside the row of `other` for it."""
        return f"passages_{self._edition} p ON p.edition = {self._edition} AND {_same('p', other)}"


def _columns(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in _KEY)


def _same(table: str, other: str) -> str:
    return " AND ".join(f"{table}.{name} = {other}.{name}" for name in _KEY)
