"""Whether a clause says what the asked thing is."""

from __future__ import annotations

from assistant.answers.evidence import Evidence
from assistant.answers.question import Question
from assistant.answers.subjects import about

__all__ = ["defines"]

_ENDS = 2
"""Words by which the end of a term is known."""
_DEFINED = 5
"""Words after a term within which its definition begins."""


def defines(asked: Question, e: Evidence) -> bool:
    """Whether the clause says what the asked thing is: its words, then "là" or "được hiểu là", or an abbreviation."""
    if about(e.reading.document.text, e.unit, asked):
        return True
    last, before = ([t.word.bare for t in asked.terms[: -_ENDS - 1 : -1]] + ["", ""])[:_ENDS]
    words = [w.bare for w in e.unit.words]
    ends = [i for i, w in enumerate(words) if w == last and (not before or before in words[max(0, i - _ENDS) : i])]
    ends = ends or [words.index(last)] if last in words else []
    return any({"la", "gom"} & set(words[i + 1 :][:_DEFINED]) for i in ends)
