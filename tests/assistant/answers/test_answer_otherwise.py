"""Figures that are near what is asked and are not it: of a change, of another year, level or agency."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer

PLAN = """ỦY BAN NHÂN DÂN TỈNH HẢI VÂN
Số: 19/KH-UBND
Hải Vân, ngày 3 tháng 2 năm 2031
KẾ HOẠCH
Nâng cao thể lực và dịch vụ công giai đoạn 2031 - 2036
1. Mục tiêu
- Tăng chiều cao của học sinh lớp 9 thêm 1,5 cm; cân nặng trung bình của học sinh lớp 9 đạt 46 kg.
- Năm 2032 đạt 40% số phòng chuyên môn có trưởng phòng là nữ.
- Từ năm 2031, tỷ lệ nữ viên chức được tập huấn về bình đẳng giới đạt 70%.
- 35% hồ sơ cấp phép xây dựng được xử lý trực tuyến ở mức độ 4.
- Trên 65% phần mềm kế toán của các địa phương được kiểm tra an toàn.
2. Giải pháp: áp dụng mã định danh cho công trình thủy lợi cấp III trở lên.
"""


@pytest.fixture(scope="module")
def answerer(answering: Callable[..., Answerer]) -> Answerer:
    return answering(plan=PLAN)


@pytest.mark.parametrize(
    "question",
    [
        "Học sinh lớp 9 ở Hải Vân phải cao bao nhiêu cm?",
        "Đến năm 2036 Hải Vân đặt tỷ lệ phòng chuyên môn có trưởng phòng là nữ bao nhiêu phần trăm?",
        "Bao nhiêu phần trăm hồ sơ cấp phép xây dựng được xử lý trực tuyến ở mức độ 3?",
        "Bao nhiêu phần trăm phần mềm kế toán của các bộ, ngành được kiểm tra an toàn?",
    ],
)
def test_a_figure_of_something_else_is_not_given(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.abstained, answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Chiều cao của học sinh lớp 9 ở Hải Vân tăng thêm bao nhiêu cm?", "1,5 cm"),
        ("Năm 2032 bao nhiêu phần trăm phòng chuyên môn có trưởng phòng là nữ?", "40%"),
        ("Bao nhiêu phần trăm hồ sơ cấp phép xây dựng được xử lý trực tuyến ở mức độ 4?", "35%"),
        ("Bao nhiêu phần trăm phần mềm kế toán của địa phương được kiểm tra an toàn?", "65%"),
        ("Mã định danh áp dụng cho công trình thủy lợi từ cấp nào?", "cấp III"),
    ],
)
def test_what_is_asked_is_given(answerer: Answerer, question: str, figure: str) -> None:
    assert figure in answerer.answer(question).answer
