"""Canonical text: NFC, every line break one line feed, nothing else changed; and the way back to the raw text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from corpus.document import Span

__all__ = ["OffsetMap", "canonicalise"]

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


class OffsetMap:
    """Maps offsets of a canonical text to offsets of the raw text that it was made from.

    Inside a stretch that did not change, one character maps to one; a character composed from several maps to
    where the first of them starts, and a span that ends with it reaches past the last. Look-up is O(log n) in
    the number of changed places.
    """

    def __init__(self, anchors: list[tuple[int, int]], length: int, raw_length: int) -> None:
        """`anchors` are (canonical, raw) offsets after which both run on in step, ascending from (0, 0)."""
        self._canonical = [c for c, _ in anchors]
        self._raw = [r for _, r in anchors]
        self._length = length
        self._raw_length = raw_length

    def start(self, offset: int) -> int:
        """The raw offset where the canonical character at `offset` starts."""
        if offset >= self._length:
            return self._raw_length
        at = bisect_right(self._canonical, offset) - 1
        return self._raw[at] + offset - self._canonical[at]

    def span(self, span: Span) -> Span:
        """The raw characters that became the canonical characters of `span`."""
        return Span(start=self.start(span.start), end=self.start(span.end))

    def then(self, earlier: OffsetMap) -> OffsetMap:
        """This map followed by `earlier`, which leads from this map's raw text further back."""
        anchors: list[tuple[int, int]] = []
        for at, canonical in enumerate(self._canonical):
            stop = self._canonical[at + 1] if at + 1 < len(self._canonical) else self._length
            first, last = self._raw[at], self._raw[at] + stop - canonical
            inner = [c for c in earlier._canonical if first < c < last]
            anchors += [(canonical + c - first, earlier.start(c)) for c in [first, *inner]]
        return OffsetMap(anchors or [(0, 0)], self._length, earlier._raw_length)


def canonicalise(raw: str) -> tuple[str, OffsetMap]:
    """The canonical form of `raw`, and the map from its offsets back to those of `raw`."""
    out: list[str] = []
    anchors = [(0, 0)]
    at = done = 0
    for piece in _pieces(raw):
        same = piece if unicodedata.is_normalized("NFC", piece) else unicodedata.normalize("NFC", piece)
        same = _LINE_BREAK.sub("\n", same)
        done += len(piece)
        at += len(same)
        out.append(same)
        if len(piece) != len(same):
            anchors.append((at, done))
    return "".join(out), OffsetMap(anchors, at, done)


def _pieces(raw: str) -> Iterator[str]:
    """Consecutive parts of `raw` that keep their length or change it in one place, and normalise one by one."""
    at = 0
    for stop in _LINE_BREAK.finditer(raw):
        yield from _clusters(raw[at : stop.start()])
        yield stop.group()
        at = stop.end()
    yield from _clusters(raw[at:])


def _clusters(line: str) -> Iterator[str]:
    if not line:
        return
    if unicodedata.is_normalized("NFC", line):
        yield line
        return
    cluster = line[0]
    for c in line[1:]:
        if unicodedata.normalize("NFC", cluster + c) == unicodedata.normalize("NFC", cluster) + c:
            yield cluster
            cluster = c
        else:
            cluster += c
    yield cluster
