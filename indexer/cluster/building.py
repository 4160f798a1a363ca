"""Builds a generation in PostgreSQL: documents are staged, then everything else happens in one transaction.

Where the corpus keeps its mean lengths and the encoder is the same, only what is new is weighed and added to the
edition that serves: the work grows with the addition, not with the corpus. Otherwise a new edition is made beside
the old one. Either way readers see the generation before or the one after, whole, and a builder that dies leaves the
one before; what it had staged is not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Engine

from indexer.cluster.connections import BUILDERS, alone, changing, snapshot
from indexer.cluster.forgetting import forget
from indexer.cluster.making import Making, Newest
from indexer.cluster.staging import drafted, source_of, stage
from indexer.embedding import Encoder
from indexer.searching import Read, Told, Wanted

__all__ = ["build"]


def build(
    engine: Engine, wanted: Iterable[Wanted], read: Read, encoder: Encoder, processes: int = 1, state: str = "",
    anew: bool = False, tell: Told | None = None,
) -> int:  # fmt: skip
    """The number of the new generation of the documents `wanted`, now serving; `read` gives those that are new.

    `state` is kept with it. `anew` reads and weighs all documents again, trusting nothing but words and vectors that
    are there. Builders wait for each other.
    """
    with alone(engine, BUILDERS) as still:
        newest = _newest(engine)
        sources = {w.id: (source_of(w), w.sha256) for w in wanted}
        same = newest is not None and newest.fingerprint == encoder.fingerprint and not anew
        held = _open(engine, newest.edition) if newest and same else {}
        _stage(engine, sources, held, read, encoder, newest, processes, tell)
        still()
        with changing(engine) as connection:
            made = Making(connection, newest, {id: source for id, (source, _) in sources.items()}, held, encoder)
            made.make(state)
        forget(engine)
        return made.generation


def _stage(
    engine: Engine, sources: dict[str, tuple[int, str]], held: dict[str, int], read: Read, encoder: Encoder,
    newest: Newest | None, processes: int, tell: Told | None,
) -> None:  # fmt: skip
    ready = drafted(engine, encoder.fingerprint)

    def new() -> Iterator[tuple[int, Any]]:
        for done, (id, (source, sha256)) in enumerate(sources.items(), start=1):
            if held.get(id) != source and (id, source) not in ready:
                yield source, read(id, sha256)
            if tell:
                tell(done, len(sources))

    stage(engine, new(), encoder, (newest.edition, newest.fingerprint) if newest else None, processes)


def _newest(engine: Engine) -> Newest | None:
    with snapshot(engine) as connection:
        row = connection.execute(
            "SELECT g.generation, g.edition, e.fingerprint, e.means FROM generations g JOIN editions e USING (edition)"
            " ORDER BY g.generation DESC LIMIT 1"
        ).fetchone()
    return Newest(*row) if row else None


def _open(engine: Engine, edition: int) -> dict[str, int]:
    """The documents of the newest generation, with their source numbers."""
    with snapshot(engine) as connection:
        query = "SELECT document, source FROM sources WHERE edition = %s AND until IS NULL"
        return dict(connection.execute(query, [edition]).fetchall())
