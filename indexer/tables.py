"""Writes the tables that `indexer.lexical` reads: for each term the passages that hold it and what it adds there.

Passages are taken in stretches, each sorted on its own into a run; at the end the runs are merged, some terms at a
time. So memory grows neither with the passages nor with their text: about 1 GB, whatever the size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.files import load
from indexer.keeping import Kept
from indexer.lexical import CHANNELS, SYLLABLES, Weights, neighbours, plain_hash, term_hash
from indexer.merging import Column, Lengths, Merge, Run
from indexer.splice import Splice
from indexer.words import syllables

__all__ = ["Entry", "Tables", "write"]

LENGTHS = "lengths.npy"
"""The file of how long each passage is: words of its headings and of its text, then syllables of both, `(4, n)`."""
_STRETCH = 4_000_000
"""Terms of a channel in one run, about: 30,000 passages."""


class Entry(NamedTuple):
    """One field of one passage: its text, and its words as `indexer.words.words` gives them."""

    text: str
    words: Sequence[str]


class _Names(dict[str, int]):
    """A number for each term, the hash of each number, and how often it was met."""

    def __init__(self, *hashes: Any) -> None:
        self.hashes: list[list[int]] = [[] for _ in hashes]
        self._made = hashes

    def __missing__(self, term: str) -> int:
        for listed, made in zip(self.hashes, self._made, strict=True):
            listed.append(made(term))
        self[term] = len(self)
        return self[term]


class _Heard:
    """One field of the passages of a stretch: numbers of its words and syllables."""

    def __init__(self, words: _Names, single: _Names) -> None:
        self._names = (words, single)
        self._numbers: tuple[list[int], list[int]] = ([], [])
        self._lengths: tuple[list[int], list[int]] = ([], [])

    def add(self, entry: Entry) -> None:
        for at, terms in enumerate((entry.words, syllables(entry.text))):
            self._numbers[at].extend(map(self._names[at].__getitem__, terms))
            self._lengths[at].append(len(terms))

    def __len__(self) -> int:
        return len(self._numbers[1])

    def lengths(self, at: int) -> npt.NDArray[np.int32]:
        """How many words (0) or syllables (1) each passage has."""
        return np.array(self._lengths[at], np.int32)

    def columns(self) -> Iterator[Column]:
        """The columns in the order of `CHANNELS`, but for the headings."""
        yield self._column(0, 0)
        for hashes in (0, 1):
            single = self._column(1, hashes)
            yield single
            yield _neighbouring(single)

    def _column(self, at: int, hashes: int) -> Column:
        numbers = np.array(self._numbers[at], np.int64)
        known = np.array(self._names[at].hashes[hashes], np.uint64)
        return Column(known[numbers], np.array(self._lengths[at], np.int64))


class Tables:
    """Takes passages in order with `add`, and writes their tables into `directory` with `close`."""

    def __init__(self, directory: Path, weights: Weights) -> None:
        self._directory = directory
        self._weights = weights
        self._names = (_Names(term_hash), _Names(term_hash, plain_hash))
        self._fields = self._fresh()
        self._runs: dict[str, list[Run]] = {name: [] for name in CHANNELS[:-1]}
        self._lengths: list[npt.NDArray[np.int32]] = []
        self._first = self._count = 0
        self._aside = directory / ".runs"

    def add(self, context: Entry, text: Entry) -> None:
        """Takes the next passage."""
        for heard, entry in zip(self._fields, (context, text), strict=True):
            heard.add(entry)
        self._count += 1
        if sum(map(len, self._fields)) >= _STRETCH:
            self._aside.mkdir(exist_ok=True)
            self._sort(aside=True)

    def close(self, splice: Splice | None = None) -> None:
        """Writes the tables of all channels, and the syllables that stand in them, one a line.

        With a `splice`, the passages that it keeps of an older generation are in them too, without being read.
        """
        self._sort(aside=False)
        lengths = np.concatenate(self._lengths, axis=1)
        if splice:
            lengths = splice.columns(load(splice.directory / LENGTHS), lengths)
        np.save(self._directory / LENGTHS, lengths)
        for name in CHANNELS[:-1]:
            kept = Kept(splice.directory, name, splice.kept) if splice else None
            fresh = splice.fresh if splice else None
            of = _lengths_of(name, lengths)
            Merge(self._directory, name, self._runs.pop(name), of, self._weights, kept, fresh).write()
        self._list(splice.directory if splice else None)
        rmtree(self._aside, ignore_errors=True)

    def _list(self, older: Path | None) -> None:
        """Writes the syllables that some passage holds; those of the `older` generation may have lost theirs."""
        known = {s for s in self._names[1] if s.isalpha()}
        if older:
            held = load(self._directory / f"{CHANNELS[1]}.terms.npy")
            known.update((older / SYLLABLES).read_text("utf-8").split("\n"))
            hashes = np.fromiter(map(term_hash, known), np.uint64, len(known))
            known = {s for s, there in zip(known, np.isin(hashes, held).tolist(), strict=True) if there}
        (self._directory / SYLLABLES).write_text("\n".join(sorted(known)), "utf-8")

    def _fresh(self) -> tuple[_Heard, _Heard]:
        return _Heard(*self._names), _Heard(*self._names)

    def _sort(self, aside: bool) -> None:
        self._lengths.append(np.stack([f.lengths(at) for at in (0, 1) for f in self._fields]))
        for name, columns in zip(CHANNELS, zip(*(f.columns() for f in self._fields), strict=True), strict=False):
            run = Run.of(columns, self._first)
            self._runs[name].append(run.put(self._aside / f"{name}.{self._first}") if aside else run)
        self._fields = self._fresh()
        self._first = self._count


def _lengths_of(channel: str, lengths: npt.NDArray[np.int32]) -> Lengths:
    """The lengths of the passages in `channel`: of the rows of words or syllables, less one where it has pairs."""
    context, text = lengths[:2] if channel == CHANNELS[0] else lengths[2:]
    less = channel.endswith("pairs")
    return Lengths(*(np.maximum(row.astype(np.int64) - less, 0) for row in (context, text)))


def write(directory: Path, context: Iterable[Entry], text: Iterable[Entry], weights: Weights) -> None:
    """Writes the tables of passages with the headings `context` and the texts `text`."""
    tables = Tables(directory, weights)
    for above, below in zip(context, text, strict=True):
        tables.add(above, below)
    tables.close()


def _neighbouring(single: Column) -> Column:
    """Neighbours within each passage."""
    if not len(single.terms):
        return single
    last = np.cumsum(single.lengths)[single.lengths > 0] - 1
    inside = np.ones(len(single.terms), np.bool_)
    inside[last] = False
    return Column(neighbours(single.terms)[inside[:-1]], np.maximum(single.lengths - 1, 0))
