"""Rows of the register that a question asks for together: the targets of an agency, a group, a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.answers.figures import years
from assistant.answers.little import little
from assistant.answers.normalise import tokens
from assistant.answers.question import Kind, Question, Term
from assistant.answers.scope import Scope
from assistant.answers.siblings import noun_asked
from assistant.targets.target import Target

__all__ = ["registered"]

_NOUNS = frozenset((("chi", "tieu"), ("muc", "tieu")))
_ALL = little("cụ thể chủ yếu chính trì theo dõi đánh giá phụ trách thực hiện giao chịu trách nhiệm quản lý").bares
_COUNTED = 0.9
"""Words that say nothing of which targets are meant, or only that somebody sees to them, and the weight from which any
other word does."""
_FEW, _LEAST, _MOST = 3, 2, 40
"""Documents whose rows are told, the fewest rows of a year that make a list, and the most told of one document."""


def registered(
    question: Question, scope: Scope, targets: Callable[[str], Sequence[Target]]
) -> list[tuple[str, list[Target]]]:
    """The targets of each named document that are of the years and hold all the words that the question asks with.

    [] where the question asks for no targets, names no document, or asks for all that a document sets: then the clauses
    answer.
    """
    if question.kind is not Kind.LIST or noun_asked(question.typed) not in _NOUNS or not scope.documents:
        return []
    if not (scope.firm or len(scope.documents) == 1) or len(scope.documents) > _FEW:
        return []
    wanted, asked_years = _wanted(question, scope), question.years or years(question.text)
    if not wanted and not asked_years:
        return []
    out = []
    for id in sorted(scope.documents):
        known = [t for t in targets(id) if t.status == "target"]
        rows = _holding([t for t in known if not asked_years or _until(t) in asked_years], wanted)
        if (1 if wanted else _LEAST) <= len(rows) < len(known):
            out.append((id, rows[:_MOST]))
    return out


def _wanted(question: Question, scope: Scope) -> list[Term]:
    """The words that tell which targets are meant."""
    asked = {word for noun in _NOUNS for word in noun} | _ALL
    terms = [t for t in question.terms if t.place not in scope.named and t.weight >= _COUNTED]
    return [t for t in terms if t.word.bare not in asked]


def _holding(rows: Sequence[Target], wanted: Sequence[Term]) -> list[Target]:
    """Those of the rows that hold all words, side by side where any row has them as the question does."""
    said = [(t, [w.bare for w in tokens(_told(t))]) for t in rows]
    held = [(t, set(pairwise(words))) for t, words in said if {w.word.bare for w in wanted} <= set(words)]
    pairs = {(a.word.bare, b.word.bare) for a, b in pairwise(wanted) if a.place + 1 == b.place}
    pairs &= set[tuple[str, str]]().union(*(there for _, there in held))
    return [t for t, there in held if pairs <= there]


def _until(target: Target) -> int:
    """The year in which the target is to be reached, 0 where none is said."""
    return int(target.deadline[:4]) if target.deadline else target.period[1] if target.period else 0


def _told(target: Target) -> str:
    """The words of the row: what, whose, under which heading, and of its quote."""
    return " | ".join(p for p in (target.indicator, target.scope, target.section, target.citation.quote) if p)
