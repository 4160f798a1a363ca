"""The partitions of an edition and their indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.embedding import Encoder

__all__ = ["BAGS", "HELD", "drop_edition", "index_edition", "look_over", "make_edition"]

BAGS = ("accented", "plain")
"""The tables of what words score, with and without diacritics: a row a passage, and nothing that is not scored."""

HELD = ("passages", *BAGS)
"""The tables that have a row a passage."""

HNSW = {"m": 16, "ef_construction": 128}
_LEAST_MB, _MOST_MB = 64, 2048
_INLINE = 8160
"""Bytes up to which a row of words stays in its page: the most that fits into one."""


def make_edition(connection: Any, edition: int, encoder: Encoder, means: Sequence[float]) -> None:
    """The empty partitions of a new edition, made with these mean lengths."""
    prefixes = [getattr(encoder, name, "") for name in ("query_prefix", "passage_prefix")]
    connection.execute(
        "INSERT INTO editions (edition, encoder, fingerprint, dimension, query_prefix, passage_prefix, means)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [edition, encoder.name, encoder.fingerprint, encoder.dimension, *prefixes, list(means)],
    )
    for table in (*HELD, "frequencies"):
        inline = f" WITH (toast_tuple_target = {_INLINE})" if table in BAGS else ""
        connection.execute(f"CREATE TABLE {table}_{edition} PARTITION OF {table} FOR VALUES IN ({edition}){inline}")


def index_edition(connection: Any, edition: int, dimension: int, count: int) -> None:
    """The indexes of a filled edition of `count` passages; about 0.5 ms a passage.

    The graph is built in memory where it fits: a vector in half precision and its neighbours.
    """
    needed = count * (2 * dimension + 16 * HNSW["m"]) * 2 // 1_000_000
    connection.execute(f"SET LOCAL maintenance_work_mem = '{min(_MOST_MB, max(_LEAST_MB, needed))}MB'")
    name = f"passages_{edition}"
    options = ", ".join(f"{key} = {value}" for key, value in HNSW.items())
    connection.execute(
        f"CREATE INDEX {name}_hnsw ON {name} USING hnsw"
        f" ((vector::halfvec({dimension})) halfvec_ip_ops) WITH ({options})"
    )
    connection.execute(f"CREATE INDEX {name}_units ON {name} USING gin (units)")
    for bag in BAGS:
        connection.execute(f"CREATE INDEX {bag}_{edition}_grams ON {bag}_{edition} USING gin (grams)")


def look_over(connection: Any, edition: int) -> None:
    """Lets the server count what a filled edition holds, or its plans for the first questions are guesses."""
    connection.execute(f"ANALYZE passages_{edition} (document, source, edition, ordinal, units)")
    for bag in BAGS:
        connection.execute(f"ANALYZE {bag}_{edition} (document, source, edition, ordinal, grams)")
    connection.execute(f"ANALYZE frequencies_{edition}")
    connection.execute("ANALYZE sources")


def drop_edition(connection: Any, edition: int) -> None:
    """Takes an edition away, with everything in it."""
    for table in (*HELD, "frequencies"):
        connection.execute(f"DROP TABLE IF EXISTS {table}_{edition}")
    connection.execute("DELETE FROM syllables WHERE edition = %s", [edition])
    connection.execute("DELETE FROM sources WHERE edition = %s", [edition])
    connection.execute("DELETE FROM editions WHERE edition = %s", [edition])
