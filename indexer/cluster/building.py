"""Builds a generation in PostgreSQL: documents are staged, then everything else happens in one transaction.

Where the corpus keeps its mean lengths and the encoder is the same, only what is new is weighed and added to the
edition that serves: the work grows with the addition, not with the corpus. Otherwise a new edition is made beside
the old one. Either way readers see the generation before or the one after, whole, and a builder that dies leaves the
one before; what it had staged is not read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from indexer.cluster import wire
from indexer.cluster.connections import BUILDERS, alone, changing, snapshot
from indexer.cluster.forgetting import forget
from indexer.cluster.staging import copied, drafted, entry, source_of, stage
from indexer.cluster.tables import index_edition, make_edition
from indexer.cluster.weighing import FIELDS, Batch
from indexer.embedding import Encoder
from indexer.fusion import TUNED
from indexer.lexical import Hashes
from indexer.mentions import serial
from indexer.searching import Read, Told, Wanted
from indexer.sources import Source

__all__ = ["DRIFT", "build"]

DRIFT = 0.02
"""How far the mean lengths may move before all passages are weighed anew: a score then differs by less than 1%."""

_WEIGHED = 4_000
_COLUMNS = (
    "document", "edition", "source", "ordinal", "key", "body", "words", "vector", "accented", "plain", "grams", "units",
)  # fmt: skip

Counts = npt.NDArray[np.int64]


class _Newest(NamedTuple):
    """The newest generation, whether or not it serves."""

    generation: int
    edition: int
    fingerprint: str
    means: list[float]


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
            made = _Making(connection, newest, {id: source for id, (source, _) in sources.items()}, held, encoder)
            made.make(state)
        forget(engine)
        return made.generation


def _stage(
    engine: Engine, sources: dict[str, tuple[int, str]], held: dict[str, int], read: Read, encoder: Encoder,
    newest: _Newest | None, processes: int, tell: Told | None,
) -> None:  # fmt: skip
    ready = drafted(engine, encoder.fingerprint)

    def new() -> Iterator[tuple[int, Any]]:
        for done, (id, (source, sha256)) in enumerate(sources.items(), start=1):
            if held.get(id) != source and (id, source) not in ready:
                yield source, read(id, sha256)
            if tell:
                tell(done, len(sources))

    stage(engine, new(), encoder, (newest.edition, newest.fingerprint) if newest else None, processes)


class _Making:
    """The transaction that ends with a new generation serving."""

    def __init__(
        self, connection: Any, newest: _Newest | None, sources: dict[str, int], held: dict[str, int], encoder: Encoder
    ) -> None:
        self._connection = connection
        self._newest = newest
        self._sources = sources
        self._held = held
        self._encoder = encoder
        self._kept = {id for id, source in held.items() if sources.get(id) == source}
        self.generation = newest.generation + 1 if newest else 1

    def make(self, state: str) -> None:
        """Adds to the newest edition, or makes one."""
        self._choose()
        total, lengths = self._total()
        means = (lengths / max(1, total)).tolist()
        grows = self._newest is not None and bool(self._held) and _near(means, self._newest.means)
        edition = self._newest.edition if grows and self._newest else self._begin(means)
        self._close(edition)
        used = self._newest.means if grows and self._newest else means
        self._syllables: set[str] = set()
        frequency = self._weigh(edition, used)
        self._tell_syllables(edition)
        self._count(edition, frequency, grows)
        if not grows:
            index_edition(self._connection, edition, self._encoder.dimension, total)
        self._open_sources(edition)
        self._connection.execute(
            "INSERT INTO generations (generation, edition, state, documents, passages, lengths)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [self.generation, edition, state, len(self._sources), total, lengths.tolist()],
        )
        self._connection.execute(
            "INSERT INTO serving (generation) VALUES (%s) ON CONFLICT (only_row) DO UPDATE SET"
            " generation = excluded.generation",
            [self.generation],
        )
        self._connection.execute("TRUNCATE drafts, draft_sources, wanted, changes")

    def _choose(self) -> None:
        """Names what is wanted in a table, so that all else can be said in SQL."""
        self._connection.execute("TRUNCATE wanted")
        rows = ((id.encode(), wire.long(s), bytes([id in self._kept])) for id, s in self._sources.items())
        copied(self._connection, "wanted", ("document", "source", "kept"), rows)
        self._connection.execute("ANALYZE wanted")

    def _total(self) -> tuple[int, Counts]:
        """Passages of the generation, and the sums of their lengths."""
        summed = ", ".join(f"coalesce(sum(lengths[{at}]), 0)::bigint" for at in range(1, FIELDS + 1))
        total, lengths = 0, np.zeros(FIELDS, np.int64)
        parts: list[tuple[str, list[int]]] = [
            ("draft_sources d JOIN wanted w USING (document, source) WHERE NOT w.kept", [])
        ]
        if self._newest and self._kept:
            kept = (
                "sources d JOIN wanted w USING (document, source) WHERE w.kept AND d.until IS NULL AND d.edition = %s"
            )
            parts.append((kept, [self._newest.edition]))
        for part, values in parts:
            row = self._connection.execute(
                f"SELECT coalesce(sum(d.passages), 0)::bigint, {summed.replace('lengths', 'd.lengths')} FROM {part}",
                values,
            ).fetchone()
            total += row[0]
            lengths += np.array(row[1:], np.int64)
        return total, lengths

    def _begin(self, means: list[float]) -> int:
        """A new edition; what the newest one already knows is put among the drafts."""
        found = self._connection.execute("SELECT coalesce(max(edition), 0) + 1 FROM editions").fetchone()
        edition = int(found[0])
        make_edition(self._connection, edition, self._encoder, means)
        if self._newest and self._kept:
            old = self._newest.edition
            self._connection.execute(
                "INSERT INTO drafts SELECT p.document, p.source, p.ordinal, p.key, p.body, p.words, p.vector"
                f" FROM passages_{old} p JOIN wanted w USING (document, source) WHERE w.kept ON CONFLICT DO NOTHING"
            )
            self._connection.execute(
                "INSERT INTO draft_sources SELECT s.document, s.source, %s, s.fields, s.passages, s.lengths"
                " FROM sources s JOIN wanted w USING (document, source) WHERE w.kept AND s.until IS NULL"
                " AND s.edition = %s ON CONFLICT DO NOTHING",
                [self._encoder.fingerprint, old],
            )
            self._connection.execute("UPDATE wanted SET kept = false")
        return edition

    def _close(self, edition: int) -> None:
        """Ends what the generation no longer holds, or holds in another edition."""
        self._gone = self._connection.execute(
            "UPDATE sources s SET until = %s WHERE until IS NULL AND NOT (edition = %s AND EXISTS ("
            "SELECT 1 FROM wanted w WHERE w.document = s.document AND w.source = s.source AND w.kept))"
            " RETURNING document, source, edition",
            [self.generation, edition],
        ).fetchall()

    def _weigh(self, edition: int, means: Sequence[float]) -> _Frequency:
        """Copies the drafts that are wanted, weighed, into the edition; how many passages hold each term."""
        frequency = _Frequency()
        number = wire.number(edition)
        self._connection.execute(
            f"DELETE FROM passages_{edition} p USING wanted w"
            " WHERE NOT w.kept AND p.document = w.document AND p.source = w.source"
        )
        with self._connection.cursor(name="drafts", binary=True) as drafts:
            drafts.execute(
                "SELECT d.document, d.source, d.ordinal, d.key, d.body, d.words, d.vector FROM drafts d"
                " JOIN wanted w USING (document, source) WHERE NOT w.kept ORDER BY d.document, d.ordinal"
            )
            while rows := drafts.fetchmany(_WEIGHED):
                bodies = [json.loads(row[4]) for row in rows]
                batch = Batch([entry(body, row[5]) for body, row in zip(bodies, rows, strict=True)])
                weighed, (terms, held) = batch.weigh(means, TUNED.lexical)
                frequency.add(terms, held)
                self._syllables |= batch.syllables
                made = (
                    (row[0].encode(), number, wire.long(row[1]), wire.number(row[2]), row[3], row[4].encode(),
                     row[5].encode(), row[6], *columns, wire.integers(_units(body), 8))
                    for row, body, columns in zip(rows, bodies, weighed, strict=True)
                )  # fmt: skip
                copied(self._connection, f"passages_{edition}", _COLUMNS, made)
        return frequency

    def _tell_syllables(self, edition: int) -> None:
        """Adds what the edition did not hold; only what can be a word is ever looked for."""
        spoken = sorted(s for s in self._syllables if s.isalpha() and len(s) > 1)
        self._connection.execute(
            "INSERT INTO syllables (syllable, edition) SELECT unnest(%s::text[]), %s ON CONFLICT DO NOTHING",
            [spoken, edition],
        )

    def _count(self, edition: int, frequency: _Frequency, grows: bool) -> None:
        """Writes how many passages hold each term whose number changed."""
        if grows:
            self._uncount(edition, frequency)
        terms, held = frequency.close()
        columns = ("term", "edition", "generation", "passages")
        first, now = wire.number(edition), wire.number(self.generation)
        listed = zip(terms.view(np.int64).tolist(), held.tolist(), strict=True)
        if not grows:
            rows = ((wire.long(t), first, now, wire.number(n)) for t, n in listed)
            copied(self._connection, f"frequencies_{edition}", columns, rows)
            return
        self._connection.execute("TRUNCATE changes")
        copied(self._connection, "changes", ("term", "passages"), ((wire.long(t), wire.number(n)) for t, n in listed))
        self._connection.execute(
            f"INSERT INTO frequencies_{edition} (term, edition, generation, passages)"
            f" SELECT c.term, %s, %s, c.passages + coalesce((SELECT f.passages FROM frequencies_{edition} f"
            " WHERE f.term = c.term AND f.edition = %s ORDER BY f.generation DESC LIMIT 1), 0) FROM changes c",
            [edition, self.generation, edition],
        )

    def _uncount(self, edition: int, frequency: _Frequency) -> None:
        """Takes the terms of passages off that are no longer there."""
        gone = [(document, source) for document, source, at in self._gone if at == edition]
        for start in range(0, len(gone), 100):
            documents, sources = zip(*gone[start : start + 100], strict=True)
            rows = self._connection.execute(
                f"SELECT p.body, p.words FROM passages_{edition} p JOIN unnest(%s::text[], %s::bigint[])"
                " AS g (document, source) ON p.document = g.document AND p.source = g.source",
                [list(documents), list(sources)],
            ).fetchall()
            batch = Batch([entry(json.loads(body), words) for body, words in rows])
            _, (terms, held) = batch.weigh([1.0] * FIELDS, TUNED.lexical)
            frequency.add(terms, -held)

    def _open_sources(self, edition: int) -> None:
        """The documents that came in, with what filters ask of them."""
        rows = self._connection.execute(
            "SELECT d.document, d.source, d.fields, d.passages, d.lengths FROM draft_sources d"
            " JOIN wanted w USING (document, source) WHERE NOT w.kept"
        ).fetchall()
        with self._connection.cursor().copy(
            "COPY sources (document, source, edition, since, sha256, fields, kind, issuer, year, begins, ends, serials,"
            " passages, lengths) FROM STDIN"
        ) as copy:
            for document, source, fields, count, lengths in rows:
                copy.write_row(
                    (document, source, edition, self.generation, *_filtered(Source.model_validate_json(fields)),
                     count, lengths)
                )  # fmt: skip


class _Frequency:
    """Adds up how many passages hold each term."""

    def __init__(self) -> None:
        self._parts: list[tuple[Hashes, Counts]] = []
        self._size = 0

    def add(self, terms: Hashes, held: Counts) -> None:
        """Takes the counts of some passages."""
        self._parts.append((terms, held))
        self._size += len(terms)
        if self._size > 20_000_000:
            self.close()

    def close(self) -> tuple[Hashes, Counts]:
        """The terms, each once, and their counts; those that came to nothing are left out."""
        terms = np.concatenate([np.empty(0, np.uint64), *(t for t, _ in self._parts)])
        held = np.concatenate([np.empty(0, np.int64), *(h for _, h in self._parts)])
        known, place = np.unique(terms, return_inverse=True)
        sums = np.zeros(len(known), np.int64)
        np.add.at(sums, place, held)
        self._parts, self._size = [(known[sums != 0], sums[sums != 0])], 0
        return self._parts[0]


def _newest(engine: Engine) -> _Newest | None:
    with snapshot(engine) as connection:
        row = connection.execute(
            "SELECT g.generation, g.edition, e.fingerprint, e.means FROM generations g JOIN editions e USING (edition)"
            " ORDER BY g.generation DESC LIMIT 1"
        ).fetchone()
    return _Newest(*row) if row else None


def _open(engine: Engine, edition: int) -> dict[str, int]:
    """The documents of the newest generation, with their source numbers."""
    with snapshot(engine) as connection:
        query = "SELECT document, source FROM sources WHERE edition = %s AND until IS NULL"
        return dict(connection.execute(query, [edition]).fetchall())


def _near(means: Sequence[float], others: Sequence[float]) -> bool:
    return all(abs(a - b) <= DRIFT * b for a, b in zip(means, others, strict=True))


def _units(body: Any) -> Counts:
    """The provisions that a passage has a part in, as the numbers that are looked for."""
    from indexer.cluster.numbering import unit

    return np.array(sorted({unit(name) for name in body["units"]}), np.int64)


def _filtered(source: Source) -> tuple[object, ...]:
    """The columns of `sources` from `sha256` to `serials`."""
    from indexer.cluster.numbering import folded

    numbers = sorted({serial(n) for n in (source.number, source.about) if n})
    return (
        source.sha256, source.model_dump_json(), folded(source.kind), folded(source.issuer),
        int((source.issued_on or "0")[:4]), source.effective_from or source.issued_on, source.effective_to, numbers,
    )  # fmt: skip
