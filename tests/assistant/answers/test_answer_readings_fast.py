"""The fast ways of reading a document against slow and plain ones."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answers.bags import Run, words_in, words_of
from assistant.answers.normalise import bare_words, forms, tokens
from assistant.answers.reading import read
from assistant.answers.sentences import PLAIN, TITLE, Line, lines
from corpus.document import Document

LINES = (
    "Chương I",
    "QUY ĐỊNH VỀ TRẠI ONG",
    "Điều 4. Điều kiện đặt trại",
    "1. Trại ong cách đường 50 m; có biển báo.",
    "a) Chủ trại làm những việc sau:",
    "- Ghi sổ;",
    "- Giữ tổ cách ly",
    "+ Báo thú y xã.",
    "Các trại cũ:",
    "Có nguồn nước, 02 bể.",
    "| TT | Số tổ |",
    "",
    "   ",
    "CNTT-TT của trại 1.200 m2",
)
TEXTS = st.lists(st.sampled_from(LINES), max_size=14).map("\n".join)


def _plainly(text: str) -> list[Line]:
    """The lines with what governs them, worked out anew for each line from all lines before it."""
    cut = lines(text)
    out: list[Line] = []
    for at in range(len(cut)):
        line = cut[at]
        stack: list[tuple[int, tuple[int, int]]] = []
        for other in (cut[i] for i in range(at)):
            stack = _left(text, stack, other.rank)
            stack += [(other.rank, (other.start, other.end))] if other.rank < PLAIN else []
        above = [span for _, span in _left(text, stack, line.rank)]
        out.append(line._replace(above=tuple(above)))
    return out


def _left(text: str, stack: list[tuple[int, tuple[int, int]]], rank: int) -> list[tuple[int, tuple[int, int]]]:
    def ended(span: tuple[int, int]) -> bool:
        line = text[slice(*span)]
        return line.endswith((".", ";")) or len(line) > 150

    return [(r, s) for r, s in stack if r < rank and not (rank == PLAIN and r >= 9 and ended(s))]


@given(st.lists(st.sampled_from([one for one in LINES if one != "Các trại cũ:"]), max_size=14).map("\n".join))
def test_headings_above_a_line_are_those_of_the_obvious_way(text: str) -> None:
    ranks = [line.rank for line in lines(text)]
    assume((TITLE, TITLE) not in list(pairwise(ranks)))
    assert list(lines(text)) == _plainly(text)


@given(TEXTS)
def test_lines_in_columns_are_lines(text: str) -> None:
    cut = lines(text)
    listed = list(cut)
    assert listed == [cut[i] for i in range(len(cut))]
    assert cut.leading() == {span for line in listed for span in line.above}
    for start in range(0, len(text), 3):
        for end in (start, start + 1, start + 40):
            touched = [i for i, line in enumerate(listed) if line.start < end and line.end > start]
            assert list(cut.touching(start, end)) == touched


@given(TEXTS)
def test_a_run_gives_back_its_tokens(text: str) -> None:
    cut = tokens(text)
    run = Run(cut)
    assert list(run) == cut
    assert (run.keys, run.bares) == (tuple(t.key for t in cut), tuple(t.bare for t in cut))
    assert len(run) == len(cut)


def test_words_from_forms_are_words_from_tokens() -> None:
    text = "Chủ trại nộp 02 bộ hồ sơ cho UBND xã, ông Lê Thị Sen ký QĐ."
    assert words_in(forms(text)) == words_of(tokens(text))
    assert bare_words(text) == words_of(tokens(text)).bares


@given(TEXTS)
def test_units_have_the_words_of_their_characters(text: str) -> None:
    if not text.strip():
        return
    reading = read(Document(id="d", text=text, sha256="0"))
    for unit in reading.units(range(len(reading.lines))):
        alone = tokens(text[unit.start : unit.end], unit.start)
        assert list(unit.words) == alone
        assert unit.own == words_of(alone)
        for span in unit.leads:
            assert reading.words(span) == words_of(tokens(text[slice(*span)]))


def test_a_title_is_told_from_a_plain_line() -> None:
    ranks = [line.rank for line in lines("QUY ĐỊNH VỀ TRẠI ONG\nTrại ong đặt xa nhà.")]
    assert ranks == [TITLE, PLAIN]
