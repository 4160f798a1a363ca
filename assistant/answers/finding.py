"""From a question to its evidence: which units to look at, and in which order they fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from assistant.answers.evidence import (
    Evidence,
    Finder,
    Sought,
    clause_evidence,
    date_evidence,
    figure_evidence,
    worth,
)
from assistant.answers.library import Library, Search
from assistant.answers.question import Kind, Question, Term
from assistant.answers.reading import Reading
from assistant.answers.scope import Scope

__all__ = ["FIGURES", "find", "terms_of"]

FIGURES = frozenset({Kind.PERCENT, Kind.COUNT, Kind.MONEY, Kind.FIGURE})
FEW = 8
"""Documents that are looked through whole when the question names them; with more, the search chooses."""
_DEPTH = 40
_RAREST = 6
_DRAFT = 0.06
"""What a draft's evidence loses when the question does not ask for the draft."""


def terms_of(question: Question, scope: Scope) -> list[Term]:
    """The terms of `question` but those that only name the documents."""
    return [t for t in question.terms if t.place not in scope.named]


def find(question: Question, scope: Scope, library: Library, search: Search, allowed: Collection[str] | None = None,
         kind: Kind | None = None, query: str | None = None) -> list[Evidence]:  # fmt: skip
    """The evidence for `question`, best first, from the documents of `scope` that are `allowed`."""
    terms = terms_of(question, scope)
    documents = scope.documents if allowed is None else frozenset(allowed) & (scope.documents or frozenset(allowed))
    sought = Sought(question, terms, scope.documents is not None and len(scope.documents) <= FEW)
    out: list[Evidence] = []
    for reading, places in _units(question, terms, documents, library, search, query):
        out += _finder(kind or question.kind)(sought, reading, places)
    for e in out:
        e.score = worth(question, e)
        if not question.draft and library.catalogue[e.reading.document.id].draft:
            e.score -= _DRAFT
    return sorted(out, key=lambda e: -e.score)


def _finder(kind: Kind) -> Finder:
    if kind in FIGURES:
        return figure_evidence
    return date_evidence if kind in (Kind.DATE, Kind.YEAR) else clause_evidence


def _units(question: Question, terms: Sequence[Term], documents: frozenset[str] | None, library: Library, search: Search,
           query: str | None) -> Iterable[tuple[Reading, list[int]]]:  # fmt: skip
    """Readings and the places of their units that are worth looking at."""
    rare = sorted(terms, key=lambda t: -t.weight)[:_RAREST]
    if documents is not None and len(documents) <= FEW:
        for id in sorted(documents):
            reading = library.reading(id)
            yield (
                reading,
                sorted({i for t in rare for i in reading.places.get(t.word.bare, ())} or range(len(reading.units))),
            )
        return
    spans: dict[str, list[tuple[int, int]]] = {}
    for place in search(query or question.text, _DEPTH, documents):
        spans.setdefault(place.document, []).append((place.start, place.end))
    for id, found in spans.items():
        reading = library.reading(id)
        yield reading, reading.near(found)
