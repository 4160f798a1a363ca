"""Figures of a clause that set its condition, and state nothing themselves."""

from __future__ import annotations

from assistant.answers.figures import Figure
from assistant.answers.question import Question
from assistant.answers.ranges import holding
from assistant.answers.segments import alike
from assistant.answers.unit import Unit

__all__ = ["stated"]


def stated(question: Question, text: str, unit: Unit, figure: Figure) -> list[Figure]:
    """The figures of the clause like `figure`, without the bounds of the bracket that holds a number of the question:
    "15 ngày nếu con từ đủ 3 tuổi đến dưới 7 tuổi" states one.
    """
    others = alike(unit, figure)
    spans = holding(question, text[unit.start : unit.end]) if len(others) > 1 else []
    bounds = [f for f in others if any(a <= f.start - unit.start < b for a, b in spans)]
    return others if figure in bounds else [f for f in others if f not in bounds]
