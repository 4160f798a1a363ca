from __future__ import annotations

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.errors import IndexDamaged, MissingPart
from indexer.embedding import MODELS
from indexer.passages import Passage
from indexer.reranker_bundled import BundledReranker
from indexer.reranking import RERANKER, reranker
from indexer.windows import HEADING, STRIDE, Alike, sequence, stretch
from indexer.words import bare

CASES = [
    (
        "Ai được miễn lệ phí cấp giấy phép nuôi cá lồng?",
        "Hộ nghèo và hộ cận nghèo không phải nộp lệ phí khi xin giấy phép nuôi cá trong lồng trên sông.",
        ["Lệ phí cấp giấy phép lái tàu cá do chủ tàu nộp.", "Cá nuôi trong lồng phải được kiểm dịch hai lần mỗi năm."],
    ),
    (
        "Sau bao nhiêu ngày thì hồ sơ xin dựng biển quảng cáo được trả lời?",
        "Trong 7 ngày làm việc kể từ khi nhận đủ giấy tờ, phòng văn hóa trả lời bằng văn bản về việc dựng bảng quảng cáo.",
        [
            "Biển quảng cáo dựng ngoài trời có chiều cao không quá 4 mét.",
            "Người dựng biển quảng cáo sai vị trí phải tháo dỡ và chịu chi phí.",
        ],
    ),
    (
        "Trạm quan trắc là gì?",
        "Trạm quan trắc là nơi đặt máy móc và có người theo dõi mực nước, lượng mưa, độ mặn.",
        ["Trạm quan trắc được cấp điện hai nguồn.", "Kinh phí vận hành trạm quan trắc lấy từ ngân sách huyện."],
    ),
]


def passage(text, context="", document="d"):
    return Passage(document=document, sha256="0" * 64, start=0, end=len(text), path="", context=context, text=text)


@pytest.fixture(scope="module")
def model():
    return reranker()


@pytest.mark.parametrize(("spelled", "least"), [(str, 6), (bare, 5)], ids=["accented", "plain"])
def test_passages_that_answer_stand_before_those_with_the_same_words(model, spelled, least):
    won = 0
    for asked, right, wrong in CASES:
        best, *others = model.scores(spelled(asked), [passage(t) for t in [right, *wrong]])
        won += sum(best > other for other in others)
    assert won >= least


def test_scores_do_not_depend_on_what_is_read_beside_or_was_read_before(model):
    listed = [passage(t) for _, right, wrong in CASES for t in [right, *wrong]]
    together = BundledReranker(MODELS / RERANKER).scores(CASES[0][0], listed)
    again = model.scores(CASES[0][0], listed[::-1])
    assert np.array_equal(together, again[::-1])
    alone = [float(BundledReranker(MODELS / RERANKER).scores(CASES[0][0], [p])[0]) for p in listed[:3]]
    assert together[:3] == pytest.approx(alone, abs=1e-6)


def test_a_passage_is_encoded_once(model, monkeypatch):
    fresh, ran = BundledReranker(MODELS / RERANKER), []
    run = fresh._session.run

    class Counting:
        def run(self, names, inputs):
            ran.append(len(inputs["ids"]))
            return run(names, inputs)

    fresh._session = Counting()
    listed = [passage(t) for t in CASES[0][2]]
    fresh.scores(CASES[0][0], listed)
    assert ran == [1, 1, 1]
    fresh.scores(CASES[1][0], [*listed, passage(CASES[1][1])])
    assert ran[3:] == [1, 1]


def test_threads_get_the_same_scores(model):
    listed = [passage(right) for _, right, _ in CASES]
    expected = model.scores(CASES[0][0], listed)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: model.scores(CASES[0][0], listed), range(8)):
            assert np.array_equal(found, expected)


@pytest.mark.parametrize(("asked", "text"), [("", "chữ"), ("?", "chữ"), ("hỏi", ""), ("hỏi " * 400, "chữ " * 4000)])
def test_anything_can_be_asked_and_read(model, asked, text):
    assert np.isfinite(model.scores(asked, [passage(text, "Đầu đề " * 90), passage("")])).all()


def test_nothing_to_read_gives_nothing(model):
    assert model.scores("hỏi", []).shape == (0,)


@pytest.mark.parametrize("harm", ["flip", "drop"])
def test_a_changed_file_is_found(tmp_path, harm):
    folder = tmp_path / RERANKER
    shutil.copytree(MODELS / RERANKER, folder)
    (folder / "tokenizer.json").write_text("{}") if harm == "flip" else (folder / "tokenizer.json").unlink()
    with pytest.raises(IndexDamaged, match="hãy cài lại chitieu"):
        BundledReranker(folder)


def test_without_onnxruntime_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingPart, match=r"chitieu\[rerank\].*thiết lập reranker"):
        reranker(RERANKER)


def test_the_folder_holds_what_the_release_says_and_is_small():
    folder = MODELS / RERANKER
    release = json.loads((folder / "release.json").read_text("utf-8"))
    assert set(release["files"]) == {"model.onnx", "tokenizer.json"}
    assert sum(p.stat().st_size for p in folder.iterdir()) < 30_000_000
    assert (folder / "README.md").read_text("utf-8").startswith("---\n")


def test_a_stretch_holds_most_of_what_is_asked_for(model):
    alike, cut = Alike(model._tokenizer), model._cut
    before, after = (" ".join(f"{word} {n}." for n in range(100, 160)) for word in ("Mở đầu", "Phần cuối"))
    text = cut(f"{before} Lệ phí nuôi cá lồng là 20.000 đồng. {after}")
    asked = cut("le phi nuoi ca long")
    found = stretch(text, asked, 60, alike)
    assert len(found) == 60
    assert "▁lệ" in [model._tokenizer.id_to_token(int(i)) for i in found]
    whole = sequence([0], cut("Đầu đề " * 60), text, asked, 128, alike)
    assert len(whole) == 128
    assert whole[0] == 0
    assert whole[-1] == 2
    assert list(whole[1 : 1 + HEADING]) == list(cut("Đầu đề " * 60)[-HEADING:])
    starts = {
        next(at for at in range(len(text)) if np.array_equal(text[at : at + 60], stretch(text, cut(q), 60, alike)))
        for q in ("lệ phí", "phần cuối", "nuôi cá")
    }
    assert all(at % STRIDE == 0 or at == len(text) - 60 for at in starts)
