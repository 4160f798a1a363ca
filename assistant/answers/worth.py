"""How much a piece of evidence is worth as the answer to a question."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.answers.actors import of_one_actor
from assistant.answers.contrast import labelled, other_label, stated_label
from assistant.answers.counting import uncounted
from assistant.answers.denying import denial, of_another
from assistant.answers.evidence import Evidence
from assistant.answers.figures import Figure
from assistant.answers.growing import of_change
from assistant.answers.matching import cover
from assistant.answers.narrowing import narrowed
from assistant.answers.normalise import key
from assistant.answers.onset import after_event
from assistant.answers.openings import bounds, form, opening
from assistant.answers.parties import of_other_party
from assistant.answers.periods import of_other_period
from assistant.answers.question import Kind, Question
from assistant.answers.ranges import contrary, outside
from assistant.answers.timing import onwards

__all__ = ["backing", "barred", "worth"]


def worth(question: Question, e: Evidence) -> float:
    """The score by which evidence is ranked: near 1 when all that is asked is there, below 0 when little is."""
    c, text = e.cover, e.reading.document.text
    score = 0.72 * c.total + 0.18 * c.own + 0.10 * c.pairs
    score -= 0.25 * (c.entities > 0) + 0.15 * min(c.numbers, 2) + 0.3 * c.gap
    score -= 0.35 * (1 - e.year) + 0.2 * (1 - e.kind)
    score += 0.05 * (e.close - 1) + 0.1 * backing(question, e)
    score -= _BEHIND * e.behind + _UNNAMED * _unlabelled(question, e)
    if question.years and not question.years & e.reading.all_years and e.year < 1:
        score -= 2 * _OTHER_YEAR
    elif _of_other_time(question, e):
        score -= _OTHER_YEAR
    score -= _OTHER * _replaced(question, e)
    if any(place in question.head for place in c.absent):
        score -= _HEADLESS
    score -= _counting(question, e)
    if outside(question, text[e.unit.start : e.unit.end]):
        score -= _OUTSIDE
    score -= _DENIED * denial(question, e) + _turned(question, e)
    score -= _OPPOSED * of_another(question, e) + _NARROWED * narrowed(question, e)
    score -= _ONSET * after_event(question, text, e)
    score -= _POSSIBLE * _out_of_turn(question, e)
    score -= _CHANGED * of_change(question, text, e.unit.start, e.figure)
    if not question.actual and _NOW.search(e.reading.document.text, e.unit.start, e.unit.end):
        score -= _PRESENT_FOR_GOAL if question.aimed and e.year < 1 else 0.08
    score += opening(question, e) + bounds(question, e)
    if any(_FORM.match(text, *span) for span in e.unit.leads):
        score -= _IN_FORM
    if e.figure is None:
        score += form(question, e) - _LENGTHY * _beyond(e)
    return score - (0.0 if c.must else 0.4)


def barred(question: Question, e: Evidence) -> int:
    """How many things tell that it is of something else: of another name, another subject, or the opposite."""
    text = e.reading.document.text[e.unit.start : e.unit.end]
    told = (
        e.cover.entities,
        not e.cover.must,
        of_another(question, e),
        _replaced(question, e),
        outside(question, text),
    )
    return sum(map(bool, told))


def _turned(question: Question, e: Evidence) -> float:
    """What it takes off that it is the other side's duty, or a limit at the other end."""
    side = of_other_party(question, e.reading.document.text, e.unit) or of_other_period(question, e)
    end = e.figure is not None and contrary(question, e.figure)
    one = of_one_actor(question, e.reading.document.text, e.unit)
    return _OTHER_SIDE * side + _CONTRARY * end + _ONE_ACTOR * one


_PRESENT_FOR_GOAL = 0.25
"""What it costs to say what is, where the question aims at a year that is not named."""
_NOW = re.compile(r"(?<!\w)(?:[Hh]iện nay|[Hh]iện có|[Hh]iện đang|[Hh]iện tại|[Đđ]ến nay|[Tt]hời gian qua)(?!\w)")
_BEHIND, _UNNAMED, _OTHER_YEAR = 0.2, 0.4, 0.3
"""What it costs to be another figure of the clause than the asked words choose, to be of another class, level or
grade, and of another year than the one that the question aims at."""
_OTHER = 0.15
"""What it costs to speak of something else in the place of what was asked."""
_GOVERNS, _LIGHTLY = 1.9, 0.35
"""The weight from which a word binds the one after it, and what is left of the cost where it does not."""
_JOINTS = frozenset(
    map(
        key,
        [
            "của",
            "các",
            "những",
            "được",
            "trong",
            "theo",
            "cho",
            "với",
            "và",
            "trên",
            "tại",
            "đến",
            "các",
            "bằng",
            "khi",
        ],
    )
)


def _counting(question: Question, e: Evidence) -> float:
    """What it takes off that the figure is the question's own, or of something else than what is counted."""
    told = _TOLD if e.figure is not None and _told(question, e.figure) else 0.0
    return told + (_UNCOUNTED * uncounted(question, e) if e.cover.total > _PROMISING else 0.0)


