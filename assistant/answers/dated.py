"""Documents called by their kind and the years they are for: "chương trình 2011-2015", "kế hoạch 5 năm 2026-2030"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answers.entries import Entry
from assistant.answers.normalise import tokens
from assistant.answers.question import Question

__all__ = ["elliptic", "of_period"]

_NAMED = re.compile(
    r"(?<!\w)(?P<kind>chương trình|kế hoạch|chiến lược|đề án|quy hoạch|lộ trình)\s+"
    r"(?:(?:giai đoạn|thời kỳ|5 năm|năm năm|10 năm|mười năm)\s+)*"
    r"(?P<first>(?:19|20)\d\d)\s*[-–]\s*(?P<last>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"(?<!\w)(chương trình|kế hoạch|chiến lược|đề án|quy hoạch|lộ trình)\s+(?!(?:giai đoạn\s+)?(?:19|20)\d\d)[^;?]+?"
    r"\s\1\s+(?:giai đoạn\s+)?(?:19|20)\d\d",
    re.IGNORECASE,
)


def of_period(question: Question, entries: Iterable[Entry]) -> tuple[frozenset[str], set[int]] | None:
    """The documents that the question calls by kind and years, and the places of the words that do; None where it
    calls none so, or where several works could be meant. One with the years in its title goes before one that names
    them.
    """
    m = _NAMED.search(question.text)
    if m is None or elliptic(question.text):
        return None
    kind = tuple(w.bare for w in tokens(m.group("kind")))
    period = (m.group("first"), m.group("last"))
    found = [e for e in entries if not e.draft and period in e.pairs and kind in e.pairs]
    titled = [e for e in found if set(period) <= e.title and " ".join(kind) in e.kind]
    found = titled or found
    if len({_work(e) for e in found}) != 1:
        return None
    places = {i for i, w in enumerate(question.typed.words) if m.start() <= w.start < m.end()}
    return frozenset(e.summary.id for e in found), places


def _work(e: Entry) -> tuple[str, str]:
    return e.number or e.summary.id, (e.summary.issued_on or "")[:4]


def elliptic(text: str) -> bool:
    """Whether a kind with years leaves out the name that stands before: "kế hoạch cấp nước 2021-2025 và kế hoạch
    2026-2030".
    """
    return bool(_ELLIPTIC.search(text))
