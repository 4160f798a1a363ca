"""Everyday words of the road, work, family, money and offices beside the words of the law."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.normalise import tokens
from assistant.answers.sayings import SAYINGS
from assistant.answers.synonyms import alternatives

LAW = """QUỐC HỘI
LUẬT
Làng nổi trên sông
Điều 1. Người khai báo gian dối về số bè của mình bị phạt 640.000 đồng.
Điều 2. Chủ bè phải bồi thường cho bên thuê trong thời hạn 19 ngày.
Điều 3. Cơ quan quản lý bến cấp lại thẻ bè bị hư hỏng trong thời hạn 4 ngày làm việc.
Điều 4. Trẻ em của làng nổi học chèo khi đủ 9 tuổi.
Điều 5. Chòi gác phải dựng trong bán kính 230 m tính từ cầu tàu.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Khai man số bè bị phạt bao nhiêu tiền?", "640.000"),
        ("Bao nhiêu ngày thì phải đền cho người thuê bè?", "19 ngày"),
        ("Thẻ bè bị rách thì mấy ngày được làm lại?", "4 ngày"),
        ("Em bé làng nổi mấy tuổi thì học chèo?", "9 tuổi"),
        ("Chòi gác dựng trong vòng bao nhiêu mét tính từ cầu tàu?", "230 m"),
    ],
)
def test_the_law_answers_what_is_said_in_other_words(asked: Answerer, question: str, figure: str) -> None:
    assert figure in asked.answer(question).answer


@pytest.mark.parametrize(
    "question",
    ["Khai man số thuyền thúng bị phạt bao nhiêu tiền?", "Con heo làng nổi mấy tuổi thì học chèo?"],
)
def test_another_thing_is_still_declined(asked: Answerer, question: str) -> None:
    assert asked.answer(question).abstained


def test_a_row_holds_one_way_only() -> None:
    assert alternatives(tokens("bỏ chồng"))[0].texts
    assert not any("chông1" in text.split() for text in alternatives(tokens("ly hôn")).get(0, ((),))[0])


def test_every_row_says_something_and_says_it_otherwise() -> None:
    for said, *stated in SAYINGS:
        assert stated
        assert all(p.strip() == p != "" for p in (said, *stated))
        assert set(stated) - {said}, said
    assert len(set(SAYINGS)) == len(SAYINGS)
