"""Slips of the keyboard, put right by the syllables and counts in the database."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np

from indexer.cluster.counts import Counts
from indexer.cluster.weighing import moved
from indexer.lexical import CHANNELS, Hashes, Lexical
from indexer.spelling import Spelling

__all__ = ["known_syllables", "reader"]


class _Spelling(Spelling):
    """See `indexer.spelling`; `syllables` gives those of the edition when they are first needed."""

    def __init__(self, held: _Held, syllables: Callable[[], list[str]]) -> None:
        super().__init__(Path(), cast(Lexical, held))
        self._syllables = syllables

    @cached_property
    def _accented(self) -> list[str]:
        return self._syllables()


class _Held:
    """How many passages hold a term, in the form that `Spelling` asks for."""

    def __init__(self, connection: Any, counts: Counts, size: int) -> None:
        self.size = size
        self._connection = connection
        self._counts = counts

    def held(self, channel: str, keys: Hashes) -> list[int]:
        """See `indexer.lexical.Lexical.held`."""
        terms = moved(CHANNELS.index(channel), keys)
        found = self._counts.held(self._connection, terms)
        return [found[int(term)] for term in terms.view(np.int64)]


def known_syllables(connection: Any, edition: int) -> list[str]:
    """The syllables of the edition's passages, past ones included."""
    rows = connection.execute("SELECT syllable FROM syllables WHERE edition = %s ORDER BY syllable", [edition])
    return [row[0] for row in rows.fetchall()]


def reader(connection: Any, counts: Counts, size: int, syllables: Callable[[], list[str]]) -> Spelling:
    """What puts questions to a generation of `size` passages right."""
    return _Spelling(_Held(connection, counts, size), syllables)
