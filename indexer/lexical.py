"""BM25 over words, syllables and pairs of syllables, with and without diacritics, read from mapped arrays.

Each channel is a table from the 64-bit hash of a term to the passages that hold it and what it adds to their score
there: BM25F over two fields, the headings and the text, computed when the index is written. A query then costs one
look-up and one addition a term.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.abbreviations import alternatives
from indexer.words import bare, syllables, unaccented, words

__all__ = ["CHANNELS", "Field", "Lexical", "Terms", "Weights", "term_hash", "terms", "write"]

CHANNELS = ("words", "syllables", "pairs", "bare", "bare_pairs")
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
    accented: tuple[float, ...] = (0.5, 1.0, 0.7, 0.0, 0.0)
    plain: tuple[float, ...] = (0.0, 0.0, 0.0, 1.0, 0.7)


class Terms(NamedTuple):
    """The terms of one text, channel by channel, in the order of `CHANNELS`; repeated as often as they occur."""

    by_channel: tuple[Hashes, ...]


def terms(text: str, segmented: Sequence[str] | None = None) -> Terms:
    """The terms of `text`; `segmented` are its words where they are known already."""
    whole = segmented if segmented is not None else words(text)
    single = syllables(text)
    accented = np.fromiter(map(term_hash, single), np.uint64, len(single))
    plain = np.fromiter(map(_plain_hash, single), np.uint64, len(single))
    compounds = np.fromiter(map(term_hash, whole), np.uint64, len(whole))
    return Terms((compounds, accented, _pairs(accented), plain, _pairs(plain)))


@lru_cache(maxsize=1 << 20)
def term_hash(term: str) -> int:
    """The 64 bits that stand for `term` in the tables."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=1 << 20)
def _plain_hash(syllable: str) -> int:
    """The hash of the syllable without diacritics: that of what `syllables` finds in the text without diacritics."""
    return term_hash(bare(syllable))


def _pairs(single: Hashes) -> Hashes:
    """One hash for each two neighbours."""
    with np.errstate(over="ignore"):
        left = single[:-1] * np.uint64(0x9E3779B97F4A7C15)
        return left ^ (single[1:] * np.uint64(0xC2B2AE3D27D4EB4F) >> np.uint64(1))


def write(directory: Path, context: Iterable[Terms], text: Iterable[Terms], weights: Weights) -> None:
    """Writes the channels' tables for passages whose headings have terms `context` and whose texts have `text`."""
    fields = [list(context), list(text)]
    for at, channel in enumerate(CHANNELS):
        parts = [_field([t.by_channel[at] for t in field]) for field in fields]
        _channel(directory / channel, parts, (weights.context, weights.text), weights.saturation, len(fields[1]))


def _field(documents: list[Hashes]) -> tuple[Hashes, npt.NDArray[np.int32], npt.NDArray[np.float32], Scores]:
    """(terms, passages, counts) sorted by term then passage, and the length of each passage."""
    lengths = np.array([len(d) for d in documents], dtype=np.float32)
    flat = np.concatenate(documents) if documents else np.empty(0, np.uint64)
    owner = np.repeat(np.arange(len(documents), dtype=np.int32), lengths.astype(np.int64))
    order = np.argsort(flat, kind="stable")
    flat, owner = flat[order], owner[order]
    first = np.flatnonzero(np.r_[True, (flat[1:] != flat[:-1]) | (owner[1:] != owner[:-1])][: len(flat)])
    counts = np.diff(np.r_[first, len(flat)]).astype(np.float32)
    return flat[first], owner[first], counts, lengths


def _channel(path: Path, parts: list[tuple], fields: Sequence[Field], saturation: float, n: int) -> None:  # type: ignore[type-arg]
    terms_, owners, heard = [], [], []
    for (term, owner, counts, lengths), how in zip(parts, fields, strict=True):
        mean = lengths.mean() if len(lengths) and lengths.any() else np.float32(1)
        norm = 1 - how.length + how.length * lengths / mean
        terms_.append(term)
        owners.append(owner)
        heard.append(how.weight * counts / norm[owner])
    term, owner, weight = np.concatenate(terms_), np.concatenate(owners), np.concatenate(heard)
    order = np.lexsort((owner, term))
    term, owner, weight = term[order], owner[order], weight[order]
    first = np.flatnonzero(np.r_[True, (term[1:] != term[:-1]) | (owner[1:] != owner[:-1])][: len(term)])
    term, owner = term[first], owner[first]
    weight = np.add.reduceat(weight, first) if len(first) else weight
    start = np.flatnonzero(np.r_[True, term[1:] != term[:-1]][: len(term)])
    frequency = np.diff(np.r_[start, len(term)])
    rarity = np.log1p((n - frequency + 0.5) / (frequency + 0.5))
    impact = np.repeat(rarity, frequency) * weight * (saturation + 1) / (saturation + weight)
    np.save(f"{path}.terms.npy", term[start])
    np.save(f"{path}.starts.npy", np.r_[start, len(term)].astype(np.int64))
    np.save(f"{path}.passages.npy", owner.astype(np.int32))
    np.save(f"{path}.impacts.npy", impact.astype(np.float16))


class _Channel:
    """One table, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self.terms, self.starts, self.passages, self.impacts = (
            np.load(f"{path}.{part}.npy", mmap_mode="r") for part in ("terms", "starts", "passages", "impacts")
        )

    def add(self, scores: Scores, query: Hashes, weight: float) -> None:
        """Adds what the query's terms score, times `weight`, to `scores`, one a passage."""
        if not len(self.terms):
            return
        at = np.searchsorted(self.terms, query)
        for place, term in zip(at, query, strict=True):
            if place < len(self.terms) and self.terms[place] == term:
                span = slice(self.starts[place], self.starts[place + 1])
                scores[self.passages[span]] += self.impacts[span].astype(np.float32) * np.float32(weight)


class Lexical:
    """The tables in `directory`, over `size` passages; safe to read from many threads."""

    def __init__(self, directory: Path, size: int, weights: Weights) -> None:
        self.size = size
        self._weights = weights
        self._channels = [_Channel(directory / c) for c in CHANNELS]

    def scores(self, query: str) -> Scores:
        """BM25 of each passage for `query` and the other writings of its names, each term once: `(size,)` float32."""
        shares = self._weights.plain if unaccented(query) else self._weights.accented
        total = np.zeros(self.size, np.float32)
        writings = [terms(text).by_channel for text in (query, *alternatives(query))]
        for at, (channel, share) in enumerate(zip(self._channels, shares, strict=True)):
            if share:
                channel.add(total, np.unique(np.concatenate([found[at] for found in writings])), share)
        return total
