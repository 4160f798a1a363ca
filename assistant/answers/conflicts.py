"""Places that state another figure for the same thing: shown beside the answer, never averaged."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.evidence import Evidence
from assistant.answers.normalise import tokens

__all__ = ["dissent"]

_NEAR, _SAME = 0.14, 0.75
"""How much worse the other place may fit, and the least share of words that both say of their figures."""
_FEWEST = 4
"""Words that must be said of a figure before two places can be held to speak of the same thing."""


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
        if other.score >= threshold and _differs(best, other) and _alike(own, _said(other)):
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
    return frozenset(w.bare for w in tokens(around) if not w.bare[0].isdigit())


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return min(len(a), len(b)) >= _FEWEST and len(a & b) >= _SAME * len(a | b)
