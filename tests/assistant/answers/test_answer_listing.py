"""Items of one list or table that answer together, and the rows of a table that hold what is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.library import Search
from assistant.answers.normalise import tokens
from assistant.answers.patterns import Typed
from assistant.answers.siblings import noun_asked
from assistant.targets import extract
from corpus.document import Document
from corpus.load import document

PLAN = """UBND TỈNH LỘC BÌNH
Số: 61/KH-UBND
Lộc Bình, ngày 03 tháng 6 năm 2031
KẾ HOẠCH
Khôi phục nghề rèn năm 2031
I. TỔ CHỨC THỰC HIỆN
1. Sở Công Thương
a) Chủ trì các đề mục của Kế hoạch, bao gồm:
- Đề mục 1: Dựng lò than, sửa mái xưởng.
- Đề mục 3: Dạy nghề rèn, chạm cho thợ trẻ.
- Đề mục 4: Mở hội chợ dao kéo, cuốc xẻng.
b) Tổng hợp báo cáo.
2. Sở Tài chính bố trí kinh phí.
PHỤ LỤC
DANH MỤC SẢN PHẨM
| TT | Sản phẩm | Đơn vị | Số lượng | Đơn vị phụ trách |
| 1 | Dao phay | Chiếc | 320 | Hội Nghề rèn |
| 2 | Cuốc bàn | Chiếc | 450 | Xưởng Bàu Đá |
| 3 | Kéo cắt lá | % | 90 | Hội Nghề rèn |
| 4 | Rèn lưỡi cày cho hội chợ nghề | Chiếc | 70 | Sở Công Thương |
"""


@pytest.fixture(scope="module")
def asked(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    sidecar = {"number": "61/KH-UBND", "issuer": "UBND tỉnh Lộc Bình", "issued_on": "2031-06-03"}
    known = {"plan": document(PLAN, id="plan", sidecar=sidecar)}
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Sở Công Thương chủ trì những đề mục nào của Kế hoạch 61?", ["lò than", "thợ trẻ", "hội chợ"], ["báo cáo"]),
        (
            "Hội Nghề rèn phụ trách những sản phẩm nào theo Kế hoạch 61?",
            ["Dao phay", "Kéo", "90%"],
            ["Cuốc", "lưỡi cày"],
        ),
        ("Xưởng Bàu Đá phụ trách những sản phẩm nào theo Kế hoạch 61?", ["Cuốc bàn"], ["Dao", "Kéo"]),
    ],
)
def test_the_items_that_hold_what_is_asked_answer_together(
    asked: Answerer, question: str, holds: list[str], lacks: list[str]
) -> None:
    answer = asked.answer(question)
    assert not answer.abstained, answer.answer
    assert all(word in answer.answer for word in holds), answer.answer
    assert not any(word in answer.answer for word in lacks), answer.answer


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Kế hoạch có dịch vụ nào về đò ngang?", ("dich", "vu")),
        ("Kế hoạch có những mục tiêu nào?", ("muc", "tieu")),
        ("Kể tên các loại phí chợ.", ("phi", "cho")),
        ("Có thể nộp ở bưu cục nào?", ()),
        ("Chợ họp mấy phiên?", ()),
    ],
)
def test_the_things_asked_for_are_known(question: str, noun: tuple[str, ...]) -> None:
    assert noun_asked(Typed(tokens(question), plain=False)) == noun


RULES = """HỘI ĐỒNG LÀNG NGHỀ LỘC BÌNH
Số: 9/QĐ-HĐ
Lộc Bình, ngày 08 tháng 7 năm 2031
QUYẾT ĐỊNH
Ban hành quy chế làng rèn
Điều 1. Nhiệm vụ, quyền hạn, chế độ của trưởng làng rèn
1. Trưởng làng rèn xử lý việc chậm trả lò bằng các cách sau:
a) Nhắc bằng lời;
b) Thu lại chìa khóa lò.
2. Trưởng làng rèn giữ sổ lò.
Điều 2. Trách nhiệm của thợ cả, thợ phụ
Thợ cả dạy việc cho thợ phụ.
Điều 3. Các xưởng góp than
Ưu tiên nhận than cho các xưởng, lò thuộc nhóm góp than đều, thường xuyên đỏ lửa. Quỹ làng hỗ trợ tiền công cho các \
xóm có đường đèo dốc ngập nước.
Điều 4. Mẫu dao
Làng giữ 05 mẫu dao dùng trong lễ hội và chợ phiên. Kèm quyết định là 2 Phụ lục về mẫu dao và mẫu cuốc.
Điều 5. Giấy tờ
Thợ chuyển cho làng các loại văn bản sau: đơn xin than; giấy mượn lò; sổ công.
Điều 6. Kinh phí
Nguồn vốn thực hiện lễ hội bao gồm:
a) Tiền quỹ làng;
b) Tiền khách xa góp.
Doanh nghiệp dựng cột BLT gần chợ, sửa lối vào khu lò cho xe của Hội chợ.
4. Tổ bảo vệ của xóm: Thượng, Hạ có quyền:
a) Gọi người vào lò;
b) Khóa cổng chợ.
Điều 7. Hiệu lực
Các văn bản sau đây hết hiệu lực từ ngày Quyết định này có hiệu lực:
a) Quyết định số 3/QĐ-HĐ về lò than;
b) Quyết định số 5/QĐ-HĐ về sổ lò.
"""


@pytest.fixture(scope="module")
def ruled(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    sidecar = {"number": "9/QĐ-HĐ", "issuer": "Hội đồng làng nghề Lộc Bình", "issued_on": "2031-07-08"}
    known = {"rules": document(RULES, id="rules", sidecar=sidecar)}
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Trưởng làng rèn có những nhiệm vụ gì?", ["chìa khóa lò", "sổ lò"]),
        ("Thợ cả có những trách nhiệm gì đối với thợ phụ?", ["dạy việc"]),
        ("Thợ chuyển cho làng những loại văn bản nào?", ["đơn xin than", "sổ công"]),
        ("Kể 3 loại văn bản thợ chuyển cho làng.", ["đơn xin than", "sổ công"]),
        (
            "Quyết định 9 làm hết hiệu lực những quyết định nào trước đó?",
            ["Quyết định số 3/QĐ-HĐ", "Quyết định số 5/QĐ-HĐ"],
        ),
        ("Tiền làm lễ hội lấy từ những nguồn nào?", ["quỹ làng", "khách xa"]),
        ("Tổ bảo vệ của xóm có những quyền gì?", ["Gọi người", "Khóa cổng"]),
        ("Quỹ làng hỗ trợ tiền công cho những xóm nào?", ["đường đèo dốc"]),
        ("Quyết định 9 của làng rèn kèm mấy phụ lục?", ["2 Phụ lục"]),
    ],
)
def test_what_stands_under_the_heading_is_told(ruled: Answerer, question: str, holds: list[str]) -> None:
    answer = ruled.answer(question)
    assert not answer.abstained, answer.answer
    assert all(word in answer.answer for word in holds), answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Kể tên các xưởng, lò góp than đều được ưu tiên nhận than.",
        "Những doanh nghiệp nào dựng cột BLT gần chợ?",
        "Hãy kể tên 5 mẫu dao dùng trong lễ hội.",
    ],
)
def test_speaking_of_the_kind_names_nothing(ruled: Answerer, question: str) -> None:
    assert ruled.answer(question).abstained


TARGETS = """UBND TỈNH LỘC BÌNH
Số: 77/KH-UBND
Lộc Bình, ngày 09 tháng 8 năm 2031
KẾ HOẠCH
Phát triển làng gốm
I. MỤC TIÊU
1. Mục tiêu đến năm 2033
a) 40% lò gốm dùng khí đốt.
b) 65% thợ gốm có thẻ nghề.
2. Mục tiêu đến năm 2036
a) 70% lò gốm dùng khí đốt.
b) 95% thợ gốm có thẻ nghề.
PHỤ LỤC
DANH MỤC MẪU GỐM
Mẫu gốm của làng:
1. Bình vôi.
2. Chum sành.
3. Ấm tích.
"""


@pytest.fixture(scope="module")
def aimed(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    sidecar = {"number": "77/KH-UBND", "issuer": "UBND tỉnh Lộc Bình", "issued_on": "2031-08-09"}
    known = {"aims": document(TARGETS, id="aims", sidecar=sidecar)}
    rows = {id: extract(held) for id, held in known.items()}
    return Answerer(searching(known), known.__getitem__, rows.__getitem__, summaries=list(known.values()))


def test_the_targets_of_a_year_are_told_from_the_register(aimed: Answerer) -> None:
    answer = aimed.answer("Kế hoạch 77/KH-UBND đặt những mục tiêu nào đến năm 2036?")
    assert {p for p in ("40%", "65%", "70%", "95%") if p in answer.answer} == {"70%", "95%"}, answer.answer
    assert {t.value for t in answer.targets} == {70.0, 95.0}


def test_the_targets_of_one_side_are_told_from_the_register(aimed: Answerer) -> None:
    answer = aimed.answer("Kế hoạch 77/KH-UBND có những chỉ tiêu nào về thẻ nghề của thợ gốm?")
    assert {p for p in ("40%", "65%", "70%", "95%") if p in answer.answer} == {"65%", "95%"}, answer.answer


def test_the_numbered_items_of_a_list_are_counted(aimed: Answerer) -> None:
    answer = aimed.answer("Kế hoạch 77/KH-UBND liệt kê bao nhiêu mẫu gốm của làng?")
    assert "3 mục" in answer.answer, answer.answer


def test_items_of_another_thing_are_not_counted(aimed: Answerer) -> None:
    assert aimed.answer("Kế hoạch 77/KH-UBND liệt kê bao nhiêu phiên chợ của làng?").abstained
