"""What a comparison compares: things of one list, two documents, a draft and its final, two texts of other names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.kinds import Kind
from assistant.answers.lexicon import Lexicon
from assistant.answers.parting import rivals
from assistant.answers.question import understand
from corpus.document import Document
from corpus.load import document

PLAN = """UBND TỈNH LỘC BÌNH
Số: 61/KH-UBND
Lộc Bình, ngày 10 tháng 4 năm 2031
KẾ HOẠCH
Nâng cấp bến thuyền các hồ năm 2031
1. Chuyển bến gỗ sang bến nổi: 95 bến (Trong đó: Sông Xanh: 19 bến, Hồ Việt: 41 bến, Bến Mới: 35 bến).
2. Lắp mới bến gỗ: 50 bến (Trong đó: Hồ Việt: 22 bến, Sông Xanh: 28 bến).
3. Chế độ báo cáo
- Các sở, ngành gửi kết quả nâng cấp bến thuyền hằng năm trước ngày 25/10 về Sở Du lịch.
- Sở Du lịch tổng hợp, báo cáo kết quả nâng cấp bến thuyền hằng năm về Ủy ban nhân dân tỉnh trước ngày 05/11.
"""
OTHER = """UBND TỈNH LỘC BÌNH
Số: 84/KH-UBND
Lộc Bình, ngày 12 tháng 5 năm 2031
KẾ HOẠCH
Trồng dừa nước ven hồ năm 2031
1. Các sở, ngành gửi kết quả trồng dừa nước hằng năm trước ngày 15/9 về Sở Nông nghiệp.
"""
FUND_A = """CHÍNH PHỦ
Số: 31/2031/NĐ-CP
Hà Nội, ngày 02 tháng 3 năm 2031
NGHỊ ĐỊNH
Về Quỹ đò dọc miền hồ
Điều 4. Vốn điều lệ của Quỹ đò dọc miền hồ được cấp lần đầu là 800 tỷ đồng.
"""
FUND_B = """CHÍNH PHỦ
Số: 32/2031/NĐ-CP
Hà Nội, ngày 05 tháng 3 năm 2031
NGHỊ ĐỊNH
Về Quỹ cứu hộ đường thủy
Điều 6. Vốn điều lệ của Quỹ cứu hộ đường thủy được cấp lần đầu là 300 tỷ đồng.
"""


@pytest.fixture(scope="module")
def asked(answering: Callable[..., Answerer]) -> Answerer:
    plan = {"number": "61/KH-UBND", "issuer": "UBND tỉnh Lộc Bình", "issued_on": "2031-04-10"}
    other = {"number": "84/KH-UBND", "issuer": "UBND tỉnh Lộc Bình", "issued_on": "2031-05-12"}
    texts: dict[str, str | Document] = {
        "plan": document(PLAN, id="plan", sidecar=plan),
        "other": document(OTHER, id="other", sidecar=other),
        "fund_a": FUND_A,
        "fund_b": FUND_B,
    }
    return answering(**texts)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Sông Xanh và Hồ Việt, bên nào chuyển nhiều bến gỗ sang bến nổi hơn, bao nhiêu bến?",
            ["Sông Xanh: 19 bến", "Hồ Việt: 41 bến", "thấp hơn", "22 bến"],
        ),
        (
            "Vốn điều lệ lần đầu của Quỹ đò dọc miền hồ và Quỹ cứu hộ đường thủy chênh nhau thế nào?",
            ["800 tỷ đồng", "300 tỷ đồng", "500"],
        ),
        (
            "Hạn báo cáo hằng năm theo kế hoạch nâng cấp bến (61) và kế hoạch trồng dừa (84) khác nhau thế nào"
            " đối với các sở, ngành?",
            ["25/10", "15/9"],
        ),
    ],
)
def test_both_sides_are_said(asked: Answerer, question: str, parts: list[str]) -> None:
    answer = asked.answer(question)
    assert all(part in answer.answer for part in parts), answer.answer


def test_two_things_of_one_clause_are_quoted_once(asked: Answerer) -> None:
    answer = asked.answer("Sông Xanh và Hồ Việt, bên nào chuyển nhiều bến gỗ sang bến nổi hơn?").answer
    assert answer.count("Chuyển bến gỗ") == 1


def test_what_many_do_is_not_what_one_does(asked: Answerer) -> None:
    said = asked.answer("Các sở, ngành gửi kết quả nâng cấp bến thuyền cho Sở Du lịch trước ngày nào?").answer
    assert "25/10" in said
    assert "05/11" not in said


@pytest.mark.parametrize(
    "question",
    [
        "So mục tiêu làm bến trong hai kế hoạch 2026-2030 và 2031-2035",
        "Hồ Việt hay Sông Xanh làm nhiều bến hơn?",
        "Nơi nào đang có nhiều bến nổi hơn, hồ Bắc và hồ Nam?",
        "Từ dự thảo sang bản chính thức tỷ lệ bến nổi giảm bao nhiêu?",
    ],
)
def test_a_question_that_compares_is_known(question: str) -> None:
    assert understand(question, Lexicon()).kind is Kind.COMPARISON


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Sông Xanh và Hồ Việt, bên nào làm nhiều bến hơn?", ["Sông Xanh", "Hồ Việt"]),
        ("Có gió thì đò ngang và đò dọc bị phạt khác nhau thế nào?", ["đò ngang", "đò dọc"]),
        ("Tập huấn: chủ đò ngang và lái đò phải học số giờ khác nhau ra sao?", ["chủ đò ngang", "lái đò"]),
        (
            "Vốn của Quỹ nhà ở ven hồ và Quỹ cứu hộ đường thủy chênh nhau thế nào?",
            ["Quỹ nhà ở ven hồ", "Quỹ cứu hộ đường thủy"],
        ),
        ("Hạn nộp khác nhau thế nào đối với chủ đò?", []),
    ],
)
def test_the_two_things_are_named(question: str, labels: list[str]) -> None:
    assert [r.label for r in rivals(understand(question, Lexicon()))] == labels
