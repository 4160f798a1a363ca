"""Sparse vectors: what goes over the wire comes back, and the inner product is the sum that it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.cluster import wire
from indexer.cluster.question import Asked
from indexer.cluster.weighing import FIELDS, Batch, Entry, dimensions, lengths, moved
from indexer.lexical import CHANNELS, Weights, terms


def sparse(rng, size):
    ids = np.sort(rng.choice(2_000, size, replace=False)).astype(np.int64)
    return ids, (rng.random(size) + 0.1).astype(np.float32)


def test_sparse_vectors_come_back_from_the_wire():
    rng = np.random.default_rng(7)
    made = [sparse(rng, size) for size in (0, 1, 300, 0, 17)]
    owner, ids, values = wire.sparsevecs_read([wire.sparsevec(*each) for each in made])
    assert owner.tolist() == [at for at, (found, _) in enumerate(made) for _ in found]
    assert ids.tolist() == [i for found, _ in made for i in found]
    assert values.tolist() == [v for _, found in made for v in found]


def test_rows_of_integers_are_those_made_one_by_one():
    terms, counts = np.array([-(2**63), 0, 2**63 - 1], np.int64), np.array([0, 7, 2**31 - 1], np.int64)
    singly = [wire.row([wire.long(t), wire.number(c)]) for t, c in zip(terms.tolist(), counts.tolist(), strict=True)]
    assert wire.rows([(terms, 8), (counts, 4)]) == b"".join(singly)
    assert wire.rows([(terms[:0], 8), (counts[:0], 4)]) == b""


def test_lengths_are_those_of_the_terms():
    written = [("", ""), ("Điều 2", "Xã lắp 41 trạm bơm"), ("A", ""), ("", "đê")]
    entries = [Entry(above, below, above.split(), below.lower().split()) for above, below in written]
    assert lengths(entries).tolist() == Batch(entries).lengths().tolist()
    assert lengths([]).shape == (0, FIELDS)


def test_half_vectors_come_back_rounded_once():
    vector = np.random.default_rng(3).normal(size=64).astype(np.float32)
    assert wire.halfvec_read(wire.halfvec(vector)).tolist() == vector.astype(np.float16).astype(np.float32).tolist()


def test_scores_are_the_sum_of_each_terms_part():
    rng = np.random.default_rng(1)
    held = [dict(zip(*(part.tolist() for part in sparse(rng, size)), strict=True)) for size in (0, 3, 250, 400)]
    dimension = rng.integers(0, 2_000, 60)
    dimension[3] = dimension[4]
    share, rare = rng.random(60).astype(np.float32), (9 * rng.random(60)).astype(np.float32)
    unit = np.full(60, 2e-4, np.float32)
    asked = Asked("accented", "", dimension, share, rare, unit, [], [], {})
    packed = [wire.sparsevec(np.array(list(h), np.int64), np.array(list(h.values()), np.float32)) for h in held]
    expected = [
        sum(
            s * u * np.rint(r / u * h[d])
            for d, s, r, u in zip(dimension.tolist(), share, rare, unit, strict=True)
            if d in h
        )
        for h in held
    ]
    assert asked.lexical(packed) == pytest.approx(expected, abs=1e-4)
    assert asked.lexical([]).shape == (0,)


def test_channels_do_not_mix_and_terms_stay_apart():
    (found, *_) = terms("tỷ lệ hộ dân dùng nước sạch ở xã đảo")
    apart = [moved(channel, found) for channel in range(len(CHANNELS))]
    assert len({int(t) for channel in apart for t in channel}) == len(CHANNELS) * len(set(found.tolist()))
    assert all(0 <= dimensions(channel).min() <= dimensions(channel).max() < wire.SPACE for channel in apart)


def test_a_passage_that_says_it_more_often_weighs_more_and_a_longer_one_less():
    def weigh(text):
        entry = Entry("Cấp nước", text, ["cấp", "nước"], text.split())
        (made,), (known, held) = Batch([entry]).weigh([5.0] * FIELDS, Weights())
        assert held.tolist() == [1] * len(known)
        _, ids, values = wire.sparsevecs_read([made.accented])
        return dict(zip(ids.tolist(), values.tolist(), strict=True))

    (pump,) = dimensions(moved(1, terms("bơm")[1]))
    once, twice, long = weigh("trạm bơm"), weigh("trạm bơm bơm"), weigh("trạm bơm " + "ven sông " * 20)
    assert long[pump] < once[pump] < twice[pump]


def test_an_empty_passage_weighs_nothing():
    (made,), _ = Batch([Entry("", "…", [], [])]).weigh([0.0] * FIELDS, Weights())
    assert len(wire.sparsevecs_read([made.accented])[1]) == 0
    assert Batch([Entry("", "…", [], [])]).lengths().tolist() == [[0] * FIELDS]
