"""Tables with headers of several rows, cells of running text, rows that go on from the one above, units told above."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer

TABLES = """BỘ ĐƯỜNG SÔNG
QUYẾT ĐỊNH
Chăm lo các bến đò
PHỤ LỤC 1
NHIỆM VỤ CỦA CÁC BẾN
| TT | Nhiệm vụ | Đơn vị lo | Xong |
| 1 | Mỗi bến đò cử ít nhất hai người biết bơi trực ban đêm | Ban quản lý bến | 2032 |
| 2 | Sơn lại cầu tàu; phấn đấu 65% cầu tàu có lan can thép | Đội sửa chữa | 2033 |
| 3 | Thả phao tiêu ở bãi cạn | Đội phao tiêu | 2034 |
| | | Đội tuần sông | Quý II/2035 |
PHỤ LỤC 2
PHÂN BỔ KINH PHÍ SỬA BẾN
Đơn vị tính: Triệu đồng
| TT | Hạng bến | Tổng | Trong đó: | |
| | | | Phần cầu tàu | Phần nhà chờ |
| 1 | Bến hạng nhất: | 740 | | |
| | - Định mức phân bổ | 740 | 510 | 230 |
| 2 | Bến hạng nhì: | 380 | | |
| | - Định mức phân bổ | 380 | 290 | 90 |
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(tables=TABLES)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Mỗi bến đò phải cử ít nhất mấy người biết bơi trực ban đêm?", "hai người biết bơi"),
        ("Phấn đấu bao nhiêu phần trăm cầu tàu có lan can thép?", "65% cầu tàu"),
        ("Tổng kinh phí sửa bến hạng nhất là bao nhiêu tiền?", "740 triệu đồng"),
        ("Kinh phí sửa bến hạng nhì là bao nhiêu triệu đồng?", "380 triệu đồng"),
        ("Đội tuần sông thả phao tiêu ở bãi cạn xong khi nào?", "Quý II/2035"),
    ],
)
def test_rows_answer(asked: Answerer, question: str, stated: str) -> None:
    assert stated in asked.answer(question).answer


def test_the_lower_header_names_the_column(asked: Answerer) -> None:
    told = asked.answer("Định mức phân bổ kinh phí sửa bến hạng nhất cho phần nhà chờ là bao nhiêu tiền?").answer
    assert "230" in told
    assert "510" not in told


@pytest.mark.parametrize(
    "question",
    [
        "Mỗi bến đò cử ít nhất mấy con chó canh đêm?",
        "Bao nhiêu phần trăm nhà chờ có lan can thép?",
    ],
)
def test_another_thing_in_a_cell_is_declined(asked: Answerer, question: str) -> None:
    assert asked.answer(question).abstained


def test_the_row_that_a_part_belongs_to_is_told_and_cited(asked: Answerer) -> None:
    told = asked.answer("Định mức phân bổ kinh phí sửa bến hạng nhì cho phần cầu tàu là bao nhiêu tiền?")
    assert "Bến hạng nhì" in told.answer
    assert "290" in told.answer
    assert any("Bến hạng nhì" in c.quote for c in told.citations)


def test_a_row_that_counts_things_does_not_name_them(answering: Callable[..., Answerer]) -> None:
    text = """QUYẾT ĐỊNH
Chọn trại giống cá lăng
PHỤ LỤC 1
VIỆC CỦA CÁC TRẠI GIỐNG CÁ LĂNG
| TT | Việc | Đơn vị lo |
| 1 | Chọn 04 trại giống cá lăng đầu đàn để kèm cặp hộ nuôi nhỏ | Sở Thủy sản |
"""
    assert (
        answering(text=text).answer("Kể tên 04 trại giống cá lăng đầu đàn được chọn để kèm cặp hộ nuôi nhỏ?").abstained
    )


