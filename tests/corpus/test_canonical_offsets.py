"""Canonical text is NFC with one line feed a line, and every span of it leads back to the raw characters."""

from __future__ import annotations

import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import OffsetMap, canonicalise
from corpus.document import Span

_HARD = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "aeiouyAEIOUYăâđêôơưĐ\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\r\n\x85\u2028\x0b\u212b\u1100\u1161\u11a8"
        ),
    ),
    max_size=30,
)


def _plain(raw: str) -> str:
    return unicodedata.normalize("NFC", re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", raw))


def _boundaries(text: str) -> list[int]:
    """Offsets before which nothing combines with what follows, found by trying."""
    at = [0]
    for k in range(1, len(text) + 1):
        halves = unicodedata.normalize("NFD", text[:k]), unicodedata.normalize("NFD", text[k:])
        if "".join(halves) == unicodedata.normalize("NFD", text) and _plain(text[:k]) + _plain(text[k:]) == text:
            at.append(k)
    return at


@given(_HARD)
def test_canonical_text_is_nfc_with_line_feeds(raw):
    text, _ = canonicalise(raw)
    assert text == _plain(raw)


@given(_HARD)
def test_spans_lead_back_to_the_raw_characters(raw):
    text, back = canonicalise(raw)
    assert back.span(Span(start=0, end=len(text))) == Span(start=0, end=len(raw))
    bounds = _boundaries(text)
    for a, b in pairwise(bounds):
        span = back.span(Span(start=a, end=b))
        assert _plain(span.of(raw)) == text[a:b]


@given(_HARD)
def test_canonical_text_is_a_fixed_point(raw):
    text, _ = canonicalise(raw)
    again, back = canonicalise(text)
    assert again == text
    assert [back.start(k) for k in range(len(text) + 1)] == list(range(len(text) + 1))


@given(st.text(alphabet="aàảãáạăằđĐớợ \n", max_size=60))
def test_decomposed_vietnamese_round_trips(text):
    raw = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    found, back = canonicalise(raw)
    assert found == text
    for k, character in enumerate(text):
        span = back.span(Span(start=k, end=k + 1))
        assert unicodedata.normalize("NFC", span.of(raw)).replace("\r\n", "\n") == character


def test_maps_follow_one_another():
    middle, first = canonicalise("a\r\nbo\u0300 c")
    _, second = canonicalise(middle)
    both = second.then(first)
    assert [both.start(k) for k in range(len(middle) + 1)] == [first.start(k) for k in range(len(middle) + 1)]
    shifted = OffsetMap([(0, 0), (2, 3)], 5, 6)
    chained = shifted.then(OffsetMap([(0, 0), (3, 5)], 6, 8))
    assert [chained.start(k) for k in range(6)] == [0, 1, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "piece", ["Ủy ban nhân dân tỉnh họp.\n", "\u0301\u0323", "e\u0302\u0323x", "\u0301", "a\u0323\u0301"]
)
def test_decomposed_text_is_read_in_linear_time(piece):
    raw = unicodedata.normalize("NFD", piece) * (400_000 // len(piece))
    start = time.process_time()
    text, _ = canonicalise(raw)
    assert time.process_time() - start < 4
    assert len(text) <= len(raw)
