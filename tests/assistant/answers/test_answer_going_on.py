"""Ways in which a conversation goes on: the same by the month or of the draft, the same frame, a thing of another kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer, Turn
from assistant.answers.followup import stand_alone

RATES = """UBND TỈNH LỘC BÌNH
Số: 88/QĐ-UBND
Lộc Bình, ngày 3 tháng 5 năm 2031
QUYẾT ĐỊNH
Về vay vốn đóng thuyền
Điều 1. Lãi suất vay đóng thuyền gỗ điều chỉnh từ 8,4%/năm (0,7%/tháng) xuống 7,2%/năm (0,6%/tháng).
Điều 2. Tỷ lệ chủ đò mua bảo hiểm đạt 45%; tỷ lệ bến đò có đèn hiệu ban đêm đạt 62%.
Điều 3. Quỹ đò hoạt động trong phạm vi tỉnh góp tối thiểu 900 triệu đồng.
Điều 4. Quỹ đò hoạt động trong phạm vi xã góp tối thiểu 70 triệu đồng.
Điều 5. Quyết định kèm theo 2 biểu mẫu về danh sách các chủ đò được vay vốn đóng mới thuyền gỗ trong ba năm liền, \
bảng kê tình trạng của những chiếc thuyền gỗ đã được kiểm tra trong năm trước.
"""


def _turns(question: str, answer: str) -> list[Turn]:
    return [Turn(role="user", content=question), Turn(role="assistant", content=answer)]


@pytest.mark.parametrize(
    ("before", "told", "question", "alone"),
    [
        ("Vay thuyền lãi bao nhiêu một năm?", "7,2%.", "Tính theo tháng thì là bao nhiêu?", "Tính theo tháng, vay thuyền"),
        ("Vay thuyền lãi bao nhiêu một năm?", "7,2%.", "Thế quy ra ngày?", "Tính theo ngày, vay thuyền lãi bao nhiêu?"),
        ("Kế hoạch đò đặt mấy bến?", "9 bến.", "Dự thảo trước đó đề xuất bao nhiêu?", "Trong bản dự thảo, kế hoạch"),
        ("Kế hoạch đò đặt mấy bến?", "9 bến.", "Lúc lấy ý kiến thì đề xuất mấy?", "Trong bản dự thảo, kế hoạch"),
        ("Trong dự thảo, đò có mấy bến?", "9.", "Bản chính thức ghi bao nhiêu?", "Theo bản chính thức, đò có mấy bến?"),
        (
            "Quỹ đò do dân lập, hoạt động trong phạm vi tỉnh thì góp bao nhiêu?",
            "900 triệu.",
            "Còn quỹ chỉ hoạt động trong phạm vi xã thì sao?",
            "Quỹ đò do dân lập, hoạt động trong phạm vi xã thì góp bao nhiêu?",
        ),
        (
            "Bao nhiêu phần trăm trang thông tin của các tỉnh có lịch đò?",
            "40%.",
            "Còn trang thông tin của các bộ thì bao nhiêu phần trăm?",
            "Bao nhiêu phần trăm trang thông tin của các bộ có lịch đò?",
        ),
        ("Mỗi trường cử mấy học sinh thi bơi?", "3.", "Riêng Lộc Bình thì được mấy em?", "Lộc Bình thì được mấy học sinh"),
        ("Đến năm 2031 tỉnh có mấy bến đò?", "9 bến.", "Vậy năm sau thì sao?", "Đến năm 2032 tỉnh có mấy bến đò?"),
        ("Đến năm 2031 tỉnh có mấy bến đò?", "9 bến.", "Thế năm năm nữa?", "Đến năm 2036 tỉnh có mấy bến đò?"),
        ("Năm 2031 tỉnh có mấy bến đò?", "9 bến.", "Còn năm trước đó?", "Năm 2030 tỉnh có mấy bến đò?"),
        ("Doanh thu của bến đò là bao nhiêu?", "9 tỷ đồng.", "Còn tốc độ tăng hành khách?", "Tốc độ tăng hành khách bao nhiêu ph"),
        ("Bao nhiêu chủ đò mua bảo hiểm?", "45%.", "Còn công suất máy nổ?", "Công suất máy nổ bao nhiêu?"),
        ("Quỹ đò góp bao nhiêu?", "70 triệu.", "Cho mấy xã?", "Cho mấy xã?"),
        ("Bao nhiêu chủ đò mua bảo hiểm?", "45%.", "Thế bến có đèn hiệu?", "Bến có đèn hiệu bao nhiêu phần trăm?"),
        ("Bao nhiêu chủ đò mua bảo hiểm?", "45%.", "Còn tỷ lệ được cấp áo phao?", "Tỷ lệ được cấp áo phao: bao nhiêu"),
    ],
)  # fmt: skip
def test_what_goes_on_takes_the_rest_from_before(before: str, told: str, question: str, alone: str) -> None:
    assert stand_alone(question, _turns(before, told)).text.startswith(alone)


@pytest.mark.parametrize(
    "question", ["Dự thảo đề xuất bao nhiêu tiền thuê bến?", "Tính theo tháng thì chủ đò nộp phí bến bao nhiêu?"]
)
def test_what_asks_for_more_is_no_change_of_the_same(question: str) -> None:
    assert stand_alone(question, _turns("Kế hoạch đò đặt mấy bến?", "9 bến.")).text == question


def test_a_period_takes_the_place_of_the_one_asked_for_before() -> None:
    history = [
        *_turns("Vay thuyền lãi bao nhiêu một năm?", "7,2%."),
        *_turns("Tính theo tháng thì bao nhiêu?", "0,6%."),
    ]
    assert stand_alone("Tính theo ngày thì bao nhiêu?", history).text.startswith("Tính theo ngày, vay thuyền")


@pytest.fixture(scope="module")
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(rates=RATES)


@pytest.mark.parametrize(
    ("before", "told", "question", "said", "unsaid"),
    [
        ("Lãi suất vay đóng thuyền gỗ bao nhiêu một năm?", "7,2%/năm.", "Tính theo tháng thì bao nhiêu?", "0,6%", "7,2"),
        ("Tỷ lệ chủ đò mua bảo hiểm là bao nhiêu?", "45%.", "Thế bến đò có đèn hiệu ban đêm?", "62%", "45%"),
        (
            "Quỹ đò hoạt động trong phạm vi tỉnh góp tối thiểu bao nhiêu?",
            "900 triệu đồng.",
            "Còn quỹ chỉ hoạt động trong phạm vi xã thì sao?",
            "70 triệu",
            "900",
        ),
    ],
)  # fmt: skip
def test_the_figure_of_what_is_asked_now(
    asked: Answerer, before: str, told: str, question: str, said: str, unsaid: str
) -> None:
    answer = asked.answer(question, _turns(before, told)).answer
    assert said in answer
    assert unsaid not in answer


def test_what_is_announced_by_its_number_is_named(asked: Answerer) -> None:
    history = _turns("Quyết định 88/QĐ-UBND nói về gì?", "Vay vốn đóng thuyền.")
    assert "bảng kê" in asked.answer("Quyết định đó kèm theo những biểu mẫu gì?", history).answer


def test_nothing_is_left_of_the_unit_of_a_figure_that_is_not_told(asked: Answerer) -> None:
    assert "/tháng)" not in asked.answer("Lãi suất vay đóng thuyền gỗ giảm xuống bao nhiêu phần trăm?").answer


OTHER = """UBND TỈNH HẢI TÂN
Số: 19/QĐ-UBND
Hải Tân, ngày 9 tháng 6 năm 2031
QUYẾT ĐỊNH
Về mức phí neo đậu ca nô
Điều 1. Mức phí neo đậu ca nô du lịch là 45.000 đồng.
Điều 2. Mức này được áp dụng từ ngày 01 tháng 8 năm 2031.
"""


def test_a_follow_up_is_answered_from_where_the_question_before_was(answering: Callable[..., Answerer]) -> None:
    other = "QUYẾT ĐỊNH\nVề phí trông giữ xe đạp\nĐiều 1. Quyết định áp dụng từ ngày 15 tháng 2 năm 2030.\n"
    asked = answering(boats=OTHER, bikes=other)
    history = _turns("Mức phí neo đậu ca nô du lịch là bao nhiêu?", "45.000 đồng.")
    assert {c.document for c in asked.answer("Áp dụng từ ngày nào?", history).citations} == {"boats"}
