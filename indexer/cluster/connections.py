"""Connections of the index: one state for a search, one transaction for a switch, one builder at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from corpus.database import explained, reading
from corpus.errors import NotFound

__all__ = ["BUILDERS", "CHANGES", "alone", "changing", "snapshot"]

BUILDERS, CHANGES = 0x63_68_69_75, 0x63_68_69_76
"""Advisory locks: held while a generation is built, and while anything in the cluster is changed."""


@contextmanager
def snapshot(engine: Engine) -> Iterator[Any]:
    """A psycopg connection that sees one state throughout and writes nothing, as on a replica.

    Raises:
        NotFound: what was to be read has been dropped meanwhile.
    """
    from psycopg.errors import UndefinedTable

    with explained(engine):
        try:
            with reading(engine) as connection:
                yield connection.connection.driver_connection
        except UndefinedTable as error:
            raise NotFound("Thế hệ chỉ mục này đã được thay; hãy hỏi lại") from error


@contextmanager
def changing(engine: Engine) -> Iterator[Any]:
    """A psycopg connection in one transaction: committed as a whole at the end, or rolled back."""
    with explained(engine), engine.connect() as connection, connection.begin():
        yield connection.connection.driver_connection


@contextmanager
def alone(engine: Engine, lock: int) -> Iterator[Callable[[], None]]:
    """Waits until no other machine holds `lock`, and holds it; gives what raises once the lock is lost.

    The lock goes with the connection: a builder that was killed keeps nobody waiting.
    """
    with explained(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = connection.connection.driver_connection
        assert held is not None
        held.execute("SELECT pg_advisory_lock(%s)", [lock])

        def still() -> None:
            with explained(engine):
                held.execute("SELECT 1")

        try:
            yield still
        finally:
            if not held.closed and not held.broken:
                held.execute("SELECT pg_advisory_unlock(%s)", [lock])
