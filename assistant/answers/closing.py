"""What is done by the day that a closing clause sets: "xây dựng kế hoạch ...; hoàn thành trước ngày ..."."""

from __future__ import annotations

from assistant.answers.evidence import Evidence
from assistant.answers.normalise import bare_words
from assistant.answers.question import Question
from assistant.answers.sentences import clauses

__all__ = ["closed"]

_LEAST = 3.0
"""The weight of asked words from which a clause before is what the day is set for."""


def closed(question: Question, e: Evidence) -> tuple[int, int] | None:
    """The clause of the same sentence, before the one that sets the day, that holds most of what is asked."""
    if not e.unit.closes:
        return None
    text, unit = e.reading.document.text, e.unit
    before = [c for c in clauses(text, unit.clause.line) if c.sentence == unit.clause.sentence and c.end <= unit.start]
    held = [(_weight(question, text[c.start : c.end]), c) for c in before]
    best = max(held, key=lambda h: h[0], default=None)
    return (best[1].start, best[1].end) if best and best[0] >= _LEAST else None


def _weight(question: Question, clause: str) -> float:
    words = bare_words(clause)
    return sum(t.weight for t in question.terms if t.word.bare in words)
