"""What people ask the way they talk: what is called so, a sum for each day, hours as "tiếng", and what is theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.figures import figures
from assistant.answers.kinds import Kind, kind_of
from assistant.answers.normalise import tokens
from assistant.answers.patterns import Typed
from assistant.answers.units import with_units

LAW = """QUỐC HỘI
LUẬT
Chợ nổi trên sông
Điều 1. Giải thích từ ngữ
1. Cò mồi là hành vi đứng giữa người bán và người mua để nâng giá trái cây.
2. Chủ ghe báo cho ban quản lý về người cò mồi trong thời hạn 3 ngày (sau đây gọi là báo tin).
3. Khách quen là người mua từ 12 lần trở lên trong một mùa.
Điều 2. Giờ chợ
1. Người gác bến được nghỉ giữa ca mỗi ngày 25 phút và vẫn được trả công.
2. Thời gian giữ ghe vi phạm trật tự không quá 9 giờ.
3. Người chèo ghe từ đủ 13 tuổi đến dưới 15 tuổi không bị phạt tiền.
Điều 3. Ghe lạ được vào chợ sau 6 ngày kể từ khi ký quỹ.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    "question",
    [
        "Theo luật thì thế nào gọi là cò mồi?",
        "Như thế nào thì bị coi là cò mồi?",
        "Cò mồi nghĩa là sao?",
        "Thế nào là cò mồi?",
    ],
)
def test_what_is_called_so_is_defined(asked: Answerer, question: str) -> None:
    found = asked.answer(question)
    assert "nâng giá trái cây" in found.answer
    assert "báo tin" not in found.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Mua bao nhiêu lần thì được gọi là khách quen?", "12 lần"),
        ("Người gác bến được nghỉ mỗi ngày mấy phút?", "25 phút"),
        ("Ghe vi phạm trật tự bị giữ tối đa mấy tiếng?", "9 giờ"),
        ("Cháu tôi 14 tuổi chèo ghe thì có bị phạt tiền không?", "không bị phạt tiền"),
        ("Ghe lạ ký quỹ rồi thì mấy ngày mới được vào chợ?", "6 ngày"),
    ],
)
def test_what_is_asked_as_people_talk_is_answered(asked: Answerer, question: str, said: str) -> None:
    assert said in asked.answer(question).answer


@pytest.mark.parametrize(
    "question", ["Theo luật thì thế nào gọi là chặt chém?", "Cháu tôi mấy tuổi thì được bán vé số?"]
)
def test_what_the_law_does_not_say_is_declined(asked: Answerer, question: str) -> None:
    assert asked.answer(question).abstained


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Mỗi ngày mấy giờ thì được nghỉ?", Kind.COUNT),
        ("Được nghỉ ngày mấy lần?", Kind.COUNT),
        ("Họp vào ngày nào, cái nào trước?", Kind.DATE),
        ("Mở chợ ngày mấy?", Kind.DATE),
    ],
)
def test_a_sum_for_each_day_is_no_date(question: str, kind: Kind) -> None:
    assert kind_of(Typed(tokens(question), False)) is kind


def test_a_number_for_each_day_is_a_figure_and_a_day_is_not() -> None:
    text = "nghỉ mỗi ngày 25 phút, họp ngày 12, hằng tháng 2 buổi, tháng 3 ngày 4"
    assert [f.value for f in figures(text)] == [25.0, 2.0]


def test_hours_are_said_as_tieng_and_languages_too() -> None:
    assert with_units("mấy tiếng thì thả, nghỉ 3 tiếng") == "mấy giờ thì thả, nghỉ 3 giờ"
    assert with_units("dạy 2 tiếng Anh cho trẻ") == "dạy 2 tiếng Anh cho trẻ"
