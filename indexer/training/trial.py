"""How good vectors are on the development questions while they are trained: nDCG@10, as `eval/retrieval.py` has it."""

from __future__ import annotations

import sys
from math import log2

import numpy as np
import numpy.typing as npt

from indexer.training.bags import Bags

__all__ = ["Trial"]

Vectors = npt.NDArray[np.float32]


class Trial:
    """The development questions, with diacritics and without, over all passages."""

    def __init__(
        self,
        texts: tuple[Bags, Bags],
        headings: Bags,
        questions: tuple[Bags, Bags],
        owners: list[str],
        relevant: list[list[str]],
    ) -> None:
        self._texts, self._headings, self._questions = texts[0], headings, questions
        self._first = np.array([i for i, o in enumerate(owners) if i == 0 or o != owners[i - 1]])
        self._articles = [owners[i] for i in self._first]
        self._relevant = [set(r) for r in relevant]

    def gain(self, vectors: Vectors, plain: bool = False) -> float:
        """Mean nDCG@10 of the best passage of each article."""
        passages = _unit(self._texts.sums(vectors) + self._headings.sums(vectors))
        questions = _unit(self._questions[plain].sums(vectors))
        scores: Vectors = np.maximum.reduceat(questions @ passages.T, self._first, axis=1)
        return float(np.mean([self._one(row, right) for row, right in zip(scores, self._relevant, strict=True)]))

    def show(self, step: int, loss: float, vectors: Vectors) -> None:
        """Prints a line to stderr."""
        gains = f"{self.gain(vectors):.4f}, without diacritics {self.gain(vectors, plain=True):.4f}"
        sys.stderr.write(f"step {step}: loss {loss:.3f}, nDCG@10 {gains}\n")

    def _one(self, scores: Vectors, right: set[str]) -> float:
        top = np.argpartition(-scores, 10)[:10]
        ranked = [self._articles[i] for i in top[np.argsort(-scores[top])]]
        gain = sum(1 / log2(rank + 2) for rank, article in enumerate(ranked) if article in right)
        return gain / sum(1 / log2(rank + 2) for rank in range(min(10, len(right))))


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    made: Vectors = (vectors / np.where(length > 0, length, 1)).astype(np.float32)
    return made
