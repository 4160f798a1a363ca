"""Places that state another figure for the same thing: shown beside the answer, never averaged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.evidence import Evidence
from assistant.answers.little import little
from assistant.answers.normalise import tokens

__all__ = ["dissent"]

_ITEM = re.compile(r"\s*(?:[a-zđ]|\d{1,2})[.)]\s")

_NEAR, _SAME = 0.14, 0.75
"""How much worse the other place may fit, and the least share of words that both say of their figures."""
_FEWEST = 4
"""Words that must be said of a figure before two places can be held to speak of the same thing."""
_ARTICLE = re.compile(r"\s*Điều\s+\d+")
_YEAR = 4
"""Figures of a year, which are compared apart."""
_LITTLE = little(
    "và của các những được bị do cho với tại ở trong theo về là có đạt gồm thì mà để từ đến vào khoảng trên dưới hơn "
    "nhất ít tối thiểu đa phấn đấu dự kiến tổng số một"
).bares
"""Words that two places may swap for one another and still speak of the same thing."""
_ORDINALS = little("một hai ba bốn tư sáu bảy tám chín mười nhất nhì").bares
"""Words for numbers, which name one of several: "lớp một" and "lớp sáu"; "năm" is mostly a year."""


def dissent(best: Evidence, ranked: Sequence[Evidence], threshold: float) -> Evidence | None:
    """The first of `ranked` that says of another figure what `best` says of its own, None where none does.

    `threshold` is the least score; a range that holds the other figure is no dissent.
    """
    if best.figure is None or best.unit.row or best.lead:
        return None
    own = _said(best)
    for other in ranked:
        if other is best or other.figure is None or other.unit.row or other.lead or other.year < best.year:
            continue
        if other.score < best.score - _NEAR:
            continue
        if other.score < threshold or not _differs(best, other):
            continue
        if _alike(own, _said(other)) and not _apart(best, other):
            return other
    return None


def _differs(a: Evidence, b: Evidence) -> bool:
    """Whether two figures of the same unit cannot both be meant: other values, in other clauses, for the same time."""
    one, two = a.figure, b.figure
    if one is None or two is None or one.unit != two.unit or (one.value, one.value_max) == (two.value, two.value_max):
        return False
    if a.reading is b.reading and a.unit.start < b.unit.end and b.unit.start < a.unit.end:
        return False
    times = (a.unit.years or a.unit.years_above, b.unit.years or b.unit.years_above)
    return times[0] == times[1] or not all(times)


def _said(e: Evidence) -> frozenset[str]:
    text = e.reading.document.text
    around = text[e.unit.start : e.span[0]] + " " + text[e.span[1] : e.part[1]]
    return frozenset(w.bare for w in tokens(around)[_numbered(around) :])


def _apart(a: Evidence, b: Evidence) -> bool:
    """Whether two places are provisions of different scope: for other things, brackets of numbers or headings."""
    one, two = _said(a), _said(b)
    if _numbers(one) != _numbers(two) or _swapped(one, two):
        return True
    if (one - two) & _ORDINALS and (two - one) & _ORDINALS:
        return True
    if a.reading is b.reading and _leans(a) and _leans(b) and _opened(a) != _opened(b):
        return True
    return a.reading is b.reading and _swapped(_above(a), _above(b))


def _leans(e: Evidence) -> bool:
    """Whether a clause goes on with the subject of those before it: "...; hư hại từ 10% đến 20%, hỗ trợ ..."."""
    return e.unit.start > e.unit.clause.sentence[0]


def _opened(e: Evidence) -> frozenset[str]:
    """The words of the clause that opens the sentence, without its figures."""
    text, start = e.reading.document.text, e.unit.clause.sentence[0]
    opening = text[start : e.unit.start].split(";", 1)[0]
    return frozenset(w.key for w in tokens(opening)[_numbered(opening) :] if not w.bare[0].isdigit())


def _numbers(said: frozenset[str]) -> set[str]:
    return {w.lstrip("0") for w in said if w[0].isdigit() and len(w) < _YEAR}


def _numbered(text: str) -> int:
    """How many words of `text` are the number of an item."""
    return int(bool(_ITEM.match(text)))


def _above(e: Evidence) -> frozenset[str]:
    """The words of the điều that a clause stands in, none outside of one: each điều of a law has its own scope.

    Elsewhere another heading is no other scope: the aims and the annex of a plan state the same target.
    """
    text = e.reading.document.text
    lead = next((s for s in reversed(e.unit.leads) if _ARTICLE.match(text, *s)), None)
    return frozenset(w.bare for w in e.reading.read(lead)[0] if not w.bare[0].isdigit()) if lead else frozenset()


def _swapped(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether each side names something that the other does not: "trình độ cao đẳng" and "trình độ sơ cấp"."""
    return bool(a - b - _LITTLE) and bool(b - a - _LITTLE)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return min(len(a), len(b)) >= _FEWEST and len(a & b) >= _SAME * len(a | b)
