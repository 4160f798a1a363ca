"""What holds for the structure of any text whatsoever."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import canonicalise
from corpus.structure import provisions

_STARTS = [
    "Phần thứ hai", "PHẦN I", "Chương II", "Mục 3", "Tiểu mục 1", "Điều 4.", "Điều 5. 1. a)", "IV.", "B.", "2.", "2.1.",
    "2.1.3", "c)", "đ)", "(ii)", "(3)", "a.1)", "-", "–", "+", "•", "*", "|", "| 1 | x |", "1 | x", "PHỤ LỤC II", "Phụ lục",
    "Mẫu số 02", "Số: 7/QĐ-UBND", "Nơi nhận:", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Văn Tám", "“Điều 9.", "”.", "\"", "",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Căn cứ", "(Kèm theo", "QUY CHẾ", "như sau:", "Sửa đổi như sau:", "/.", "\t\t",
]  # fmt: skip
_WORDS = st.sampled_from(
    [" a) một; b) hai", " nội dung:", " Nội dung;", " xong.", " - Một; - Hai", "", " (i) x; (ii) y", "   "]
)
_LINES = st.lists(st.tuples(st.sampled_from(_STARTS), _WORDS).map("".join), max_size=40).map("\n".join)


def _check(text: str) -> None:
    found = provisions(text)
    parents = {p.parent for p in found}
    at = 0
    for place, provision in enumerate(found):
        assert len(provision.span) > 0
        if provision.parent is not None:
            assert provision.parent < place
            assert found[provision.parent].span.holds(provision.span)
        if place not in parents:
            assert provision.span.start == at
            at = provision.span.end
    assert at == len(text)
    starts = [p.span.start for p in found]
    assert starts == sorted(starts)


@given(st.text(max_size=400))
def test_leaves_tile_any_characters(text):
    _check(text)


@given(_LINES)
def test_leaves_tile_any_order_of_units(text):
    _check(canonicalise(text)[0])


@given(_LINES, _LINES)
def test_what_was_read_twice_is_the_same(one, two):
    assert provisions(one + two) == provisions(one + two)


@pytest.mark.shared
def test_leaves_tile_every_real_document(shared):
    paths = sorted((shared / "documents").glob("*.txt"))
    assert paths
    for path in paths:
        _check(canonicalise(path.read_text(encoding="utf-8"))[0])


@pytest.mark.parametrize(
    "line",
    [
        "“",
        "“Điều 1. x\n",
        "a) x: ",
        "1.\n",
        "| a |\n",
        " ",
        "- ",
        "Điều 1.\n",
        "a):\n",
        "(i) ",
        "Sửa đổi như sau:\nĐiều 9.\n",
        "\t",
        "x : ",
    ],
)
def test_time_is_linear_in_hostile_repetition(line):
    def seconds(size):
        text = canonicalise(line * (size // len(line)))[0]
        start = time.process_time()
        provisions(text)
        return time.process_time() - start

    assert seconds(120_000) < 12 * seconds(30_000) + 0.5
