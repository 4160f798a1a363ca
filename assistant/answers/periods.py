"""Limits by the day, month or year: what holds "trong 01 ngày" is no answer to how much there may be in a month."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.normalise import bare
from assistant.answers.question import Kind, Question

__all__ = ["of_other_period"]

_ASKED = re.compile(
    r"(?<!\w)(?:trong\s+)?(?:một|mỗi|hằng|hàng|mot|moi|hang|01|1|tính theo|quy ra|tinh theo)"
    r"\s+(?P<time>ngày|tuần|tháng|năm|ngay|tuan|thang|nam)(?!\w)",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"[^.;,]{0,24}?\s+trong\s+(?:01|1|một|mỗi)\s+(?:\([^)]*\)\s+)?(?P<time>ngày|tuần|tháng|năm)(?!\w)", re.IGNORECASE
)
_EACH = re.compile(r"/\s?(?P<time>ngày|tuần|tháng|năm)(?!\w)", re.IGNORECASE)
"""The period in a unit: "0,5%/tháng"."""
_FIGURES = frozenset((Kind.COUNT, Kind.FIGURE, Kind.MONEY, Kind.PERCENT))


def of_other_period(question: Question, e: Evidence) -> bool:
    """Whether the question asks for one period and the figure of the evidence is set for another."""
    if question.kind not in _FIGURES or e.figure is None or e.unit.row:
        return False
    asked = {bare(m.group("time")) for m in _ASKED.finditer(question.text)}
    if len(asked) != 1:
        return False
    stated = _EACH.search(e.figure.unit) or _STATED.match(e.reading.document.text, e.figure.end, e.unit.end)
    return stated is not None and bare(stated.group("time")) not in asked
