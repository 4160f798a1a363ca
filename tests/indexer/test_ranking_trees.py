from __future__ import annotations

import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import IndexDamaged
from indexer import ranking
from indexer.embedding import MODELS
from indexer.passages import Passage
from indexer.ranking import RANKER, Ranker, Trees, ranker, reranked


def grown(random, width, trees, depth):
    """Random trees as arrays, and the same as nested tuples."""
    feature, threshold, left, right, value, roots, nested = [], [], [], [], [], [], []

    def grow(level):
        place = len(feature)
        for column in (feature, threshold, left, right, value):
            column.append(0)
        feature[place], left[place], right[place] = -1, place, place
        if level == depth or random.random() < 0.2:
            value[place] = float(np.float32(random.normal()))
            return place, value[place]
        feature[place], threshold[place] = int(random.integers(width)), float(np.float32(random.normal()))
        (left[place], low), (right[place], high) = grow(level + 1), grow(level + 1)
        return place, (feature[place], threshold[place], low, high)

    for _ in range(trees):
        root, tree = grow(0)
        roots.append(root)
        nested.append(tree)
    columns = {"feature": feature, "threshold": threshold, "left": left, "right": right, "value": value, "roots": roots}
    return {name: np.array(column) for name, column in columns.items()}, nested


def walked(tree, row):
    while isinstance(tree, tuple):
        feature, threshold, low, high = tree
        tree = low if row[feature] <= threshold else high
    return tree


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(0, 6))
def test_arrays_give_what_walking_each_tree_gives(seed, trees, depth):
    random = np.random.default_rng(seed)
    arrays, nested = grown(random, 5, trees, depth)
    table = random.normal(size=(7, 5)).astype(np.float32)
    table[0] = arrays["threshold"][0]
    expected = [sum(walked(tree, row) for tree in nested) for row in table]
    assert Trees(arrays).scores(table).tolist() == pytest.approx(expected, abs=1e-4)


def passage(at, text, context=""):
    return Passage(document=f"d{at}", sha256="0" * 64, start=0, end=len(text), context=context, text=text)


ASKED = "Trạm quan trắc nước ngầm tự động là gì?"
TEXTS = [
    "Kinh phí duy tu trạm bơm do huyện cân đối hằng năm.",
    "Nước ngầm là tài nguyên, trạm nào khai thác thì tự nộp phí, động viên là chính.",
    "1. Trạm quan trắc nước ngầm tự động là nơi đặt máy đo mực nước dưới đất và gửi số liệu mỗi giờ.",
    "Công an xã tuần tra ban đêm.",
]


def candidates(n=4):
    parts = {name: np.linspace(9, 6, n).astype(np.float32) for name in ("lexical", "dense")}
    return np.linspace(0.9, 0.6, n).astype(np.float32), parts


def read(n):
    return [passage(at, text) for at, text in enumerate(TEXTS[:n])]


def test_the_clause_that_says_it_goes_first():
    score, parts = candidates()
    order, better = reranked(ASKED, score, parts, np.zeros(4, np.float32), read, 4)
    assert order[0] == 2
    assert sorted(order) == [0, 1, 2, 3]
    assert (np.diff(better) <= 0).all()


def test_what_the_question_names_stays_ahead_and_what_lies_deeper_stays_behind():
    score, parts = candidates()
    order, better = reranked(ASKED, score, parts, np.array([0, 1, 0, 0], np.float32), read, 3)
    assert order.tolist()[0] == 1
    assert order.tolist()[-1] == 3
    assert better[-1] == score[-1]
    assert (np.diff(better) <= 0).all()


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_is_read_where_there_is_nothing_to_order(n):
    score, parts = candidates(n)
    order, better = reranked(ASKED, score, parts, np.zeros(n, np.float32), lambda _: pytest.fail("read"), 60)
    assert order.tolist() == list(range(n))
    assert better.tolist() == score.tolist()


def test_an_abbreviation_counts_as_its_long_name():
    _, parts = candidates(2)
    texts = ["Người dân tự nguyện tham gia bảo hiểm xã hội.", "Người dân tự nguyện tham gia hội xã bảo trợ."]
    both = [passage(at, text) for at, text in enumerate(texts)]
    short, long = (
        ranker().scores(q, both, parts["lexical"], parts["dense"])
        for q in ("tham gia BHXH tự nguyện", "tham gia bảo hiểm xã hội tự nguyện")
    )
    assert short.tolist() == long.tolist()


@pytest.mark.parametrize("file", ["trees.safetensors", "rarity.json"])
def test_a_changed_file_is_refused(tmp_path, file):
    copy = tmp_path / RANKER
    shutil.copytree(MODELS / RANKER, copy)
    data = bytearray((copy / file).read_bytes())
    data[-2] ^= 1
    (copy / file).write_bytes(data)
    with pytest.raises(IndexDamaged, match=file):
        Ranker(copy)


def test_a_ranker_of_other_features_is_refused(monkeypatch):
    monkeypatch.setattr(ranking, "FEATURES", ("lexical",))
    with pytest.raises(IndexDamaged, match="phiên bản khác"):
        Ranker(MODELS / RANKER)


def test_flattened_trees_score_as_lightgbm_does():
    lightgbm = pytest.importorskip("lightgbm", reason="lightgbm comes with the extra train")
    from indexer.training.ranking import flattened

    random = np.random.default_rng(4)
    table = random.normal(size=(400, 4)).astype(np.float32)
    wanted = (table[:, 0] > 0.2).astype(int) + (table[:, 1] * table[:, 2] > 0)
    boosters = [
        lightgbm.LGBMRanker(n_estimators=8, num_leaves=6, min_child_samples=5, random_state=s, verbose=-1, n_jobs=1).fit(
            table, wanted, group=[40] * 10
        )
        for s in (0, 1)
    ]
    expected = np.mean([b.booster_.predict(table) for b in boosters], axis=0)
    assert Trees(flattened(boosters)).scores(table).tolist() == pytest.approx(expected.tolist(), abs=1e-5)
