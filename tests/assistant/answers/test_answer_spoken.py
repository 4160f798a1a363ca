"""Questions as people speak: whose mother it is, hỏi for ngã, f for ph, two texts by number and by place, now and goal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.chat import written_out
from assistant.answers.lexicon import Lexicon
from assistant.answers.library import Search
from assistant.answers.normalise import tokens
from assistant.answers.question import understand
from corpus.document import Document
from corpus.load import document

PLAN = """UBND TỈNH QUẢNG NAM
Số: 41/KH-UBND
Quảng Nam, ngày 05 tháng 6 năm 2031
KẾ HOẠCH
Trồng dâu nuôi tằm
1. Thực hiện phát gộp 02 tháng gạo cứu đói cho người già neo đơn vào kỳ tháng 9.
2. Nghề tằm hiện nay đóng góp khoảng 3% thu nhập của xã.
3. Phấn đấu đến năm 2035 đóng góp khoảng 11% thu nhập của xã.
4. Tỷ lệ hộ có nong tằm đạt 46%.
5. Báo cáo kết quả nuôi tằm gửi về Sở Nông nghiệp trước ngày 20/10 hằng năm.
6. Ứng dụng sổ tay điện tử của tỉnh về dâu tằm (SilkNote), là sổ tay ghi lịch hái lá và cho tằm ăn.
"""
LAND = """CHÍNH PHỦ
Số: 88/NQ-CP
Hà Nội, ngày 02 tháng 3 năm 2031
NGHỊ QUYẾT
Về nghề tằm cả nước
1. Tỷ lệ hộ có nong tằm đạt 31%.
"""


@pytest.fixture(scope="module")
def asked(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    sidecar = {"number": "41/KH-UBND", "issuer": "UBND tỉnh Quảng Nam", "issued_on": "2031-06-05"}
    known = {"plan": document(PLAN, id="plan", sidecar=sidecar), "land": document(LAND, id="land")}
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Mẹ tôi già neo đơn, kỳ tháng 9 được phát gộp mấy tháng gạo cứu đói?", "02 tháng", "11%"),
        ("Nghề tằm đóng góp bao nhiêu phần trăm thu nhập của xã cho năm 2035?", "11%", "khoảng 3%"),
        ("Hiện nay nghề tằm đóng góp bao nhiêu phần trăm thu nhập của xã?", "3%", "11%"),
        ("SilkNote nói trong kế hoạch của Quảng Nam là cái gì?", "sổ tay", "gạo"),
        ("han gui bao cao ket qua nuoi tam hang nam la ngay may", "20/10", "gạo"),
    ],
)
def test_the_words_around_the_question_do_not_weigh(asked: Answerer, question: str, holds: str, lacks: str) -> None:
    answer = asked.answer(question).answer
    assert holds in answer
    assert lacks not in answer


def test_a_place_is_compared_with_a_number(asked: Answerer) -> None:
    answer = asked.answer("Tỷ lệ hộ có nong tằm của Quảng Nam so với Nghị quyết 88/NQ-CP thì bên nào cao hơn?").answer
    assert "46%" in answer
    assert "31%" in answer


def test_hoi_is_put_right_for_nga_where_only_that_is_known() -> None:
    lexicon = Lexicon.of(["Mưa lũ lớn, giữ vững bờ đê. Xã phường cử người gác."])
    keys = {w.key: w for w in understand("mưa lủ gĩư bờ đê", lexicon).typed.words}
    assert tokens("lũ")[0].key in keys
    known = understand("cử người gác", lexicon).typed.words[0]
    assert known.key == tokens("cử")[0].key


@pytest.mark.parametrize(
    ("typed", "written"),
    [("fường nào nộp fí", "phường nào nộp phí"), ("file Facebook", "file Facebook"), ("Fải nộp gì", "Phải nộp gì")],
)
def test_f_is_ph_in_vietnamese_words(typed: str, written: str) -> None:
    assert written_out(typed) == written


@pytest.mark.parametrize(
    ("question", "asked_of"),
    [
        ("Mẹ tôi nghỉ hưu thì vay ở quỹ nào?", ["nghi", "huu", "vay", "quy"]),
        ("Công ty mình vay ở quỹ nào?", ["vay", "quy"]),
        ("Cô giáo dạy con vật nào?", ["co", "giao", "day", "con", "vat"]),
    ],
)
def test_whose_it_is_is_not_asked_of_the_text(question: str, asked_of: list[str]) -> None:
    assert [term.word.bare for term in understand(question, Lexicon()).terms] == asked_of
