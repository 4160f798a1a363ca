"""What a provision is about: the words before its "là", "gồm" or colon."""

from __future__ import annotations

import re

from assistant.answers.little import little
from assistant.answers.normalise import bares
from assistant.answers.question import Question
from assistant.answers.quoting import quoted_term
from assistant.answers.unit import Unit

__all__ = ["about", "subject"]

_LONGEST = 12
"""Words of a subject, at most."""
_NAMED = 60
"""Characters before a short name that may hold its words: "giờ chuẩn giảng dạy (gọi là giờ chuẩn)" says nothing new."""
_BESIDE = 2
"""Words of a second thing in a subject, at most."""
_MOST = 0.6
"""The share of the asked words that a subject has which does not open the question."""
_ITEM = re.compile(r"\s*(?:[-–+•*]\s*|(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)](?:\s|(?=[^\W\d_])))?(?:Điều\s+\d+\w?\.\s)?")
_VERB = re.compile(r"(?<!\w)(?:được hiểu là|là|(?:bao )?gồm(?: có)?)(?!\w)|:", re.IGNORECASE)
_SHORT = re.compile(
    r"(?:gọi tắt|gọi chung|viết tắt|viết gọn|sau đây (?:gọi|viết)(?: tắt| chung| gọn)?) là:?\s+"
    r"[“\"]?([^)”\"\n.;,]{2,80})"
)
_STOP = re.compile(r"[,;.]")
_LITTLE = little("của các những và thì cũng đều này được").bares


def subject(text: str, unit: Unit) -> tuple[str, ...]:
    """The bare words that a clause opening its line says something of, () where it opens otherwise."""
    if unit.row or unit.start > unit.clause.line.start + 8:
        return ()
    item = _ITEM.match(text, unit.start, unit.end)
    start = item.end() if item else unit.start
    verb = _VERB.search(text, start, unit.end)
    if verb is None:
        return ()
    end = _joined(text, start, verb.start())
    if _STOP.search(text, start, end):
        return ()
    words = [word for word in bares(text[start:end]) if word not in _LITTLE]
    return tuple(words) if len(words) <= _LONGEST else ()


def _joined(text: str, start: int, end: int) -> int:
    """Where the first of two things ends that a subject joins by a comma: "Sửa phiếu, thẻ là ..." is about both."""
    comma = text.find(",", start, end)
    return comma if comma >= 0 and len(text[comma + 1 : end].split()) <= _BESIDE else end


def about(text: str, unit: Unit, question: Question) -> bool:
    """Whether the clause is about just what `question` asks of: "Khu vực I gồm: ..."; its words are all asked and
    open the question, or are most of it. So is one that gives it its short name: "... (gọi tắt là Ban Chỉ đạo)".
    """
    words = subject(text, unit)
    short = _SHORT.search(text, unit.start, unit.end)
    if short and not words:
        words = tuple(word for word in bares(short.group(1)) if word not in _LITTLE)
        named = set(bares(text[max(unit.start, short.start() - _NAMED) : short.start()]))
        words = () if question.defining and named.issuperset(words) else words
    if not words or not question.typed.bares.issuperset(words):
        return False
    terms = [t.word.bare for t in question.terms]
    if quoted_term(question.text) == words:
        return True
    if question.classed and words == tuple(w for w in terms if w in question.classed):
        return True
    return words[0] in terms[:1] or sum(t in words for t in terms) >= _MOST * len(terms)
