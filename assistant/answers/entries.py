"""What is known of a document by which a question can mean it: its number, the words of its name, its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from assistant.answers.figures import years
from assistant.answers.little import little
from assistant.answers.normalise import bare, tokens
from assistant.answers.reading import name_of
from corpus.document import Document

__all__ = ["LITTLE", "Entry", "Summary", "entry", "is_draft", "named", "run_along"]


class Summary(Protocol):
    """What the catalogue needs to know of a document; `Document` and the store's summaries both have it."""

    @property
    def id(self) -> str:
        """The id."""
        ...

    @property
    def number(self) -> str | None:
        """Its own number."""
        ...

    @property
    def kind(self) -> str | None:
        """What kind of document it is."""
        ...

    @property
    def issuer(self) -> str | None:
        """Who issued it."""
        ...

    @property
    def title(self) -> str | None:
        """Its title."""
        ...

    @property
    def about(self) -> str | None:
        """The number that it speaks of."""
        ...

    @property
    def issued_on(self) -> str | None:
        """ISO date of issue."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the catalogue: `name` are the bare words of its name without the little ones, `title` and `kind`
    those of its title and kind.
    """

    summary: Summary
    number: str
    name: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    gaps: frozenset[tuple[str, str]]
    years: frozenset[int]
    place: tuple[str, ...]
    draft: bool
    title: frozenset[str] = frozenset()
    kind: str = ""


LITTLE = little(
    "về của và trong cho các những do theo ở tại với được để đến giai đoạn năm từ này trên thực hiện cụ thể chi "
    "tiết tổng hằng"
)
"""Words that tell no name from another."""
_GAP, _APART = 7, 0.6
"""How far apart two words of a name may stand, and what such a pair is worth."""


def is_draft(summary: Summary) -> bool:
    """Whether the document is a draft or an article about one."""
    return "dự thảo" in f"{summary.kind or ''} {summary.title or ''}".lower()


def named(summary: Summary, documents: Callable[[str], Document], whole: bool) -> str:
    """The words that the document may be called by; `whole` says to open it even where it has a title."""
    if whole or not summary.title:
        return name_of(documents(summary.id))
    return "\n".join(p for p in (summary.title, summary.kind, summary.number or summary.about, summary.issuer) if p)


def entry(summary: Summary, text: str) -> Entry:
    """The entry of a document that is called by `text`."""
    words = tuple(w.bare for w in tokens(text) if not LITTLE.holds(w))
    pairs = frozenset(pairwise(words))
    gaps = frozenset((words[i], words[j]) for i in range(len(words)) for j in range(i + 2, min(i + _GAP, len(words))))
    number = summary.number or summary.about or ""
    stated = frozenset(years(text))
    title = frozenset(w.bare for w in tokens(summary.title or ""))
    kind = bare(f"{summary.kind or ''} {summary.title or ''}")
    return Entry(summary, number, words, pairs, gaps, stated, _place(summary.issuer), is_draft(summary), title, kind)


def _place(issuer: str | None) -> tuple[str, ...]:
    m = re.search(
        r"(?:tỉnh|thành phố|Tỉnh|Thành phố"
        r"|TP\.?)\s+([A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ].*)",
        issuer or "",
    )
    return tuple(w.bare for w in tokens(m.group(1))) if m else ()


def run_along(words: list[str], entry: Entry) -> tuple[float, int]:
    """How far the first `words` run along in the name of `entry`: the worth of the run, and its words.

    One pair of words may stand a little apart in the name, and is worth less than neighbours.
    """
    run, n, gaps = 0.0, 0, 0
    while n + 1 < len(words):
        pair = (words[n], words[n + 1])
        apart = pair not in entry.pairs
        gaps += apart
        if apart and (pair not in entry.gaps or gaps > 1):
            break
        run, n = run + (_APART if apart else 1.0), n + 1
    return (run + 1, n + 1) if n else (0.0, 0)
