from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidSetting, MissingPart
from indexer.embedded import EmbeddedIndexes
from indexer.fusion import TUNED, ordered
from indexer.memory import Memory
from indexer.passages import Passage
from indexer.reranking import Reranker, Reranking, reranker

ASKED = "trạm đo mưa tự động"
TEXTS = {
    "a": "Trạm đo mưa tự động đặt tại xã Phú Lâm. Trạm đo mưa tự động gửi số liệu mỗi giờ.",
    "b": "Mỗi xã có ít nhất một trạm đo mưa; trạm đo do xã trông coi.",
    "c": "Lượng mưa trong tháng được đo tại trạm và báo lên huyện.",
    "d": "Nhân viên trông trạm được hưởng phụ cấp hằng tháng.",
    "e": "Đê bao chống ngập dài 12 km.",
}


class Planted:
    """Scores passages by a rule, and counts what it was shown."""

    name = fingerprint = "planted"

    def __init__(self, rule):
        self.rule = rule
        self.seen = []

    def scores(self, query, passages):
        self.seen.append((query, [p.document for p in passages]))
        return np.array([self.rule(p) for p in passages], np.float32)


def last_first(passage):
    return ord(passage.document)


@pytest.fixture(params=["files", "cluster"])
def index(request, opened, encoding, made, tmp_path):
    indexes = EmbeddedIndexes(tmp_path) if request.param == "files" else request.getfixturevalue("cluster")()
    return opened(indexes, [made(id, text) for id, text in TEXTS.items()], encoding)


def with_(model, **options):
    return replace(TUNED, reranking=Reranking(model, **{"depth": 20, "weight": 20.0} | options))


def test_a_reranker_that_alone_decides_turns_the_order_around(index):
    plain = [h.passage.document for h in index.search(ASKED, 5)]
    index.tuning = with_(Planted(lambda p: -plain.index(p.document)))
    assert [h.passage.document for h in index.search(ASKED, 5)] == plain
    index.tuning = with_(Planted(lambda p: plain.index(p.document)))
    assert [h.passage.document for h in index.search(ASKED, 5)] == plain[::-1]


def test_only_the_best_are_read_and_the_others_keep_their_place(index):
    plain = [h.passage.document for h in index.search(ASKED, 5)]
    model = Planted(lambda p: plain.index(p.document))
    index.tuning = with_(model, depth=2)
    assert [h.passage.document for h in index.search(ASKED, 5)] == [plain[1], plain[0], *plain[2:]]
    assert model.seen == [(ASKED, plain[:2])]


def test_places_keep_their_scores(index):
    plain = index.search(ASKED, 5)
    index.tuning = with_(Planted(last_first))
    again = index.search(ASKED, 5)
    assert [h.score for h in again] == [h.score for h in plain]
    parts = {h.passage.document: h.parts for h in plain}
    assert all(h.parts == parts[h.passage.document] for h in again)


def test_without_weight_nothing_changes(index):
    plain = index.search(ASKED, 5)
    index.tuning = with_(Planted(last_first), weight=0.0)
    assert index.search(ASKED, 5) == plain


def test_generations_are_opened_with_what_the_home_is_searched_with(opened, encoding, made, tmp_path):
    model = Planted(last_first)
    indexes = EmbeddedIndexes(tmp_path, lambda: with_(model))
    index = opened(indexes, [made(id, text) for id, text in TEXTS.items()], encoding)
    found = [h.passage.document for h in index.search(ASKED, 5)]
    assert found == sorted(found, reverse=True)
    assert model.seen


def passages(n):
    return [
        Passage(document=f"d{i}", sha256="0" * 64, start=0, end=4, path="", context="", text="chữ " * (i + 1))
        for i in range(n)
    ]


@given(st.lists(st.floats(-3, 3, width=32), min_size=2, max_size=8, unique=True), st.floats(0.05, 20))
def test_scales_and_offsets_of_a_reranker_do_not_matter(scores, weight):
    from hypothesis import assume

    listed, ranked = passages(len(scores)), np.linspace(0.9, 0.1, len(scores)).astype(np.float32)
    assume(np.ptp(scores) > 0.1)
    given_ = dict(zip((p.document for p in listed), scores, strict=True))
    none = np.zeros(len(scores), np.float32)

    def merged(rule):
        return Reranking(Planted(rule), weight=weight).merged("hỏi", listed, ranked, none)

    plain, scaled = merged(lambda p: given_[p.document]), merged(lambda p: 40 * given_[p.document] - 7)
    assert np.allclose(plain, scaled, atol=1e-3)


