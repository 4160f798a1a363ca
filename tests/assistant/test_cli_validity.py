"""What `chitieu show` says of whether a document is in force."""

from __future__ import annotations

import pytest

from assistant.cli.views import validity
from corpus.load import document

_TEXT = """BỘ THỦY LỢI
Số: 88/QĐ-BTL
Hà Nội, ngày 9 tháng 5 năm 2031
QUYẾT ĐỊNH
Về việc đóng cửa van
"""


@pytest.mark.parametrize(
    ("begins", "ends", "today", "said"),
    [
        ("2031-05-09", "2033-12-31", "2032-01-01", "có hiệu lực từ 2031-05-09 đến hết 2033-12-31"),
        ("2031-05-09", "2033-12-31", "2033-12-31", "có hiệu lực từ 2031-05-09 đến hết 2033-12-31"),
        ("2031-05-09", "2033-12-31", "2034-01-01", "hết hiệu lực, ngày cuối có hiệu lực là 2033-12-31"),
        ("2031-07-01", None, "2031-06-30", "chưa có hiệu lực, có hiệu lực từ 2031-07-01"),
        ("2031-07-01", None, "2031-07-01", "có hiệu lực từ 2031-07-01, chưa thấy văn bản nào chấm dứt"),
    ],
)
def test_the_days_in_force_are_told(begins: str, ends: str | None, today: str, said: str) -> None:
    dated = document(_TEXT, id="quyet-dinh").model_copy(update={"effective_from": begins, "effective_to": ends})
    assert validity(dated, (), today) == said
