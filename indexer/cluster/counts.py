"""How many passages of a generation hold each term: a generation never changes, so each term is asked for once."""

from __future__ import annotations

from typing import Any

import numpy as np

from indexer.lexical import Hashes

__all__ = ["Counts"]

_KEPT = 500_000
"""Terms that are kept, 60 MB; then all are forgotten."""


class Counts:
    """The counts of one generation, asked for by many threads."""

    def __init__(self, edition: int, generation: int) -> None:
        self._edition = edition
        self._generation = generation
        self._known: dict[int, int] = {}

    def held(self, connection: Any, terms: Hashes) -> dict[int, int]:
        """How many passages hold each (moved) term, read as a signed number; 0 for those that none holds."""
        wanted = terms.view(np.int64).tolist()
        known = self._known
        found = {term: known[term] for term in wanted if term in known}
        new = [term for term in wanted if term not in found]
        if new:
            rows = connection.execute(
                f"SELECT DISTINCT ON (term) term, passages FROM frequencies_{self._edition} WHERE term = ANY(%s)"
                " AND edition = %s AND generation <= %s ORDER BY term, generation DESC",
                [new, self._edition, self._generation],
            )
            told = {**dict.fromkeys(new, 0), **dict(rows.fetchall())}
            if len(known) > _KEPT:
                known.clear()
            known.update(told)
            found |= told
        return found
