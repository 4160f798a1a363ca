"""How many passages hold each term, added up while they are weighed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indexer.lexical import Hashes

__all__ = ["Frequencies"]

Counts = npt.NDArray[np.int64]
_HELD = 20_000_000
"""Terms of batches that are kept apart before they are added up: 320 MB."""


class Frequencies:
    """Adds up how many passages hold each term."""

    def __init__(self) -> None:
        self._parts: list[tuple[Hashes, Counts]] = []
        self._size = 0

    def add(self, terms: Hashes, held: Counts) -> None:
        """Takes the counts of some passages."""
        self._parts.append((terms, held))
        self._size += len(terms)
        if self._size > _HELD:
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
