"""The day of a document that others cite, places that are left out, documents that a name was wrongly taken for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.question import understand
from corpus.load import document

LETTER = """BỘ THỦY LỢI
Số: 88/BTL-KH
Hà Nội, ngày 9 tháng 5 năm 2032
Kính gửi: các Sở Thủy lợi.
Căn cứ Quyết định số 417/QĐ-TTg ngày 6/2/2031 của Thủ tướng Chính phủ về hồ chứa nước và Nghị định số 12/2030/NĐ-CP
ngày 14 tháng 3 năm 2030 của Chính phủ, đề nghị các Sở rà soát cửa van trước mùa lũ.
Các Sở gửi bản rà soát về Bộ sau khi lãnh đạo tỉnh cho ý kiến, hằng năm cập nhật một lần.
"""
ARTICLE = """Kế hoạch tổng thể phát triển nghề muối vừa được Thủ tướng phê duyệt tại Quyết định số 417/QĐ-TTg.
Theo kế hoạch, các tỉnh ngoài Ninh Thuận và Bạc Liêu làm ra 35% sản lượng muối tinh của cả nước vào năm 2035.
"""
"""An article that gives its decision no date."""
PLAN = """ỦY BAN NHÂN DÂN TỈNH NINH THUẬN
Số: 31/KH-UBND
Ninh Thuận, ngày 2 tháng 4 năm 2032
KẾ HOẠCH
Chăm sóc người cao tuổi
1. Đến năm 2035, hình thành ít nhất 24 câu lạc bộ dưỡng sinh tại các phường, xã.
"""


@pytest.fixture(scope="module")
def answerer(answering: Callable[..., Answerer]) -> Answerer:
    told = document(ARTICLE, id="article")
    article = told.model_copy(update={"kind": "bài viết", "number": None, "about": "417/QĐ-TTg", "issued_on": None})
    return answering(letter=LETTER, article=article, plan=PLAN)


@pytest.mark.parametrize(
    ("question", "day", "quote"),
    [
        ("Quyết định số 417/QĐ-TTg được ký ngày nào?", "6/2/2031", "Quyết định số 417/QĐ-TTg ngày 6/2/2031"),
        ("Nghị định 12/2030/NĐ-CP ban hành ngày nào?", "14 tháng 3 năm 2030", "ngày 14 tháng 3 năm 2030"),
    ],
)
def test_the_day_of_a_document_is_taken_from_one_that_cites_it(
    answerer: Answerer, question: str, day: str, quote: str
) -> None:
    answer = answerer.answer(question)
    assert day in answer.answer
    assert [c.document for c in answer.citations] == ["letter"]
    assert quote in " ".join(answer.citations[0].quote.split())


@pytest.mark.parametrize(
    "question",
    [
        "Nghị định 13/2030/NĐ-CP ban hành ngày nào?",
        "Các Sở phải gửi bản rà soát cửa van về Bộ chậm nhất ngày nào?",
        "Ninh Thuận làm ra bao nhiêu phần trăm sản lượng muối tinh của cả nước?",
        "Hiện Ninh Thuận có bao nhiêu câu lạc bộ dưỡng sinh đang hoạt động?",
    ],
)
def test_what_is_not_stated_is_declined(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.abstained, answer.answer


def test_places_in_the_question_that_issue_other_documents_do_not_hide_the_one_that_answers(answerer: Answerer) -> None:
    asked = "Các tỉnh ngoài Ninh Thuận và Bạc Liêu làm ra bao nhiêu phần trăm sản lượng muối tinh cả nước năm 2035?"
    answer = answerer.answer(asked)
    assert "35%" in answer.answer
    assert [c.document for c in answer.citations] == ["article"]


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Kế hoạch của Ninh Thuận được phê duyệt năm 2032 đặt ra bao nhiêu câu lạc bộ?", {2032}),
        ("Ninh Thuận năm 2032 có bao nhiêu câu lạc bộ?", set()),
    ],
)
def test_a_year_of_issue_tells_the_document_and_asks_for_no_figure_of_that_year(
    answerer: Answerer, question: str, years: set[int]
) -> None:
    library = answerer._library
    asked = understand(question, library.lexicon)
    assert library.catalogue.naming_years(asked, library.catalogue.scope(asked)) == years
