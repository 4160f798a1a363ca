"""The scanned codes against the comparison of all vectors."""

from __future__ import annotations

import numpy as np
import pytest

from indexer import dense

WIDTH = 64


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """Vectors in clusters, as those of texts are: 6,000 around 300 middles."""
    chance = np.random.default_rng(7)
    middles = chance.standard_normal((300, WIDTH))
    made = middles[chance.integers(0, 300, 6000)] + 0.6 * chance.standard_normal((6000, WIDTH))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def written(vectors, tmp_path_factory):
    directory = tmp_path_factory.mktemp("dense")
    (directory / dense.VECTORS).write_bytes(dense.encode(vectors))
    dense.index(directory, WIDTH)
    return directory


def exact(vectors, query, k, allowed=None):
    cosines = vectors @ query
    if allowed is not None:
        cosines[~allowed] = -2
    return np.argsort(-cosines)[:k]


def test_half_precision_is_written_once_for_all(vectors, written):
    stored = dense.stored(written, WIDTH)
    assert np.abs(stored.astype(np.float32) - vectors).max() < 1e-3
    assert dense.encode(stored.astype(np.float32)) == (written / dense.VECTORS).read_bytes()


@pytest.mark.parametrize("share", [None, 0.9, 0.7, 0.1, 0.001])
def test_codes_find_what_comparing_all_finds(vectors, written, share):
    found = dense.Dense(written, WIDTH)
    chance = np.random.default_rng(3)
    allowed = None if share is None else chance.random(len(vectors)) < share
    recalls = []
    for query in vectors[::300]:
        right = exact(vectors, query, 10, allowed)
        places, cosines = found.nearest(query, 10, allowed)
        assert len(places) == (10 if allowed is None else min(10, allowed.sum()))
        assert list(cosines) == sorted(cosines, reverse=True)
        assert allowed is None or allowed[places].all()
        np.testing.assert_allclose(cosines, vectors[places] @ query, atol=2e-3)
        recalls.append(len(set(places) & set(right[: len(places)])) / max(1, len(places)))
    assert np.mean(recalls) >= 0.98


def test_the_same_vectors_give_the_same_codes(vectors, written, tmp_path):
    (tmp_path / dense.VECTORS).write_bytes(dense.encode(vectors))
    dense.index(tmp_path, WIDTH)
    assert (tmp_path / dense.CODES).read_bytes() == (written / dense.CODES).read_bytes()


def test_lists_are_probed_beyond_a_size(vectors, tmp_path, monkeypatch):
    monkeypatch.setattr(dense, "_LISTED", 5_500)
    monkeypatch.setattr(dense, "_PER_LIST", 300)
    monkeypatch.setattr(dense, "_PROBED", 0.5)
    (tmp_path / dense.VECTORS).write_bytes(dense.encode(vectors))
    dense.index(tmp_path, WIDTH)
    found = dense.Dense(tmp_path, WIDTH)
    hits = [len(set(found.nearest(q, 10)[0]) & set(exact(vectors, q, 10))) for q in vectors[::300]]
    assert sum(hits) / (10 * len(hits)) >= 0.85


@pytest.mark.parametrize("count", [0, 1, 300])
def test_few_vectors_have_no_codes_and_are_all_compared(vectors, tmp_path, count):
    (tmp_path / dense.VECTORS).write_bytes(dense.encode(vectors[:count]))
    dense.index(tmp_path, WIDTH)
    assert not (tmp_path / dense.CODES).exists()
    places, _ = dense.Dense(tmp_path, WIDTH).nearest(vectors[5], 10)
    assert set(places) == set(exact(vectors[:count], vectors[5], 10))
