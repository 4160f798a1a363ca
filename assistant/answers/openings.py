"""What a clause opens with and how it is laid out: its subject, its label, its limits."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from assistant.answers.delegating import leaves_to_others
from assistant.answers.evidence import Evidence
from assistant.answers.little import little
from assistant.answers.papers import of_papers
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.placing import tells_place
from assistant.answers.question import Kind, Question
from assistant.answers.quoting import quoted_term
from assistant.answers.spans import converted
from assistant.answers.subjects import about

__all__ = ["bounds", "form", "opening"]

_PREAMBLE = re.compile(
    r"\s*(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình|Kính gửi|\(?(?:Ban hành )?[Kk]èm theo|Trên cơ sở"
    r"|Thực hiện|Nơi nhận)\b"
)
_FIRST_WORDS, _OPENS = 5, 0.08
"""Words at the beginning of a clause that say what it is about, and what it is worth that all of them were asked."""
_ABOUT, _DEFINED = 0.16, 0.35
"""What it is worth that the clause says what the asked thing is or holds: "Khu vực I gồm: ...", "Giờ chuẩn là ...", and
where the question sets the thing in quotation marks."""
_BOUND = 0.06
"""What it is worth, or costs, that a limit in the question ("dưới 1 tháng", "trên 50 tỷ") is one in the clause."""
_LIMITS = little("trên dưới quá hơn từ đến tới").bares


def opening(question: Question, e: Evidence) -> float:
    """What it adds that the clause is about what was asked, and does not just mention it."""
    if e.unit.row or e.lead:
        return 0.0
    return _opened(question, e) + _PLACED * tells_place(question, e)


def _opened(question: Question, e: Evidence) -> float:
    asked = {t.word.bare for t in question.terms}
    if question.kind is Kind.WHO:
        return _OPENS * _named_as(e, asked)
    first = list(islice((w for w in e.unit.words.bares if len(w) > 1 and not w[0].isdigit()), _FIRST_WORDS))
    opens = _OPENS * sum(w in asked for w in first) / len(first) if first else 0.0
    worth = _DEFINED if question.defining and quoted_term(question.text) else _ABOUT
    return max(opens, worth if about(e.reading.document.text, e.unit, question) else 0.0)


def _named_as(e: Evidence, asked: set[str]) -> float:
    """Whether the clause says who holds the office asked for: "Chủ tịch Hội đồng là Giám đốc Sở ..."."""
    words = [w for w in e.unit.words.bares if not w[0].isdigit()]
    if "la" not in words[1:_SUBJECT]:
        return 0.0
    subject = [w for w in words[: words.index("la")] if len(w) > 1]
    return 2.0 * sum(w in asked for w in subject) / len(subject) if subject else 0.0


_SUBJECT = 10


def bounds(question: Question, e: Evidence) -> float:
    """What the limits that the question sets add or take off."""
    limits = question.typed.once(_limited)
    if not limits:
        return 0.0
    pairs = e.unit.pairs.union(*map(e.reading.pairs, e.unit.leads))
    return _BOUND * sum(1 if any((a, n) in pairs for n in told) else -1 for a, told in limits) / len(limits)


def _limited(typed: Typed) -> list[tuple[str, list[str]]]:
    """The limits that a question sets, each with the numbers that say it."""
    words = [*(w.bare for w in typed.words), ""]
    return [(a, _told(b, c)) for a, b, c in zip(words, words[1:], words[2:], strict=False)
            if a in _LIMITS and b[0].isdigit() and len(b) < _YEAR_LONG]  # fmt: skip


def _told(number: str, unit: str) -> list[str]:
    """A number, and the same length in months or years."""
    return [number, *(str(n) for n, _ in converted(int(number), unit))] if number.isdigit() else [number]


_YEAR_LONG = 4
_LABEL = re.compile(r"[^:.;]{4,70}:\s")
_LABELLED = 0.12
_TIMED = re.compile(r"Thời (?:gian|hạn|điểm)")
_LABELS = frozenset((Kind.LIST, Kind.TEXT, Kind.WHO, Kind.DATE, Kind.YEAR))


def _label(question: Question, e: Evidence) -> float:
    """What it adds that the clause opens with a label made of asked words: "Đối tượng hỗ trợ: ..."."""
    text = e.reading.document.text
    label = _LABEL.match(text, e.unit.start, e.unit.end)
    if label is None or label.end() >= e.unit.end - 4:
        return 0.0
    if question.kind in (Kind.DATE, Kind.YEAR):
        return _LABELLED if _TIMED.search(text, e.unit.start, label.end()) else 0.0
    asked = {t.word.bare for t in question.terms}
    said = [word for word in e.unit.words.within(0, label.end()) if len(word) > 1]
    return _LABELLED * sum(w in asked for w in said) / len(said) if said else 0.0


def form(question: Question, e: Evidence) -> float:
    """What the form of a clause adds: a heading made of the asked words announces the answer, a preamble never "
    "is one.
    """
    text = e.reading.document.text
    if of_papers(question, e):
        return _PAPERS + (_headed(question, e) if e.heading else 0.0)
    if leaves_to_others(question, e):
        return -_LEFT
    if question.kind is not Kind.DOCUMENT and _PREAMBLE.match(text, e.unit.start):
        return -0.2
    if question.kind in (Kind.LIST, Kind.TEXT) and question.side:
        return _side(question, e) + (_headed(question, e) if e.heading else _label(question, e))
    if not e.heading or question.kind not in (Kind.LIST, Kind.TEXT):
        return _label(question, e) if question.kind in _LABELS else 0.0
    return _headed(question, e)


def _headed(question: Question, e: Evidence) -> float:
    """What it adds that a heading is made of asked words."""
    asked = question.typed.bares
    own = [w for w in e.unit.words.bares if len(w) > 1]
    asks_whom = question.kind is Kind.LIST and question.typed in _WHOM
    persons = _PERSONS.match(e.reading.document.text, e.unit.start, e.unit.end) if asks_whom else None
    if asks_whom and persons is None:
        return -_NOT_PERSONS
    if persons:
        own = [word for word in e.unit.words.within(persons.end(), e.unit.end) if len(word) > 1]
    return 0.15 * sum(w in asked for w in own) / len(own) if own else 0.0


_LEFT = 0.15
"""What it costs to leave the matter to somebody else to regulate."""
_PLACED = 0.08
"""What it is worth to name a place, where one is asked for."""
_PAPERS = 0.12
"""What it is worth to be the article or clause on the papers, where papers are asked for."""
_WHOM = Phrase(r"(những|các|gồm|là) ai|(những|các) người nào")
_PERSONS = re.compile(
    r"\s*(?:Điều\s+\d+\w?\.\s*|(?:[a-zđ]|\d{1,2})[.)]\s+)?(?:(?:Các|Những)\s+)?"
    r"(?:người|đối tượng|cá nhân|cơ quan|tổ chức(?! (?:việc|thực hiện))|công dân|cán bộ|công chức"
    r"|hộ gia đình|thành viên|chủ)(?!\w)"
    r"(?:,? (?:người|cá nhân|tổ chức|hộ gia đình))*(?: (?:có nghĩa vụ|có trách nhiệm|có quyền|phải|được|thuộc diện))?",
    re.IGNORECASE,
)
_NOT_PERSONS = 0.1
"""What it costs a heading that it names no persons, where "những ai" is asked."""


_BARE = 3
"""Pairs of words of a heading that is little more than the side itself."""
_SIDE, _NO_SIDE = 0.08, -0.15
"""What it is worth that the clause, or the heading right above it, opens with the side that is asked for ("chủ đề",
"đối tượng"), and what it costs that neither has it."""


def _side(question: Question, e: Evidence) -> float:
    """Whether the clause tells the side of a thing that is asked for: its subject, its theme, whom it is for."""
    text, pair = e.reading.document.text, question.side
    first = [w for w in e.unit.words.bares if len(w) > 1 and not w[0].isdigit()][:_FIRST_WORDS]
    if pair in set(pairwise(first)):
        return _SIDE
    near = [e.reading.pairs(lead) for lead in e.unit.leads if not text.startswith("|", lead[0])]
    if near and pair in near[-1]:
        return _SIDE * (2 if len(near[-1]) <= _BARE else 1)
    return 0.0 if pair in e.unit.pairs or any(pair in p for p in near) else _NO_SIDE
