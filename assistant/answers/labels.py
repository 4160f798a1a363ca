"""Lines that tell one side of what their heading names, or a figure for it."""

from __future__ import annotations

import re

from assistant.answers.sentences import Line

__all__ = ["LABELLED", "labelled", "sets_figure"]

_LABEL = re.compile(
    r"\s*(?:[-–+•*]\s*|(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s*)?(?:Thời (?:gian|hạn|điểm)"
    r"|Tiến độ|Kinh phí|Nguồn|Địa điểm|Đối tượng|Phạm vi|Chủ đề|Mục đích|Mục tiêu|Yêu cầu"
    r"|Nội dung|Hình thức|Quy mô|Số lượng|Thành phần|Chủ trì|Phối hợp|Cơ quan|Đơn vị|Sản phẩm"
    r"|Kết quả|Tổng (?:số|mức|vốn|kinh phí)|Nhu cầu|Mức)[^:.;|]{0,50}:\s*\S"
)
"""A label that says which side of the thing in the heading is told."""
LABELLED = 240
"""Characters of a line that a label opens, which lives on the heading above it."""
_FIGURE, _NUMBERED = re.compile(r"\d"), 3
"""A figure, and the characters of a line that may be its own number."""


def labelled(text: str, line: Line) -> bool:
    """Whether a line is short and tells one side of what its heading names: "b) Thời gian: từ ... đến ..."."""
    return line.end - line.start <= LABELLED and bool(_LABEL.match(text, line.start, line.end))


def sets_figure(text: str, line: Line) -> bool:
    """Whether a line is short, stands under a heading with a colon and has a figure: "b) Phạt tiền đến 1.000 đồng"."""
    if line.end - line.start > LABELLED or text[line.above[-1][1] - 1] != ":":
        return False
    return bool(_FIGURE.search(text, line.start + _NUMBERED, line.end))
