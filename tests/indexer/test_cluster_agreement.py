"""The two backends give the same ten best passages with the same scores; what only leads to candidates comes close."""

from __future__ import annotations

import json

import pytest

from indexer.embedded import EmbeddedIndexes

ASKED = [
    "chỉ tiêu dịch vụ công trực tuyến đến năm 2025",
    "ty le ho dan su dung internet bang rong",
    "khoản 2 Điều 1 Quyết định 1605/QĐ-TTg",
    "1605 quy định gì về cổng thông tin điện tử",
    "Điều 2",
    "UBND thành phố Cần Thơ giao ai chủ trì",
    "kinh phí thực hiện kế hoạch",
    "tỷ lệ dịhc vụ công trực tuyến",
    "keer hoachj phòng chống ma túy",
]


@pytest.fixture(scope="module")
def both(shared, cluster, opened, encoding, tmp_path_factory):
    from corpus.load import load, walk

    paths = [p for p in walk([shared / "documents"]) if p.name != "manifest.json"]
    documents = sorted((load(p) for p in paths[:60:4]), key=lambda d: d.id)
    embedded = opened(EmbeddedIndexes(tmp_path_factory.mktemp("index")), documents, encoding)
    return embedded, opened(cluster(), documents, encoding)


@pytest.fixture(scope="module")
def questions(shared):
    lines = (shared / "retrieval" / "dev.jsonl").read_text("utf-8").splitlines()[:40]
    return [*ASKED, *(json.loads(line)["question"] for line in lines)]


def best(index, question, exact):
    index.exact = exact
    return [(h.passage.document, h.passage.start, h.score, h.parts) for h in index.search(question, 10)]


def test_all_scored_the_ten_best_are_the_same(both, questions):
    embedded, cluster = both
    for question in questions:
        ours, theirs = best(embedded, question, True), best(cluster, question, True)
        assert [h[:2] for h in theirs] == [h[:2] for h in ours], question
        for one, other in zip(ours, theirs, strict=True):
            assert other[2] == pytest.approx(one[2], abs=1e-4)
            assert other[3] == pytest.approx(one[3], abs=1e-2)


@pytest.mark.parametrize(("budget", "least"), [(10_000, 0.99), (150, 0.95)])
def test_led_by_words_and_graph_nearly_all_of_the_ten_best_are_the_same(both, questions, budget, least):
    """Where the budget covers all passages only the graph leads; a small one makes words lead as in a large index."""
    _, cluster = both
    cluster.budget = budget
    same = total = 0
    for question in questions:
        exact, led = ({h[:2] for h in best(cluster, question, e)} for e in (True, False))
        same, total = same + len(exact & led), total + len(exact)
    assert same / total >= least


def test_a_filter_that_allows_few_is_scored_whole(both, questions):
    """What few allowed passages have is found even where the rarest terms of the question lead elsewhere."""
    from indexer.search import Filter

    embedded, cluster = both
    cluster.exact = False
    one = sorted(cluster.sources.versions())[7]
    assert 20 < sum(s.passages for s in cluster.sources if s.id == one) < 150 < len(cluster)
    cluster.budget = 150
    for question in questions[::4]:
        ours, theirs = (i.search(question, 10, Filter(documents=(one,))) for i in (embedded, cluster))
        assert [(h.passage.document, h.passage.start) for h in theirs] == [
            (h.passage.document, h.passage.start) for h in ours
        ], question


def test_the_graph_finds_nearly_all_of_the_nearest(both, questions):
    _, cluster = both
    found = 0
    for question in questions:
        cluster.exact = True
        nearest = set(cluster.nearest(question, 10))
        cluster.exact = False
        found += len(nearest & set(cluster.nearest(question, 10)))
    assert found / (10 * len(questions)) >= 0.95