def test_a_question_without_diacritics_is_left_to_the_ranker_more():
    ranked = np.array([0.9, 0.7, 0.2], np.float32)
    second = Reranking(Planted(lambda p: p.document == "d1"), weight=1.2)
    none = np.zeros(3, np.float32)
    assert second.merged("trạm đo mưa", passages(3), ranked, none).argmax() == 1
    assert second.merged("tram do mua", passages(3), ranked, none).argmax() == 0


def test_equal_opinions_are_no_opinion():
    ranked = np.array([0.9, 0.5, 0.1], np.float32)
    made = Reranking(Planted(lambda _: 3.0)).merged("hỏi", passages(3), ranked, np.zeros(3, np.float32))
    assert (np.diff(made) < 0).all()


def test_a_passage_that_the_question_names_stays_first():
    parts = {n: np.array([0.9, 0.8, 0.7], np.float32) for n in ("lexical", "dense")}
    parts |= {"number": np.array([0, 0, 1], np.float32), "provision": np.zeros(3, np.float32)}
    model = Planted(lambda p: -ord(p.document[1]))
    order, score = ordered("hỏi", parts, with_(model), lambda at: [passages(3)[i] for i in at])
    assert order[0] == 2
    assert (np.diff(score) <= 0).all()


def test_no_candidate_no_reading():
    parts = {n: np.ones(1, np.float32) for n in ("lexical", "dense", "number", "provision")}
    model = Planted(last_first)
    ordered("hỏi", parts, with_(model), lambda _: passages(1))
    assert model.seen == []


def test_a_memory_is_bounded_and_makes_each_value_once():
    memory, calls = Memory(3), []

    def make(places):
        calls.append(list(places))
        return [f"v{at}" for at in places]

    assert memory.all([b"a", b"b", b"a"], make) == ["v2", "v1", "v2"]
    assert calls == [[2, 1]]
    assert memory.all([b"a", b"c"], make) == ["v2", "v1"]
    assert calls[1:] == [[1]]
    memory.all([b"d", b"e"], make)
    assert len(memory) == 3
    assert memory.all([b"b"], make) == ["v0"]


def test_a_model_that_is_not_there_is_named_without_looking_for_it_elsewhere(tmp_path):
    with pytest.raises(InvalidSetting, match="không có mô hình xếp lại 'khong-co/mo-hinh' trên máy này"):
        reranker("khong-co/mo-hinh")
    with pytest.raises(InvalidSetting, match="không có mô hình xếp lại"):
        reranker(str(tmp_path))


def small(folder, kind):
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

    words = ["<pad>", "<unk>", "<s>", "</s>", "trạm", "đo", "mưa", "đê", "bao"]
    cut = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    cut.pre_tokenizer = pre_tokenizers.Whitespace()
    sizes = {"vocab_size": len(words), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(**sizes, intermediate_size=8, max_position_embeddings=32, num_labels=1)
    (BertForSequenceClassification(config) if kind == "cross" else BertModel(config)).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=cut, pad_token="<pad>", unk_token="<unk>", cls_token="<s>", sep_token="</s>",
        model_max_length=32,
    ).save_pretrained(folder)  # fmt: skip
    return str(folder)


def test_without_sentence_transformers_the_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingPart, match="pip install sentence-transformers"):
        reranker(str(tmp_path))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["cross", "encoder"])
def test_models_of_others_are_told_apart_and_score(tmp_path, kind):
    from indexer.reranker_models import Crossing, Encoding

    model = reranker(small(tmp_path / "m", kind), "hỏi: ", "đoạn: ")
    assert isinstance(model, Crossing if kind == "cross" else Encoding)
    assert isinstance(model, Reranker)
    listed = passages(3)
    once, again = model.scores("trạm đo mưa", listed), model.scores("trạm đo mưa", listed[::-1])
    assert once.shape == (3,)
    assert once.dtype == np.float32
    assert np.allclose(once, again[::-1], atol=1e-5)
    assert model.fingerprint == reranker(str(tmp_path / "m"), "hỏi: ", "đoạn: ").fingerprint
