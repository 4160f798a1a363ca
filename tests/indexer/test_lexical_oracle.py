"""The mapped tables against BM25F written out as its definition reads."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.lexical import CHANNELS, Field, Lexical, Weights, terms
from indexer.tables import Entry, write
from indexer.words import bare, syllables, words

WEIGHTS = Weights(
    saturation=1.4, context=Field(2.0, 0.3), text=Field(1.0, 0.8), accented=(1.0, 0.7, 0.4, 0.2, 0.1, 2.0)
)
SYLLABLE = st.sampled_from(
    [
        "cấp",
        "nước",
        "sạch",
        "cho",
        "xã",
        "đảo",
        "vùng",
        "cao",
        "mạng",
        "lưới",
        "điện",
        "tử",
        "95",
        "2031",
        "cap",
        "nuoc",
    ]
)
TEXT = st.lists(SYLLABLE, max_size=12).map(" ".join)
PASSAGES = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8)


def entry(text: str) -> Entry:
    return Entry(text, words(text))


def channels(text: str) -> list[list[object]]:
    accented, plain = syllables(text), syllables(bare(text))
    return [
        words(text),
        accented,
        list(pairwise(accented)),
        plain,
        list(pairwise(plain)),
    ]


def oracle(query: str, passages: list[tuple[str, str]], shares: tuple[float, ...]) -> list[float]:
    total = [0.0] * len(passages)
    for i, (heading, _) in enumerate(passages):
        covered = [syllable in syllables(bare(query)) for syllable in syllables(bare(heading))]
        total[i] += shares[-1] * sum(covered) / (len(covered) or 1)
    for channel, share in enumerate(shares[:-1]):
        fields = [[channels(p[f])[channel] for p in passages] for f in (0, 1)]
        means = [sum(map(len, field)) / len(field) or 1 for field in fields]
        for term in set(channels(query)[channel]):
            heard = [
                sum(
                    how.weight * Counter(field[i])[term] / (1 - how.length + how.length * len(field[i]) / mean)
                    for how, field, mean in zip((WEIGHTS.context, WEIGHTS.text), fields, means, strict=True)
                )
                for i in range(len(passages))
            ]
            df = sum(h > 0 for h in heard)
            rarity = log(1 + (len(passages) - df + 0.5) / (df + 0.5))
            k = WEIGHTS.saturation
            for i, h in enumerate(heard):
                total[i] += share * rarity * h * (k + 1) / (k + h)
    return total


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(passages=PASSAGES, query=TEXT)
def test_scores_are_those_of_the_definition(tmp_path_factory, passages, query):
    directory = tmp_path_factory.mktemp("tables")
    write(directory, [entry(c) for c, _ in passages], [entry(t) for _, t in passages], WEIGHTS)
    found = Lexical(directory, len(passages), WEIGHTS)
    plain = bool(query) and not any(c != bare(c) for c in query) and any(s.isalpha() for s in query.split())
    if plain:
        return
    np.testing.assert_allclose(found.scores(query), oracle(query, passages, WEIGHTS.accented), rtol=2e-3, atol=1e-3)


def test_a_query_without_diacritics_finds_what_the_accented_one_finds(tmp_path):
    texts = ["cấp nước sạch nông thôn", "cáp viễn thông", "cắp sách tới trường", "đo mưa tự động"]
    write(tmp_path, [entry("")] * 4, [entry(t) for t in texts], WEIGHTS)
    found = Lexical(tmp_path, 4, WEIGHTS)
    assert int(found.scores("cap nuoc sach").argmax()) == int(found.scores("cấp nước sạch").argmax()) == 0
    assert int(found.scores("do mua tu dong").argmax()) == 3


def test_an_empty_index_scores_nothing(tmp_path):
    write(tmp_path, [], [], WEIGHTS)
    assert Lexical(tmp_path, 0, WEIGHTS).scores("cấp nước").shape == (0,)


@pytest.mark.parametrize("query", ["", "?!", "zzz"])
def test_unknown_terms_score_zero(tmp_path, query):
    write(tmp_path, [entry("")], [entry("cấp nước")], WEIGHTS)
    assert Lexical(tmp_path, 1, WEIGHTS).scores(query).tolist() == [0.0]


def test_each_channel_has_its_share():
    assert len(terms("cấp nước")) == len(CHANNELS) == len(Weights().accented) == len(Weights().plain)


@given(st.text(st.sampled_from("kỹkĩlýthủyhòaquýđĐ THUỶ hy1/.")))
def test_terms_without_diacritics_are_those_of_the_text_without_diacritics(text):
    ours, plain = terms(text), terms(bare(text))
    assert ours[3].tolist() == plain[3].tolist() == plain[1].tolist()
