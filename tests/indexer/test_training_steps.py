from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from indexer.training import vocabulary
from indexer.training.bags import Bags
from indexer.training.base import Base, _dequantised
from indexer.training.mining import Mined
from indexer.training.release import quantised
from indexer.training.sampling import Material, Recipe, Sampler
from indexer.training.static import Plan, train

PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    *"abcdefghiklmnopqrstuvxyàáảãạâăđêôơư",
    "▁cấp",
    "▁nước",
    "▁xã",
    "ấ",
    "ế",
]


@pytest.fixture(scope="module")
def base():
    random = np.random.default_rng(0)
    words = random.standard_normal((len(PIECES), 32)).astype(np.float32)
    scores = np.full(len(PIECES), -5, np.float32)
    return Base(32, 1, 1, 64, 1e-12, PIECES, scores, 0, 2, 1, 3, {"emb.word": words})


@pytest.fixture(scope="module")
def scored(base):
    counts = Counter({"cấp": 9, "nước": 9, "cấp_nước": 7, "xã": 6, "toà_án": 6, "kĩ_thuật": 5, "hiếm": 1})
    return vocabulary.pieces(counts, base, ["▁xã", "n", "a"])


def test_nibbles_are_read_low_half_first():
    scale = np.array([0.5], "<f2").tobytes()
    nibbles = bytes([0x80 | i for i in range(16)])
    weights = _dequantised(scale + nibbles)
    assert weights.tolist() == [(i - 8) * 0.5 for i in range(16)] + [0.0] * 16


def test_compounds_are_one_piece_with_and_without_diacritics(scored):
    made = vocabulary.tokenizer(scored)
    assert made.encode("Cấp nước, xã").tokens == ["▁cấp▁nước", "▁xã"]
    assert made.encode("cấp, NƯỚC").tokens == ["▁cấp", "▁nước"]
    assert made.encode("cap nuoc xa").tokens == ["▁cap▁nuoc", "▁xa"]
    assert "▁hiếm" not in dict(scored)


def test_other_spellings_share_a_vector(scored):
    vectors = np.arange(len(scored), dtype=np.float32)[:, None]
    more, rows = vocabulary.aliased(scored, vectors)
    at = {piece: i for i, (piece, _) in enumerate(more)}
    assert len(more) == len(rows) == len(at)
    assert rows[at["▁tòa▁án"]] == rows[at["▁toà▁án"]]
    assert rows[at["▁kỹ▁thuật"]] == rows[at["▁kĩ▁thuật"]]


def test_plain_pieces_start_near_what_they_stand_for(scored, base):
    first = vocabulary.initial(scored, base, np.ones(len(scored)), 16)
    at = {piece: i for i, (piece, _) in enumerate(scored)}
    near = first @ first[at["▁cap▁nuoc"]]
    assert first.shape == (len(scored), 16)
    assert near[at["▁cấp▁nước"]] == pytest.approx(np.sort(near)[-2:].min(), rel=0.5)


def test_quantised_rows_are_right_to_half_a_step():
    vectors = np.random.default_rng(1).standard_normal((50, 16)).astype(np.float32)
    vectors[7] = 0
    steps, scales = quantised(vectors)
    assert steps.dtype == np.int8
    assert (np.abs(steps * scales[:, None] - vectors) <= scales[:, None] / 2 + 1e-7).all()
    assert not steps[7].any()


def material(tokenizer) -> Material:
    things = ["cấp nước", "xã", "toà án", "kĩ thuật"]
    texts = Bags.of(tokenizer, [f"{t} {t} {i % 5} " * 6 for i, t in enumerate(things * 10)])
    headings = Bags.of(tokenizer, things * 10)
    asked = Bags.of(tokenizer, things)
    owner = np.arange(40, dtype=np.int32)
    return Material(
        (headings, headings),
        (texts, texts),
        (asked, asked),
        [Mined([i], [(i + 1) % 4]) for i in range(4)],
        owner,
        owner % 4,
    )


def test_batches_mark_pairs_that_share_a_heading(scored):
    batch = Sampler(material(vocabulary.tokenizer(scored)), Recipe(batch=32), 0).batch()
    assert len(batch.queries) == len(batch.passages) == len(batch.same)
    assert not batch.same.diagonal().any()
    assert (batch.same == batch.same.T).all()
    assert batch.same.any()
    assert all(map(len, batch.queries + batch.passages + batch.extra))


def test_training_goes_on_where_it_was_cut(scored, tmp_path):
    made = material(vocabulary.tokenizer(scored))
    first = np.random.default_rng(2).standard_normal((len(scored), 16)).astype(np.float32)
    recipe, told = Recipe(batch=16), []

    def run(steps: int, path):
        plan = Plan(steps=steps, rate=0.01, warm=1, widths=(16, 8), every=3)
        return train(first, Sampler(made, recipe, 5), plan, path, lambda step, loss, _: told.append((step, loss)))

    whole = run(6, tmp_path / "whole.pt")

    class Cut(Exception):
        pass

    def stop(step, loss, _):
        raise Cut

    with pytest.raises(Cut):
        train(first, Sampler(made, recipe, 5), Plan(6, 0.01, 1, 20.0, (16, 8), 3), tmp_path / "cut.pt", stop)
    np.testing.assert_allclose(run(6, tmp_path / "cut.pt"), whole, atol=1e-6)
    assert told[1][1] < told[0][1] * 1.5
    assert [step for step, _ in told] == [3, 6, 6]
