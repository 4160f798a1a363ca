"""Whether a figure is of what the question counts: a share of villages is no answer for one of households."""

from __future__ import annotations

from itertools import pairwise

from assistant.answers.evidence import Evidence
from assistant.answers.question import Kind, Question, Term

__all__ = ["uncounted"]

_ASKED = frozenset((Kind.PERCENT, Kind.COUNT))
_NOUN = 1.2
"""The weight from which a word after "bao nhiêu" is taken for what is counted."""
_HALF = 0.35
"""What is left where one word of two is there: "nhân viên y tế" for "người làm công tác y tế"."""


def uncounted(question: Question, e: Evidence) -> float:
    """How far the clause lacks what the question counts, 0 to 1.

    The noun right after "bao nhiêu" must stand as such in the sentence or a heading above it, or be said otherwise
    there; its syllables one by one are in many headings.
    """
    head = [t for t in question.terms if t.place in question.head]
    if question.kind not in _ASKED or e.figure is None or not head or max(t.weight for t in head) < _NOUN:
        return 0.0
    plain = question.typed.plain
    held = [_held(t, e, plain) for t in head]
    if all(held) or _otherwise(head, e, plain):
        return 0.0
    if len(head) > 1 and head[1].place == head[0].place + 1:
        pair = (head[0].word.bare, head[1].word.bare)
        if pair in e.unit.pairs or any(pair in _pairs(e, span) for span in (e.unit.clause.sentence, *e.unit.leads)):
            return 0.0
    elif any(_in_heading(head[0], e, plain)):
        return 0.0
    return _HALF if any(held) else 1.0


def _held(term: Term, e: Evidence, plain: bool) -> bool:
    return term.word.bare in e.unit.own.bares if plain else term.word.key in e.unit.own.keys


def _otherwise(head: list[Term], e: Evidence, plain: bool) -> bool:
    """Whether the clause or a heading says the same of what is counted in other words."""
    near = [e.unit.own, *(words for _, words in e.unit.around)]
    texts = [w.bare if plain else w.keyed for w in near]
    return any(phrase in text for t in head for phrase in t.alike for text in texts)


def _in_heading(term: Term, e: Evidence, plain: bool) -> list[bool]:
    return [term.word.bare in w.bares if plain else term.word.key in w.keys for _, w in e.unit.around]


def _pairs(e: Evidence, span: tuple[int, int]) -> set[tuple[str, str]]:
    return {(a.bare, b.bare) for a, b in pairwise(e.reading.read(span)[0])}
