from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import IndexDamaged
from indexer import ranking
from indexer.embedding import MODELS
from indexer.fusion import TUNED, ordered
from indexer.passages import Passage
from indexer.ranking import RANKER, Ranker, Trees, ranker


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


def parts(n=4, **named):
    made = {name: np.linspace(9, 6, n).astype(np.float32) for name in ("lexical", "dense")}
    return made | {name: np.array(named.get(name, [0] * n), np.float32) for name in ("number", "provision")}


def read(places):
    return [passage(at, TEXTS[at]) for at in places]


def test_the_clause_that_says_it_goes_first():
    order, score = ordered(ASKED, parts(), TUNED, read)
    assert order[0] == 2
    assert sorted(order) == [0, 1, 2, 3]
    assert (np.diff(score) <= 0).all()


def test_what_the_question_names_stays_ahead_and_what_lies_deeper_stays_behind():
    order, score = ordered(ASKED, parts(number=[0, 1, 0, 0]), replace(TUNED, ranked=3), read)
    assert order.tolist()[0] == 1
    assert order.tolist()[-1] == 3
    assert (np.diff(score) <= 0).all()


@pytest.mark.parametrize(("n", "ranked"), [(1, 60), (4, 0), (4, 1)])
def test_nothing_is_read_where_there_is_nothing_to_order(n, ranked):
    order, score = ordered(ASKED, parts(n), replace(TUNED, ranked=ranked), lambda _: pytest.fail("read"))
    assert order.tolist() == list(range(n))
    assert score.tolist() == pytest.approx(np.linspace(1, 6 / 9, 4)[:n].tolist())


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(*[st.floats(0, 20, width=32)] * 2, *[st.sampled_from([0, 0.5, 1])] * 2), min_size=1, max_size=9)
)
def test_without_the_ranker_the_order_is_that_of_the_weighed_sum(rows):
    columns = dict(zip(("lexical", "dense", "number", "provision"), np.array(rows, np.float32).T, strict=True))
    order, score = ordered("hồ", columns, replace(TUNED, ranked=0), lambda _: pytest.fail("read"))
    best = {name: max(column.max(), 1e-6) for name, column in columns.items()}
    weights = {
        "lexical": (1 - TUNED.dense) / best["lexical"],
        "dense": TUNED.dense / best["dense"],
        "number": 1,
        "provision": 0.5,
    }
    plain = sum(weights[name] * column.astype(float) for name, column in columns.items())
    assert score.tolist() == pytest.approx(sorted(plain, reverse=True), abs=1e-4)
    assert plain[order].tolist() == pytest.approx(score.tolist(), abs=1e-4)


def test_an_abbreviation_counts_as_its_long_name():
    texts = ["Người dân tự nguyện tham gia bảo hiểm xã hội.", "Người dân tự nguyện tham gia hội xã bảo trợ."]
    both = [passage(at, text) for at, text in enumerate(texts)]
    short, long = (
        ranker().scores(q, both, parts(2)["lexical"], parts(2)["dense"])
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
        lightgbm.LGBMRanker(
            n_estimators=8, num_leaves=6, min_child_samples=5, random_state=s, verbose=-1, n_jobs=1
        ).fit(table, wanted, group=[40] * 10)
        for s in (0, 1)
    ]
    expected = np.mean([b.booster_.predict(table) for b in boosters], axis=0)
    assert Trees(flattened(boosters)).scores(table).tolist() == pytest.approx(expected.tolist(), abs=1e-5)
