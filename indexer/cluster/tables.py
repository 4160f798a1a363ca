"""The partitions of an edition and their indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.embedding import Encoder

__all__ = ["drop_edition", "index_edition", "make_edition"]

HNSW = {"m": 16, "ef_construction": 128}
_LEAST_MB, _MOST_MB = 64, 2048


def make_edition(connection: Any, edition: int, encoder: Encoder, means: Sequence[float]) -> None:
    """The empty partitions of a new edition, made with these mean lengths."""
    prefixes = [getattr(encoder, name, "") for name in ("query_prefix", "passage_prefix")]
    connection.execute(
        "INSERT INTO editions (edition, encoder, fingerprint, dimension, query_prefix, passage_prefix, means)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [edition, encoder.name, encoder.fingerprint, encoder.dimension, *prefixes, list(means)],
    )
    for table in ("passages", "frequencies"):
        connection.execute(f"CREATE TABLE {table}_{edition} PARTITION OF {table} FOR VALUES IN ({edition})")


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
    connection.execute(f"CREATE INDEX {name}_grams ON {name} USING gin (grams)")
    connection.execute(f"CREATE INDEX {name}_units ON {name} USING gin (units)")
    connection.execute(f"ANALYZE {name} (document, source, edition, grams, units)")
    connection.execute("ANALYZE sources")


def drop_edition(connection: Any, edition: int) -> None:
    """Takes an edition away, with everything in it."""
    for table in ("passages", "frequencies"):
        connection.execute(f"DROP TABLE IF EXISTS {table}_{edition}")
    connection.execute("DELETE FROM syllables WHERE edition = %s", [edition])
    connection.execute("DELETE FROM sources WHERE edition = %s", [edition])
    connection.execute("DELETE FROM editions WHERE edition = %s", [edition])
