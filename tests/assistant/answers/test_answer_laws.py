"""Questions as people ask of a decree: two at once, two things compared, spoken words, a fine stated above the act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer, Reason, Turn
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import document

DECREE = """CHÍNH PHỦ
Số: 77/2033/NĐ-CP
Hà Nội, ngày 20 tháng 6 năm 2033
NGHỊ ĐỊNH
Quy định về bến đò ngang
Điều 1. Bến đò ngang
1. Bến đò ngang là nơi đón, trả khách qua sông bằng phương tiện thô sơ.
2. Chủ bến là người được Ủy ban nhân dân cấp xã giao quản lý bến.
Điều 2. Phép mở bến
1. Trong thời hạn 09 ngày làm việc kể từ ngày nhận đủ hồ sơ, Phòng Hạ tầng cấp phép mở bến đò ngang.
2. Hội đồng nghiệm thu bến có tối thiểu 07 (bảy) thành viên; cuộc họp hợp lệ khi có ít nhất 2/3 (hai phần ba) số thành viên dự.
3. Phí mở bến đò ngang là 640.000 đồng; phí gia hạn bến đò ngang là 210.000 đồng.
4. Đến hết ngày 31 tháng 12 năm 2035, phí neo đậu là 3% doanh thu.
5. Kể từ ngày 01 tháng 01 năm 2036 trở đi, phí neo đậu là 5% doanh thu.
6. Không cấp phép cho bến có bề rộng dưới 4 mét.
7. Đến năm 2040, 70% bến đò ngang có phao cứu sinh.
Điều 3. Xử phạt người lái đò
1. Phạt tiền từ 300.000 đồng đến 500.000 đồng đối với người lái đò thực hiện một trong các hành vi sau đây:
a) Không phát áo phao cho khách;
b) Chở súc vật chung khoang với khách.
2. Phạt tiền từ 2.000.000 đồng đến 4.000.000 đồng đối với người lái đò thực hiện một trong các hành vi sau đây:
a) Chở khách khi nước lũ trên báo động;
b) Không chấp hành hiệu lệnh của đèn tín hiệu giao thông tại cửa sông.
Điều 4. Hỗ trợ
1. Chủ bến là hộ nghèo được giảm phí từ 6% xuống 2% trong thời gian không quá 18 tháng.
2. Tỷ lệ hộ chưa có áo phao còn 8%; tỷ lệ hộ có áo phao đạt 92%.
Điều 5. Nghị định này có hiệu lực từ ngày 01 tháng 9 năm 2033.
"""


@pytest.fixture(scope="module")
def ask(searching: Callable[[dict[str, Document]], Search]) -> Callable[..., Answer]:
    sidecar = {
        "number": "77/2033/NĐ-CP", "issuer": "Chính phủ", "issued_on": "2033-06-20", "kind": "nghị định",
        "title": "Nghị định quy định về bến đò ngang",
    }  # fmt: skip
    made = {"ben-do": document(DECREE, id="ben-do", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer


STATED = [
    ("Người lái đò không phát áo phao cho khách bị phạt bao nhiêu tiền?", ("300.000", "500.000"), ("2.000.000",)),
    ("Chở khách khi nước lũ trên báo động bị phạt bao nhiêu tiền?", ("2.000.000", "4.000.000"), ("300.000",)),
    ("Lái đò vượt đèn đỏ tại cửa sông bị phạt bao nhiêu tiền?", ("2.000.000", "4.000.000"), ("300.000",)),
    ("Hội đồng nghiệm thu bến có tối thiểu bao nhiêu thành viên?", ("07",), ()),
    ("Từ năm 2036 phí neo đậu là bao nhiêu phần trăm doanh thu?", ("5%",), ("3%",)),
    ("Năm 2050 phí neo đậu là bao nhiêu phần trăm doanh thu?", ("5%",), ("3%",)),
    ("Đến năm 2035 phí neo đậu là bao nhiêu phần trăm doanh thu?", ("3%",), ("5%",)),
    ("Nghị định về bến đò ngang có hiệu lực khi nào?", ("9", "2033"), ()),
    ("Tỷ lệ hộ chưa có áo phao là bao nhiêu?", ("8%",), ("92%",)),
    ("Ai là chủ bến?", ("Ủy ban nhân dân cấp xã giao",), ()),
]


@pytest.mark.parametrize(("question", "stated", "others"), STATED)
def test_a_provision_answers(
    ask: Callable[..., Answer], question: str, stated: tuple[str, ...], others: tuple[str, ...]
) -> None:
    found = ask(question)
    assert not found.abstained, found.answer
    assert all(figure in found.answer for figure in stated), found.answer
    assert not any(figure in found.answer for figure in others), found.answer


def test_the_line_with_the_fine_and_the_act_are_both_cited(ask: Callable[..., Answer]) -> None:
    quotes = [c.quote for c in ask("Người lái đò không phát áo phao cho khách bị phạt bao nhiêu tiền?").citations]
    assert any("300.000" in q for q in quotes)
    assert any("áo phao" in q for q in quotes)


def test_two_questions_in_one_are_both_answered(ask: Callable[..., Answer]) -> None:
    found = ask("Phí mở bến đò ngang là bao nhiêu và Phòng Hạ tầng cấp phép trong bao nhiêu ngày làm việc?")
    assert "640.000" in found.answer
    assert "09 ngày" in found.answer
    assert len(found.claims) == 2
    assert all(c.verified and c.citations for c in found.claims)


def test_of_two_questions_the_one_without_an_answer_is_named(ask: Callable[..., Answer]) -> None:
    found = ask("Phí mở bến đò ngang là bao nhiêu và lương thuyền trưởng tàu biển là bao nhiêu?")
    assert not found.abstained
    assert "640.000" in found.answer
    assert "lương thuyền trưởng tàu biển" in found.answer
    assert len(found.claims) == 1


def test_two_things_of_one_text_are_compared_with_a_citation_each(ask: Callable[..., Answer]) -> None:
    found = ask("Phí mở bến đò ngang và phí gia hạn bến đò ngang chênh nhau bao nhiêu?")
    assert "640.000" in found.answer
    assert "210.000" in found.answer
    assert "430.000" in found.answer


def test_a_refusal_says_for_which_year_the_figure_is_stated(ask: Callable[..., Answer]) -> None:
    found = ask("Đến năm 2050 bao nhiêu phần trăm bến đò ngang có phao cứu sinh?")
    assert found.abstained
    assert found.reason is Reason.FIGURE_NOT_STATED
    assert "Chỉ thấy nêu cho năm 2040" in found.answer
    assert "70%" in found.answer
    assert [c.quote for c in found.citations if "70%" in c.quote]


@pytest.mark.parametrize(
    "question",
    [
        "Phòng Tài chính cấp phép mở bến đò ngang trong bao nhiêu ngày?",
        "Phí mở bến phà là bao nhiêu tiền?",
        "Có bao nhiêu người lái đò được phát áo phao?",
        "Hội đồng thẩm định giá có bao nhiêu thành viên?",
    ],
)
def test_what_the_decree_does_not_say_is_declined(ask: Callable[..., Answer], question: str) -> None:
    assert ask(question).abstained, ask(question).answer


def test_a_follow_up_without_diacritics_is_joined_without_them(ask: Callable[..., Answer]) -> None:
    history = [
        Turn(role="user", content="phi mo ben do ngang la bao nhieu tien"),
        Turn(role="assistant", content="640.000 đồng"),
    ]
    found = ask("the con phi gia han?", history)
    assert found.standalone.isascii()
    assert "210.000" in found.answer
