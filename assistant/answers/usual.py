"""A case compared with the usual one: "hồ sơ thuộc diện kiểm tra thì lâu hơn trường hợp thường mấy ngày"."""

from __future__ import annotations

import re

__all__ = ["USUAL", "case_and_usual", "with_usual"]

USUAL = "trường hợp thường"
"""What the other case is called."""
_USUAL = re.compile(
    r"(?<!\w)(?:lâu|dài|cao|nhiều|thấp|ít|ngắn|nhanh|muộn|sớm|chậm|nặng|nhẹ|khác) (?:hơn )?(?:so )?(?:với )?"
    r"(?P<usual>(?:(?:trường hợp|mức|loại|hồ sơ|thời hạn)\s+)?(?:thường|bình thường|thông thường))(?!\w| xuyên)",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"(?<!\w)(?P<case>(?:nếu |khi |mà )?(?:có|bị|thuộc|được)\s[^,;?]{6,120}?)\s*,?\s+thì\s", re.IGNORECASE
)


def with_usual(text: str) -> bool:
    """Whether `text` compares with what is usual, which needs its own evidence."""
    return bool(_USUAL.search(text))


def case_and_usual(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The places of the words that set the case and of those that compare it with the usual one; None where either is
    not seen.
    """
    usual = _USUAL.search(text)
    case = _CASE.search(text, 0, usual.start()) if usual else None
    return (case.span("case"), usual.span()) if usual and case else None
