"""Lines: where each starts and ends, and what its words are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.structure.marks import Mark, mark

__all__ = ["Line", "lines"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BLANK = re.compile(r"[\s\ufeff\u200b]*$")


@dataclass(slots=True)
class Line:
    """Characters `start` to `end` of the text, line feed and blank lines after it included; `words` stripped.

    `begin` is where the first printed character stands, `unit` the mark that the words start with.
    """

    start: int
    end: int
    words: str
    begin: int
    unit: Mark | None = field(init=False)

    def __post_init__(self) -> None:
        self.unit = mark(self.words)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Line:
        """The line `text[start:end]`."""
        raw = text[start:end]
        words = raw.strip("\ufeff\u200b \t\n\xa0\u3000\r\x1c\x1d\x1e\x1f").strip()
        return cls(start, end, words, start + raw.find(words) if words else start)


def lines(text: str) -> list[Line]:
    """The lines of `text` that print something; blank ones belong to the line before, leading ones to the first."""
    found: list[Line] = []
    lead = 0
    for match in _LINE.finditer(text):
        if _BLANK.match(match.group()):
            if found:
                found[-1].end = match.end()
            continue
        start = match.start() if found else lead
        found.append(Line.of(text, start, match.end()))
    return found
