"""The two sides of a contract or a duty: what one of them must do is not what the other must."""

from __future__ import annotations

import re

from assistant.answers.patterns import Phrase, Typed
from assistant.answers.question import Question
from assistant.answers.unit import Unit

__all__ = ["of_other_party"]

_PARTIES: tuple[tuple[str, str], ...] = (
    (
        "người lao động|công nhân|nhân viên|người làm thuê",
        "người sử dụng lao động|chủ sử dụng lao động|doanh nghiệp|công ty",
    ),
    ("bên thuê|người thuê|khách thuê", "bên cho thuê|người cho thuê|chủ nhà"),
    ("bên mua|người mua", "bên bán|người bán"),
    ("bên vay|người vay", "bên cho vay|người cho vay"),
    ("bên mượn|người mượn", "bên cho mượn|người cho mượn"),
    ("bên ủy quyền|người ủy quyền", "bên được ủy quyền|người được ủy quyền"),
)
"""Pairs of sides, each with the names that people and laws have for it."""
_MUST = r"( (hằng|hàng|mỗi) (tháng|năm|quý))?( bắt buộc)? (phải|cần|trích|đóng|nộp|góp|chịu)( \S+)*"
"""What follows the side that must do something; who is given something ("được") may be given it by the other."""
_ITEM = r"\s*(?:[-–+•*]\s*|(?:[a-zđ]|\d{1,2})[.)]\s+)?"
_SIDES = tuple(
    (Phrase(rf"({one}){_MUST}"), re.compile(rf"{_ITEM}(?:{other})(?!\w)", re.IGNORECASE))
    for pair in _PARTIES
    for one, other in (pair, pair[::-1])
)


def of_other_party(question: Question, text: str, unit: Unit) -> bool:
    """Whether the question asks what one side must do, and the clause opens with the other side."""
    return any(other.match(text, unit.start, unit.end) for other in question.typed.once(_others))


def _others(typed: Typed) -> list[re.Pattern[str]]:
    """How a clause opens with the other side of each duty that is asked for."""
    return [other for duty, other in _SIDES if typed in duty]
