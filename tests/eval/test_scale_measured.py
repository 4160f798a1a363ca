"""What the scale table is made of: articles in any number, built and asked on both sides, with the same answers."""

from __future__ import annotations

import json

import pytest

from corpus.errors import InputError
from eval import budgets, scale
from eval.articles import Articles, Longest, compounds, thinned
from eval.scaled import Task, ask_cluster, ask_embedded, build_cluster, build_embedded, recall, taken
from indexer.generation import current
from indexer.passages import passages

PLACES = ("Sơn Hạ", "Bản Lầu", "Mường So", "Cồn Bửng", "Khe Tre")
SIZE = 90


def sentence(i):
    return f"Xã {PLACES[i % 5]} {i} được cấp {i * 7 % 61} cây giống; tổ bảo vệ rừng số {i} nhận khoán {i * 3 % 17} ha ven suối."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("scale") / "corpus.jsonl"
    lines = ({"id": f"rung/{i:02}", "title": f"Giao rừng đợt {i}", "text": sentence(i)} for i in range(40))
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def queries(corpus):
    path = corpus.with_name("queries.jsonl")
    asked = ({"qid": str(i), "question": f"Xã {PLACES[i % 5]} {i} được cấp mấy cây giống", "relevant": [f"rung/{i:02}"]}
             for i in range(0, 40, 4))  # fmt: skip
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked), "utf-8")
    return path


@pytest.fixture(scope="module")
def articles(corpus):
    path = corpus.with_name("articles.db")
    Articles.write(path, corpus, SIZE)
    return path


@pytest.fixture(scope="module")
def cache(corpus, tmp_path_factory):
    """An index of the corpus, as `chitieu eval retrieval --cache` leaves one."""
    home = tmp_path_factory.mktemp("cache")
    path = corpus.with_name("own.db")
    Articles.write(path, corpus, 40)
    build_embedded(home, Task(path, corpus, None, 1, 1))
    return home


def test_articles_make_the_size_and_none_is_another_again(articles):
    kept = Articles(articles)
    versions = list(kept.versions())
    read = [kept.read(version.id) for version in versions]
    assert sum(len(passages(document)) for document in read) == SIZE
    assert [v.id for v in versions] == sorted({v.id for v in versions})
    assert len({v.sha256 for v in versions}) == len(versions)
    assert [v.sha256 for v in versions] == [document.sha256 for document in read]
    assert max(len(v.id) for v in versions) == len("rung/00 (3)")


def test_a_copy_leaves_one_word_in_ten_out():
    text = sentence(3) + "\n" + sentence(4)
    first, second = thinned(text, 1), thinned(text, 2)
    assert first != second
    assert len(first.split()) == len([i for i in range(len(text.split())) if i % 10 != 1])
    assert first.count("\n") == 1


def test_an_empty_corpus_is_refused(tmp_path):
    (tmp_path / "none.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError, match="không có văn bản"):
        Articles.write(tmp_path / "a.db", tmp_path / "none.jsonl", 5)


def test_words_are_the_longest_that_are_known():
    cut = Longest(frozenset({"cây_giống", "tổ_bảo_vệ", "bảo_vệ_rừng", "bảo_vệ"}))
    assert list(cut.words(["Tổ bảo vệ rừng, cây giống.", ""])) == [["tổ_bảo_vệ", "rừng", "cây_giống"], []]


def test_both_sides_are_built_and_find_the_same(articles, queries, cache, postgres, tmp_path):
    task = Task(articles, queries, cache, 10, 6)
    home = tmp_path / "home"
    one = build_embedded(home, task)
    assert one.passages == SIZE
    known = compounds(current(home) / "words.txt")
    assert known
    assert known <= compounds(current(cache) / "words.txt")
    url = postgres()
    other = build_cluster(url, task)
    assert other.passages == SIZE
    assert min(other.cpu, other.seconds, other.builder, one.builder_own) > 0
    ours, theirs, whole = ask_embedded(home, task), ask_cluster(url, task, False), ask_cluster(url, task, True)
    assert len(theirs.milliseconds) == len(theirs.own) == 10
    assert len(whole.best) == 6
    assert [set(b) for b in whole.best] == [set(b) for b in ours.best[:6]]
    assert scale._agreed(ours.best, theirs.best) >= 0.95
    assert recall(url, task) >= 0.95
    assert taken(url) > 100_000
    rows = list(budgets.run(url, queries, (3, 10_000), 6))
    assert [row.budget for row in rows] == [3, 10_000]
    assert rows[1].agreed >= 0.95
    assert len(budgets.show(rows).splitlines()) == 3


def test_rows_are_shown_as_a_table_and_as_json():
    row = scale.Row(
        backend="cluster", passages=90, seconds=1, cpu=1, builder=2_000_000, builder_own=1_000_000, asker=1, disk=1,
        p50=1, p95=1, own_p50=1, own_p95=1, cpu_asked=2.5, questions=3, agreed=0.975, recall=1,
    )  # fmt: skip
    lines = scale.show([row], as_json=True).splitlines()
    assert "0.975" in lines[1]
    assert json.loads(lines[2])[0]["cpu_asked"] == 2.5
    assert scale.parsed("10, 30") == [10, 30]
    with pytest.raises(InputError, match="ví dụ"):
        scale.parsed("10k")
