"""Short forms that no list has, "AI" beside "ai", and follow-ups about a part or about the present."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Turn
from assistant.answers.followup import stand_alone
from assistant.answers.lexicon import Lexicon
from assistant.answers.library import Search
from assistant.answers.normalise import tokens
from assistant.answers.question import Kind, understand
from assistant.answers.shortened import is_short, shortens
from corpus.document import Document
from corpus.load import document

PLAN = """UBND TỈNH BẮC SƠN
KẾ HOẠCH
Chăm lo cho người khuyết tật
- Tỷ lệ nữ giám đốc hợp tác xã đạt ít nhất 34%.
- Hộ nuôi ong được vay 40 triệu đồng.
1. Chuyển đổi AI là việc đưa máy học vào từng khâu của bộ máy hành chính.
2. Ai cũng có thể hiểu chuyển đổi nghề là gì sau khi học lớp của tỉnh.
"""


@pytest.mark.parametrize(
    ("short", "text", "meant"),
    [
        ("gđ", "nữ giám đốc hợp tác xã", True),
        ("ksk", "được khám sức khỏe định kỳ", True),
        ("nkt", "chăm lo cho người khuyết tật", True),
        ("nkt", "người dân khuyết tật", False),
        ("gđ", "người đứng đầu", False),
    ],
)
def test_letters_stand_for_words_in_a_row(short: str, text: str, meant: bool) -> None:
    pairs = set(pairwise(w.bare for w in tokens(text)))
    assert shortens(tokens(short)[0].bare, pairs) is meant


@pytest.mark.parametrize(("word", "short"), [("gd", True), ("ksk", True), ("km", False), ("ai", False), ("5g", False)])
def test_only_consonants_are_a_short_form(word: str, short: bool) -> None:
    assert is_short(word) is short


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(plan=PLAN)


def test_a_short_form_does_not_hinder_the_answer(asked: Answerer) -> None:
    assert "34%" in asked.answer("Tỷ lệ nữ gđ htx là bao nhiêu?").answer
    assert asked.answer("Tỷ lệ nữ thợ lặn htx là bao nhiêu?").abstained


def test_the_name_ai_is_not_the_question_word(asked: Answerer) -> None:
    assert "máy học" in asked.answer("Kế hoạch hiểu “chuyển đổi AI” là gì?").answer


GOAL = [Turn(role="user", content="Đề án đánh bắt xa bờ phấn đấu đến năm 2034 có bao nhiêu tàu thép?")]


@pytest.mark.parametrize(
    "typed", ["Thế hiện giờ đang có bao nhiêu?", "Còn hiện nay thì sao?", "Vậy thực tế đã có bao nhiêu?"]
)
def test_a_goal_asked_back_as_of_now(typed: str) -> None:
    text = stand_alone(typed, GOAL).text
    assert text == "Hiện nay, đề án đánh bắt xa bờ có bao nhiêu tàu thép?"


def test_a_part_asked_after_takes_over_the_question() -> None:
    assert "tàu thép" in stand_alone("Riêng huyện đảo thì bao nhiêu?", GOAL).text
    assert stand_alone("Riêng huyện đảo được bao nhiêu?", []).text == "Riêng huyện đảo được bao nhiêu?"


LAW = """QUỐC HỘI
LUẬT
Nghề lặn
Điều 1. Lãi suất do các bên thỏa thuận không được vượt quá 17%/năm của khoản vay mua thuyền.
Điều 2. Khách đi thuyền
1. Phạt tiền từ 250.000 đồng đến 350.000 đồng đối với một trong các hành vi sau đây:
a) Điều khiển xe máy nước mà không đội mũ lặn;
b) Neo thuyền trên rạn san hô.
2. Người tiêu dùng được trả lời trong thời hạn 36 giờ kể từ khi gửi phản ánh.
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Lãi suất vay mua thuyền tối đa bao nhiêu một năm?", "17%"),
        ("Khách hàng gửi phản ánh thì được trả lời trong vòng bao lâu?", "36 giờ"),
    ],
)
def test_the_law_says_it_in_other_words(
    searching: Callable[[dict[str, Document]], Search], question: str, figure: str
) -> None:
    known = {"law": document(LAW, id="law")}
    answer = Answerer(searching(known), known.__getitem__, summaries=list(known.values())).answer(question)
    assert figure in answer.answer


def test_a_machine_is_no_count_in_a_question_without_marks() -> None:
    lexicon = Lexicon.of(["Người lái xe máy phải đội mũ. Xe máy không được chở ba người. Đi xe máy cần bằng lái."])
    assert understand("di xe may khong doi mu bi phat bao nhieu", lexicon).kind is not Kind.COUNT
    assert understand("moi nguoi duoc cho may nguoi tren xe", lexicon).kind is Kind.COUNT


def test_a_share_of_something_else_is_no_count_of_places(
    searching: Callable[[dict[str, Document]], Search],
) -> None:
    text = "KẾ HOẠCH\n- 100% các buổi tập huấn của huyện, thị xã trong tỉnh có hệ thống loa lưu động.\n- 7 huyện có đội kèn.\n"
    known = {"plan": document(text, id="plan")}
    asked = Answerer(searching(known), known.__getitem__, summaries=list(known.values()))
    assert asked.answer("Bao nhiêu tỉnh có hệ thống loa lưu động?").abstained
    assert "7" in asked.answer("Bao nhiêu huyện có đội kèn?").answer


def test_one_letter_shortens_nothing() -> None:
    assert not shortens("y", {("y", "te"), ("te", "xa")})
