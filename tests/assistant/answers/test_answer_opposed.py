"""What is stated of one thing is no answer for its opposite, nor one named month for another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import document

HEAD = """ỦY BAN NHÂN DÂN TỈNH ĐỒI XANH
Số: 9/KH-UBND
Đồi Xanh, ngày 05 tháng 01 năm 2034
KẾ HOẠCH
Phát triển nghề dệt lụa
"""


def ask(searching: Callable[[dict[str, Document]], Search], lines: list[str], question: str) -> Answer:
    sidecar = {"number": "9/KH-UBND", "issuer": "UBND tỉnh Đồi Xanh", "issued_on": "2034-01-05"}
    made = {"ke-hoach": document(HEAD + "\n".join(lines), id="ke-hoach", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer(question)


@pytest.mark.parametrize(
    ("line", "stated", "opposite"),
    [
        (
            "Tỷ lệ nữ thợ dệt được học nghề đạt 43%.",
            "Tỷ lệ nữ thợ dệt được học nghề là bao nhiêu?",
            "Tỷ lệ nam thợ dệt được học nghề là bao nhiêu?",
        ),
        (
            "Từ năm 2036, tỷ lệ nữ thợ dệt được học nghề đạt 43%.",
            "tu nam 2036 ty le nu tho det duoc hoc nghe la bao nhieu",
            "tu nam 2036 ty le nam tho det duoc hoc nghe la bao nhieu",
        ),
        (
            "Lụa xuất khẩu của tỉnh đạt 43 tấn.",
            "Lụa xuất khẩu của tỉnh đạt bao nhiêu tấn?",
            "Lụa nhập khẩu của tỉnh đạt bao nhiêu tấn?",
        ),
        (
            "Thợ dệt trình độ sơ cấp chiếm 43%.",
            "tho det trinh do so cap chiem bao nhieu phan tram",
            "tho det trinh do cao dang chiem bao nhieu phan tram",
        ),
    ],
    ids=["women for men", "women for men without diacritics", "exports for imports", "ranks without diacritics"],
)
def test_the_opposite_of_what_is_stated_is_declined(
    searching: Callable[[dict[str, Document]], Search], line: str, stated: str, opposite: str
) -> None:
    assert "43" in ask(searching, [line], stated).answer
    assert ask(searching, [line], opposite).abstained


def test_both_of_two_opposites_are_answered_where_the_clause_has_both(
    searching: Callable[[dict[str, Document]], Search],
) -> None:
    found = ask(searching, ["Thợ dệt nữ chiếm 43%, thợ dệt nam chiếm 57%."], "Thợ dệt nam chiếm bao nhiêu phần trăm?")
    assert "57" in found.answer


def test_one_named_month_is_not_answered_with_another(searching: Callable[[dict[str, Document]], Search]) -> None:
    lines = ["Tháng Dệt lụa được tổ chức vào tháng 9 hằng năm.", "Nhuộm lụa không quá 30 ngày mỗi mẻ."]
    assert "tháng 9" in ask(searching, lines, "Tháng Dệt lụa được tổ chức vào tháng mấy?").answer
    assert ask(searching, lines, "Tháng Nhuộm lụa được tổ chức vào tháng mấy?").abstained


def test_a_limit_in_the_question_denies_nothing(searching: Callable[[dict[str, Document]], Search]) -> None:
    lines = ["Thời gian học nghề dệt lụa tối đa 30 ngày."]
    assert "30" in ask(searching, lines, "Thời gian học nghề dệt lụa không được quá bao nhiêu ngày?").answer


def test_a_place_after_a_time_makes_no_name(searching: Callable[[dict[str, Document]], Search]) -> None:
    lines = ["Hằng năm phát triển ít nhất 12 mẫu lụa mới."]
    assert "12" in ask(searching, lines, "Mỗi năm Đồi Xanh phát triển bao nhiêu mẫu lụa mới?").answer
