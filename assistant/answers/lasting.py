"""How long something lasts, where a question asks for that and not for a day."""

from __future__ import annotations

import re

from assistant.answers.patterns import Phrase, Typed

__all__ = ["asks_how_long", "lengths"]

_HOW_LONG = Phrase(r"bao lâu|(thời gian|thời hạn) (là )?(bao nhiêu|mấy|thế nào|như thế nào|ra sao)")
_LENGTH = re.compile(
    r"(?<![\d/.,-])(?<!ngày )(?<!tháng )(?<!Điều )(?<!khoản )(?:(?:từ|đủ|trên|dưới|hơn|quá|tới|đến|liên tục)\s+)*"
    r"\d{1,3}(?:\s*\([^)\d]{2,30}\))?\s+(?:giờ|ngày|tuần|tháng|năm)(?!\s+(?:\d|nay|nào|trước|sau\b))"
    r"(?:\s+(?:làm việc|liên tục|liên tiếp|liền|tuổi|học|trở lên))*",
    re.IGNORECASE,
)
"""A number of hours to years that belongs to no date: "đủ 36 tháng trở lên", "09 (chín) ngày làm việc"."""


def asks_how_long(asked: Typed) -> bool:
    """Whether the words ask for a length of time: "bao lâu", "thời hạn là mấy ngày"."""
    return asked in _HOW_LONG


def lengths(text: str) -> list[tuple[int, int]]:
    """The spans of `text` that state a length of time."""
    return [m.span() for m in _LENGTH.finditer(text)]
