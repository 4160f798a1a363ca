"""Runs of terms, each of some passages, and their merging into the table of a channel.

A table has its `terms` in order; passages and impacts of term `i` stand from `starts[i]` to `starts[i + 1]`. A term
that many passages hold stands in `full` instead, one impact for every passage: adding such a row is several times
faster than adding at places. `rows[i]` is its row there, else -1. Impacts are whole numbers of 16 bits, in units of
`scale`: they are summed three times as fast as half floats and are as exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.files import load
from indexer.lexical import CHANNELS, Field, Hashes, Weights

__all__ = ["Column", "Lengths", "Merge", "Run"]

Counts = npt.NDArray[np.int64]
Passages = npt.NDArray[np.int32]
Heard = npt.NDArray[np.uint16]

_MERGED = 8_000_000
"""Terms in passages that are merged at once, about."""
_FULL = 8
"""A term that more than one in so many passages hold stands in `full`."""


class Column(NamedTuple):
    """The terms of some passages, one after the other, and how many each passage has."""

    terms: Hashes
    lengths: Counts


@dataclass
class Run:
    """What a stretch of passages holds, by term, then passage: how often in the headings, and in the text."""

    terms: Hashes
    starts: Counts
    passages: npt.NDArray[np.int32]
    heard: npt.NDArray[np.uint16]

    @classmethod
    def of(cls, fields: Sequence[Column], first: int) -> Run:
        """The run of passages from `first` on."""
        count = len(fields[0].lengths)
        owners = [np.repeat(np.arange(count), f.lengths) * 2 + at for at, f in enumerate(fields)]
        terms = np.concatenate([f.terms for f in fields])
        known = np.unique(terms)  # finding each among the known takes half of what sorting all with their places does
        key = np.searchsorted(known, terms) * (2 * count) + np.concatenate(owners)
        key, times = np.unique(key, return_counts=True)
        pair, field = np.divmod(key, 2)
        begun = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]][: len(pair)])
        heard = np.zeros((2, len(begun)), np.uint16)
        heard[field, np.repeat(np.arange(len(begun)), np.diff(np.r_[begun, len(pair)]))] = np.minimum(times, 65535)
        code, owner = np.divmod(pair[begun], max(1, count))
        starts = np.r_[np.searchsorted(code, np.arange(len(known))), len(code)]
        return cls(known, starts, (owner + first).astype(np.int32), heard)

    def put(self, path: Path) -> Run:
        """The same, its arrays mapped from files."""
        for name, array in vars(self).items():
            np.save(f"{path}.{name}.npy", array)
        return Run(**{name: load(Path(f"{path}.{name}.npy")) for name in vars(self)})


class Lengths(NamedTuple):
    """How many terms each passage has in its headings and in its text."""

    context: Counts
    text: Counts

    def shares(self, fields: Sequence[Field]) -> list[npt.NDArray[np.float32]]:
        """What one occurrence counts in each passage, field by field."""
        made = []
        for lengths, how in zip(self, fields, strict=True):
            mean = lengths.mean() if lengths.any() else 1.0
            made.append((how.weight / (1 - how.length + how.length * lengths / mean)).astype(np.float32))
        return made


class Merge:
    """Merges the runs of one channel into its table, a stretch of the terms at a time."""

    def __init__(self, directory: Path, name: str, runs: Sequence[Run], lengths: Lengths, weights: Weights) -> None:
        self._runs = runs
        self._count = len(lengths.text)
        self._k = np.float32(weights.saturation)
        self._shares = lengths.shares((weights.context, weights.text))
        most = float(np.log1p((self._count - 0.5) / 1.5) * (self._k + 1))
        self._table = _Table(directory / name, self._count, most)
        self._headings = _Table(directory / CHANNELS[-1], self._count, 1.0) if name == "bare" else None
        self._above = np.maximum(lengths.context, 1).astype(np.float32)

    def write(self) -> None:
        """Writes the table, and that of the headings beside that of the syllables without diacritics."""
        steps = max(1, -(-sum(len(run.passages) for run in self._runs) // _MERGED))
        bounds = [(at << 64) // steps for at in range(steps)]
        for low, high in zip(bounds, [*bounds[1:], None], strict=True):
            self._add(*self._merged(low, high))
        self._table.close()
        if self._headings:
            self._headings.close()

    def _merged(self, low: int, high: int | None) -> tuple[Hashes, Counts, Passages, Heard]:
        """Terms from `low` to before `high`, the number of passages of each, these passages, and counts in both fields.

        Each run's passages of a term are put behind those of the run before, which are earlier passages.
        """
        spans = [_span(run.terms, low, high) for run in self._runs]
        terms = np.unique(np.concatenate([run.terms[span] for run, span in zip(self._runs, spans, strict=True)]))
        sizes = np.zeros((len(self._runs), len(terms)), np.int64)
        for at, (run, span) in enumerate(zip(self._runs, spans, strict=True)):
            sizes[at, np.searchsorted(terms, run.terms[span])] = np.diff(run.starts[span.start : span.stop + 1])
        frequency = sizes.sum(axis=0)
        begun = np.cumsum(frequency) - frequency + np.cumsum(sizes, axis=0) - sizes
        passages = np.empty(frequency.sum(), np.int32)
        heard = np.empty((2, len(passages)), np.uint16)
        for run, span, own, first in zip(self._runs, spans, sizes, begun, strict=True):
            inside = slice(int(run.starts[span.start]), int(run.starts[span.stop]))
            to = np.repeat(first - np.cumsum(own) + own, own) + np.arange(own.sum())
            passages[to] = run.passages[inside]
            heard[:, to] = run.heard[:, inside]
        return terms, frequency, passages, heard

    def _add(self, terms: Hashes, frequency: Counts, passages: Passages, heard: Heard) -> None:
        """BM25F: a term's weighed occurrences in both fields are added, then saturate together."""
        rarity = np.log1p((self._count - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        weighed = heard[0] * self._shares[0][passages] + heard[1] * self._shares[1][passages]
        impact = np.repeat(rarity, frequency) * weighed * (self._k + 1) / (self._k + weighed)
        self._table.add(terms, frequency, passages, impact)
        if self._headings:
            above = heard[0] > 0
            held = np.bincount(np.repeat(np.arange(len(terms)), frequency)[above], minlength=len(terms))
            share = heard[0][above] / self._above[passages[above]]
            self._headings.add(terms[held > 0], held[held > 0], passages[above], share)


class _Table:
    """The files of one channel of `count` passages, written term by term; no impact is above `most`."""

    def __init__(self, path: Path, count: int, most: float) -> None:
        self._path = path
        self._scale = most / 65535
        self._count = count
        self._terms: list[Hashes] = []
        self._frequencies: list[Counts] = []
        self._full: list[npt.NDArray[np.bool_]] = []
        self._open = ExitStack()
        paths = [Path(f"{path}.{part}") for part in ("passages", "impacts", "full")]
        self._files = [self._open.enter_context(p.open("wb")) for p in paths]

    def add(self, terms: Hashes, frequency: Counts, passages: Passages, impact: npt.NDArray[np.floating]) -> None:
        """Takes the next terms with what they add to each of their passages."""
        full = frequency * _FULL > self._count
        impacts = np.rint(impact / self._scale).astype(np.uint16)
        for stop, size in zip(np.cumsum(frequency)[full].tolist(), frequency[full].tolist(), strict=True):
            row = np.zeros(self._count, np.uint16)
            row[passages[stop - size : stop]] = impacts[stop - size : stop]
            self._files[2].write(row.tobytes())
        kept = np.repeat(~full, frequency)
        self._files[0].write(passages[kept].tobytes())
        self._files[1].write(impacts[kept].tobytes())
        self._terms.append(terms)
        self._frequencies.append(frequency)
        self._full.append(full)

    def close(self) -> None:
        """Writes what leads to the passages of a term."""
        self._open.close()
        frequency, full = np.concatenate(self._frequencies), np.concatenate(self._full)
        np.save(f"{self._path}.terms.npy", np.concatenate(self._terms))
        np.save(f"{self._path}.starts.npy", np.cumsum(np.r_[0, np.where(full, 0, frequency)], dtype=np.int64))
        np.save(f"{self._path}.rows.npy", np.where(full, np.cumsum(full) - 1, -1).astype(np.int32))
        np.save(f"{self._path}.held.npy", frequency.astype(np.int32))
        np.save(f"{self._path}.scale.npy", np.array([self._scale]))


def _span(terms: Hashes, low: int, high: int | None) -> slice:
    """The places in sorted `terms` of those from `low` to before `high`, None being past the last."""
    stop = len(terms) if high is None else int(np.searchsorted(terms, np.uint64(high)))
    return slice(int(np.searchsorted(terms, np.uint64(low))), stop)
