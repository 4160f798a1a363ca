from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from corpus.errors import IndexDamaged, InvalidSetting
from indexer.embedding import DEFAULT, MODELS, Encoder, SentenceTransformersEncoder, encoder

TEXTS = [
    "Tỷ lệ hộ dân thị trấn được cấp nước sạch đạt 95% vào năm 2031",
    "Ủy ban nhân dân huyện; UỶ BAN NHÂN DÂN HUYỆN",
    "uy ban nhan dan huyen cap giay phep",
    "217/QĐ-UBND ngày 14/7/2033\n| Chỉ tiêu | 2031 |\t...",
    "x",
    "🙂 中文 русский",
    "Lắp đặt trạm đo mưa tự động. " * 60,
]


def test_the_default_is_bundled_and_small():
    made = encoder()
    assert isinstance(made, Encoder)
    assert made.name == DEFAULT
    assert sum(f.stat().st_size for f in (MODELS / DEFAULT).iterdir()) <= 20e6


def test_vectors_have_length_one_or_zero():
    vectors = encoder().passages([*TEXTS, "", "   "])
    assert vectors.shape == (len(TEXTS) + 2, encoder().dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors[: len(TEXTS)], axis=1), 1, atol=1e-5)
    assert not vectors[len(TEXTS) :].any()
    assert encoder().passages([]).shape == (0, encoder().dimension)


def test_texts_are_encoded_alike_alone_and_together():
    made = encoder()
    together = made.passages(TEXTS * 90)
    np.testing.assert_allclose(together[: len(TEXTS)], np.concatenate([made.passages([t]) for t in TEXTS]), atol=1e-6)
    np.testing.assert_allclose(together[-len(TEXTS) :], together[: len(TEXTS)], atol=1e-6)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::FutureWarning")
def test_sentence_transformers_gives_the_same_vectors():
    slow = SentenceTransformersEncoder(str(MODELS / DEFAULT))
    fast = encoder()
    assert slow.dimension == fast.dimension
    np.testing.assert_allclose(slow.passages(TEXTS), fast.passages(TEXTS), atol=1e-5)
    np.testing.assert_allclose(slow.queries(TEXTS), fast.queries(TEXTS), atol=1e-5)


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        ("tỷ lệ hộ nghèo", "ti le ho ngheo", "đường sắt đô thị"),
        ("giấy phép lái xe", "bằng lái xe", "thuế thu nhập"),
        ("tòa án nhân dân", "toà án", "bảo hiểm y tế"),
    ],
)
def test_what_means_the_same_is_near(one, other, unlike):
    a, b, c = encoder().queries([one, other, unlike])
    assert a @ b > a @ c


def test_a_changed_model_file_is_refused(tmp_path, monkeypatch):
    shutil.copytree(MODELS / DEFAULT, tmp_path / "copy")
    weights = tmp_path / "copy" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    monkeypatch.setattr("indexer.embedding.MODELS", tmp_path)
    with pytest.raises(IndexDamaged, match=r"model\.safetensors"):
        encoder("copy")


def test_an_unknown_model_is_an_invalid_setting(tmp_path):
    with pytest.raises(InvalidSetting, match="khong-co"):
        encoder(str(tmp_path / "khong-co"))


def test_the_card_names_base_data_licence_and_limits():
    card = (MODELS / DEFAULT / "README.md").read_text(encoding="utf-8")
    for word in ("multilingual-e5-small", "MIT", "nDCG@10", "Limits", "license"):
        assert word in card
    release = json.loads((MODELS / DEFAULT / "release.json").read_text())
    assert set(release["files"]) == {"model.safetensors", "tokenizer.json"}
