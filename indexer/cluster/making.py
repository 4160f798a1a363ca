"""The transaction that ends with a new generation serving: passages weighed and copied in, old ones closed, counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.cluster import wire
from indexer.cluster.frequencies import Frequencies
from indexer.cluster.numbering import filtered, units_of
from indexer.cluster.staging import copied, copied_whole, entry
from indexer.cluster.tables import BAGS, HELD, index_edition, look_over, make_edition
from indexer.cluster.weighing import FIELDS, Batch, Weighed
from indexer.embedding import Encoder
from indexer.fusion import TUNED
from indexer.sources import Source

__all__ = ["DRIFT", "Making", "Newest"]

DRIFT = 0.02
"""How far the mean lengths may move before all passages are weighed anew: a score then differs by less than 1%."""

_WEIGHED = 4_000
_KEY = ("document", "edition", "source", "ordinal")
_COLUMNS = (*_KEY, "key", "body", "words", "vector", "units")

Counts = npt.NDArray[np.int64]


class Newest(NamedTuple):
    """The newest generation, whether or not it serves."""

    generation: int
    edition: int
    fingerprint: str
    means: list[float]


class Making:
    """The transaction that ends with a new generation serving."""

    def __init__(
        self, connection: Any, newest: Newest | None, sources: dict[str, int], held: dict[str, int], encoder: Encoder
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
        if not grows:
            look_over(self._connection, edition)
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

    def _weigh(self, edition: int, means: Sequence[float]) -> Frequencies:
        """Copies the drafts that are wanted, weighed, into the edition; how many passages hold each term."""
        frequency = Frequencies()
        for table in HELD:
            self._connection.execute(
                f"DELETE FROM {table}_{edition} p USING wanted w"
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
                self._copy_in(edition, rows, bodies, weighed)
        return frequency

    def _copy_in(self, edition: int, rows: Sequence[Any], bodies: Sequence[Any], weighed: Sequence[Weighed]) -> None:
        """A row a passage in each of `HELD`."""
        number = wire.number(edition)
        keys = [(row[0].encode(), number, wire.long(row[1]), wire.number(row[2])) for row in rows]
        made = (
            (*key, row[3], row[4].encode(), row[5].encode(), row[6], wire.integers(units_of(body), 8))
            for key, row, body in zip(keys, rows, bodies, strict=True)
        )
        copied(self._connection, f"passages_{edition}", _COLUMNS, made)
        for bag in BAGS:
            bags = ((*key, getattr(one, bag), one.grams) for key, one in zip(keys, weighed, strict=True))
            copied(self._connection, f"{bag}_{edition}", (*_KEY, "bag", "grams"), bags)

    def _tell_syllables(self, edition: int) -> None:
        """Adds what the edition did not hold; only what can be a word is ever looked for."""
        spoken = sorted(s for s in self._syllables if s.isalpha() and len(s) > 1)
        self._connection.execute(
            "INSERT INTO syllables (syllable, edition) SELECT unnest(%s::text[]), %s ON CONFLICT DO NOTHING",
            [spoken, edition],
        )

    def _count(self, edition: int, frequency: Frequencies, grows: bool) -> None:
        """Writes how many passages hold each term whose number changed."""
        if grows:
            self._uncount(edition, frequency)
        terms, held = frequency.close()
        signed = terms.view(np.int64)
        if not grows:
            alike = [np.full(len(terms), value) for value in (edition, self.generation)]
            columns = ("term", "edition", "generation", "passages")
            made = wire.rows([(signed, 8), *((values, 4) for values in alike), (held, 4)])
            copied_whole(self._connection, f"frequencies_{edition}", columns, made)
            return
        self._connection.execute("TRUNCATE changes")
        copied_whole(self._connection, "changes", ("term", "passages"), wire.rows([(signed, 8), (held, 4)]))
        self._connection.execute(
            f"INSERT INTO frequencies_{edition} (term, edition, generation, passages)"
            f" SELECT c.term, %s, %s, c.passages + coalesce((SELECT f.passages FROM frequencies_{edition} f"
            " WHERE f.term = c.term AND f.edition = %s ORDER BY f.generation DESC LIMIT 1), 0) FROM changes c",
            [edition, self.generation, edition],
        )

    def _uncount(self, edition: int, frequency: Frequencies) -> None:
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
                    (document, source, edition, self.generation, *filtered(Source.model_validate_json(fields)),
                     count, lengths)
                )  # fmt: skip


def _near(means: Sequence[float], others: Sequence[float]) -> bool:
    return all(abs(a - b) <= DRIFT * b for a, b in zip(means, others, strict=True))
