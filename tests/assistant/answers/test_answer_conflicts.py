"""Places that state another figure for the same thing are shown; other things, times and units are no conflict."""

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
FIRST = "Hình thành 14 xưởng dệt lụa của các bản vùng cao trong tỉnh."


def ask(searching: Callable[[dict[str, Document]], Search], lines: list[str], question: str) -> Answer:
    sidecar = {"number": "9/KH-UBND", "issuer": "UBND tỉnh Đồi Xanh", "issued_on": "2034-01-05"}
    made = {"ke-hoach": document(HEAD + "\n".join(lines), id="ke-hoach", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer(question)


def test_two_places_that_disagree_are_both_cited(searching: Callable[[dict[str, Document]], Search]) -> None:
    again = "Hình thành 11 xưởng dệt lụa của các bản vùng cao trong tỉnh."
    found = ask(
        searching, [FIRST, "Lập bản đồ vùng dâu.", again], "Hình thành bao nhiêu xưởng dệt lụa của các bản vùng cao?"
    )
    assert "14" in found.answer
    assert "11" in found.answer
    assert "Nguồn khác ghi khác" in found.answer
    assert {"14", "11"} <= {q.quote.split()[2] for q in found.citations}


@pytest.mark.parametrize(
    "other",
    [
        "Hình thành 14 xưởng dệt lụa của các bản vùng cao trong tỉnh hằng tháng.",
        "Sửa chữa 11 kho chứa kén của hợp tác xã miền xuôi.",
        "Đến năm 2050 hình thành 11% xưởng dệt lụa của các bản vùng cao trong tỉnh.",
    ],
    ids=["the same figure", "another thing", "another unit"],
)
def test_what_does_not_disagree_is_not_shown(searching: Callable[[dict[str, Document]], Search], other: str) -> None:
    found = ask(
        searching, [FIRST, "Lập bản đồ vùng dâu.", other], "Hình thành bao nhiêu xưởng dệt lụa của các bản vùng cao?"
    )
    assert "14" in found.answer
    assert "Nguồn khác" not in found.answer


@pytest.mark.parametrize(
    ("first", "second", "question"),
    [
        (
            "Thời gian học nghề dệt của thợ bậc một là 14 tuần.",
            "Thời gian học nghề dệt của thợ bậc ba là 31 tuần.",
            "Thời gian học nghề dệt của thợ bậc một là bao nhiêu tuần?",
        ),
        (
            "1. Mức hỗ trợ mua khung cửi cho thợ dệt bậc cao là 14 triệu đồng.",
            "2. Mức hỗ trợ mua khung cửi cho thợ dệt bậc trung là 11 triệu đồng.",
            "Mức hỗ trợ mua khung cửi cho thợ dệt bậc cao là bao nhiêu?",
        ),
        (
            "a) Xưởng dệt có doanh thu năm trên 50 tỷ đồng: mức đóng góp 14%.",
            "b) Xưởng dệt có doanh thu năm trên 03 tỷ đồng đến 50 tỷ đồng: mức đóng góp 11%.",
            "Xưởng dệt có doanh thu năm trên 50 tỷ đồng đóng góp bao nhiêu phần trăm?",
        ),
    ],
    ids=["another number in words", "another rank", "another bracket"],
)
def test_neighbour_provisions_of_another_scope_are_no_conflict(
    searching: Callable[[dict[str, Document]], Search], first: str, second: str, question: str
) -> None:
    found = ask(searching, [first, second], question)
    assert "14" in found.answer
    assert "Nguồn khác" not in found.answer


def test_figures_for_other_years_are_no_conflict(searching: Callable[[dict[str, Document]], Search]) -> None:
    lines = [
        "Đến năm 2036, hình thành 14 xưởng dệt lụa của các bản vùng cao trong tỉnh.",
        "Đến năm 2040, hình thành 31 xưởng dệt lụa của các bản vùng cao trong tỉnh.",
    ]
    found = ask(searching, lines, "Đến năm 2036 hình thành bao nhiêu xưởng dệt lụa của các bản vùng cao?")
    assert "14" in found.answer
    assert "31" not in found.answer
