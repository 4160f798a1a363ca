"""Takes away what no generation needs that may still be asked: all but the newest, the one before, and the serving."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Engine

from corpus.errors import StoreError
from indexer.cluster.connections import changing
from indexer.cluster.tables import HELD, drop_edition

__all__ = ["forget"]

_PATIENCE = "10s"
log = logging.getLogger("chitieu")


def forget(engine: Engine) -> None:
    """What is in use for longer than a moment stays until the next time."""
    try:
        with changing(engine) as connection:
            connection.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            connection.execute(
                "DELETE FROM generations WHERE generation NOT IN (SELECT generation FROM generations"
                " ORDER BY generation DESC LIMIT 2) AND generation NOT IN (SELECT generation FROM serving)"
            )
            oldest = connection.execute("SELECT min(generation) FROM generations").fetchone()[0]
            unused = "SELECT edition FROM editions WHERE edition NOT IN (SELECT edition FROM generations)"
            for (edition,) in connection.execute(unused).fetchall():
                drop_edition(connection, edition)
            for (edition,) in connection.execute("SELECT edition FROM editions").fetchall():
                _sweep(connection, edition, oldest)
    except StoreError as error:
        log.warning("%s", error)


def _sweep(connection: Any, edition: int, oldest: int) -> None:
    """Passages of documents that ended, and counts that newer ones replace."""
    run = connection.execute
    gone = run(
        "DELETE FROM sources WHERE edition = %s AND until <= %s RETURNING document, source", [edition, oldest]
    ).fetchall()
    if gone:
        documents, sources = zip(*gone, strict=True)
        for table in HELD:
            run(
                f"DELETE FROM {table}_{edition} p USING unnest(%s::text[], %s::bigint[]) AS g (document, source)"
                " WHERE p.document = g.document AND p.source = g.source AND NOT EXISTS (SELECT 1 FROM sources s"
                " WHERE s.document = p.document AND s.source = p.source AND s.edition = p.edition)",
                [list(documents), list(sources)],
            )
    run(
        f"DELETE FROM frequencies_{edition} f USING frequencies_{edition} n WHERE n.term = f.term"
        " AND n.generation > f.generation AND n.generation <= %s",
        [oldest],
    )
