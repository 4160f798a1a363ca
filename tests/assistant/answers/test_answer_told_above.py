"""What is told in the line above an item, and totals in a row of one cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer

LAW = """BỘ THỦY LỢI
THÔNG TƯ
Giữ gìn bến bè
Điều 1. Kỷ luật người giữ bến
1. Áp dụng hình thức kỷ luật nhắc nhở trước bến đối với:
a) Người giữ bến ghi sổ bè chậm trên 3 ngày đến 8 ngày;
b) Người giữ bến bỏ phiên gác đêm không báo.
2. Áp dụng hình thức kỷ luật thôi giữ bến đối với:
a) Người giữ bến ghi sổ bè chậm trên 8 ngày;
b) Người giữ bến làm mất sổ bè.
Điều 2. Người giữ bến có các việc sau đây:
a) Thắp đèn bến trước khi trời tối;
b) Ghi tên bè vào sổ.
Điều 3. Bến bỏ
| TT | Tên bến |
| 1 | Bến Cây Gạo |
| Tổng số bến bỏ hẳn: 14 bến | |
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


def test_what_follows_from_an_act_is_told_with_it(asked: Answerer) -> None:
    told = asked.answer("Người giữ bến bỏ phiên gác đêm thì bị kỷ luật hình thức gì?")
    assert "nhắc nhở trước bến" in told.answer
    assert "gác đêm" in told.answer
    assert any("nhắc nhở" in c.quote for c in told.citations)


def test_the_line_above_another_item_is_not_told(asked: Answerer) -> None:
    told = asked.answer("Người giữ bến làm mất sổ bè thì bị kỷ luật hình thức gì?")
    assert "thôi giữ bến" in told.answer
    assert "nhắc nhở" not in told.answer


def test_a_total_in_a_row_of_one_cell(asked: Answerer) -> None:
    told = asked.answer("Có bao nhiêu bến bỏ hẳn?")
    assert told.answer.endswith("Tổng số bến bỏ hẳn: 14 bến.")
