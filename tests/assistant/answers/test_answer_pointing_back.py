"""What a follow-up points back to, what it changes of the question before, and what is asked of a part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer, Turn
from assistant.answers.followup import stand_alone

PLAN = """UBND TỈNH LỘC BÌNH
Số: 61/KH-UBND
Lộc Bình, ngày 10 tháng 4 năm 2031
KẾ HOẠCH
Phát triển bến thuyền năm 2031
1. Hiện nay, tổng số bến thuyền trên các hồ của tỉnh là 93 bến. Trong đó, có 31 bến nổi ghép từ phao nhựa.
2. Làm mới bến nổi: 44 bến.
3. Khen thưởng (không quá 12% tập thể, 7% cá nhân chèo thuyền giỏi) do Sở Du lịch đề nghị tặng giấy khen.
4. Tỷ lệ các bến có phao cứu sinh theo mẫu chung đạt 85% ở khu vực thành thị và 55% ở khu vực nông thôn.
5. Thuyền chở khách bốn mái có gắn máy khi qua hồ được chạy với tốc độ tối đa là 12 km/h.
6. Thuyền chở hàng bốn mái có gắn máy khi qua hồ được chạy với tốc độ tối đa là 20 km/h.
"""


def _turns(question: str, answer: str) -> list[Turn]:
    return [Turn(role="user", content=question), Turn(role="assistant", content=answer)]


@pytest.mark.parametrize(
    ("before", "told", "question", "alone"),
    [
        (
            "Kế hoạch bến thuyền căn cứ nghị định nào?",
            "Theo mục 1 Kế hoạch số 61/KH-UBND: Nghị định số 46/2029/NĐ-CP của Chính phủ.",
            "Nghị định đó ban hành ngày nào?",
            "Nghị định số 46/2029/NĐ-CP ban hành ngày nào?",
        ),
        (
            "Nghị định 46/2029 phạt đua thuyền bao nhiêu?",
            "Theo Điều 3 Nghị định số 46/2029/NĐ-CP: 5 triệu đồng.",
            "Nghị định này có hiệu lực khi nào?",
            "Nghị định 46/2029 có hiệu lực khi nào?",
        ),
        ("Ai chủ trì bến thuyền?", "Sở Du lịch.", "Các huyện gửi gì cho sở này?", "Các huyện gửi gì cho Sở Du lịch?"),
        ("Sửa bến xong trước ngày nào?", "Trước ngày 15/9/2031.", "Quá mốc đó thì sao?", "Quá ngày 15/9/2031 thì sao?"),
        (
            "Bao nhiêu bến ở thành phố có phao?",
            "85%.",
            "Thế ở nông thôn?",
            "Bao nhiêu phần trăm bến ở nông thôn có phao?",
        ),
        ("Bao nhiêu bến ở thành phố có phao?", "85 bến.", "Thế ở nông thôn?", "Bao nhiêu bến ở nông thôn có phao?"),
        (
            "Phụ lục 2 có thủ tục nào về đò ngang của Sở Giao thông?",
            "Cấp biển số đò.",
            "Thế về ca nô thì có những thủ tục nào?",
            "Phụ lục 2 có thủ tục nào về ca nô của Sở Giao thông?",
        ),
        (
            "Bao nhiêu phần trăm người lái đò được tập huấn?",
            "60%.",
            "còn học sinh thì sao ạ",
            "Bao nhiêu phần trăm học sinh được tập huấn?",
        ),
        ("Số thuyền xuất khẩu là bao nhiêu?", "40 chiếc.", "Còn nhập khẩu?", "Số thuyền nhập khẩu là bao nhiêu?"),
        ("Tỷ lệ nữ thạc sĩ là bao nhiêu?", "40%.", "Còn tiến sĩ nữ?", "Tỷ lệ nữ tiến sĩ là bao nhiêu?"),
        ("Xe máy lên phà phải trả bao nhiêu?", "5.000 đồng.", "Mức phí với ô tô thì sao?", "Ô tô"),
    ],
)  # fmt: skip
def test_a_follow_up_names_what_it_points_back_to(before: str, told: str, question: str, alone: str) -> None:
    assert stand_alone(question, _turns(before, told)).text.startswith(alone)


@pytest.mark.parametrize("question", ["Ưu tiên cho những hồ nào?", "Áp dụng cho ai?", "Kể tên các bến đó."])
def test_a_question_without_its_subject_is_about_what_was_asked_before(question: str) -> None:
    assert stand_alone(question, _turns("Kế hoạch 61 làm mấy bến?", "44 bến.")).background == "Kế hoạch 61 làm mấy bến"


@pytest.mark.parametrize(
    "question",
    ["Áp dụng mức thu phí nào cho chủ đò ngang chở khách qua hồ?", "Bến thuyền nổi được ghép từ vật liệu gì?"],
)
def test_a_whole_question_stands_alone_in_a_conversation(question: str) -> None:
    alone = stand_alone(question, _turns("Kế hoạch 61 làm mấy bến?", "44 bến."))
    assert (alone.text, alone.background) == (question, "")


def test_two_agencies_in_the_answer_leave_open_which_is_meant() -> None:
    told = "Sở Du lịch chủ trì, phối hợp với Sở Xây dựng."
    assert "sở này" in stand_alone("Các huyện gửi gì cho sở này?", _turns("Ai lo bến thuyền?", told)).text


@pytest.fixture(scope="module")
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(plan=PLAN)


def test_a_part_is_the_one_told_beside_the_whole(asked: Answerer) -> None:
    history = _turns("Tỉnh Lộc Bình có tổng cộng bao nhiêu bến thuyền?", "Tổng số bến thuyền là 93 bến.")
    assert "31 bến nổi" in asked.answer("Trong đó có mấy bến nổi?", history).answer


def test_of_two_shares_in_brackets_the_one_asked_for_is_told(asked: Answerer) -> None:
    said = asked.answer("Tỷ lệ cá nhân được Sở Du lịch đề nghị tặng giấy khen tối đa là bao nhiêu?").answer
    assert "7%" in said
    assert "12%" not in said


def test_a_share_is_followed_by_a_share(asked: Answerer) -> None:
    history = _turns("Bao nhiêu bến ở khu vực thành thị có phao cứu sinh theo mẫu chung?", "85%.")
    assert "55%" in asked.answer("Còn ở nông thôn?", history).answer


def test_a_number_in_words_is_no_rival_of_a_measure(asked: Answerer) -> None:
    history = _turns("Thuyền chở hàng bốn mái có gắn máy được chạy tối đa bao nhiêu km/h?", "20 km/h.")
    said = asked.answer("Còn thuyền chở khách?", history).answer
    assert "12 km/h" in said
    assert "20 km/h" not in said
