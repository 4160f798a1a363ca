"""Whether the years of a clause agree with those that a question asks for."""

from __future__ import annotations

import re

from assistant.answers.figures import Figure, last_years, years
from assistant.answers.question import Kind, Question
from assistant.answers.reading import Reading
from assistant.answers.unit import Unit

__all__ = ["agreement", "onwards"]


_ONWARDS = re.compile(r"từ (?:ngày \d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )|năm )(\d{4}) trở đi", re.IGNORECASE)


def onwards(question: Question, text: str, unit: Unit) -> bool:
    """Whether the clause holds from a year on ("từ năm 2028 trở đi") that is not after those asked for."""
    begun = _ONWARDS.search(text, unit.start, unit.end) if question.years else None
    return bool(begun and int(begun.group(1)) <= min(question.years))


def agreement(question: Question, reading: Reading, unit: Unit, figure: Figure | None, own: tuple[int, int]) -> float:
    """Agreement of the years asked for with those nearest to the figure."""
    if not question.years:
        return 0.9
    text = reading.document.text
    if onwards(question, text, unit):
        return 1.0
    levels: list[set[int]] = []
    if figure:
        levels += [years(text[figure.end : own[1]]), last_years(text[own[0] : figure.lead])]
        levels += [last_years(text[unit.start : figure.lead])]
    levels += [unit.years, unit.years_above - reading.vision or unit.years_above]
    nearest = next((found for found in levels if found), set())
    if nearest:
        shared = question.years & nearest
        whole = len(shared) == len(question.years) or question.kind is Kind.COMPARISON
        return 0.0 if not shared else 1.0 if whole else 0.8 if question.years <= reading.all_years else 0.4
    if question.years & reading.vision:
        return 0.2
    if reading.years:
        return 0.9 if question.years <= reading.years else 0.55
    return 0.6
