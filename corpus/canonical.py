"""Canonical text: NFC, every line break one line feed, nothing else changed; and the way back to the raw text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from corpus.document import Span

__all__ = ["OffsetMap", "canonicalise"]

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

_HANGUL_TAILS = [chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))]
_LAST_COMBINING = 0x20000
_MARKS = 30


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
    """The canonical form of `raw`, and the map from its offsets back to those of `raw`.

    More than 30 combining marks in a row, which no language writes, are normalised 30 at a time, the limit of
    Unicode's Stream-Safe Text Format (UAX #15), so that time stays linear.
    """
    if unicodedata.is_normalized("NFC", raw) and not _LINE_BREAK.search(raw):
        return raw, OffsetMap([(0, 0)], len(raw), len(raw))
    out: list[str] = []
    anchors = [(0, 0)]
    at = done = 0
    for piece, same in _pieces(raw):
        done += len(piece)
        at += len(same)
        out.append(same)
        if len(piece) != len(same):
            anchors.append((at, done))
    return "".join(out), OffsetMap(anchors, at, done)


def _pieces(raw: str) -> Iterator[tuple[str, str]]:
    """Consecutive parts of `raw` with their canonical form, each of the same length or changed in one place."""
    at = 0
    for stop in _LINE_BREAK.finditer(raw):
        yield from _clusters(raw[at : stop.start()])
        yield stop.group(), "\n"
        at = stop.end()
    yield from _clusters(raw[at:])


def _clusters(line: str) -> Iterator[tuple[str, str]]:
    """`line` whole when it is normal; else cut so that each cluster that changes stands alone."""
    if not line:
        return
    if unicodedata.is_normalized("NFC", line):
        yield line, line
        return
    for match in _cluster().finditer(line):
        piece = match.group()
        if match.lastgroup == "plain" and not unicodedata.is_normalized("NFC", piece):
            yield from ((c, unicodedata.normalize("NFC", c)) for c in piece)
        else:
            yield piece, piece if match.lastgroup == "plain" else _normal(piece)


@lru_cache(maxsize=4096)
def _normal(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster)


@cache
def _cluster() -> re.Pattern[str]:
    """A run of characters that stand alone (`plain`), or one character with those that combine with it.

    A character begins a cluster unless it has a combining class or is the second half of a canonical composition;
    outside the planes looked at Unicode has none of either. Built when the first decomposed text comes in.
    """
    joining = set(_HANGUL_TAILS)
    for code in range(_LAST_COMBINING):
        character = chr(code)
        if unicodedata.combining(character):
            joining.add(character)
        parts = unicodedata.decomposition(character).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            joining.add(chr(int(parts[1], 16)))
    joins = "".join(re.escape(c) for c in sorted(joining))
    return re.compile(rf"(?P<plain>(?:[^{joins}](?![{joins}]))+)|[^{joins}]?[{joins}]{{1,{_MARKS}}}", re.DOTALL)