PLAN = """UBND TỈNH BẮC SƠN
QUYẾT ĐỊNH
Điều 1. Phê duyệt hai dự án như sau:
1. Tên dự án: Đắp đê bao hồ Mây.
2. Chủ đầu tư: Ban quản lý thủy lợi.
3. Tổng mức đầu tư: 84 tỷ đồng.
4. Thời gian hoàn thành: Quý III/2036.
Điều 2. Xử phạt người phá đê
1. Phạt tiền từ 7.000.000 đồng đến 9.000.000 đồng đối với một trong các hành vi sau đây:
a) Đào đất ở chân đê bao để đắp nền chuồng trâu;
b) Chở cát trên mặt đê bao.
2. Hình thức xử phạt bổ sung:
a) Tước giấy phép chở cát từ 02 tháng đến 04 tháng đối với hành vi quy định tại điểm b khoản 1 Điều này;
b) Tịch thu cuốc xẻng đối với hành vi quy định tại điểm a khoản 1 Điều này.
3. Người vi phạm lần đầu ngoài các hành vi quy định tại khoản 1 Điều này phải trồng lại 12 m2 cỏ.
Điều 3. Các xã ven hồ
a) Rà soát bến đò trên địa bàn; xây dựng phương án dời bến đò khỏi chân đê; hoàn thành trước ngày 09 tháng 5 năm 2033.
b) Lập sổ theo dõi hộ nuôi vịt ven hồ; hoàn thành trước ngày 21 tháng 8 năm 2033.
"""


@pytest.fixture
def planned(answering: Callable[..., Answerer]) -> Answerer:
    return answering(plan=PLAN)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Dự án đắp đê bao hồ Mây bao giờ hoàn thành?", "Quý III/2036"),
        ("Tổng mức đầu tư dự án đắp đê bao hồ Mây là bao nhiêu?", "84 tỷ đồng"),
        ("Chở cát trên mặt đê bao thì bị tước giấy phép bao lâu?", "từ 02 tháng đến 04 tháng"),
        ("Các xã phải hoàn thành phương án dời bến đò khỏi chân đê trước ngày nào?", "09 tháng 5 năm 2033"),
        ("Sổ theo dõi hộ nuôi vịt ven hồ phải xong trước ngày nào?", "21 tháng 8 năm 2033"),
    ],
)
def test_lines_live_on_what_names_them(planned: Answerer, question: str, stated: str) -> None:
    assert stated in planned.answer(question).answer


def test_the_name_and_the_task_are_told_and_cited(planned: Answerer) -> None:
    told = planned.answer("Dự án đắp đê bao hồ Mây bao giờ hoàn thành?")
    assert "Đắp đê bao hồ Mây" in told.answer
    assert any("Tên dự án" in c.quote for c in told.citations)
    day = planned.answer("Các xã phải hoàn thành phương án dời bến đò khỏi chân đê trước ngày nào?")
    assert "dời bến đò" in day.answer
    assert len(day.citations) > 1


def test_an_area_is_asked_in_units_of_area(answering: Callable[..., Answerer]) -> None:
    text = "QUYẾT ĐỊNH\nKho thóc xã dự kiến tổng diện tích xây dựng khoảng 3.400 m2, 02 kho thóc xã có 90 bồ.\n"
    told = answering(kho=text).answer("Kho thóc xã dự kiến xây dựng trên tổng diện tích bao nhiêu?").answer
    assert "3.400 m2" in told


SUPPORT = """QUYẾT ĐỊNH
Giúp người chèo đò
CHƯƠNG I
HỖ TRỢ NGƯỜI CHÈO ĐÒ ĐANG LÀM Ở BẾN
Điều 1. Điều kiện
Người chèo đò đang làm ở bến có tên trong sổ bến ít nhất 03 tháng thì được xét hỗ trợ tiền thuê chòi.
Điều 2. Mức, thời gian hỗ trợ
1. Mức hỗ trợ tiền thuê chòi: 320.000 đồng/người/tháng.
CHƯƠNG II
HỖ TRỢ NGƯỜI CHÈO ĐÒ TRỞ VỀ BẾN CŨ
Điều 3. Điều kiện
Người chèo đò trở về bến cũ có giấy của bến trước ít nhất 02 tuần thì được xét hỗ trợ tiền thuê chòi.
Điều 4. Mức, thời gian hỗ trợ
1. Mức hỗ trợ tiền thuê chòi: 540.000 đồng/người/tháng.
"""


def test_a_difference_is_one_of_figures(answering: Callable[..., Answerer]) -> None:
    told = answering(support=SUPPORT).answer(
        "Mức hỗ trợ tiền thuê chòi của người chèo đò đang làm ở bến và người chèo đò trở về bến cũ chênh nhau bao nhiêu?"
    )
    assert "320.000" in told.answer
    assert "540.000" in told.answer
