"""Questions to show before anyone has asked: made from the register, kept only where the assistant answers them."""

from __future__ import annotations

import re
from itertools import zip_longest

from assistant.service.desk import Desk
from assistant.service.words import say
from assistant.targets.target import Target

__all__ = ["question_about", "suggest"]

_LONGEST = 90
_DOES = re.compile(
    r"\b(được|có|là|dùng|đạt|nộp|làm|học|sử dụng|triển khai|thực hiện|cung cấp|truyền|giải quyết|kết nối|tham gia|"
    r"ứng dụng|tiếp cận|hoàn thành|xử lý)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"^(t[ỷỉ] (lệ|trọng|suất)|(tổng )?số|quy mô|tốc độ|mức|thu nhập|doanh thu|kim ngạch|công suất|diện tích)\b",
    re.IGNORECASE,
)


def question_about(target: Target) -> str | None:
    """A question that `target` answers, or None when it makes no natural one."""
    indicator = " ".join(target.indicator.split()).rstrip(" ;,.")
    if target.value is None or target.deadline is None or not 12 <= len(indicator) <= _LONGEST:
        return None
    year, lowered = target.deadline[:4], indicator[0].lower() + indicator[1:]
    if _MEASURE.match(indicator):
        return say("suggest.level", year=year, indicator=lowered)
    states = target.unit == "%" and _DOES.search(indicator)
    return say("suggest.share", year=year, indicator=lowered) if states else None


def suggest(desk: Desk, count: int = 4, tries: int = 24) -> tuple[str, ...]:
    """At most `count` questions from different documents, each answered when tried; asks at most `tries` times."""
    kept: list[str] = []
    for question in _candidates(desk)[:tries]:
        if not desk.ask(question).abstained:
            kept.append(question)
        if len(kept) == count:
            break
    return tuple(kept)


def _candidates(desk: Desk) -> list[str]:
    by_document: dict[str, list[str]] = {}
    for target in desk.targets():
        question = question_about(target) if target.status == "target" else None
        if question:
            by_document.setdefault(target.citation.document, []).append(question)
    turns = zip_longest(*(sorted(dict.fromkeys(q), key=len) for q in by_document.values()))
    return list(dict.fromkeys(q for turn in turns for q in turn if q))
