"""The same asked of two things, and sides of a comparison that are called by their years or joined by "cao hơn"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.dated import elliptic
from assistant.answers.lexicon import Lexicon
from assistant.answers.parting import rivals
from assistant.answers.question import understand
from assistant.answers.sharing import shared
from corpus.document import Document
from corpus.load import document

LETTER = """SỞ DU LỊCH LỘC BÌNH
Số: 417/SDL-QLBT
Lộc Bình, ngày 10 tháng 4 năm 2032
CÔNG VĂN
Hướng dẫn sửa chữa bến thuyền năm 2032
1. Năm 2032 tối thiểu 35% bến thuyền có phao cứu sinh.
2. Sở Du lịch tổng hợp.
"""
PROGRAMME = """ỦY BAN NHÂN DÂN TỈNH LỘC BÌNH
Số: 88/QĐ-UBND
Lộc Bình, ngày 12 tháng 3 năm 2031
QUYẾT ĐỊNH
Phê duyệt Chương trình an toàn sông nước giai đoạn 2031-2035
Điều 1. Mục tiêu của Chương trình an toàn sông nước:
1. 60% bến thuyền có phao cứu sinh.
2. Vốn của chương trình: ngân sách tỉnh chiếm 70% tổng vốn đầu tư.
3. Vốn của chương trình: ngân sách xã chiếm 12% tổng vốn đầu tư.
Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2031.
"""
LOANS = """NGÂN HÀNG VEN HỒ
Số: 29/QĐ-NHVH
Lộc Bình, ngày 05 tháng 6 năm 2032
QUYẾT ĐỊNH
Về lãi suất cho vay miền hồ
Điều 1. Điều chỉnh lãi suất như sau:
1. Lãi suất cho vay đóng thuyền và lưới cá giảm từ 9,6%/năm (0,80%/tháng) xuống 8,4%/năm (0,70%/tháng).
2. Lãi suất cho vay hộ buôn bán trên bến giảm từ 9,6%/năm (0,80%/tháng) xuống 7,2%/năm (0,60%/tháng).
Điều 2. Thời hạn xét hồ sơ vay
1. Trong thời hạn 20 ngày kể từ ngày nhận hồ sơ vay đóng thuyền, Ngân hàng Ven Hồ xét hồ sơ.
2. Hồ sơ vay đóng thuyền có bảo lãnh của hợp tác xã thì trong thời hạn 45 ngày kể từ ngày nhận, Ngân hàng Ven Hồ xét.
Điều 3. Quyết định này có hiệu lực từ ngày 20 tháng 6 năm 2032.
"""


@pytest.fixture(scope="module")
def asked(answering: Callable[..., Answerer]) -> Answerer:
    letter = {"number": "417/SDL-QLBT", "kind": "công văn", "issued_on": "2032-04-10"}
    programme = {
        "number": "88/QĐ-UBND",
        "kind": "quyết định",
        "title": "Phê duyệt Chương trình an toàn sông nước giai đoạn 2031-2035",
        "issued_on": "2031-03-12",
    }
    loans = {"number": "29/QĐ-NHVH", "kind": "quyết định", "issued_on": "2032-06-05"}
    texts: dict[str, str | Document] = {
        "letter": document(LETTER, id="letter", sidecar=letter),
        "programme": document(PROGRAMME, id="programme", sidecar=programme),
        "loans": document(LOANS, id="loans", sidecar=loans),
    }
    return answering(**texts)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Trong vốn của chương trình đò và phà, ngân sách tỉnh và ngân sách xã mỗi bên chiếm bao nhiêu phần trăm?",
            [
                "Trong vốn của chương trình đò và phà, ngân sách tỉnh chiếm bao nhiêu phần trăm?",
                "Trong vốn của chương trình đò và phà, ngân sách xã chiếm bao nhiêu phần trăm?",
            ],
        ),
        (
            "Quyết định 88/QĐ-UBND và Thông tư 7/2031/TT-BGTVT lần lượt có hiệu lực từ ngày nào?",
            [
                "Quyết định 88/QĐ-UBND có hiệu lực từ ngày nào?",
                "Thông tư 7/2031/TT-BGTVT có hiệu lực từ ngày nào?",
            ],
        ),
        (
            "Kế hoạch bến nổi và Kế hoạch phao cứu sinh cùng đặt mức 30%, mỗi cái là của việc gì?",
            ["Kế hoạch bến nổi đặt mức 30% là của việc gì?", "Kế hoạch phao cứu sinh đặt mức 30% là của việc gì?"],
        ),
        (
            "Phí qua phà: xe máy trả theo văn bản nào, xe tải nhẹ trả theo văn bản nào?",
            ["Phí qua phà: xe máy trả theo văn bản nào?", "Phí qua phà: xe tải nhẹ trả theo văn bản nào?"],
        ),
        ("Mỗi bên giữ mấy bản hợp đồng?", []),
        ("Đò ngang và đò dọc mỗi năm chở bao nhiêu khách?", []),
        ("Đò ngang, đò dọc phải làm gì, ai kiểm tra?", []),
    ],
)
def test_what_is_asked_of_each_becomes_two_questions(text: str, sides: list[str]) -> None:
    assert shared(text) == sides


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "Phí khác nhau thế nào giữa bến do tỉnh, xã lập và bến có người góp vốn?",
            ["bến do tỉnh, xã lập", "bến có người góp vốn"],
        ),
        (
            "Theo quyết định mới, lãi suất vay đóng thuyền và lưới cá cao hơn lãi suất cho hộ buôn bán bao nhiêu?",
            ["lãi suất vay đóng thuyền và lưới cá", "lãi suất cho hộ buôn bán"],
        ),
        ("Đò ngang và đò dọc cái nào đi lâu hơn?", ["Đò ngang", "đò dọc"]),
        ("Đò ngang với bến thuyền loại nào dài hơn?", ["Đò ngang", "bến thuyền"]),
    ],
)
def test_the_two_things_are_told(question: str, labels: list[str]) -> None:
    assert [r.label for r in rivals(understand(question, Lexicon()))] == labels


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Mục tiêu của kế hoạch cấp nước 2031-2035 và kế hoạch 2036-2040 khác nhau thế nào?", True),
        ("Mục tiêu của kế hoạch 2031-2035 và kế hoạch 2036-2040 khác nhau thế nào?", False),
        ("Công văn 417 và chương trình 2031-2035 khác nhau thế nào?", False),
    ],
)
def test_a_period_may_leave_out_the_name(text: str, left_out: bool) -> None:
    assert elliptic(text) is left_out


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Tỷ lệ bến thuyền có phao cứu sinh năm 2032 theo Công văn 417 thấp hơn mục tiêu của chương trình 2031-2035"
            " bao nhiêu?",
            ["35%", "60%", "giai đoạn 2031-2035", "25 điểm phần trăm"],
        ),
        (
            "Lãi suất vay đóng thuyền và lưới cá cao hơn lãi suất cho hộ buôn bán trên bến bao nhiêu?",
            ["8,4%/năm", "7,2%/năm", "1,2 điểm phần trăm"],
        ),
        (
            "Trong vốn của chương trình an toàn sông nước, ngân sách tỉnh và ngân sách xã mỗi bên chiếm bao nhiêu"
            " phần trăm?",
            ["70%", "12%"],
        ),
        (
            "Hồ sơ vay đóng thuyền có bảo lãnh của hợp tác xã thì Ngân hàng Ven Hồ xét lâu hơn trường hợp thường"
            " bao nhiêu ngày?",
            ["45 ngày", "20 ngày", "dài hơn trường hợp thường 25 ngày"],
        ),
    ],
)
def test_both_sides_are_answered(asked: Answerer, question: str, parts: list[str]) -> None:
    answer = asked.answer(question)
    assert not answer.abstained
    assert all(part in answer.answer for part in parts), answer.answer
    assert len({(c.document, c.start) for c in answer.citations}) > 1


def test_the_years_of_a_programme_name_it(asked: Answerer) -> None:
    answer = asked.answer("Chương trình 2031-2035 đặt mục tiêu bao nhiêu phần trăm bến thuyền có phao cứu sinh?")
    assert "60%" in answer.answer
    assert "35%" not in answer.answer


def test_a_case_is_not_told_without_the_usual_one(asked: Answerer) -> None:
    answer = asked.answer("Hồ sơ đấu giá bến có tranh chấp thì xét lâu hơn trường hợp thường bao nhiêu ngày?")
    assert answer.abstained


def test_grounds_that_differ_have_no_outcome_in_figures(asked: Answerer) -> None:
    asked_of = "Đối tượng trang bị phao cứu sinh trong chương trình 2031-2035 và trong Công văn 417 khác nhau thế nào?"
    assert "điểm phần trăm" not in asked.answer(asked_of).answer


def test_a_side_that_is_not_found_is_told(asked: Answerer) -> None:
    answer = asked.answer("Quyết định 29/QĐ-NHVH và Quyết định 7777/QĐ-UBND, mỗi cái có hiệu lực từ ngày nào?")
    assert answer.abstained or "7777" in answer.answer
