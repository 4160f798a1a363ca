"""What a short line under a heading tells of it, cases after a colon, exceptions in brackets, and what replaces what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer, Turn
from assistant.answers.library import Search
from assistant.answers.mentions import named_in
from corpus.document import Document
from corpus.load import document

PLAN = """UBND TỈNH LỘC BÌNH
Số: 52/KH-UBND
Lộc Bình, ngày 10 tháng 4 năm 2031
KẾ HOẠCH
Phát triển nghề gốm năm 2031
I. HOẠT ĐỘNG
1. Tuần lễ gốm
a) Thời gian: Từ ngày 05/9/2031 đến ngày 12/9/2031.
b) Kinh phí: 640 triệu đồng.
2. Tổng hợp kết quả Tuần lễ gốm báo cáo Ủy ban nhân dân tỉnh trước ngày 30/10/2031.
3. Sở Công Thương đăng lịch nung gốm trên bảng tin của làng nghề.
4. Mỗi xưởng được mượn tối đa 3 lò nung (riêng xưởng Bàu Trúc được mượn tối đa 8 lò nung).
5. Lò gốm được công nhận lò tiêu biểu: cấp xã nếu đạt từ 55 điểm trở lên; cấp quốc gia nếu đạt từ 75 điểm trở lên.
6. Vốn do ngân sách tỉnh cấp từ nguồn dự phòng lần đầu là 20 tỷ đồng và được nâng lên 35 tỷ đồng vào năm sau.
7. Tỷ lệ lò nung dùng khí đốt đạt 62% ở đồng bằng và 41% ở miền núi.
8. Kinh phí chưa huy động được khoảng 70 tỷ đồng. Kinh phí huy động được khoảng 30 tỷ đồng.
"""
DECREE = """CHÍNH PHỦ
Số: 77.3/2031/NQ-CP
Hà Nội, ngày 02 tháng 3 năm 2031
NGHỊ QUYẾT
Về làng nghề
Điều 1. Bộ Công Thương đôn đốc việc mở trung tâm gốm.
Điều 2. Nghị quyết này có hiệu lực từ ngày 01 tháng 5 năm 2031 đến hết ngày 30 tháng 6 năm 2033.
"""


@pytest.fixture(scope="module")
def asked(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    sidecar = {"number": "52/KH-UBND", "issuer": "UBND tỉnh Lộc Bình", "issued_on": "2031-04-10"}
    other = {"number": "77.3/2031/NQ-CP", "issuer": "Chính phủ", "issued_on": "2031-03-02"}
    known = {
        "plan": document(PLAN, id="plan", sidecar=sidecar),
        "decree": document(DECREE, id="decree", sidecar=other),
    }
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Tuần lễ gốm kéo dài từ ngày nào đến ngày nào?", "05/9/2031 đến ngày 12/9/2031", "30/10"),
        ("Kinh phí của Tuần lễ gốm là bao nhiêu?", "640 triệu", "tỷ"),
        ("Sở nào đăng lịch nung gốm trên bảng tin của làng nghề?", "Sở Công Thương", "30/10"),
        ("Bên nào lo đăng lịch nung gốm trên bảng tin của làng nghề?", "Sở Công Thương", "30/10"),
        ("Xưởng Bàu Trúc được mượn tối đa mấy lò nung?", "8 lò", " 3 lò nung."),
        ("Lò gốm phải đạt bao nhiêu điểm để được công nhận tiêu biểu cấp quốc gia?", "75 điểm", "55"),
        ("Vốn ngân sách tỉnh cấp lần đầu là bao nhiêu?", "20 tỷ", "35"),
        ("Tỷ lệ lò nung dùng khí đốt ở đồng bằng và miền núi lần lượt là bao nhiêu?", "62% ở đồng bằng và 41%", "55"),
        ("Kinh phí huy động được khoảng bao nhiêu?", "30 tỷ", "70"),
        ("NQ 77.3/2031/NQ-CP có hiệu lực từ ngày nào đến ngày nào?", "30 tháng 6 năm 2033", "12/9"),
        ("Theo NQ 77.3/2031/NQ-CP bộ nào đôn đốc việc mở trung tâm gốm?", "Bộ Công Thương", "Sở"),
    ],
)
def test_the_line_that_tells_it_answers(asked: Answerer, question: str, holds: str, lacks: str) -> None:
    answer = asked.answer(question)
    assert not answer.abstained, answer.answer
    assert holds in answer.answer
    assert lacks not in answer.answer.partition(": ")[2]


@pytest.mark.parametrize(
    ("mention", "text", "named"),
    [
        ("NQ 77.3/2031/NQ-CP", "Nghị quyết số 77.3/2031/NQ-CP", True),
        ("NQ 77.3/2031/NQ-CP", "Nghị quyết số 77.4/2031/NQ-CP", False),
        ("Quyết định 12/QĐ-UBND", "theo Quyết định số 12/QĐ-UBND", True),
        ("Nghị quyết 3/2031/NQ-CP", "Nghị quyết số 77.3/2031/NQ-CP", False),
    ],
)
def test_a_number_with_a_point_is_one_number(mention: str, text: str, named: bool) -> None:
    assert named_in(mention, text) is named


FAIR = """UBND TỈNH LỘC BÌNH
Số: 61/KH-UBND
Lộc Bình, ngày 02 tháng 6 năm 2031
KẾ HOẠCH
TỔ CHỨC HỘI THI NẶN GỐM NĂM 2031
Ủy ban nhân dân tỉnh ban hành Kế hoạch tổ chức Hội thi nặn gốm năm 2031 như sau:
I. NỘI DUNG
1. Chủ đề Hội thi năm 2031
“Đất nung kể chuyện bản làng”.
2. Đối tượng dự thi
a) Tập thể
- Tổ hợp tác làm gốm;
- Hợp tác xã nung gạch.
b) Cá nhân
- Thợ nặn từ 16 tuổi;
- Học sinh trường nghề.
3. Ủy ban nhân dân tỉnh tặng bằng khen cho tập thể, cá nhân đạt giải Hội thi nặn gốm.
4. Giải nhất Hội thi nặn gốm được thưởng 12 triệu đồng, áp dụng cho cả bảng trẻ và bảng lớn.
"""


@pytest.fixture(scope="module")
def fair(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    sidecar = {"number": "61/KH-UBND", "issuer": "UBND tỉnh Lộc Bình", "issued_on": "2031-06-02"}
    known = {
        "fair": document(FAIR, id="fair", sidecar=sidecar),
        "plan": document(PLAN, id="plan", sidecar={"number": "52/KH-UBND", "issued_on": "2031-04-10"}),
    }
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Chủ đề Hội thi nặn gốm năm 2031 là gì?", ["Đất nung kể chuyện"], "TỔ CHỨC"),
        ("Những cá nhân nào được dự Hội thi nặn gốm?", ["Thợ nặn", "Học sinh"], "Hợp tác xã"),
        ("Những tập thể nào được dự Hội thi nặn gốm?", ["Tổ hợp tác", "Hợp tác xã"], "Thợ nặn"),
    ],
)
def test_the_side_that_is_asked_for_is_told(fair: Answerer, question: str, holds: list[str], lacks: str) -> None:
    answer = fair.answer(question).answer
    assert all(item in answer for item in holds)
    assert lacks not in answer


def test_a_question_too_thin_to_stand_alone_is_about_the_one_before(fair: Answerer) -> None:
    before = [Turn(role="user", content="Hội thi nặn gốm thưởng giải nhất bao nhiêu tiền?")]
    answer = fair.answer("Áp dụng cho những bảng nào?", before)
    assert "bảng trẻ" in answer.answer
    assert "Hội thi nặn gốm" in answer.standalone
