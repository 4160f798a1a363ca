from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

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


@pytest.fixture(scope="session")
def encoding() -> HashedEncoder:
    """One encoder for all tests of a module."""
    return HashedEncoder()


def article(id: str, text: str, **fields: object) -> Document:
    return Document(id=id, text=text, sha256=sha256(text.encode()).hexdigest(), **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def made():
    return article


class Version(NamedTuple):
    """What names a version of a document, as the summaries of the store do."""

    id: str
    sha256: str
    fingerprint: str


@pytest.fixture(scope="session")
def opened() -> Callable[..., object]:
    """Builds a generation of documents on either backend and opens it; `exact` where that is a choice."""
    from corpus.rows import fingerprint

    def build(indexes, documents, encoder, exact=True, **options):
        by_id = {d.id: d for d in documents}
        versions = [Version(d.id, d.sha256, fingerprint(d)) for d in documents]
        name = indexes.build(versions, lambda id, _: by_id[id], encoder, **options)
        index = indexes.open(name, encoder)
        if hasattr(index, "exact"):
            index.exact = exact
        return index

    return build


@pytest.fixture(scope="session")
def cluster(postgres) -> Iterator[Callable[[], object]]:
    """Gives the index of a new, empty PostgreSQL database at each call."""
    from corpus.database import open_engine
    from corpus.store import Store
    from indexer.cluster.indexes import ClusterIndexes

    engines = []

    def make() -> ClusterIndexes:
        url = postgres()
        Store(url).close()
        engines.append(open_engine(url))
        return ClusterIndexes(engines[-1])

    yield make
    for engine in engines:
        engine.dispose()
