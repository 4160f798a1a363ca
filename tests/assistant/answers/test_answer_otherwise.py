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
- 92% hồ sơ thủy sản tại cấp tỉnh; 83% tại cấp huyện và 64% tại cấp xã được số hóa.
- Dự kiến mua khoảng 300 thuyền tuần tra từ các xưởng đóng tàu, có thể tăng lên 480 thuyền khi đủ vốn.
- Trang thông tin đăng đầy đủ các mục được quy định tại Điều 9 Nghị định số 55/2029/NĐ-CP.
- Hiện nay toàn tỉnh có 17 bến cá đang hoạt động.
- Trong thời hạn 05 ngày kể từ ngày hoàn thành việc đo sâu luồng lạch, Cảng vụ lập báo cáo.
- Trong thời hạn 60 ngày kể từ ngày có lệnh, Cảng vụ hoàn thành việc đo sâu luồng lạch.
- 36% hồ sơ tàu cá của các địa phương được tra cứu trực tuyến.
- Trạm quan trắc được hỗ trợ tối thiểu như sau:
a) Trạm hoạt động trong phạm vi toàn quốc: 900 triệu đồng;
b) Trạm hoạt động trong phạm vi tỉnh: 200 triệu đồng.
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
        "Đến năm 2036 Hải Vân có bao nhiêu bến cá đang hoạt động?",
        "Bao nhiêu phần trăm hồ sơ tàu cá của các bộ, cơ quan trung ương được tra cứu trực tuyến?",
        "Nghị định 77/2030/NĐ-CP có hiệu lực từ ngày nào?",
        "Nghị định 55/2029/NĐ-CP quy định trang thông tin phải đăng những mục nào?",
    ],
)
def test_a_figure_of_something_else_is_not_given(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.abstained, answer.answer


DECREE = """CHÍNH PHỦ
Số: 61/2031/NĐ-CP
NGHỊ ĐỊNH
Về bến thủy
Điều 1. Hồ sơ
1. Chủ bến thủy nộp 02 bộ hồ sơ cấp phép bến thủy cho cơ quan có thẩm quyền.
2. Bến thủy nghỉ lễ tối đa 04 ngày một năm.
Điều 2. Cách ghi biểu
Cột (2): Tổng số lượt kiểm tra bến thủy trong kỳ.
Điều 3. Người phê duyệt
1. Phương án neo đậu được cơ quan có thẩm quyền phê duyệt trước mùa bão.
2. Giám đốc Cảng vụ phê duyệt phương án neo đậu của tàu khách.
"""


@pytest.mark.parametrize(
    "question",
    ["Hiện đã có bao nhiêu bến thủy được cấp phép?", "Trong kỳ có bao nhiêu lượt kiểm tra bến thủy?"],
)
def test_a_decree_tells_no_numbers_of_what_there_is(answering: Callable[..., Answerer], question: str) -> None:
    answer = answering(decree=DECREE).answer(question)
    assert answer.abstained, answer.answer


def test_an_article_is_named_once(answering: Callable[..., Answerer]) -> None:
    text = DECREE + "Điều 4. Tàu tránh bão được neo đậu miễn phí tại bến thủy (trừ tàu du lịch).\n"
    said = answering(decree=text).answer("Tàu tránh bão có được neo đậu miễn phí không?").answer
    assert "Theo Điều 4 Nghị định" in said
    assert said.count("Điều 4") == 1
    assert said.endswith("(trừ tàu du lịch).")


def test_a_decree_tells_what_holds_now(answering: Callable[..., Answerer]) -> None:
    said = answering(decree=DECREE).answer("Hiện nay bến thủy được nghỉ lễ tối đa mấy ngày một năm?").answer
    assert "04 ngày" in said


def test_who_decides_is_not_whoever_has_the_power(answering: Callable[..., Answerer]) -> None:
    said = answering(decree=DECREE).answer("Ai phê duyệt phương án neo đậu?").answer
    assert "Giám đốc Cảng vụ" in said


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Chiều cao của học sinh lớp 9 ở Hải Vân tăng thêm bao nhiêu cm?", "1,5 cm"),
        ("Năm 2032 bao nhiêu phần trăm phòng chuyên môn có trưởng phòng là nữ?", "40%"),
        ("Bao nhiêu phần trăm hồ sơ cấp phép xây dựng được xử lý trực tuyến ở mức độ 4?", "35%"),
        ("Bao nhiêu phần trăm phần mềm kế toán của địa phương được kiểm tra an toàn?", "65%"),
        ("Hồ sơ thủy sản tại cấp xã được số hóa bao nhiêu phần trăm?", "64%"),
        ("Dự kiến mua bao nhiêu thuyền tuần tra?", "300 thuyền"),
        ("Có thể tăng lên bao nhiêu thuyền tuần tra khi đủ vốn?", "480 thuyền"),
        ("Hoàn thành việc đo sâu luồng lạch trong bao nhiêu ngày?", "60 ngày"),
        ("Trạm hoạt động trong phạm vi toàn quốc được hỗ trợ tối thiểu bao nhiêu?", "900 triệu"),
        ("Hiện nay Hải Vân có bao nhiêu bến cá đang hoạt động?", "17 bến cá"),
        ("Mã định danh áp dụng cho công trình thủy lợi từ cấp nào?", "cấp III"),
    ],
)
def test_what_is_asked_is_given(answerer: Answerer, question: str, figure: str) -> None:
    assert figure in answerer.answer(question).answer
