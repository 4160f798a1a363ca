"""Questions that lie beside what made-up documents say: other classes, years, parts, dates; and works that share a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer, Reason
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import document

SCHOOLS = """Ủy ban nhân dân tỉnh Tây Lĩnh vừa ban hành Quyết định số 44/QĐ-UBND phê duyệt Chương trình thư viện trường học.
Đến năm 2034, tối thiểu 35% học sinh lớp 4, 52% học sinh lớp 8 và 71% học sinh lớp 11 mượn sách mỗi tháng.
Tỷ lệ thư viện mở cửa cuối tuần đạt 64% ở thị trấn và 27% ở bản làng vào năm 2034.
Lắp mới 46 tủ sách lưu động (trong đó: Sao Mai: 19 tủ, Hải Đăng: 27 tủ).
Trên 83% giáo viên được dùng thử kho sách điện tử, trên 29% giáo viên thường xuyên mượn sách điện tử.
Số đầu sách thiếu nhi: xã Đông 410 cuốn, xã Đoài 280 cuốn.
"""
OLD = """THỦ TƯỚNG CHÍNH PHỦ
Số: 905/QĐ-TTg
Hà Nội, ngày 10 tháng 4 năm 2014
QUYẾT ĐỊNH
Phê duyệt Đề án bảo tồn cá heo sông
Điều 1. Lập 6 trạm cứu hộ cá heo.
Điều 2. Quyết định này có hiệu lực từ ngày 10 tháng 4 năm 2014.
"""
NEW = """THỦ TƯỚNG CHÍNH PHỦ
Số: 905/QĐ-TTg
Hà Nội, ngày 22 tháng 8 năm 2019
QUYẾT ĐỊNH
Phê duyệt Chương trình cứu hộ rùa biển
Điều 1. Lập 15 trạm cứu hộ rùa.
Điều 2. Quyết định này có hiệu lực từ ngày 22 tháng 8 năm 2019.
"""
RULES = """ỦY BAN NHÂN DÂN TỈNH TÂY LĨNH
Số: 12/2020/QĐ-UBND
Tây Lĩnh, ngày 03 tháng 02 năm 2020
QUYẾT ĐỊNH
Quy định mức hỗ trợ đò ngang
Điều 1. Mức hỗ trợ đò ngang là 14 triệu đồng mỗi bến.
Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 02 năm 2020.
"""
RENEWED = """ỦY BAN NHÂN DÂN TỈNH TÂY LĨNH
Số: 31/2024/QĐ-UBND
Tây Lĩnh, ngày 06 tháng 5 năm 2024
QUYẾT ĐỊNH
Quy định mức hỗ trợ phương tiện thủy
Điều 1. Mức hỗ trợ xuồng máy là 22 triệu đồng mỗi chiếc.
Điều 2. Quyết định này có hiệu lực từ ngày 20 tháng 5 năm 2024 và thay thế Quyết định số 12/2020/QĐ-UBND ngày 03 tháng 02 năm 2020 của Ủy ban nhân dân tỉnh Tây Lĩnh.
"""
SIDECARS = {
    "thu-vien": {"about": "44/QĐ-UBND", "kind": "bài viết"},
    "ca-heo": {"number": "905/QĐ-TTg", "issued_on": "2014-04-10", "title": "Phê duyệt Đề án bảo tồn cá heo sông"},
    "rua-bien": {"number": "905/QĐ-TTg", "issued_on": "2019-08-22", "title": "Phê duyệt Chương trình cứu hộ rùa biển"},
    "do-ngang": {"number": "12/2020/QĐ-UBND", "issued_on": "2020-02-03"},
    "thuy": {"number": "31/2024/QĐ-UBND", "issued_on": "2024-05-06"},
}
TEXTS = {"thu-vien": SCHOOLS, "ca-heo": OLD, "rua-bien": NEW, "do-ngang": RULES, "thuy": RENEWED}


@pytest.fixture(scope="module")
def ask(searching: Callable[[dict[str, Document]], Search]) -> Callable[..., Answer]:
    made = {id: document(text, id=id, sidecar=SIDECARS[id]) for id, text in TEXTS.items()}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer


STATED = [
    ("Đến năm 2034 bao nhiêu phần trăm học sinh lớp 8 mượn sách mỗi tháng?", "52%", ("35%", "71%")),
    ("Đến năm 2034 bao nhiêu phần trăm học sinh lớp 11 mượn sách mỗi tháng?", "71%", ("35%", "52%")),
    ("Tỷ lệ thư viện mở cửa cuối tuần ở bản làng là bao nhiêu?", "27%", ("64%",)),
    ("Tỷ lệ thư viện mở cửa cuối tuần ở thị trấn là bao nhiêu?", "64%", ("27%",)),
    ("Bao nhiêu phần trăm giáo viên thường xuyên mượn sách điện tử?", "29%", ("83%",)),
    ("Bao nhiêu phần trăm giáo viên được dùng thử kho sách điện tử?", "83%", ("29%",)),
    ("Hải Đăng lắp mới bao nhiêu tủ sách lưu động?", "27 tủ", ("46", "19")),
    ("Lắp mới bao nhiêu tủ sách lưu động?", "46", ("19", "27 tủ")),
    ("Xã Đoài có bao nhiêu cuốn sách thiếu nhi?", "280", ("410",)),
    ("bao nhieu phan tram hoc sinh lop 8 muon sach moi thang den nam 2034", "52%", ("35%", "71%")),
    ("Bao nhêiu phần trăm học sinh lớp 8 mượn sách mỗi tháng đến năm 2034?", "52%", ("35%", "71%")),
]


@pytest.mark.parametrize(("question", "figure", "others"), STATED)
def test_the_words_that_differ_choose_the_figure(
    ask: Callable[..., Answer], question: str, figure: str, others: tuple[str, ...]
) -> None:
    found = ask(question)
    assert not found.abstained
    assert figure in found.answer
    assert not any(other in found.answer for other in others)


@pytest.mark.parametrize(
    "question",
    [
        "Đến năm 2034 bao nhiêu phần trăm học sinh lớp 6 mượn sách mỗi tháng?",
        "Đến năm 2047 bao nhiêu phần trăm học sinh lớp 8 mượn sách mỗi tháng?",
        "Quyết định 44/QĐ-UBND được ký hôm nào?",
        "Quyết định 44/QĐ-UBND ban hành ngày nào?",
        "Biển Xanh lắp mới bao nhiêu tủ sách lưu động?",
        "Thủ đô của nước Ý là gì?",
        "Giá vé xem phim tối nay bao nhiêu?",
    ],
)
def test_what_the_documents_do_not_state_is_declined(ask: Callable[..., Answer], question: str) -> None:
    assert ask(question).abstained


def test_the_day_of_issue_of_both_works_that_share_a_number_is_told(ask: Callable[..., Answer]) -> None:
    found = ask("Quyết định 905/QĐ-TTg ký ngày nào?")
    assert "10/4/2014" in found.answer
    assert "22/8/2019" in found.answer


def test_a_number_of_two_works_is_asked_back(ask: Callable[..., Answer]) -> None:
    found = ask("Quyết định 905/QĐ-TTg lập bao nhiêu trạm cứu hộ?")
    assert found.reason is Reason.AMBIGUOUS
    assert "10/4/2014" in found.answer
    assert "22/8/2019" in found.answer
    assert len(found.suggestions) == 2


def test_the_year_chooses_among_works_that_share_a_number(ask: Callable[..., Answer]) -> None:
    found = ask("Quyết định 905/QĐ-TTg năm 2019 lập bao nhiêu trạm cứu hộ?")
    assert "15" in found.answer


def test_a_replaced_document_is_named_as_no_longer_in_force(ask: Callable[..., Answer]) -> None:
    question = "Theo Quyết định 12/2020/QĐ-UBND mức hỗ trợ đò ngang là bao nhiêu triệu đồng?"
    assert "14 triệu đồng" in ask(question, as_of="2022-01-01").answer
    later = ask(question, as_of="2025-01-01")
    assert later.reason is Reason.NOT_IN_FORCE
    assert "31/2024/QĐ-UBND" in later.answer


def test_what_only_a_replaced_document_says_is_no_evidence_now(ask: Callable[..., Answer]) -> None:
    found = ask("Hiện nay mức hỗ trợ đò ngang mỗi bến là bao nhiêu triệu đồng?")
    assert found.abstained
    assert found.reason is Reason.NOT_IN_FORCE


def test_the_first_end_of_a_range_is_no_subject_of_a_suggestion(searching):
    fines = (
        "Điều 7. Xử phạt vi phạm tại bến đò\n"
        "1. Phạt tiền từ 300.000 đồng đến 500.000 đồng đối với chủ đò chở quá số người của bến.\n"
        "2. Phạt tiền từ 700.000 đồng đến 900.000 đồng đối với chủ đò không phát áo phao cho khách của bến."
    )
    known = {"ben-do": document(fines, id="ben-do")}
    answerer = Answerer(searching(known), known.__getitem__, None, known.values())
    found = answerer.answer("Chủ đò ở bến chở gia súc bị phạt tiền bao nhiêu đồng?")
    assert found.abstained
    assert not [s for s in found.suggestions if "đồng đến" in s]
