"""Yes or no only where the clause plainly says so; other provinces and goals in the place of what is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.lexicon import Lexicon
from assistant.answers.provinces import provinces_of
from assistant.answers.question import understand

PLAN = """UBND TỈNH QUẢNG NAM
KẾ HOẠCH
Nuôi cá lồng trên hồ thủy lợi
1. Giấy phép nuôi lồng là bắt buộc đối với bè cá từ hạng II trở lên.
2. Chủ bè cá được vay vốn ưu đãi của quỹ khuyến ngư.
3. Người nuôi không được xả thức ăn thừa xuống lòng hồ.
4. Nghề nuôi lồng không chỉ tạo sinh kế mà còn giữ được nguồn cá bản địa và kéo khách du lịch về với các xã ven hồ.
5. Phấn đấu mỗi hồ thực hiện nuôi đạt 36 lồng cá.
6. Thực trạng trại giống
Phấn đấu đến năm 2036 có 19 trại giống cá lăng.
"""


@pytest.fixture(scope="module")
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(plan=PLAN)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Giấy phép nuôi lồng có bắt buộc đối với bè cá hạng III không?", "Không. "),
        ("Giấy phép nuôi lồng có bắt buộc đối với bè cá từ hạng II không?", "Có. "),
        ("Chủ bè cá có được vay vốn ưu đãi của quỹ khuyến ngư không?", "Có. "),
        ("Người nuôi có được xả thức ăn thừa xuống lòng hồ không?", "Không. "),
    ],
)
def test_the_verdict_is_that_of_the_clause(asked: Answerer, question: str, opening: str) -> None:
    answer = asked.answer(question)
    assert not answer.abstained
    assert answer.answer.startswith(opening)


def test_a_clause_that_says_not_only_denies_nothing(asked: Answerer) -> None:
    answer = asked.answer("Nghề nuôi lồng có tạo sinh kế và giữ nguồn cá bản địa không?")
    assert not answer.answer.startswith("Không")


def test_a_goal_is_not_told_as_what_is(asked: Answerer) -> None:
    assert "36" in asked.answer("Mỗi hồ phấn đấu nuôi bao nhiêu lồng cá?").answer
    assert asked.answer("Thực tế mỗi hồ đã nuôi được bao nhiêu lồng cá?").abstained


def test_a_goal_under_a_heading_of_the_present_is_still_a_goal(asked: Answerer) -> None:
    assert "19" in asked.answer("Đến năm 2036 có bao nhiêu trại giống cá lăng?").answer
    assert asked.answer("Hiện nay có bao nhiêu trại giống cá lăng?").abstained


def test_another_province_gets_no_figure_of_this_one(asked: Answerer) -> None:
    assert "36" in asked.answer("Quảng Nam phấn đấu mỗi hồ nuôi bao nhiêu lồng cá?").answer
    for question in (
        "Lai Châu phấn đấu mỗi hồ nuôi bao nhiêu lồng cá?",
        "lai chau phan dau moi ho nuoi bao nhieu long ca",
        "ở lai châu phấn đấu mỗi hồ thủy lợi thực hiện nuôi đạt bao nhiêu lồng cá",
        "Chủ bè cá ở Lai Châu có được vay vốn ưu đãi của quỹ khuyến ngư không?",
    ):
        assert asked.answer(question).abstained


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bà Rịa - Vũng Tàu và Hồ Chí Minh", {("ba", "ria"), ("vung", "tau"), ("ho", "chi", "minh")}),
        ("chuyển thành hóa đơn điện tử", set()),
        ("chuyen thanh hoa don dien tu", set()),
        ("vì nền hòa bình của nhân dân", set()),
        ("Tỉnh Hòa Bình có mấy hồ?", {("hoa", "binh")}),
        ("khu vực Thái Bình Dương", set()),
        ("nuoi ca bang cong nghe an toan", set()),
        ("dien bien mua lu o lai chau", {("lai", "chau")}),
    ],
)
def test_provinces_are_told_from_words(text: str, names: set[tuple[str, ...]]) -> None:
    assert provinces_of(understand(text, Lexicon())) == names
