"""How staff word what a law sets: years for months, asides in brackets, "trễ nhất" for "chậm nhất", initials."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.asides import ASIDE, OUT, asides
from assistant.answers.chat import written_out
from assistant.answers.kinds import Kind
from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import tokens
from assistant.answers.question import understand
from assistant.answers.ranges import outside, within
from assistant.answers.shortened import is_short
from assistant.answers.spans import alike, converted

LAW = """CHÍNH PHỦ
NGHỊ ĐỊNH
Hội chèo bè và kho lúa chung
Điều 1. Mức cho vay từ kho lúa chung
1. Người góp lúa dưới 24 tháng: được vay 3.100.000 đồng.
2. Người góp lúa từ đủ 24 tháng đến dưới 72 tháng: được vay 4.500.000 đồng.
3. Người góp lúa từ đủ 72 tháng trở lên: được vay 7.200.000 đồng.
Điều 2. Bè gỗ và bè tre khi qua cửa đập, tốc độ tối đa là 7 km/h.
Điều 3. Thời gian tiếp nhận hồ sơ vay lúa giống chậm nhất đến hết ngày 17 tháng 9 năm 2034.
Điều 4. Kho lúa giống dự phòng vùng cao chứa tối đa 640 tấn.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Góp lúa dưới 2 năm thì được vay bao nhiêu tiền?", "3.100.000"),
        ("Góp lúa 5 năm được vay mấy tiền?", "4.500.000"),
        ("góp lúa trên 6 năm dc vay bn tiền", "7.200.000"),
        ("Bè tre qua cửa đập (không tính mùa nước lũ) chạy tối đa bao nhiêu km/h?", "7 km/h"),
        ("Hồ sơ vay lúa giống nộp trễ nhất là ngày nào?", "17 tháng 9 năm 2034"),
        ("Muốn vay lúa giống thì gửi hồ sơ muộn nhất ngày nào?", "17 tháng 9 năm 2034"),
        ("KLGDPVC chứa tối đa mấy tấn?", "640 tấn"),
    ],
)
def test_the_law_answers(asked: Answerer, question: str, figure: str) -> None:
    assert figure in asked.answer(question).answer


def test_another_figure_of_the_brackets_is_not_given(asked: Answerer) -> None:
    said = asked.answer("Góp lúa dưới 2 năm thì được vay bao nhiêu tiền?").answer
    assert "4.500.000" not in said


@pytest.mark.parametrize(
    ("number", "unit", "same"),
    [(3, "nam", [(36, "tháng")]), (30, "thang", []), (24, "thang", [(2, "năm")]), (2031, "nam", []), (0, "nam", [])],
)
def test_years_are_months_too(number: int, unit: str, same: list[tuple[int, str]]) -> None:
    assert converted(number, unit) == same


def test_a_small_number_is_said_in_words_too() -> None:
    assert " môt5 phân1 " in alike(tokens("hết hiệu lực 1 phần"), plain=False)[3]
    assert " mot phan " in alike(tokens("het hieu luc 1 phan"), plain=True)[3]
    assert not alike(tokens("quyết định 169 của bộ"), plain=False)


@pytest.mark.parametrize(
    ("question", "bracket", "held"),
    [
        ("góp lúa dưới 2 năm được vay bao nhiêu tiền", "từ đủ 24 tháng đến dưới 72 tháng", False),
        ("góp lúa 2 năm được vay bao nhiêu tiền", "từ đủ 24 tháng đến dưới 72 tháng", True),
        ("góp lúa trên 6 năm được vay bao nhiêu tiền", "từ đủ 24 tháng đến dưới 72 tháng", False),
        ("góp lúa trên 6 năm được vay bao nhiêu tiền", "từ đủ 72 tháng trở lên", True),
    ],
)
def test_brackets_hold_what_lies_beside_a_limit(question: str, bracket: str, held: bool) -> None:
    asked = understand(question, Lexicon.of([bracket, question]))
    assert bool(within(asked, [bracket])) is held
    assert not (held and outside(asked, bracket))


def test_brackets_of_another_length_are_outside() -> None:
    bracket = "từ đủ 24 tháng đến dưới 72 tháng"
    asked = understand("góp lúa 9 năm được vay bao nhiêu tiền", Lexicon.of([bracket]))
    assert outside(asked, bracket)


def test_brackets_of_a_question_weigh_less() -> None:
    text = "Bè gỗ (không kể bè tre) chở mấy tấn (theo quy chế)?"
    kept = asides(text, tokens(text))
    assert kept == {2: OUT, 3: OUT, 4: OUT, 5: OUT, 9: ASIDE, 10: ASIDE, 11: ASIDE}


def test_what_a_bracket_leaves_out_denies_nothing() -> None:
    asked = understand("Bè gỗ (không kể bè tre) chở mấy tấn?", Lexicon.of(["bè gỗ bè tre chở tấn"]))
    assert not asked.denied


def test_short_forms_in_capitals() -> None:
    assert written_out("đóng BHTN mấy năm") == "đóng bảo hiểm thất nghiệp mấy năm"
    assert written_out("trường SV ở") == "trường SV ở"
    assert is_short("klgdpvc")


def test_small_money_is_money() -> None:
    assert understand("được vay mấy tiền", Lexicon.of(["được vay tiền"])).kind is Kind.MONEY
