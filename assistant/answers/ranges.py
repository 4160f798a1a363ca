"""Brackets of a clause that hold a number of the question, or do not: "từ đủ 20 tháng đến dưới 45 tháng" holds 30."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import NamedTuple

from assistant.answers.bags import Level, words_of
from assistant.answers.figures import Figure, number
from assistant.answers.normalise import Token, bare, key
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.question import Kind, Question
from assistant.answers.spans import converted

__all__ = ["contrary", "holding", "measures", "outside", "within"]

_N = r"(\d+(?:[.,]\d+)*)(?:\s*\([^)\d]{1,30}\))?"
_UNIT = r"([^\W\d]+|%)(?:/[^\W\d]+)?"
_BETWEEN = re.compile(
    rf"(?<!\w)(từ trên|từ|trên|hơn)(?:\s+đủ)?\s+{_N}\s*{_UNIT}?\s*(?:đến|tới|[-–])\s*(?:hết\s+)?(dưới\s+)?(?:đủ\s+)?"
    rf"{_N}\s*{_UNIT}",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(rf"(?<!\w)(?:từ|đủ|từ đủ)\s+{_N}\s*{_UNIT}(?:\s+[^\W\d]+)?\s+trở lên", re.IGNORECASE)
_BEYOND = re.compile(
    rf"(?<!\w)(?<!đến )(?<!tới )(trên|dưới)\s+(?:đủ\s+)?{_N}\s*{_UNIT}(?!\s*(?:đến|tới)\s)", re.IGNORECASE
)
_SIGNS = re.compile(rf"{_N}\s*(<|≤|<=)\s*[^\W\d]+\s*(<|≤|<=)\s*{_N}")
"""A bracket in signs, as tables set it: "40 < H ≤ 60". Its unit stands in the header."""
_COUNTED = frozenset(
    map(key, ["tuổi", "tháng", "năm", "ngày", "giờ", "người", "km", "kg", "tấn", "m", "m2", "ha", "cv", "kw", "độ"]),
)
"""Units by which the law divides cases into brackets."""


def within(question: Question, texts: Sequence[str]) -> list[Level]:
    """The numbers of `question` that a bracket in `texts` holds, as words that count as found; [] for none.

    A number of a comparison is none: there both sides are to be named.
    """
    asked = _asked(question)
    if not asked:
        return []
    found = [a.number for a in asked if any(_held(text, a) for text in texts)]
    return [(1.0, words_of(found))] if found else []


def measures(question: Question) -> bool:
    """Whether a number of `question` measures something, which a bracket may hold."""
    return bool(_asked(question))


class _Asked(NamedTuple):
    """A number of a question, its unit, and -1, 0 or 1 where what is asked lies just below, at or above it."""

    number: Token
    unit: Token
    beside: int

    @property
    def told(self) -> list[tuple[int, str]]:
        """The number with its bare unit, and the same length in months or years."""
        value = int(self.number.bare)
        return [(value, self.unit.bare), *((n, bare(unit)) for n, unit in converted(value, self.unit.bare))]


def _asked(question: Question) -> list[_Asked]:
    """The whole numbers of the question that measure something."""
    if question.kind is Kind.COMPARISON:
        return []
    known = question.typed.once(_measured)
    if not known:
        return []
    places = {t.place for t in question.terms}
    return [asked for i, asked in known if i in places]


def _measured(typed: Typed) -> list[tuple[int, _Asked]]:
    """The whole numbers that measure something, with their places."""
    words = typed.words
    found = [(i, a, b) for i, (a, b) in enumerate(pairwise(words)) if a.bare.isdigit() and _measures(typed, i + 1, b)]
    return [(i, _Asked(a, b, _beside(words[i - 1].bare if i else ""))) for i, a, b in found]


def _measures(typed: Typed, at: int, unit: Token) -> bool:
    """Whether the word at `at` of the question is a unit of brackets: "phần" is one only in "phần trăm"."""
    if unit.bare == _PERCENT:
        return [w.bare for w in typed.words[at + 1 : at + 2]] == ["tram"]
    return unit.key in _COUNTED or (typed.plain and unit.bare in _PLAIN)


def _beside(before: str) -> int:
    return -1 if before in _LESS else 1 if before in _MORE else 0


_LESS = frozenset(("duoi",))
_MORE = frozenset(("tren", "qua", "hon"))
_PERCENT = "phan"
_PLAIN = frozenset(("tuoi", "thang", "nguoi", "gio", "km", "kg", "tan", "m", "m2", "ha", "cv", "kw"))
"""Their bare forms, without those that are other words as often."""
_STEP = 1e-6
"""How far beside a limit lies what is "dưới" or "trên" it."""


def holding(question: Question, text: str) -> list[tuple[int, int]]:
    """The spans of the brackets of `text` that hold a number of `question`: conditions, and no figures of their own."""
    asked = _asked(question)
    spans = [m.span() for pattern in (_BETWEEN, _AT_LEAST) for m in pattern.finditer(text)] if asked else []
    return [s for s in spans if any(_held(text[slice(*s)], a) for a in asked)]


def outside(question: Question, text: str) -> bool:
    """Whether `text` sets brackets in the unit of a number of `question`, none of which holds it, nor names it."""
    for asked in _asked(question):
        if any(_brackets(text, unit) for _, unit in asked.told) and not _held(text, asked) and not _named(text, asked):
            return True
    return False


def contrary(question: Question, figure: Figure) -> bool:
    """Whether an upper limit is asked ("mấy tuổi trở xuống") and `figure` is a lower one, or the reverse."""
    if figure.value_max is not None:
        return False
    if question.typed in _UP_TO:
        return figure.comparator in (">", ">=")
    return question.typed in _FROM and figure.comparator in ("<", "<=")


_UP_TO = Phrase(r"(bao nhiêu|mấy) \S+( \S+)? (trở|đổ) (xuống|lại)|dưới (bao nhiêu|mấy)( \S+)?")
_FROM = Phrase(r"(bao nhiêu|mấy) \S+( \S+)? (trở|đổ) lên|từ đủ (bao nhiêu|mấy)( \S+)?")


def _held(text: str, asked: _Asked) -> bool:
    """Whether a bracket of `text` holds a number of the question, told in its own unit or in months for years."""
    return any(_holds(text, value + asked.beside * _STEP, unit) for value, unit in asked.told)


def _named(text: str, asked: _Asked) -> bool:
    """Whether `text` states a number of the question itself."""
    return any(re.search(rf"(?<![\d.,])0?{value}(?!\d|[.,]\d)\s*[^\W\d]", text) for value, _ in asked.told)


def _holds(text: str, value: float, unit: str) -> bool:
    """Whether a bracket of `text` in `unit` holds `value`."""
    return any(
        low < value < high or (value in (low, high) and value in ends) for low, high, ends in _brackets(text, unit)
    )


@lru_cache(maxsize=1024)
def _brackets(text: str, unit: str) -> list[tuple[float, float, tuple[float, ...]]]:
    """The brackets of `text` in `unit`: lower and upper bound, and those of the two that belong to it."""
    out: list[tuple[float, float, tuple[float, ...]]] = []
    for m in _BETWEEN.finditer(text):
        low, high = number(m.group(2)), number(m.group(5))
        ends = () if bare(m.group(1)) in ("tu tren", "tren", "hon") else (low,)
        if _unit(m.group(6)) == unit:
            out.append((low, high, ends if m.group(4) else (*ends, high)))
    for m in _AT_LEAST.finditer(text):
        if _unit(m.group(2)) == unit:
            out.append((number(m.group(1)), inf, (number(m.group(1)),)))
    for m in _BEYOND.finditer(text):
        if _unit(m.group(3)) == unit:
            limit = number(m.group(2))
            out.append((limit, inf, ()) if bare(m.group(1)) == "tren" else (-inf, limit, ()))
    for m in _SIGNS.finditer(text):
        low, high = number(m.group(1)), number(m.group(4))
        sides = ((low, m.group(2)), (high, m.group(3)))
        out.append((low, high, tuple(value for value, sign in sides if sign != "<")))
    return out


def _unit(written: str) -> str:
    """A unit as the questions that are read have it."""
    return _PERCENT if written == "%" else bare(written)
