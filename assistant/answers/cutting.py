"""The words of a line, cut once for all stretches of it."""

from __future__ import annotations

from bisect import bisect_left

from assistant.answers.bags import Run, Words
from assistant.answers.stretches import Stretch

__all__ = ["Cut"]


class Cut:
    """The words of a line, cut once for all stretches of it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._run = Run.of(text, start, end)
        self._whole = "CNTT" not in text[start:end]
        self._words: dict[Stretch, Words] = {}

    def run(self, start: int, end: int) -> Run:
        """The words of a stretch of the line; those that it cuts through are read by themselves."""
        if start == self._start and end == self._end:
            return self._run
        if not self._whole or start < self._start or end > self._end:
            return Run.of(self._text, start, end)
        starts, ends = self._run.starts, self._run.ends
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        through = (first and ends[first - 1] > start) or (last and ends[last - 1] > end)
        return Run.of(self._text, start, end) if through else self._run.part(first, last)

    def words(self, span: Stretch) -> Words:
        """The words of a stretch as `Words`."""
        found = self._words.get(span)
        if found is None:
            found = self._words[span] = self.run(*span).words()
        return found
