"""Terms that run from an event: "trong 5 ngày kể từ ngày hoàn thành X" says how long something else may take, not X."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.normalise import bare_words
from assistant.answers.question import Question

__all__ = ["after_event"]

_EVENT = re.compile(r"(?:kể từ|tính từ|từ|sau) (?:ngày|khi|thời điểm)\s+([^,;.:]+)(?=,)")
_ASKED = re.compile(
    r"(?<!\w)(?:kể từ|tính từ|từ (?:ngày|khi|lúc)|sau (?:khi|ngày)|ke tu|tu (?:ngay|khi|luc)|sau (?:khi|ngay))", re.I
)
_UNITS = frozenset(("ngay", "gio", "thang", "tuan", "phut"))


def after_event(question: Question, text: str, e: Evidence) -> float:
    """The share of the asked words of a clause that only the event before the comma has, 0 where events are asked."""
    if (
        e.figure is None
        or not _UNITS & bare_words(text[e.figure.start : e.figure.end + 8])
        or _ASKED.search(question.text)
    ):
        return 0.0
    event = _EVENT.search(text, e.figure.end, e.unit.end)
    if event is None:
        return 0.0
    rest = bare_words(text[e.unit.start : event.start()] + " " + text[event.end() : e.unit.end])
    held = bare_words(event.group(1))
    asked = {t.word.bare: t.weight for t in question.terms}
    whole = sum(w for b, w in asked.items() if b in held or b in rest)
    return sum(w for b, w in asked.items() if b in held and b not in rest) / whole if whole else 0.0
