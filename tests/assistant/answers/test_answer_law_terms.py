"""Lengths of time as ranges, periods, hours of the day, papers that lack something, and what is left to others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Turn
from assistant.answers.figures import figures
from assistant.answers.followup import stand_alone

LAW = """BỘ THỦY LỢI
THÔNG TƯ
Trông đập và thả cá
Điều 1. Thời hạn đổi phiên trông đập
Thời hạn đổi phiên trông đập là từ đủ 03 năm đến 04 năm theo từng hồ.
Điều 2. Giờ mở cống
1. Cấm mở cống xả cát từ 19 giờ đến 22 giờ hằng ngày.
2. Người trông đập làm thêm không quá 3 giờ trong 01 ngày; không quá 36 giờ trong 01 tháng.
Điều 3. Trình tự cấp phép thả cá
1. Trường hợp hồ sơ chưa đúng quy định, trong thời hạn 02 ngày làm việc kể từ ngày nhận hồ sơ, trạm hồ báo cho người thả cá.
2. Trường hợp hồ sơ đầy đủ, trong thời hạn 09 ngày làm việc kể từ ngày nhận hồ sơ, trạm hồ cấp phép thả cá.
Điều 4. Việc dưới nước
1. Thợ lặn đập có bằng nghề lặn sâu trở lên và giấy khám tai.
2. Bộ trưởng Bộ Thủy lợi quy định lộ trình nâng bằng nghề của thợ lặn đập.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "said", "others"),
    [
        ("Mấy năm thì phải đổi phiên trông đập?", "03 năm đến 04 năm", ()),
        ("Cấm mở cống xả cát vào khung giờ nào?", "từ 19 giờ đến 22 giờ", ()),
        ("Một tháng người trông đập được làm thêm tối đa mấy giờ?", "36 giờ", ("3 giờ",)),
        ("Mỗi ngày người trông đập được làm thêm tối đa mấy giờ?", "3 giờ", ("36",)),
        ("Cấp phép thả cá mất mấy ngày làm việc?", "09 ngày", ("02",)),
        ("Thợ lặn đập cần bằng nghề gì?", "bằng nghề lặn sâu", ("lộ trình",)),
        ("Ai quy định lộ trình nâng bằng nghề của thợ lặn đập?", "Bộ trưởng", ()),
    ],
)
def test_the_provision_that_is_meant_answers(
    asked: Answerer, question: str, said: str, others: tuple[str, ...]
) -> None:
    told = asked.answer(question).answer
    assert said in told
    assert not any(f" {other}" in told.replace(said, "") for other in others)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("từ 02 năm đến 05 năm", [(2.0, 5.0)]),
        ("từ đủ 06 tháng đến 12 tháng", [(6.0, 12.0)]),
        ("từ 3 ngày đến 2 tháng", [(3.0, None), (2.0, None)]),
        ("từ 5 năm đến năm 2030", [(5.0, None)]),
    ],
)
def test_both_ends_of_a_length_of_time_are_one_figure(text: str, ranges: list[tuple[float, float | None]]) -> None:
    assert [(f.value, f.value_max) for f in figures(text)] == ranges


def test_who_leads_takes_the_place_of_who_leads() -> None:
    before = [Turn(role="user", content="Chỉ huy trưởng Vùng Giữ Bến được phạt tiền đến bao nhiêu?")]
    assert (
        stand_alone("Vậy Cục trưởng thì sao?", before).text == "Cục trưởng Vùng Giữ Bến được phạt tiền đến bao nhiêu?"
    )


def test_a_strength_in_a_question_is_no_number_of_things(answering: Callable[..., Answerer]) -> None:
    asked = answering(law="Điều 1. Điều kiện nấu rượu ngô từ 5,5 độ trở lên bao gồm:\na) Có lò;\nb) Có giếng.")
    told = asked.answer("Điều kiện nấu rượu ngô từ 5,5 độ trở lên gồm những gì?").answer
    assert "Có lò" in told
    assert "Có giếng" in told
