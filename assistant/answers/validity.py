"""Which documents count on a day, and what ended those that no longer do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from corpus.dates import earliest, latest
from corpus.numbers import normal
from corpus.validity import Interval, interval

__all__ = ["counting", "intervals", "superseded"]


def intervals(documents: Iterable[Any], changing: Iterable[Any]) -> dict[str, Interval]:
    """The days on which each of `documents` holds, by its own words and by those of the ones that are `changing`.

    What they need to state is their numbers and dates, of the changing ones also relations and text. Each document is
    held only against those that name its running number.
    """
    naming: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in changing:
        for relation in one.relations:
            naming[_running(relation.number)][one.id] = one
    return {d.id: interval(d, naming.get(_running(d.number or d.about or ""), {}).values()) for d in documents}


@lru_cache(maxsize=1 << 14)
def _running(number: str) -> str:
    """The digits that a number begins with; the same for all its spellings."""
    return re.match(r"\d*", normal(number))[0].lstrip("0")  # type: ignore[index]


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
