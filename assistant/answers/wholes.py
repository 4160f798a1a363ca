"""A part asked of what the answer before counted: "trong đó có mấy ..." is stated beside the whole."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.evidence import Evidence
from assistant.answers.figures import figures

__all__ = ["beside_whole"]

_BEFORE = 320
"""Characters before a clause within which the whole is stated of which it tells a part, where no line states both."""
_NEARLY = 0.15
"""How much worse than the best such a clause may fit."""


def beside_whole(ranked: Sequence[Evidence], counted: str) -> list[Evidence]:
    """`ranked` with the evidence first that stands right after the figure that `counted` states, or beside it."""
    told = {f.value for f in figures(counted)}
    if not told or not ranked:
        return list(ranked)
    near = [e for e in ranked if e.score >= ranked[0].score - _NEARLY]
    beside = [e for e in near if _states(e, told, e.unit.clause.line.start)]
    beside = beside or [e for e in near if _states(e, told, max(0, e.unit.start - _BEFORE))]
    return [*beside, *(e for e in ranked if e not in beside)]


def _states(e: Evidence, told: set[float], start: int) -> bool:
    """Whether one of the figures `told` stands between `start` and the evidence, which states another."""
    if e.figure is not None and e.figure.value in told:
        return False
    text, until = e.reading.document.text, e.span[0] if e.figure is not None else e.unit.end
    return any(f.value in told for f in figures(text[start:until]))
