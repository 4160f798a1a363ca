"""Text whose runs of spaces are one space, with the way back: justified PDF text reads like any other."""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["Squeezed"]

_RUN = re.compile("[ \\t\xa0\u2002-\u200a\u202f\u3000]{2,}|[\u200b-\u200d\u2060\ufeff\xad]+")


class Squeezed:
    """`text` without doubled spaces and invisible signs; `place` leads back to the original."""

    def __init__(self, original: str) -> None:
        parts: list[str] = []
        self._here, self._there = [0], [0]
        at = length = 0
        for run in _RUN.finditer(original):
            kept = 1 if run.group()[0] in " \t\xa0\u3000\u202f" or "\u2002" <= run.group()[0] <= "\u200a" else 0
            parts.append(original[at : run.start()] + " " * kept)
            length += run.start() - at + kept
            at = run.end()
            self._here.append(length)
            self._there.append(at)
        parts.append(original[at:])
        self.text = "".join(parts) if len(parts) > 1 else original

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The original span of `text[start:end]`, which is not empty and ends with a visible sign."""
        return self._back(start), self._back(end - 1) + 1 if end > start else self._back(start)

    def _back(self, offset: int) -> int:
        at = bisect_right(self._here, offset) - 1
        return self._there[at] + offset - self._here[at]
