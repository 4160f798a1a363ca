"""Items of one list or table that answer together, and the rows of a table that hold what is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.library import Search
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
