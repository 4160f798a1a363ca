from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import bare, bare_words, forms, is_bare, key, tokens
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.question import Kind, understand


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("quản lí", "quản lý"), ("kĩ thuật", "kỹ thuật"), ("UỶ", "ủy")]
)
def test_both_spellings_of_a_syllable_have_one_key(one: str, other: str) -> None:
    assert [key(w) for w in one.split()] == [key(w) for w in other.split()]


def test_abbreviations_are_written_out_at_their_place() -> None:
    words = tokens("DVCTT của UBND")
    assert " ".join(w.bare for w in words) == "dich vu cong truc tuyen cua uy ban nhan dan"
    assert {(w.start, w.end) for w in words[:5]} == {(0, 5)}


@given(st.text(max_size=200))
def test_the_fast_ways_agree_with_the_slow_one(text: str) -> None:
    words = tokens(text)
    assert forms(text) == [(w.key, w.bare) for w in words]
    assert bare_words(text) == {w.bare for w in words}
    assert all(0 <= w.start < w.end <= len(text) for w in words)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ", min_size=1, max_size=8))
def test_bare_forms_have_no_marks_left(word: str) -> None:
    assert bare(bare(word)) == bare(word)
    assert bare(word).isascii()


def test_text_without_diacritics_is_told() -> None:
    assert is_bare("bao nhieu phan tram ho ngheo")
    assert not is_bare("bao nhiêu phần trăm hộ nghèo")


@pytest.mark.parametrize("text", ["bao nhiêu phần trăm hộ nghèo", "bao nhieu phan tram ho ngheo"])
def test_one_pattern_reads_both_ways_of_typing(text: str) -> None:
    assert Phrase("bao nhiêu phần trăm").find(Typed(tokens(text), is_bare(text))) == (0, 4)


def test_a_typo_is_taken_for_the_word_that_goes_with_its_neighbours() -> None:
    lexicon = Lexicon.of(["hệ thống thông tin đất đai và hệ thống cảnh báo lũ"] * 3)
    question = understand("Bao nhiêu hệ thốg thông tin được nâng cấp?", lexicon)
    assert "thong" in [t.word.bare for t in question.terms]


KINDS = [
    ("Bao nhiêu phần trăm hộ dùng nước máy?", Kind.PERCENT),
    ("Kinh phí là bao nhiêu tỷ đồng?", Kind.MONEY),
    ("Xây mới mấy nhà máy nước?", Kind.COUNT),
    ("Tổng công suất là bao nhiêu?", Kind.FIGURE),
    ("Kế hoạch có hiệu lực từ khi nào?", Kind.DATE),
    ("Những loài cây nào được ưu tiên?", Kind.LIST),
    ("Cơ quan nào chủ trì?", Kind.WHO),
    ("Nghị định nào quy định việc này?", Kind.DOCUMENT),
    ("Hai kế hoạch khác nhau thế nào?", Kind.COMPARISON),
    ("Xã có phải báo cáo hằng năm không?", Kind.YESNO),
    ("Mục tiêu tổng quát là gì?", Kind.TEXT),
    ("xay moi may nha may nuoc", Kind.COUNT),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_of_a_question_is_understood(text: str, kind: Kind) -> None:
    assert understand(text, Lexicon()).kind is kind


def test_counts_are_made_of_a_share_of_every_text() -> None:
    lexicon = Lexicon.of(["nuôi cua biển " * 100, "trồng sâm núi " * 100], limit=300, count=2)
    assert lexicon.knows(key("cua"))
    assert lexicon.knows(key("sâm"))
    assert not lexicon.whole


def test_a_word_spelled_as_none_is_put_right_though_short_and_one_spelled_well_is_left_where_not_all_was_read() -> None:
    text = "ứng dụng công nghệ, đào tạo và bồi dưỡng nghề dệt lụa " * 20
    part, whole = Lexicon.of([text], limit=400), Lexicon.of([text])
    assert part.corrected(tokens("ngệ")[0], "cong", "").bare == "nghe"
    assert part.corrected(tokens("dưỡg")[0], "boi", "nghe").bare == "duong"
    assert part.corrected(tokens("lượt")[0], "det", "").bare == "luot"
    assert part.corrected(tokens("bụi")[0], "", "duong").bare == "bui"
    assert whole.corrected(tokens("lụua")[0], "det", "").bare == "lua"
