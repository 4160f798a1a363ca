from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.counting import ESCAPE, Counted, Packing, unpacked

_OFTEN = st.integers(0, 3) | st.integers(0, 40) | st.sampled_from([7, 31, 65535])
_PAIR = st.tuples(_OFTEN, _OFTEN).filter(any)


def heard(pairs) -> np.ndarray:
    return np.array(pairs, np.uint16).reshape(-1, 2).T


@given(pairs=st.lists(_PAIR, max_size=60))
def test_counts_come_back(pairs):
    counted = Counted.of(heard(pairs))
    assert counted.text().tolist() == [text for _, text in pairs]
    places, times = counted.context()
    assert dict(zip(places.tolist(), times.tolist(), strict=True)) == {i: c for i, (c, _) in enumerate(pairs) if c}


@given(pairs=st.lists(_PAIR, max_size=60), data=st.data())
def test_what_is_left_out_and_put_between_keeps_its_counts(pairs, data):
    own = np.array(data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))), np.bool_)
    whole = Counted.of(heard(pairs))
    again = whole.only(own).between(own, whole.only(~own))
    assert (again.codes == whole.codes).all()
    assert (again.many == whole.many).all()


@given(pieces=st.lists(st.lists(_PAIR, max_size=9), max_size=9), cut=st.lists(st.integers(0, 80), max_size=6))
def test_packed_in_any_pieces_and_read_in_any_others(pieces, cut):
    codes = [Counted.of(heard(pairs)).codes for pairs in pieces]
    packing = Packing()
    packed = np.concatenate([*map(packing.packed, codes), packing.packed(np.empty(0, np.uint8), last=True)])
    once = Packing()
    assert packed.tobytes() == once.packed(np.concatenate([*codes, np.empty(0, np.uint8)]), last=True).tobytes()
    rare, whole = (
        np.concatenate([*packing.rare, np.empty(0, np.uint8)]),
        np.concatenate([*codes, np.empty(0, np.uint8)]),
    )
    bounds = sorted({0, *(min(c, len(whole)) for c in cut), len(whole)})
    read: list[int] = []
    for start, stop in pairwise(bounds):
        found, listed = unpacked(packed, start, stop, rare)
        rare = rare[listed:]
        read += found.tolist()
    assert read == whole.tolist()
    assert len(packed) == (len(whole) + 1) // 2
    assert len(rare) == 0


def test_the_counts_that_look_like_the_mark_are_listed():
    counted = Counted.of(heard([(7, 31), (7, 30), (0, 32)]))
    assert counted.codes.tolist() == [ESCAPE, 254, ESCAPE]
    assert counted.many.tolist() == [[7, 31], [0, 32]]
