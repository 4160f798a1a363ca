"""The register of targets: those of every stored document, found by words, year, scope, unit, status, document."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.targets.dimensions import measure
from assistant.targets.target import Status, Target
from corpus.schema import number_key
from corpus.store import Store

__all__ = ["Register", "find"]

INDICATOR, SCOPE, SOURCE, SECTION = 1.0, 0.7, 0.4, 0.3
"""What a word of the query is worth by where it stands; the document's title says what all its targets are about."""

OTHER_TONES = 0.6
"""What a word is worth that agrees without its diacritics only, when the query has diacritics."""

IN_ORDER = 0.3
"""What two words that stand side by side in the query and in the indicator add."""

ENOUGH = 0.5
"""The share of the query's weight that a target must hold in its own words."""


class Register:
    """The targets kept in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(
        self,
        query: str | None = None,
        *,
        year: int | None = None,
        scope: str | None = None,
        unit: str | None = None,
        status: Status | None = None,
        document: str | None = None,
        limit: int | None = None,
    ) -> list[Target]:
        """What `find` gives for the targets of all documents that count."""
        from assistant.shelf import kept

        return find(
            kept(self._store),
            query,
            year=year,
            scope=scope,
            unit=unit,
            status=status,
            document=document,
            limit=limit,
        )


def find(
    targets: Iterable[Target],
    query: str | None = None,
    *,
    year: int | None = None,
    scope: str | None = None,
    unit: str | None = None,
    status: Status | None = None,
    document: str | None = None,
    limit: int | None = None,
) -> list[Target]:
    """The targets that meet every condition: with a `query` the best first, else in the order given.

    Words of `query` and `scope` are found with or without diacritics and as abbreviations (CNTT, UBND); a year
    in `query` is one of the target. `year` is that of the deadline or, without one, a year of the period; `unit`
    may be any unit of the same measure ("triệu đồng" finds "tỷ đồng"); `document` is an id or a number.
    """
    chosen = [
        t
        for t in targets
        if (status is None or t.status == status)
        and (document is None or _is_of(t, document))
        and (year is None or _is_for(t, year))
        and (unit is None or _is_in(t, unit))
        and (scope is None or _holds(t.scope or t.citation.title or "", scope))
    ]
    if query and query.strip():
        chosen = _ranked(chosen, _words(query))
    return chosen[:limit]


def _is_of(target: Target, document: str) -> bool:
    key = number_key(document)
    return target.citation.document == document or (key is not None and key == number_key(target.citation.number))


def _is_for(target: Target, year: int) -> bool:
    if target.deadline:
        return target.deadline.startswith(f"{year:04d}")
    return target.period is not None and target.period[0] <= year <= target.period[1]


def _is_in(target: Target, unit: str) -> bool:
    wanted = measure(target.model_copy(update={"unit": unit, "value": 0.0}))
    return target.value is not None and measure(target).base == wanted.base


def _holds(text: str, wanted: str) -> bool:
    words = {word.bare for word in _words(text)}
    return all(word.bare in words for word in _words(wanted))


class _Word(NamedTuple):
    key: str
    bare: str


@lru_cache(maxsize=50_000)
def _words(text: str) -> tuple[_Word, ...]:
    from assistant.answers.normalise import tokens

    return tuple(_Word(token.key, token.bare) for token in tokens(text))


def _ranked(targets: Sequence[Target], query: Sequence[_Word]) -> list[Target]:
    """Targets that hold enough of `query`, the best first and equals in the order given."""
    toneless = all(word.key == word.bare for word in query)
    fields = [_fields(target) for target in targets]
    spread = Counter(bare for known in fields for bare in {word.bare for words, _ in known for word in words})
    weights = [math.log(1 + len(targets) / (1 + spread[word.bare])) for word in query]
    if not sum(weights):
        return list(targets)
    scored = []
    for at, (target, known) in enumerate(zip(targets, fields, strict=True)):
        matches = [_match(word, target, known, toneless) for word in query]
        own = sum(weight for weight, match in zip(weights, matches, strict=True) if match > OTHER_TONES)
        score = sum(weight * match for weight, match in zip(weights, matches, strict=True))
        if max(own, score) >= ENOUGH * sum(weights):
            order = IN_ORDER * sum(weights) * _in_order(query, known[0][0])
            scored.append((-own, -score - order, at, target))
    return [target for *_, target in sorted(scored, key=lambda row: row[:3])]


def _fields(target: Target) -> list[tuple[tuple[_Word, ...], float]]:
    source = f"{target.citation.number or ''} {target.citation.title or ''} {target.citation.document}"
    return [
        (_words(target.indicator), INDICATOR),
        (_words(f"{target.scope or ''} {target.unit or ''} {target.qualitative or ''}"), SCOPE),
        (_words(source), SOURCE),
        (_words(target.section or ""), SECTION),
    ]


def _match(word: _Word, target: Target, fields: list[tuple[tuple[_Word, ...], float]], toneless: bool) -> float:
    """How well `word` is met, from 0 to 1."""
    if word.key.isdigit() and len(word.key) == 4 and _is_for(target, int(word.key)):
        return INDICATOR
    best = 0.0
    for words, worth in fields:
        if any(w.bare == word.bare for w in words):
            same = toneless or any(w.key == word.key for w in words)
            best = max(best, worth if same else worth * OTHER_TONES)
    return best


def _in_order(query: Sequence[_Word], indicator: Sequence[_Word]) -> float:
    """The share of the query's neighbouring words that are neighbours in the indicator."""
    wanted = {(a.bare, b.bare) for a, b in pairwise(query)}
    found = {(a.bare, b.bare) for a, b in pairwise(indicator)}
    return len(wanted & found) / len(wanted) if wanted else 0.0
