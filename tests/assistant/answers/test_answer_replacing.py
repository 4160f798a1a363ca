"""What a decision replaces or repeals, and what replaced it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import document

HEAD = "ỦY BAN NHÂN DÂN TỈNH HẢI VÂN\nSố: {number}/QĐ-UBND\nHải Vân, ngày 12 tháng 3 năm {year}\nQUYẾT ĐỊNH\n{title}\n"
OLD = (
    HEAD.format(number=18, year=2027, title="Ban hành Quy chế vận hành trạm bơm")
    + "Điều 1. Trạm bơm vận hành theo lịch.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
)
NEW = (
    HEAD.format(number=64, year=2031, title="Ban hành Quy định về vận hành hồ và trạm bơm")
    + """Điều 1. Ban hành kèm theo Quyết định này Quy định về vận hành hồ và trạm bơm.
Điều 2. Từ ngày 01 tháng 4 năm 2031, quy định về trạm bơm có hiệu lực.
Quyết định này thay thế Quyết định số 18/QĐ-UBND ngày 12 tháng 3 năm 2027 của Ủy ban nhân dân tỉnh; Quyết định số 23/QĐ-UBND ngày 04 tháng 5 năm 2028 của Ủy ban nhân dân tỉnh.
Điều 3. Bãi bỏ Quyết định số 77/QĐ-UBND ngày 09 tháng 6 năm 2025 của Ủy ban nhân dân tỉnh.
"""
)


@pytest.fixture(scope="module")
def asked(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    known = {"old": document(OLD, id="old"), "new": document(NEW, id="new")}
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Quyết định 64 thay thế những quyết định nào trước đây?", ("18/QĐ-UBND", "23/QĐ-UBND"), ("77",)),
        ("Quyết định 64/QĐ-UBND của UBND tỉnh Hải Vân ra đời thay cho văn bản nào?", ("18/QĐ-UBND",), ("77",)),
        ("quyet dinh 64 thay the quyet dinh nao", ("18/QĐ-UBND", "23/QĐ-UBND"), ("77",)),
        ("Quyết định 64 bãi bỏ văn bản nào?", ("77/QĐ-UBND",), ("18/QĐ-UBND",)),
        ("Quyết định 18 bị thay thế bởi văn bản nào?", ("64/QĐ-UBND",), ("77", "23/QĐ-UBND")),
        ("Văn bản nào thay thế Quyết định 18?", ("64/QĐ-UBND",), ("77",)),
    ],
)
def test_it_is_told_with_the_place_that_says_so(
    asked: Answerer, question: str, holds: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    answer = asked.answer(question)
    assert all(number in answer.answer for number in holds)
    assert not any(number in answer.answer for number in lacks)
    assert all(c.quote in (OLD + NEW) for c in answer.citations)
    assert answer.citations


def test_what_replaces_nothing_is_declined(asked: Answerer) -> None:
    assert asked.answer("Quyết định 18 thay thế quyết định nào?").abstained
    assert asked.answer("Quyết định 64 bị thay thế bởi văn bản nào?").abstained
