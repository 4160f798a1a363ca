"""The generations in the database: which serves, what they hold, and which versions of documents they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import overload

from sqlalchemy import Engine

from corpus.errors import IndexDamaged, NotFound
from indexer.cluster.connections import BUILDERS, alone, changing, snapshot
from indexer.cluster.filtering import conditions
from indexer.cluster.tables import HELD
from indexer.sources import Source

__all__ = ["Generations", "Listing", "Sources", "listing"]


@dataclass(frozen=True)
class Listing:
    """A generation: its edition, encoder and size."""

    generation: int
    edition: int
    encoder: str
    fingerprint: str
    dimension: int
    query_prefix: str
    passage_prefix: str
    passages: int
    documents: int
    state: str
    made_at: str


class Sources(Sequence[Source]):
    """The documents of a generation, by id; read when they are first asked for."""

    def __init__(self, engine: Engine, listed: Listing) -> None:
        self._engine = engine
        self._listed = listed
        self._visible, _ = conditions(listed.edition, listed.generation, None)

    def __len__(self) -> int:
        return self._listed.documents

    @overload
    def __getitem__(self, at: int) -> Source: ...

    @overload
    def __getitem__(self, at: slice) -> list[Source]: ...

    def __getitem__(self, at: int | slice) -> Source | list[Source]:
        return self._all[at]

    def versions(self) -> dict[str, str]:
        """The sha256 of each document by its id."""
        with snapshot(self._engine) as connection:
            rows = connection.execute(f"SELECT s.document, s.sha256 FROM sources s WHERE {self._visible}")
            return dict(rows.fetchall())

    @cached_property
    def _all(self) -> list[Source]:
        with snapshot(self._engine) as connection:
            query = f"SELECT s.fields FROM sources s WHERE {self._visible} ORDER BY s.document"
            rows = connection.execute(query).fetchall()
        made = [Source.model_validate_json(fields) for (fields,) in rows]
        first = accumulate((source.passages for source in made), initial=0)
        return [source.model_copy(update={"first": at}) for source, at in zip(made, first, strict=False)]


class Generations:
    """All generations behind one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def current(self) -> int | None:
        """The generation that serves, or None before the first."""
        with snapshot(self._engine) as connection:
            row = connection.execute("SELECT generation FROM serving").fetchone()
        return row[0] if row else None

    def all(self) -> list[Listing]:
        """The complete generations, the oldest first."""
        with snapshot(self._engine) as connection:
            rows = connection.execute("SELECT generation FROM generations ORDER BY generation").fetchall()
        return [listing(self._engine, row[0]) for row in rows]

    def switch(self, generation: int) -> None:
        """Lets a generation that is still there serve.

        Raises:
            IndexDamaged: it is not there.
        """
        with alone(self._engine, BUILDERS), changing(self._engine) as connection:
            done = connection.execute(
                "UPDATE serving SET generation = %s WHERE EXISTS (SELECT 1 FROM generations WHERE generation = %s)",
                [generation, generation],
            )
            if not done.rowcount:
                raise IndexDamaged(f"không có thế hệ chỉ mục {str(generation)!r}; hãy chọn một thế hệ đang có")

    def verify(self, generation: int) -> Listing:
        """The generation, once the passages of its documents were counted.

        Raises:
            NotFound: it is not there.
            IndexDamaged: passages are missing.
        """
        listed = listing(self._engine, generation)
        visible, _ = conditions(listed.edition, generation, None)
        with snapshot(self._engine) as connection:
            found = [
                connection.execute(
                    f"SELECT count(*) FROM {table}_{listed.edition} p JOIN sources s"
                    f" ON s.document = p.document AND s.source = p.source WHERE {visible}"
                ).fetchone()[0]
                for table in HELD
            ]
        if set(found) != {listed.passages}:
            least = min(found, key=lambda count: (count == listed.passages, count))
            raise IndexDamaged(f"thế hệ {generation}: có {least} đoạn, cần {listed.passages}; hãy lập lại chỉ mục")
        return listed

    def referenced(self) -> set[tuple[str, str]]:
        """The (id, sha256) of every version that a generation was made from."""
        with snapshot(self._engine) as connection:
            return set(connection.execute("SELECT DISTINCT document, sha256 FROM sources").fetchall())


def listing(engine: Engine, generation: int) -> Listing:
    """The generation of that number.

    Raises:
        NotFound: it is not there.
    """
    with snapshot(engine) as connection:
        row = connection.execute(
            "SELECT g.generation, g.edition, e.encoder, e.fingerprint, e.dimension, e.query_prefix, e.passage_prefix,"
            " g.passages, g.documents, g.state,"
            " to_char(g.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS+00:00') FROM generations g"
            " JOIN editions e USING (edition) WHERE g.generation = %s",
            [generation],
        ).fetchone()
    if row is None:
        raise NotFound(f"Không có thế hệ chỉ mục {generation}; hãy hỏi lại")
    return Listing(*row)
