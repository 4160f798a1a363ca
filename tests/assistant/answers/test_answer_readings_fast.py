"""The fast ways of reading a document against slow and plain ones."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answers.bags import Run, words_in, words_of
from assistant.answers.figures import IN_WORDS, Figure, figures, years
from assistant.answers.normalise import bare_words, bares, forms, tokens
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.reading import read
from assistant.answers.segments import alike, bracket, part
from assistant.answers.sentences import PLAIN, TITLE, Line, clauses, lines
from assistant.answers.unit import Unit
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


WRITTEN = st.text(alphabet="aáAđ15.,_-/ ()\nTNC;", max_size=40)
"""Words, numbers, the letters of an abbreviation and what parts them."""


@given(WRITTEN | TEXTS, st.integers(0, 9))
def test_words_read_at_once_are_the_tokens_with_their_places(text: str, start: int) -> None:
    cut = tokens(text[start:], start)
    run = Run.of(text, start, len(text))
    assert run.words() == words_of(cut)
    assert (list(run.keys), list(run.bares), len(run)) == ([t.key for t in cut], [t.bare for t in cut], len(cut))
    assert list(bares(text[start:])) == [t.bare for t in cut]
    assert list(run) == cut
    assert run.pairs() == {(a.bare, b.bare) for a, b in pairwise(cut)}


@given(WRITTEN, st.integers(0, 40), st.integers(0, 40))
def test_a_part_of_a_run_is_told_by_its_places(text: str, low: int, high: int) -> None:
    cut, run = tokens(text), Run.of(text, 0, len(text))
    assert list(run.within(low, high)) == [t.bare for t in cut if low <= t.start < high]
    assert list(run.until(high)) == [t.bare for t in cut if t.end <= high]
    first, last = min(low, high), max(low, high)
    assert list(run.part(first, last)) == cut[first:last]


def test_words_are_the_same_whichever_of_them_is_asked_for_first() -> None:
    made = words_in(forms("Hoà và hòa"))
    assert made.keyed.split() == ["hoa1", "va1", "hoa1"]
    assert (made.keys, made.bares, made.bare) == (frozenset(("hoa1", "va1")), frozenset(("hoa", "va")), " hoa va hoa ")
    assert made == words_in(forms("hoà và HÒA"))
    assert made != words_in(forms("hoá và hòa"))
    assert len({made, words_in(forms("hòa và hoà"))}) == 1


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
        assert unit.pairs >= {(a.bare, b.bare) for a, b in pairwise(alone)}
        assert unit.years == years(text[unit.start : unit.end])
        own = [f._replace(start=f.start + unit.start, end=f.end + unit.start, lead=f.lead + unit.start)
               for f in figures(text[unit.start : unit.end])]  # fmt: skip
        assert unit.figures == own
        for span in unit.leads:
            assert reading.words(span) == words_of(tokens(text[slice(*span)]))


def test_a_short_clause_on_a_deadline_has_the_pairs_of_the_sentence_before() -> None:
    text = "Xã lập sổ theo dõi đàn ong. Hoàn thành trong tháng 5."
    reading = read(Document(id="d", text=text, sha256="0"))
    last = list(reading.units([0]))[-1]
    assert text[last.start : last.end] == "Hoàn thành trong tháng 5."
    assert {("dan", "ong"), ("thang", "5")} <= last.pairs
    assert ("dan", "ong") not in last.words.pairs()


def test_a_row_takes_its_year_from_the_nearest_row_above_that_names_one() -> None:
    text = "| TT | Năm 2024 | Tổng |\n| I | Trại ong năm 2026 |\n| 1 | Trại A | 12 |\n| II | Trại khác |\n| 2 | B | 9 |"
    reading = read(Document(id="d", text=text, sha256="0"))
    assert [unit.years_above for unit in reading.units([2, 4])] == [{2026}, {2024}]


@given(
    st.lists(
        st.sampled_from(["(", ")", "nam 8%", ", nữ 9%", " và trẻ 7%", "; bò 3 con", " (hai)", " đạt 5%"]), max_size=9
    )
)
def test_what_is_kept_of_the_figures_of_a_clause_is_what_is_found_anew(pieces: list[str]) -> None:
    text = "Đàn giảm " + "".join(pieces)
    for unit in read(Document(id="d", text=text, sha256="0")).units([0]):
        for figure in unit.figures:
            others = alike(unit, figure)
            fresh = replace(unit, brackets={}, parts={})
            assert bracket(text, unit, figure) == bracket(text, unit, figure) == _open_bracket(text, unit, figure)
            assert part(text, unit, figure, others) == part(text, fresh, figure, others)


def _open_bracket(text: str, unit: Unit, figure: Figure) -> int:
    """Where the bracket stands that is open before a figure, told by going through the letters."""
    opened: list[int] = []
    before = re.sub(IN_WORDS, lambda m: "_" * len(m[0]), text[unit.start : figure.lead], flags=re.IGNORECASE)
    for at, letter in enumerate(before, start=unit.start):
        if letter == "(":
            opened.append(at)
        elif letter == ")" and opened:
            opened.pop()
    return opened[-1] if opened else -1


def test_a_pattern_is_sought_once_in_the_words_of_a_question() -> None:
    asked = Typed(tokens("Trại ong được mấy tổ?"), False)
    how_many = Phrase(r"(bao nhiêu|mấy) \S+")
    assert how_many.all(asked) == [(3, 5)]
    how_many.all(asked).clear()
    assert how_many.find(asked) == (3, 5)
    assert asked in how_many
    assert asked not in Phrase(r"bao nhiêu")
    seen: list[Typed] = []
    assert [asked.once(seen.append), asked.once(seen.append)] == [None, None]
    assert seen == [asked]


@given(TEXTS)
def test_a_line_is_found_by_its_first_letter(text: str) -> None:
    cut = lines(text)
    starts = [line.start for line in cut]
    assert [cut.place(at) for at in range(len(text) + 1)] == [
        starts.index(at) if at in starts else len(cut) for at in range(len(text) + 1)
    ]


@given(st.text(alphabet="ab ;()", max_size=20))
def test_clauses_end_at_semicolons_outside_of_brackets(text: str) -> None:
    depth, pieces = 0, [""]
    for letter in text:
        depth += (letter == "(") - (letter == ")" and depth > 0)
        pieces = [*pieces, ""] if letter == ";" and depth == 0 else [*pieces[:-1], pieces[-1] + letter]
    found = [text[c.start : c.end] for line in lines(text) for c in clauses(text, line)]
    assert found == [piece.strip() for piece in pieces if piece.strip()]


def test_a_title_is_told_from_a_plain_line() -> None:
    ranks = [line.rank for line in lines("QUY ĐỊNH VỀ TRẠI ONG\nTrại ong đặt xa nhà.")]
    assert ranks == [TITLE, PLAIN]
