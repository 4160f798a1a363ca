"""Which documents count on a day, and what ended those that no longer do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from corpus.dates import earliest, latest
from corpus.document import Document, RelationKind
from corpus.validity import Interval, interval

__all__ = ["counting", "intervals", "superseded"]

_CHANGING = (RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.EXTENDS)


def intervals(summaries: Iterable[Any], documents: Callable[[str], Document]) -> dict[str, Interval]:
    """The days on which each document holds, by its own words and by those of the others; reads each once."""
    read = [documents(s.id) for s in summaries]
    changing = [d for d in read if any(r.kind in _CHANGING for r in d.relations)]
    return {d.id: interval(d, changing) for d in read}


def counting(known: Mapping[str, Interval], day: str) -> frozenset[str]:
    """Ids of the documents that may be in force on the ISO date `day`; an unknown date excludes nothing."""
    first, last = earliest(day), latest(day)
    return frozenset(
        id
        for id, held in known.items()
        if (held.start is None or earliest(held.start) <= last) and (held.end is None or first <= latest(held.end))
    )


def superseded(known: Mapping[str, Interval], today: date | None = None) -> frozenset[str]:
    """Ids of the documents that another document has replaced or repealed whole before `today`."""
    day = (today or date.today()).isoformat()
    return frozenset(id for id, held in known.items() if held.ended_by and held.end and held.end < day[: len(held.end)])
