from __future__ import annotations

import numpy as np
import pytest

from indexer.training.bags import Bags
from indexer.training.base import Base
from indexer.training.candidates import Candidates
from indexer.training.lists import Lists, Recipe, Shelf
from indexer.training.reranking import Plan, train
from indexer.training.transformer import kept, tokenizer, transformer
from indexer.windows import Alike

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcđeghiklmnopqrstuvxyàáâêôơưạếớấ:", "▁cấp", "▁nước", "▁tiếng"]
WIDTH, INNER = 8, 16


@pytest.fixture(scope="module")
def base():
    random = np.random.default_rng(0)
    sizes = {"emb.word": (len(PIECES), WIDTH), "emb.pos": (512, WIDTH), "emb.type": (2, WIDTH)}
    sizes |= {f"l0.{n}.w": (WIDTH, WIDTH) for n in ("q", "k", "v", "ao")}
    sizes |= {"l0.fi.w": (INNER, WIDTH), "l0.fo.w": (WIDTH, INNER), "l0.fi.b": (INNER,)}
    sizes |= {f"l0.{n}.b": (WIDTH,) for n in ("q", "k", "v", "ao", "fo", "aln", "oln")}
    tensors = {n: random.normal(size=size).astype(np.float32) for n, size in sizes.items()}
    tensors |= {n: np.ones(WIDTH, np.float32) for n in ("emb.ln.w", "emb.ln.b", "l0.aln.w", "l0.oln.w")}
    scores = np.linspace(-5, -1, len(PIECES)).astype(np.float32)
    return Base(WIDTH, 1, 2, INNER, 1e-12, PIECES, scores, 0, 2, 1, 3, tensors)


@pytest.fixture
def lists(base):
    cut = tokenizer(base, range(len(PIECES)))
    texts = [f"cấp nước {'xã ' * (i % 5 + 8)} {'bờ đê ' * 3}{chr(97 + i)}{chr(105 + i % 7)}" * 2 for i in range(12)]
    heads = [f"tiếng {chr(97 + i)} nước cấp" for i in range(12)]
    bags = {n: Bags.of(cut, t) for n, t in {"t": texts, "h": heads, "q": [t[:12] for t in texts]}.items()}
    places = np.array([np.roll(np.arange(12), -i) for i in range(12)])
    right = np.zeros((12, 12), np.int32)
    right[:, 0] = 1
    found = Candidates(places, np.zeros((12, 12), np.float32), right)
    both = dict.fromkeys(("accented", "plain"))
    shelf = Shelf(
        bags["h"], bags["t"], bags["h"], {f: bags["q"] for f in both}, {f: found for f in both},
        np.arange(12, dtype=np.int32), np.arange(12, dtype=np.int32), ([0, 4], [0, 5]),
    )  # fmt: skip
    recipe = Recipe(questions=3, wrong=2, headings=2, same=1.1, longest=40)
    return lambda: Lists(shelf, recipe, Alike(cut), seed=1)


def test_the_pieces_that_a_corpus_uses_are_kept(base):
    ids = kept(base, ["cấp nước"] * 5)
    assert ids[:4] == [0, 1, 2, 3]
    assert {PIECES[at] for at in ids} >= {"▁cấp", "▁nước", "a", "c"}
    assert "▁tiếng" not in {PIECES[at] for at in ids}
    model = transformer(base, ids, [0])
    assert model.embeddings.word_embeddings.weight.shape == (len(ids), WIDTH)
    cut = tokenizer(base, ids)
    assert cut.encode("Cấp nước").tokens == ["▁cấp", "▁nước"]


def test_a_list_begins_with_the_right_passage_and_no_negative_is_of_its_article(lists):
    batch = lists().batch()
    assert batch.lists.shape == (3, 3)
    assert batch.trees.shape == (3, 3)
    assert len(batch.queries) == 5
    assert [list(batch.own[:3])] == [list(batch.lists[:, 0])]
    assert not batch.same[np.arange(5), batch.own].any()
    assert max(map(len, batch.passages)) <= 40
    assert all(ids[-1] == 2 for ids in [*batch.queries, *batch.passages])


@pytest.mark.filterwarnings("ignore")
def test_training_goes_on_from_its_checkpoint_as_if_never_interrupted(base, lists, tmp_path):
    ids, plan = range(len(PIECES)), {"frozen": 0, "every": 2, "rate": 1e-3, "warm": 1}
    whole = train(transformer(base, ids, [0]), lists(), Plan(steps=4, **plan), tmp_path / "whole.pt")

    class Killed(Exception):
        pass

    class Halting(Lists):
        def batch(self):
            if getattr(self, "drawn", 0) == 3:
                raise Killed
            self.drawn = getattr(self, "drawn", 0) + 1
            return super().batch()

    halting = lists()
    halting.__class__ = Halting
    with pytest.raises(Killed):
        train(transformer(base, ids, [0]), halting, Plan(steps=4, **plan), tmp_path / "cut.pt")
    again = train(transformer(base, ids, [0]), lists(), Plan(steps=4, **plan), tmp_path / "cut.pt")
    assert all(np.allclose(whole[n].numpy(), again[n].numpy(), atol=1e-6) for n in whole)
    first = transformer(base, ids, [0]).state_dict()
    assert any(not np.allclose(whole[n].numpy(), first[n].numpy()) for n in whole)
