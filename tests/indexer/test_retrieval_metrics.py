from __future__ import annotations

import gzip
import json
from math import log2

import numpy as np
import pytest

from corpus.errors import UnreadableFile
from eval.retrieval import DEPTH, _scored, evaluate, questions, show

ARTICLES = [
    {"id": "a", "title": "Cấp nước", "text": "Đến năm 2031, 95% hộ dân thị trấn có nước sạch."},
    {"id": "b", "title": "Trồng rừng", "text": "Trồng mới 300 ha rừng ngập mặn. " * 80},
    {"id": "c", "text": "Lắp đặt 60 trạm đo mưa tự động."},
]
ASKED = [
    {"qid": "1", "question": "bao nhiêu hộ dân có nước sạch", "relevant": ["a"]},
    {"qid": "2", "question": "trong moi rung ngap man", "relevant": ["b"]},
    {"qid": "3", "question": "trạm đo mưa", "relevant": ["c", "zz"]},
]


def lines(path, rows):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


@pytest.mark.parametrize(
    ("ranking", "relevant", "expected"),
    [
        (["a", "b"], {"a"}, {"acc@1": 1, "mrr@10": 1, "ndcg@10": 1, "recall@10": 1}),
        (["x", "a"], {"a"}, {"acc@1": 0, "acc@3": 1, "mrr@10": 0.5, "ndcg@10": 1 / log2(3)}),
        (["a", "x", "b"], {"a", "b"}, {"ndcg@10": (1 + 1 / log2(4)) / (1 + 1 / log2(3)), "recall@10": 1}),
        (["a"], {"a", "b"}, {"acc@1": 1, "recall@100": 0.5, "ndcg@10": 1 / (1 + 1 / log2(3))}),
        ([str(i) for i in range(10)] + ["a"], {"a"}, {"acc@10": 0, "mrr@10": 0, "recall@10": 0, "recall@20": 1}),
        ([], {"a"}, {"acc@1": 0, "recall@100": 0, "mrr@10": 0, "ndcg@10": 0}),
    ],
)
def test_metrics_of_one_ranking(ranking, relevant, expected):
    found = _scored(ranking, relevant)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_three_pipelines_are_measured(tmp_path, hashed, suffix):
    corpus = lines(tmp_path / f"c{suffix}", ARTICLES)
    asked = lines(tmp_path / f"q{suffix}", ASKED)
    report = evaluate(corpus, asked, tmp_path / "cache", hashed)
    assert report.articles == 3
    assert report.passages > 3
    assert report.pipelines["default"]["acc@1"].value == 1
    assert report.pipelines["bm25"]["recall@100"].value == pytest.approx((1 + 1 + 0.5) / 3)
    again = evaluate(corpus, asked, tmp_path / "cache", hashed)
    assert again.copied == again.passages
    assert again.pipelines == report.pipelines


def test_json_is_the_last_line(tmp_path, hashed):
    report = evaluate(lines(tmp_path / "c.jsonl", ARTICLES), lines(tmp_path / "q.jsonl", ASKED), None, hashed)
    last = json.loads(show(report, as_json=True).splitlines()[-1])
    for pipeline in ("bm25", "dense", "default"):
        assert {
            "acc@1",
            "acc@3",
            "acc@5",
            "acc@10",
            "recall@10",
            "recall@20",
            "recall@100",
            "mrr@10",
            "ndcg@10",
        } <= set(last[pipeline])
    assert last["questions"] == 3
    assert "ndcg@10" in show(report)
    assert DEPTH == 100


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "dòng 1"),
        ('{"qid": "1", "question": "x", "relevant": ["a"]}\n{"qid": "2", "relevant": ["a"]}', "dòng 2"),
        ('{"qid": "1", "question": "x", "relevant": []}', "relevant"),
        ("[1]", "dòng 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, message):
    path = tmp_path / "q.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=message):
        list(questions(path))


@pytest.mark.parametrize("name", ["missing.jsonl", "broken.jsonl.gz"])
def test_an_unreadable_file_is_named(tmp_path, name):
    if "broken" in name:
        (tmp_path / name).write_bytes(b"not gzip")
    with pytest.raises(UnreadableFile, match=name):
        list(questions(tmp_path / name))


def test_no_questions_is_an_error(tmp_path, hashed):
    empty = lines(tmp_path / "q.jsonl", [])
    with pytest.raises(UnreadableFile, match="câu hỏi"):
        evaluate(lines(tmp_path / "c.jsonl", ARTICLES), empty, None, hashed)


def test_a_reranker_is_a_pipeline_of_its_own(tmp_path, hashed):
    from indexer.reranking import Reranking

    class Wrong:
        name = fingerprint = "wrong"

        def scores(self, query, passages):
            return np.array([-len(set(query.split()) & set(p.text.split())) for p in passages], np.float32)

    corpus, asked = lines(tmp_path / "c.jsonl", ARTICLES), lines(tmp_path / "q.jsonl", ASKED[:1])
    report = evaluate(corpus, asked, None, hashed, reranking=Reranking(Wrong(), weight=20))
    assert list(report.pipelines) == ["bm25", "dense", "default", "rerank"]
    assert report.pipelines["default"]["acc@1"].value == 1
    assert report.pipelines["rerank"]["acc@1"].value == 0
    assert report.reranker == "wrong, 20, 20"
    assert '"rerank": {' in show(report, as_json=True).splitlines()[-1]
    assert "xếp lại wrong" in show(report)
