from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.features import FEATURES, Rarity, _at_once, _line_by_line, features
from indexer.words import bare, syllables, unaccented

COUNTS = {"hồ": 30, "cá": 12, "trồng": 40, "rừng": 25, "hộ": 60, "nước": 55, "sạch": 20, "là": 90, "gì": 3, "ao": 2}
RARITY = Rarity(COUNTS, 100)
WORDS = st.sampled_from(["hồ", "cá", "trồng", "rừng", "hộ", "nước", "sạch", "là", "gì", "ao", "7", "a", "bè"])
LINES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
HEADINGS = st.one_of(st.just(""), st.lists(LINES, min_size=1, max_size=2).map("\n".join))


def table(query, candidates, rarity=RARITY):
    n = len(candidates)
    scores = np.arange(n, 0, -1, dtype=np.float32)
    made = features(query, candidates, scores, scores / 10, rarity)
    assert made.shape == (n, len(FEATURES))
    assert made.dtype == np.float32
    assert np.isfinite(made).all()
    return {name: made[:, at] for at, name in enumerate(FEATURES)}


def weight(terms):
    return float(RARITY.of(list(terms), plain=False).sum())


def runs(asked, lines, opening=False):
    """All runs of the question found in the lines, the obvious way."""
    for line in lines:
        label = len(line) > 1 and (line[0][0].isdigit() or len(line[0]) == 1)
        for start in range(len(line)):
            if opening and start != int(label):
                continue
            for length in range(1, len(line) - start + 1):
                piece = line[start : start + length]
                if any(asked[at : at + length] == piece for at in range(len(asked))):
                    yield piece


@settings(max_examples=150, deadline=None)
@given(LINES, st.lists(st.tuples(HEADINGS, TEXTS), min_size=1, max_size=4))
def test_each_share_is_that_of_the_obvious_count(query, candidates):
    assume(not unaccented(query))
    found = table(query, candidates)
    asked = syllables(query)
    total = weight(set(asked))
    pairs = set(pairwise(asked))
    pair_total = sum(weight(p) for p in pairs)
    for row, (heading, text) in enumerate(candidates):
        lines = [syllables(line) for line in text.split("\n")]
        held = {term for line in lines for term in line}
        head = set(syllables(heading))
        assert found["text_coverage"][row] == pytest.approx(weight(set(asked) & held) / total, abs=1e-5)
        assert found["coverage"][row] == pytest.approx(weight(set(asked) & (held | head)) / total, abs=1e-5)
        best = max(weight(set(asked) & set(line)) for line in lines)
        assert found["clause_coverage"][row] == pytest.approx(best / total, abs=1e-5)
        here = {p for line in lines for p in pairwise(line)}
        if pairs:
            assert found["text_pairs"][row] == pytest.approx(sum(map(weight, pairs & here)) / pair_total, abs=1e-5)
        heaviest = max((sum(weight([t]) for t in run) for run in runs(asked, lines)), default=0)
        assert found["text_run"][row] == pytest.approx(heaviest / total, abs=1e-4)
        opened = max((sum(weight([t]) for t in run) for run in runs(asked, lines, opening=True)), default=0)
        assert found["opening_run"][row] == pytest.approx(opened / total, abs=1e-4)
        assert found["text_run_length"][row] == max(map(len, runs(asked, lines)), default=0)
        digits = sum(term[0].isdigit() for line in lines for term in line)
        assert found["numbers"][row] == pytest.approx(digits / sum(map(len, lines)), abs=1e-5)
        assert found["text_length"][row] == sum(map(len, lines))
        narrow = set(syllables(heading.rsplit("\n", 1)[-1]))
        share = weight(narrow & set(asked)) / weight(narrow) if narrow else 0
        assert found["heading_asked"][row] == pytest.approx(share, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(LINES, st.lists(st.tuples(HEADINGS, TEXTS), min_size=2, max_size=4))
def test_a_candidate_counts_the_same_whoever_stands_beside_it(query, candidates):
    whole, alone = table(query, candidates), table(query, candidates[:1])
    for name in set(FEATURES) - {"lexical", "dense"}:
        if not name.endswith("_behind"):
            assert whole[name][0] == pytest.approx(alone[name][0], abs=1e-5), name


def test_terms_far_apart_are_not_near():
    close, far = "cá hồ", "cá " + "bè " * 60 + "hồ"
    found = table("hồ cá", [("", close), ("", far)])
    assert found["near_coverage"].tolist() == pytest.approx([1, weight(["cá"]) / weight(["cá", "hồ"])])
    assert found["coverage"].tolist() == pytest.approx([1, 1])
    assert found["near_coverage_behind"][1] < 0 == found["near_coverage_behind"][0]


def test_a_question_without_diacritics_counts_as_one_with_them():
    candidates = [("Trồng rừng", "1. Hộ trồng rừng ven hồ.\n2. Nước sạch."), ("", "Cá bè.")]
    typed, plain = table("Trồng rừng là gì", candidates), table(bare("Trồng rừng là gì"), candidates)
    for name in ("coverage", "heading_coverage", "opening_run", "clause_coverage"):
        assert (typed[name] > 0).tolist() == (plain[name] > 0).tolist()
    assert plain["asks_meaning"].all()
    assert typed["asks_meaning"].all()


def test_the_same_words_in_all_capitals_and_with_marks_count_the_same():
    plain = table("hộ nước sạch", [("", "hộ có nước sạch")])
    loud = table("HỘ, NƯỚC SẠCH?", [("", "Hộ; có: NƯỚC sạch!")])
    assert {n: v.tolist() for n, v in plain.items()} == {n: v.tolist() for n, v in loud.items()}


@pytest.mark.parametrize("query", ["?", "...", "7", "a", "hồ"])
def test_odd_questions_and_empty_texts_give_finite_numbers(query):
    table(query, [("", ""), ("", "\n\n"), ("hồ", "7"), ("\n", "hồ\n\nhồ")])


def test_rare_syllables_weigh_more_and_unknown_ones_most():
    rare, common, unknown = RARITY.of(["ao", "là", "zzz"], plain=False)
    assert unknown > rare > common > 0
    assert re.fullmatch("[a-z]+", bare("hồ"))
    assert RARITY.of(["ho"], plain=True)[0] < RARITY.of(["hồ"], plain=False)[0]


CUT = st.text(alphabet="hòaúyqkYmiđ25.,_ \n-\u0301Σİ", max_size=30)


@settings(max_examples=400, deadline=None)
@given(CUT | TEXTS, st.booleans())
def test_a_text_cut_at_once_is_cut_as_line_by_line(text, plain):
    text = bare(text) if plain else text
    fast, slow = _at_once(text), _line_by_line(text)
    if fast is None:
        return
    assert (fast.length, fast.numbers) == (slow.length, slow.numbers)
    for one, other in ((fast.terms, slow.terms), (fast.lines, slow.lines), (fast.opening, slow.opening)):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize("text", ["Hoà quý 1.000 m2, 5kỳ", "", "a) Uỷ ban\n2. Kỹ thuật"])
def test_common_texts_are_cut_at_once(text):
    assert _at_once(text) is not None
