"""Brackets of a clause that hold a number of the question, or do not: "từ đủ 20 tháng đến dưới 45 tháng" holds 30."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from assistant.answers.bags import Level, words_of
from assistant.answers.figures import number
from assistant.answers.normalise import Token, bare, key
from assistant.answers.question import Kind, Question

__all__ = ["outside", "within"]

_N = r"(\d+(?:[.,]\d+)*)(?:\s*\([^)\d]{1,30}\))?"
_UNIT = r"([^\W\d]+|%)"
_BETWEEN = re.compile(
    rf"(?<!\w)(từ|trên|hơn)(?:\s+(?:đủ|trên))?\s+{_N}\s*{_UNIT}?\s+(?:đến|tới)\s+(?:hết\s+)?(dưới\s+)?(?:đủ\s+)?{_N}\s*{_UNIT}",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(rf"(?<!\w)(?:từ|đủ|từ đủ)\s+{_N}\s*{_UNIT}(?:\s+[^\W\d]+)?\s+trở lên", re.IGNORECASE)
_BEYOND = re.compile(
    rf"(?<!\w)(?<!đến )(?<!tới )(trên|dưới)\s+(?:đủ\s+)?{_N}\s*{_UNIT}(?!\s*(?:đến|tới)\s)", re.IGNORECASE
)
_COUNTED = frozenset(map(key, ("tuổi", "tháng", "năm", "ngày", "giờ", "người", "km", "kg", "tấn", "m", "m2", "ha")))
"""Units by which the law divides cases into brackets."""


def within(question: Question, texts: Sequence[str]) -> list[Level]:
    """The numbers of `question` that a bracket in `texts` holds, as words that count as found; [] for none.

    A number of a comparison is none: there both sides are to be named.
    """
    asked = _asked(question)
    if not asked:
        return []
    found = [a for a, unit in asked if any(_holds(text, number(a.bare), unit.bare) for text in texts)]
    return [(1.0, words_of(found))] if found else []


def _asked(question: Question) -> list[tuple[Token, Token]]:
    """The whole numbers of the question that measure something, each with its unit."""
    if question.kind is Kind.COMPARISON:
        return []
    places = {t.place for t in question.terms}
    found = [(i, a, b) for i, (a, b) in enumerate(pairwise(question.typed.words)) if i in places and a.bare.isdigit()]
    return [(a, b) for _, a, b in found if b.key in _COUNTED or (question.typed.plain and b.bare in _PLAIN)]


_PLAIN = frozenset(("tuoi", "thang", "nguoi", "gio", "km", "kg", "tan", "m", "m2", "ha"))
"""Their bare forms, without those that are other words as often."""


def outside(question: Question, text: str) -> bool:
    """Whether `text` sets brackets in the unit of a number of `question`, none of which holds it, nor names it."""
    for asked, unit in _asked(question):
        value = number(asked.bare)
        told = _brackets(text, unit.bare)
        if (
            told
            and not _holds(text, value, unit.bare)
            and not re.search(rf"(?<![\d.,])0?{asked.bare}(?!\d|[.,]\d)\s*[^\W\d]", text)
        ):
            return True
    return False


def _holds(text: str, value: float, unit: str) -> bool:
    """Whether a bracket of `text` in `unit` holds `value`."""
    return any(
        low < value < high or (value in (low, high) and value in ends) for low, high, ends in _brackets(text, unit)
    )


def _brackets(text: str, unit: str) -> list[tuple[float, float, tuple[float, ...]]]:
    """The brackets of `text` in `unit`: lower and upper bound, and those of the two that belong to it."""
    out: list[tuple[float, float, tuple[float, ...]]] = []
    for m in _BETWEEN.finditer(text):
        low, high = number(m.group(2)), number(m.group(5))
        ends = () if bare(m.group(1)) in ("tren", "hon") else (low,)
        if bare(m.group(6)) == unit:
            out.append((low, high, ends if m.group(4) else (*ends, high)))
    for m in _AT_LEAST.finditer(text):
        if bare(m.group(2)) == unit:
            out.append((number(m.group(1)), inf, (number(m.group(1)),)))
    for m in _BEYOND.finditer(text):
        if bare(m.group(3)) == unit:
            limit = number(m.group(2))
            out.append((limit, inf, ()) if bare(m.group(1)) == "tren" else (-inf, limit, ()))
    return out
