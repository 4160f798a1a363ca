from __future__ import annotations

from hashlib import sha256

import numpy as np
import pytest

from corpus.document import Document
from indexer.words import bare, syllables


class HashedEncoder:
    """A bag of hashed syllables without diacritics: deterministic, instant, and it counts what it encoded."""

    name = "hashed"
    dimension = 64
    fingerprint = "hashed-64"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def queries(self, texts: list[str]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    def passages(self, texts: list[str]) -> np.ndarray:
        self.encoded += texts
        return self.queries(texts)

    def _vector(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dimension, np.float32)
        for term in syllables(bare(text)):
            vector[sha256(term.encode()).digest()[0] % self.dimension] += 1
        return vector / (np.linalg.norm(vector) or 1)


@pytest.fixture
def hashed() -> HashedEncoder:
    return HashedEncoder()


def article(id: str, text: str, **fields: object) -> Document:
    return Document(id=id, text=text, sha256=sha256(text.encode()).hexdigest(), **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def made():
    return article
