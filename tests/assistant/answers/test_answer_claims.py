"""Yes or no to a stated figure or day, who acts, two figures at once, as staff ask of plans."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer
from assistant.answers.chat import written_out
from assistant.answers.claims import claimed
from assistant.answers.library import Search
from assistant.answers.parting import apart
from corpus.document import Document
from corpus.load import document

Searching = Callable[[dict[str, Document]], Search]

PLAN = """ỦY BAN NHÂN DÂN TỈNH ĐỒI XANH
Số: 9/KH-UBND
Đồi Xanh, ngày 05 tháng 01 năm 2034
KẾ HOẠCH
Phát triển nghề dệt lụa
I. MỤC TIÊU
- Đến năm 2036, ít nhất 65% thợ dệt được tham gia bảo hiểm; đến năm 2040 đạt 80%.
- Khen thưởng hằng năm không quá 7% tập thể, 3% cá nhân làm nghề dệt.
- Mỗi chợ có tối thiểu 2 quầy bán lụa T7; cả tỉnh có 31 quầy bán vải.
- Tỉnh hỗ trợ 412,6 tỷ đồng cho 14 làng nghề mua khung cửi.
II. TỔ CHỨC THỰC HIỆN
1. Sở Lụa tỉnh chủ trì, phối hợp với Hội Nghề thủ công:
- Mở lớp truyền nghề nhuộm tơ cho thanh niên các bản;
- Phối hợp với Sở Du lịch đưa khách tham quan xưởng tơ.
2. Ban Quản lý chợ Tơ
- Báo cáo sản lượng kén trước ngày 20 tháng 9 năm 2034 theo Mẫu 4 của Quyết định số 15/QĐ-UBND về chợ.
3. Hoạt động quảng bá
- Nội dung: Trưng bày thổ cẩm cổ tại bảo tàng.
- Cơ quan thực hiện: Sở Văn hóa chủ trì, phối hợp với các xã.
4. Giao ban
Xây dựng bảng giá tơ tằm thống nhất toàn tỉnh. Dự kiến hoàn thành trong năm 2035.
Các xã gửi số liệu vụ kén vào thứ Năm hằng tuần.
Tổ giám sát chất lượng tơ (sau đây gọi tắt là Tổ giám sát) gồm đại diện ba xã.
"""


def ask(searching: Searching, question: str) -> Answer:
    sidecar = {"number": "9/KH-UBND", "issuer": "UBND tỉnh Đồi Xanh", "issued_on": "2034-01-05"}
    made = {"ke-hoach": document(PLAN, id="ke-hoach", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer(question)


@pytest.mark.parametrize(
    ("question", "verdict", "stated"),
    [
        ("Có phải đến năm 2036 có 65% thợ dệt được tham gia bảo hiểm không?", "Có.", "65%"),
        ("Đến năm 2036 có 90% thợ dệt tham gia bảo hiểm đúng không?", "Không.", "65%"),
        ("Khen thưởng không quá 7% cá nhân làm nghề dệt phải không?", "Không.", "3%"),
        ("co phai nam 2036 co 65% tho det duoc tham gia bao hiem khong", "Có.", "65%"),
        ("Ban Quản lý chợ Tơ báo cáo sản lượng kén trước ngày 20/9/2034 phải không?", "Có.", "9 năm 2034"),
        ("Ban Quản lý chợ Tơ báo cáo sản lượng kén trước ngày 30/9/2034 phải không?", "Không.", "20 tháng 9"),
    ],
)
def test_a_stated_figure_or_day_is_confirmed_or_put_right(
    searching: Searching, question: str, verdict: str, stated: str
) -> None:
    answer = ask(searching, question)
    assert not answer.abstained
    assert answer.answer.startswith(verdict)
    assert stated in answer.answer


def test_a_figure_that_is_a_condition_is_no_claim() -> None:
    assert claimed("Người dưới 16 tuổi có được lái thuyền máy không?") is None
    assert claimed("Vốn có phải chiếm 70% không") is not None
    assert claimed("Bao nhiêu phần trăm thợ dệt được học nghề?") is None


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Sở nào mở lớp truyền nghề nhuộm tơ cho thanh niên?", "Sở Lụa tỉnh"),
        ("đơn vị nào lo đưa khách tham quan xưởng tơ", "Sở Lụa tỉnh"),
        ("Ai chủ trì trưng bày thổ cẩm cổ tại bảo tàng?", "Sở Văn hóa"),
    ],
)
def test_who_acts_stands_in_the_heading_above_or_the_line_that_assigns(
    searching: Searching, question: str, who: str
) -> None:
    assert who in ask(searching, question).answer


def test_nobody_is_named_for_what_no_agency_is_given(searching: Searching) -> None:
    assert ask(searching, "Sở nào cấp phao bơi cho thanh niên các bản?").abstained


def test_two_figures_asked_of_one_clause_are_both_said(searching: Searching) -> None:
    both = ask(searching, "Tỉnh hỗ trợ bao nhiêu tỷ đồng cho bao nhiêu làng nghề mua khung cửi?").answer
    assert "412,6" in both
    assert "14 làng nghề" in both
    one = ask(searching, "Tỉnh hỗ trợ bao nhiêu tỷ đồng cho các làng nghề mua khung cửi?").answer
    assert "412,6" in one


def test_a_code_may_stand_a_word_behind_what_is_counted(searching: Searching) -> None:
    assert "2 quầy" in ask(searching, "Mỗi chợ có tối thiểu bao nhiêu quầy T7?").answer


def test_a_rounded_amount_in_the_question_is_that_of_the_document(searching: Searching) -> None:
    answer = ask(searching, "Trong 412 tỷ đồng hỗ trợ mua khung cửi có bao nhiêu làng nghề?")
    assert "14" in answer.answer


def test_a_date_is_said_without_the_numbers_of_forms_and_decisions(searching: Searching) -> None:
    answer = ask(searching, "Báo cáo sản lượng kén trước ngày nào?").answer
    assert "20 tháng 9 năm 2034" in answer
    assert "15/QĐ-UBND" not in answer


def test_a_short_deadline_belongs_to_the_sentence_before(searching: Searching) -> None:
    assert "2035" in ask(searching, "Bảng giá tơ tằm thống nhất dự kiến xong năm nào?").answer
    assert ask(searching, "Bảng giá gạo nếp dự kiến xong năm nào?").abstained


def test_a_day_of_the_week_is_a_time(searching: Searching) -> None:
    assert "thứ Năm" in ask(searching, "Các xã gửi số liệu vụ kén vào thứ mấy hằng tuần?").answer


def test_the_short_name_of_a_body_is_defined_where_it_is_given(searching: Searching) -> None:
    assert "chất lượng tơ" in ask(searching, "Tổ giám sát là tổ nào?").answer


@pytest.mark.parametrize(
    "question",
    [
        "Đến năm 2036 ít nhất bao nhiêu phần trăm xưởng nhuộm được tham gia bảo hiểm?",
        "Đến năm 2036 ít nhất bao nhiêu phần trăm khung cửi được tham gia bảo hiểm?",
    ],
)
def test_a_share_of_one_thing_is_none_of_another(searching: Searching, question: str) -> None:
    assert ask(searching, question).abstained
    assert "65%" in ask(searching, "Đến năm 2036 ít nhất bao nhiêu phần trăm thợ dệt được tham gia bảo hiểm?").answer


def test_what_else_is_asked_in_the_same_words_is_asked_whole() -> None:
    first, second = apart("Đến năm 2036 bao nhiêu phần trăm thợ dệt có bảo hiểm, còn đến năm 2040 thì sao?")
    assert "2036" in first
    assert "2040" in second
    assert "bảo hiểm" in second
    assert apart("Còn đến năm 2040 thì sao?") == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("làng có dc vay ko", "làng có được vay không"),
        ("vay 20tr mua khung cửi", "vay 20 triệu mua khung cửi"),
        ("xưởng cách chợ 200m", "xưởng cách chợ 200 mét"),
        ("lang co dc vay ko", "lang co duoc vay khong"),
        ("KH 9/KH-UBND nói gì", "KH 9/KH-UBND nói gì"),
    ],
)
def test_short_forms_of_chats_are_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written
