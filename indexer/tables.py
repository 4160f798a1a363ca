"""Writes the tables that `indexer.lexical` reads: for each term the passages that hold it and what it adds there."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.lexical import CHANNELS, Field, Hashes, Weights, neighbours, plain_hash, term_hash
from indexer.words import syllables

__all__ = ["Entry", "write"]


class Entry(NamedTuple):
    """One field of one passage: its text, and its words as `indexer.words.words` gives them."""

    text: str
    words: Sequence[str]


class _Column(NamedTuple):
    """The terms of all passages, one after the other, and how many each passage has."""

    terms: Hashes
    lengths: npt.NDArray[np.int64]


@dataclass
class _Gathered:
    """The words and syllables of one field of all passages; the other channels follow from the syllables."""

    words: array[int] = field(default_factory=lambda: array("Q"))
    word_counts: array[int] = field(default_factory=lambda: array("q"))
    syllables: array[int] = field(default_factory=lambda: array("Q"))
    syllable_counts: array[int] = field(default_factory=lambda: array("q"))
    plain: dict[int, int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Takes the next passage."""
        found = syllables(entry.text)
        self.words.extend(map(term_hash, entry.words))
        self.word_counts.append(len(entry.words))
        self.syllables.extend(map(term_hash, found))
        self.syllable_counts.append(len(found))
        self.plain.update((term_hash(s), plain_hash(s)) for s in found if term_hash(s) not in self.plain)

    def columns(self) -> Iterator[_Column]:
        """The columns in the order of `CHANNELS`, one at a time: each takes as much memory as the text."""
        yield _column(self.words, self.word_counts)
        single = _column(self.syllables, self.syllable_counts)
        yield single
        yield _paired(single)
        known, places = np.unique(single.terms, return_inverse=True)
        bare = np.array([self.plain[int(term)] for term in known], np.uint64)
        plain = _Column(bare[places], single.lengths)
        yield plain
        yield _paired(plain)


def write(directory: Path, context: Iterable[Entry], text: Iterable[Entry], weights: Weights) -> None:
    """Writes the tables of all channels for passages with the headings `context` and the texts `text`."""
    fields = (_Gathered(), _Gathered())
    for entries, gathered in zip((context, text), fields, strict=True):
        for entry in entries:
            gathered.add(entry)
    *names, headings = CHANNELS
    for name, columns in zip(names, zip(*(f.columns() for f in fields), strict=True), strict=True):
        _relevance(directory / name, columns, weights)
        if name == "bare":
            _coverage(directory / headings, columns[0])


def _relevance(path: Path, columns: Sequence[_Column], weights: Weights) -> None:
    """BM25F: a term's weighed occurrences in both fields are added, then saturate together."""
    count = len(columns[0].lengths)
    term, owner, heard = _occurrences(columns, (weights.context, weights.text))
    start = np.flatnonzero(np.r_[True, term[1:] != term[:-1]][: len(term)])
    frequency = np.diff(np.r_[start, len(term)])
    rarity = np.log1p((count - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    k = np.float32(weights.saturation)
    impact = np.repeat(rarity, frequency) * heard * (k + 1) / (k + heard)
    _save(path, term, owner, impact)


def _coverage(path: Path, headings: _Column) -> None:
    """Each syllable of the headings adds its share of them."""
    term, owner, heard = _occurrences([headings], [Field(1.0, 0.0)])
    _save(path, term, owner, heard / headings.lengths[owner])


def _save(path: Path, term: Hashes, owner: npt.NDArray[np.int32], impact: npt.NDArray[np.floating]) -> None:
    start = np.flatnonzero(np.r_[True, term[1:] != term[:-1]][: len(term)])
    np.save(f"{path}.terms.npy", term[start])
    np.save(f"{path}.starts.npy", np.r_[start, len(term)].astype(np.int64))
    np.save(f"{path}.passages.npy", owner)
    np.save(f"{path}.impacts.npy", impact.astype(np.float16))


def _occurrences(
    columns: Sequence[_Column], fields: Sequence[Field]
) -> tuple[Hashes, npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """(terms, passages, weighed counts), one row for each term in a passage, by term, then passage."""
    owners: list[npt.NDArray[np.int32]] = []
    shares: list[npt.NDArray[np.float32]] = []
    for column, how in zip(columns, fields, strict=True):
        mean = column.lengths.mean() if column.lengths.any() else 1.0
        share = (how.weight / (1 - how.length + how.length * column.lengths / mean)).astype(np.float32)
        owners.append(np.repeat(np.arange(len(column.lengths), dtype=np.int32), column.lengths))
        shares.append(np.repeat(share, column.lengths))
    known, key = np.unique(np.concatenate([c.terms for c in columns]), return_inverse=True)
    key *= max(1, len(columns[0].lengths))
    key += np.concatenate(owners)
    order = np.argsort(key, kind="stable")
    key, heard = key[order], np.concatenate(shares)[order]
    del owners, shares, order
    first = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
    heard = np.add.reduceat(heard, first) if len(first) else heard
    code, owner = np.divmod(key[first], max(1, len(columns[0].lengths)))
    return known[code], owner.astype(np.int32), heard


def _paired(single: _Column) -> _Column:
    """Neighbours within each passage."""
    if not len(single.terms):
        return single
    last = np.cumsum(single.lengths)[single.lengths > 0] - 1
    inside = np.ones(len(single.terms), np.bool_)
    inside[last] = False
    return _Column(neighbours(single.terms)[inside[:-1]], np.maximum(single.lengths - 1, 0))


def _column(terms: array[int], counts: array[int]) -> _Column:
    return _Column(
        np.frombuffer(terms, np.uint64) if terms else np.empty(0, np.uint64),
        np.frombuffer(counts, np.int64) if counts else np.empty(0, np.int64),
    )
