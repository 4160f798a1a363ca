"""From a question to its evidence: which units to look at, and in which order they fit."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from assistant.answers.evidence import (
    Evidence,
    Finder,
    Sought,
    clause_evidence,
    date_evidence,
    figure_evidence,
)
from assistant.answers.library import Library, Place, Search
from assistant.answers.question import Kind, Question, Term
from assistant.answers.reading import Reading
from assistant.answers.scope import Scope
from assistant.answers.siblings import kin
from assistant.answers.unit import Unit
from assistant.answers.worth import barred, worth
from assistant.watch.call import stage

__all__ = ["DEPTH", "FIGURES", "find", "terms_of"]

FIGURES = frozenset({Kind.PERCENT, Kind.COUNT, Kind.MONEY, Kind.FIGURE})
FEW = 8
"""Documents that are looked through whole when the question names them; with more, the search chooses."""
DEPTH = 40
"""Places that the search is asked for."""
_LINES = 90
"""Lines cut into clauses for a question: those that hold most of its words."""
_MONEY, _STATED = re.compile(r"\d\s*(?:(?:nghìn|triệu|tỷ|tỉ)\s*)?(?:đồng|USD)(?!\w)"), 6.0
"""An amount of money, and what it adds to a line where one is asked for."""
_DATED = re.compile(r"\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]\s*\d{4}|tháng\s+\d|[Tt]hời (?:gian|hạn)|ngày\s+\d")
"""A day, month or length of time that is set."""
_WEIGHED = 8
"""Evidence, best first, of which it is asked whether it is of something else."""
_DRAFT = 0.06
"""What a draft's evidence loses when the question does not ask for the draft."""


def terms_of(question: Question, scope: Scope) -> list[Term]:
    """The terms of `question` but those that only name the documents.

    Where a document is asked for, the name of a programme may be what it approves: "Quy hoạch ... phê duyệt tại quyết
    định nào?".
    """
    if question.kind is Kind.DOCUMENT and not scope.firm:
        return list(question.terms)
    return [t for t in question.terms if t.place not in scope.named]


@stage("evidence")
def find(question: Question, scope: Scope, library: Library, search: Search, allowed: Collection[str] | None = None,
         kind: Kind | None = None, query: str | None = None) -> list[Evidence]:  # fmt: skip
    """The evidence for `question`, best first, from the documents of `scope` that are `allowed`."""
    question = question if kind is None else replace(question, kind=kind)
    terms = terms_of(question, scope)
    documents = scope.documents
    if allowed is not None:
        documents = frozenset(allowed) if not documents else documents & frozenset(allowed)
    sought = Sought(question, terms, scope.documents is not None and len(scope.documents) <= FEW)
    whole = documents is not None and len(documents) <= FEW
    places = () if whole else search(query or question.text, DEPTH, documents)
    out: list[Evidence] = []
    for reading, units in _units(question, terms, documents, library, places):
        out += _finder(question.kind)(sought, reading, units)
    for e in out:
        e.score = worth(question, e)
        e.found = _WHOLE if whole else _found(e, places)
        if not question.draft and library.catalogue[e.reading.document.id].draft:
            e.score -= _DRAFT
    ranked = sorted(out, key=lambda e: -e.score)
    if ranked:
        lead = _margin(question, ranked)
        ranked[0].margin = lead if whole else _of_many(lead, _LEAD, places)
    for e in ranked[:_WEIGHED]:
        e.barred = barred(question, e)
    return ranked


def _found(e: Evidence, places: Sequence[Place]) -> float:
    """The logarithm of the place among `places` of the first that touches the evidence, the best counted as 1."""
    id, start, end = e.reading.document.id, e.unit.start, e.unit.end
    touching = (at for at, p in enumerate(places) if p.document == id and p.start < end and p.end > start)
    return _of_many(math.log1p(next(touching, DEPTH)), _PLACE, places)


def _margin(question: Question, ranked: Sequence[Evidence]) -> float:
    """How far the best evidence stands above the best that says something else, 0 to 0.5; the other items of a list
    that is asked for do not.
    """
    best = ranked[0]
    others = (
        e.score
        for e in ranked[1:]
        if e.span != best.span
        and not (e.figure and best.figure and e.figure.value == best.figure.value)
        and not kin(question, best, e)
    )
    return min(max(best.score - max(next(others, 0.0), 0.0), 0.0), 0.5)


def _of_many(value: float, usual: float, places: Sequence[Place]) -> float:
    """`value` where many places were found, nearer to `usual` the fewer they are: to be first of few says little."""
    share = min(1.0, len(places) / _MANY)
    return share * value + (1 - share) * usual


_MANY, _PLACE, _LEAD, _WHOLE = 20, 2.8, 0.0, 1.9
"""Places from which their order tells something, what stands for place and lead where there are none, and for the place
where the documents that the question names are looked through whole, without a search."""


def _finder(kind: Kind) -> Finder:
    if kind in FIGURES:
        return figure_evidence
    return date_evidence if kind in (Kind.DATE, Kind.YEAR) else clause_evidence


def _units(
    question: Question,
    terms: Sequence[Term],
    documents: frozenset[str] | None,
    library: Library,
    places: Sequence[Place],
) -> Iterable[tuple[Reading, Iterable[Unit]]]:
    """Readings and those of their units that hold most of what is asked."""
    lines: list[tuple[float, str, int]] = []
    if documents is not None and len(documents) <= FEW:
        for id in sorted(documents):
            lines += _promising(library.reading(id), terms, None, _answering(question))
    else:
        spans: dict[str, list[tuple[int, int]]] = {}
        for place in places:
            spans.setdefault(place.document, []).append((place.start, place.end))
        for id, reading in library.readings(spans).items():
            lines += _promising(reading, terms, spans[id], _answering(question))
    chosen: dict[str, list[int]] = {}
    for _, id, at in sorted(lines, key=lambda line: -line[0])[:_LINES]:
        chosen.setdefault(id, []).append(at)
    for id, held in chosen.items():
        reading = library.reading(id)
        yield reading, reading.units(sorted(held))


def _answering(question: Question) -> re.Pattern[str] | None:
    """How a line states what is asked for, None where any line may."""
    if question.kind is Kind.DATE:
        return _DATED
    return _MONEY if _pays(question) else None


def _pays(question: Question) -> bool:
    """Whether an amount of money is asked for."""
    return question.kind is Kind.MONEY or (question.price and question.kind in FIGURES)


def _promising(
    reading: Reading, terms: Sequence[Term], spans: list[tuple[int, int]] | None, stated: re.Pattern[str] | None
) -> Iterable[tuple[float, str, int]]:
    """(weight of the terms it holds, document, place) for each line, or for those that touch `spans`.

    A line with what is `stated` weighs more: "Mức trợ cấp: 500.000 đồng" has few of the words, and the figure.
    """
    wanted = [(t.word.bare, t.phrases, t.weight) for t in terms]
    for at in range(len(reading.lines)) if spans is None else reading.near(spans):
        held, weight = reading.holds(at), 0.0
        for word, phrases, share in wanted:
            if word in held or (phrases and any(p <= held for p in phrases)):
                weight += share
        line = reading.lines[at]
        if weight > 0 and stated and stated.search(reading.document.text, line.start, line.end):
            weight += _STATED
        if weight > 0 or not terms:
            yield weight, reading.document.id, at
