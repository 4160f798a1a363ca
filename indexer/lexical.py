"""BM25 over words, syllables and pairs of syllables, with and without diacritics, read from mapped arrays.

Each channel is a table from the 64-bit hash of a term to the passages that hold it and what it adds to their score
there: BM25F over two fields, the headings and the text, computed when `indexer.tables` writes it. A query then costs
one look-up and one addition a term. The last channel adds the share of the headings' syllables that the query holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.abbreviations import alternatives
from indexer.files import load, mapped
from indexer.words import bare, syllables, unaccented, words

__all__ = [
    "CHANNELS",
    "SYLLABLES",
    "Field",
    "Hashes",
    "Lexical",
    "Weights",
    "neighbours",
    "plain_hash",
    "term_hash",
    "terms",
]

CHANNELS = ("words", "syllables", "pairs", "bare", "bare_pairs", "headings")
SYLLABLES = "syllables.txt"
"""The file of the syllables that the tables hold, one a line."""
Hashes = npt.NDArray[np.uint64]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Field:
    """How one field counts: its weight, and how far its length matters (0 to 1)."""

    weight: float
    length: float


@dataclass(frozen=True)
class Weights:
    """What was tuned: BM25's saturation, the fields, and the share of each channel in the score."""

    saturation: float = 0.9
    context: Field = field(default_factory=lambda: Field(4.0, 0.6))
    text: Field = field(default_factory=lambda: Field(1.0, 0.75))
    accented: tuple[float, ...] = (0.5, 1.0, 0.7, 0.0, 0.0, 8.0)
    plain: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0, 0.7, 8.0)


def terms(text: str) -> tuple[Hashes, ...]:
    """The terms of `text`, channel by channel, repeated as often as they occur."""
    whole = words(text)
    single = syllables(text)
    accented = np.fromiter(map(term_hash, single), np.uint64, len(single))
    plain = np.fromiter(map(plain_hash, single), np.uint64, len(single))
    compounds = np.fromiter(map(term_hash, whole), np.uint64, len(whole))
    return (compounds, accented, neighbours(accented), plain, neighbours(plain), plain)


@lru_cache(maxsize=1 << 20)
def term_hash(term: str) -> int:
    """The 64 bits that stand for `term` in the tables."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=1 << 20)
def plain_hash(syllable: str) -> int:
    """The hash of the syllable without diacritics: that of what `syllables` finds in the text without diacritics."""
    return term_hash(bare(syllable))


def neighbours(single: Hashes) -> Hashes:
    """One hash for each two neighbours."""
    with np.errstate(over="ignore"):
        left = single[:-1] * np.uint64(0x9E3779B97F4A7C15)
        return left ^ (single[1:] * np.uint64(0xC2B2AE3D27D4EB4F) >> np.uint64(1))


class _Channel:
    """One table of `size` passages, mapped into memory; `indexer.merging` says how it is laid out."""

    def __init__(self, path: Path, size: int) -> None:
        self.terms, self.held, self._starts, self._rows = (
            load(Path(f"{path}.{part}.npy")) for part in ("terms", "held", "starts", "rows")
        )
        self._passages = mapped(Path(f"{path}.passages"), np.int32)
        self._impacts = mapped(Path(f"{path}.impacts"), np.uint16)
        self._full = mapped(Path(f"{path}.full"), np.uint16).reshape(-1, max(1, size))
        self._scale = float(np.load(f"{path}.scale.npy")[0])

    def add(self, scores: Scores, query: Hashes, weight: float) -> None:
        """Adds what the query's terms score, times `weight`, to `scores`, one a passage."""
        total = np.zeros(len(scores), np.uint32)
        for place in self.places(query):
            row = self._rows[place]
            if row >= 0:
                total += self._full[row]
            else:
                span = slice(self._starts[place], self._starts[place + 1])
                np.add.at(total, self._passages[span], self._impacts[span].astype(np.uint32))
        scores += total * np.float32(weight * self._scale)

    def places(self, query: Hashes) -> npt.NDArray[np.int64]:
        """The places in the table of those terms of `query` that it has."""
        if not len(self.terms):
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self.terms, query), len(self.terms) - 1)
        known: npt.NDArray[np.int64] = at[self.terms[at] == query]
        return known


class Lexical:
    """The tables in `directory`, over `size` passages; safe to read from many threads."""

    def __init__(self, directory: Path, size: int, weights: Weights) -> None:
        self.size = size
        self._weights = weights
        self._channels = [_Channel(directory / c, size) for c in CHANNELS]

    def held(self, channel: str, keys: Hashes) -> list[int]:
        """How many passages hold each of the terms of `channel` with these hashes."""
        table = self._channels[CHANNELS.index(channel)]
        if not len(table.terms):
            return [0] * len(keys)
        at = np.minimum(np.searchsorted(table.terms, keys), len(table.terms) - 1)
        found: list[int] = np.where(table.terms[at] == keys, table.held[at], 0).tolist()
        return found

    def scores(self, query: str) -> Scores:
        """BM25 of each passage for `query` and the other writings of its names, each term once: `(size,)` float32."""
        shares = self._weights.plain if unaccented(query) else self._weights.accented
        total = np.zeros(self.size, np.float32)
        writings = [terms(text) for text in (query, *alternatives(query))]
        for at, (channel, share) in enumerate(zip(self._channels, shares, strict=True)):
            if share:
                channel.add(total, np.unique(np.concatenate([found[at] for found in writings])), share)
        return total
