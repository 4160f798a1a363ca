"""Tables of fees and rates: the row names the thing, the header the column that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import document

CIRCULAR = """BỘ ĐƯỜNG SÔNG
Số: 8/2033/TT-BĐS
Hà Nội, ngày 02 tháng 02 năm 2033
THÔNG TƯ
Quy định mức thu lệ phí cấp số hiệu thuyền
Điều 1. Lệ phí cấp số hiệu thuyền
| TT | Loại thuyền | Vùng hồ (đồng) | Vùng sông (đồng) |
| 1 | Thuyền gỗ | 120.000 | 85.000 |
| 2 | Thuyền thép | 340.000 | 215.000 |
Điều 2. Phần nộp ngân sách
| TT | Đơn vị thu | Tỷ lệ nộp ngân sách (%) |
| 1 | Cảng vụ nội đồng | 35 |
| 2 | Bến xã | 10 |
"""


@pytest.fixture(scope="module")
def ask(searching: Callable[[dict[str, Document]], Search]) -> Callable[..., Answer]:
    sidecar = {"number": "8/2033/TT-BĐS", "issuer": "Bộ Đường sông", "issued_on": "2033-02-02", "kind": "thông tư"}
    made = {"le-phi": document(CIRCULAR, id="le-phi", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer


@pytest.mark.parametrize(
    ("question", "stated", "other"),
    [
        ("Lệ phí cấp số hiệu thuyền gỗ ở vùng hồ là bao nhiêu tiền?", "120.000", "85.000"),
        ("Lệ phí cấp số hiệu thuyền gỗ ở vùng sông là bao nhiêu tiền?", "85.000", "120.000"),
        ("Lệ phí cấp số hiệu thuyền thép ở vùng sông là bao nhiêu tiền?", "215.000", "340.000"),
        ("Cảng vụ nội đồng nộp ngân sách bao nhiêu phần trăm?", "35", "10"),
    ],
)
def test_the_column_is_chosen_by_its_header(ask: Callable[..., Answer], question: str, stated: str, other: str) -> None:
    found = ask(question)
    assert not found.abstained
    assert stated in found.answer
    assert other not in found.answer
