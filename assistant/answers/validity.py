"""Which documents count on a day: issued or in effect by then, and not yet ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["in_force"]


def in_force(summaries: Iterable[Any], day: str) -> frozenset[str]:
    """Ids of the documents that count on the ISO date `day`; an unknown date excludes nothing."""
    return frozenset(s.id for s in summaries if _counts(s, day))


def _counts(summary: Any, day: str) -> bool:
    begins = getattr(summary, "effective_from", None) or summary.issued_on
    ends = getattr(summary, "effective_to", None)
    if begins and begins > day[: len(begins)]:
        return False
    return not (ends and ends <= day[: len(ends)])