def _told(question: Question, figure: Figure) -> bool:
    """Whether the question states the figure itself: nobody asks for what he says."""
    return question.kind is not Kind.COMPARISON and any(
        (f.value, f.value_max) == (figure.value, figure.value_max)
        and (f.unit == figure.unit or (f.percent and figure.percent))
        for f in question.told
    )


def _beyond(e: Evidence) -> float:
    """How far a clause is too long to answer anything, 0 to 1: what holds a thousand words holds all that are asked."""
    return (_ROW if e.unit.row else 1.0) * min(1.0, max(0.0, (e.unit.end - e.unit.start - _LONG) / _LONG))


_LONG, _LENGTHY, _ROW = 450, 0.2, 0.5
"""Characters of a clause from which it is too long, what twice as many cost, and the part of it for a table row."""
_UNCOUNTED, _PROMISING = 0.35, 0.5
"""What it costs that the figure is not of what is counted, and the cover from which that is looked at."""
_TOLD = 0.3
"""What it costs to be a figure that the question states itself."""


def _unlabelled(question: Question, e: Evidence) -> bool:
    """Whether a number that names something in the question ("lớp 3") names nothing around the evidence."""
    asked = labelled(question)
    if not asked:
        return False
    near = [e.unit.own, *(words for _, words in e.unit.around), e.reading.name]
    if any(other_label(label, e.unit.own) for label in asked):
        return True
    return any(not any(stated_label(label, words) for words in near) for label in asked)


_NARROWED = 0.04
"""What it costs to hold for a case only that was not asked for: the general rule answers before its exception."""
_HEADLESS = 0.12
"""What it costs to lack what is counted itself: "hồ sơ" where the clause counts "thủ tục"."""
_OUTSIDE = 0.3
"""What it costs to set a bracket of numbers that does not hold the number asked after."""
_OTHER_SIDE, _CONTRARY = 0.25, 0.3
"""What it costs to say what the other side must do, and to set the limit at the other end."""
_ONE_ACTOR = 0.12
"""What it costs to say what one agency does where it is asked of many."""
_DENIED = 0.2
"""What it costs to deny what the question does not, or to lack what it denies."""


def _out_of_turn(question: Question, e: Evidence) -> bool:
    """Whether the figure is what may come in the place of another and that was not asked, or the reverse."""
    text = e.reading.document.text
    if e.figure is None or not _MAY_BE.search(text, e.unit.start, e.unit.end):
        return False
    return bool(_MAY_BE.search(text[: e.figure.start], e.unit.start)) != bool(_MAY_BE.search(question.text))


_ONSET = 0.2
"""What it costs that all that was asked stands in what a term runs from."""
_MAY_BE, _POSSIBLE = (
    re.compile(r"có thể (?:tăng|giảm|lên|đạt|kéo dài)(?: lên| đến| tới| xuống)?(?!\w)", re.IGNORECASE),
    0.05,
)
"""How a figure is opened that may come in the place of the one before, and what it costs."""
_CHANGED = 0.4
"""What it costs to tell by how much something changes where it is asked how much it is."""
_OPPOSED = 0.6
"""What it costs to speak of the opposite of what was asked, and of another month or day than the one named."""


def _replaced(question: Question, e: Evidence) -> float:
    """How surely the clause has another word where the question has one that is missing: "nuôi nghêu" for "nuôi cua".

    One syllable after a light word tells less: "số xe" is not replaced in "số tiền".
    """
    absent = set(e.cover.absent)
    missing = {p - 1 for p in absent if p and question.typed.words[p - 1].key not in _JOINTS}
    bound = {t.place for t in question.terms if t.weight >= _GOVERNS} | {p - 1 for p in absent if p + 1 in absent}
    before = {question.typed.words[p].bare: 1.0 if p in bound else _LIGHTLY for p in missing}
    if before.keys().isdisjoint(e.unit.own.bares):
        return 0.0
    asked, words = {w.bare for w in question.typed.words}, e.unit.words
    after = zip(pairwise(words.bares), words.keys[1:], strict=True)
    told = (before[a] for (a, b), key in after if a in before and b not in asked and len(b) > 2 and key not in _JOINTS)
    return max(told, default=0.0)


def backing(question: Question, e: Evidence) -> float:
    """How much of the earlier question of the conversation the evidence covers, 0 without one."""
    if not question.background:
        return 0.0
    own = [(1.0, e.unit.own)]
    return cover(question, question.background, own, e.unit.around, e.reading, e.unit.pairs).total


_FORM = re.compile(r"\s*(?:Mẫu|MẪU|Phiếu|PHIẾU|Biểu mẫu)\s+(?:số\s+)?\d")
_IN_FORM = 0.1
"""What it costs to stand in a form that is to be filled in."""
_FAR = 0.2
"""Agreement in years up to which the evidence is of another time."""


def _of_other_time(question: Question, e: Evidence) -> bool:
    """Whether a year asked for is nowhere in the document, or the evidence is of another than the one aimed at."""
    if onwards(question, e.reading.document.text, e.unit):
        return False
    if question.years and question.kind is not Kind.COMPARISON and not question.years <= e.reading.all_years:
        return True
    return e.year <= _FAR and (question.aimed or bool(question.years & e.reading.vision))
