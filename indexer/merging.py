"""Runs of terms, each of some passages, and their merging into the table of a channel.

A table has its `terms` in order; passages and impacts of term `i` stand from `starts[i]` to `starts[i + 1]`. A term
that many passages hold stands in `full` instead, one impact for every passage: adding such a row is several times
faster than adding at places. `rows[i]` is its row there, else -1. Impacts are whole numbers of 16 bits, in units of
`scale`: they are summed three times as fast as half floats and are as exact. What they were computed from stands
beside them in `counts`, `rare` and `many` (`indexer.counting`), all terms one after the other, so that the next
generation takes it over instead of reading the passages again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.counting import Counted, Packing
from indexer.files import load
from indexer.keeping import Counts, Kept, Passages, Postings, span_of, spliced
from indexer.lexical import CHANNELS, Field, Hashes, Weights

__all__ = ["Column", "Lengths", "Merge", "Run"]

Heard = npt.NDArray[np.uint16]

_MERGED = 1_000_000
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

    def __init__(
        self, directory: Path, name: str, runs: Sequence[Run], lengths: Lengths, weights: Weights,
        kept: Kept | None = None, places: Passages | None = None,
    ) -> None:  # fmt: skip
        """With `kept`, postings of the runs are put between these; `places` has the place of each of their passages."""
        self._runs = runs
        self._kept = kept
        self._places = places
        self._count = len(lengths.text)
        self._k = np.float32(weights.saturation)
        self._shares = lengths.shares((weights.context, weights.text))
        most = float(np.log1p((self._count - 0.5) / 1.5) * (self._k + 1))
        self._table = _Table(directory / name, self._count, most)
        self._counts = _Counts(directory / name)
        self._headings = _Table(directory / CHANNELS[-1], self._count, 1.0) if name == "bare" else None
        self._above = np.maximum(lengths.context, 1).astype(np.float32)

    def write(self) -> None:
        """Writes the table, and that of the headings beside that of the syllables without diacritics."""
        postings = sum(len(run.passages) for run in self._runs) + (len(self._kept) if self._kept else 0)
        steps = max(1, -(-postings // _MERGED))
        bounds = [(at << 64) // steps for at in range(steps)]
        for low, high in zip(bounds, [*bounds[1:], None], strict=True):
            merged = self._merged(low, high)
            self._add(merged if self._kept is None else spliced(self._kept.next(low, high), merged))
        self._table.close()
        self._counts.close()
        if self._headings:
            self._headings.close()

    def _merged(self, low: int, high: int | None) -> Postings:
        """Terms from `low` to before `high` of the runs.

        Each run's passages of a term are put behind those of the run before, which are earlier passages.
        """
        spans = [span_of(run.terms, low, high) for run in self._runs]
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
        placed = passages if self._places is None else self._places[passages]
        return Postings(terms, frequency, placed, Counted.of(heard))

    def _add(self, found: Postings) -> None:
        """BM25F: a term's weighed occurrences in both fields are added, then saturate together."""
        frequency, passages = found.frequency, found.passages
        rarity = np.log1p((self._count - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        above, times = found.counted.context()
        weighed = found.counted.text() * self._shares[1][passages]
        weighed[above] += times * self._shares[0][passages[above]]
        impact = np.repeat(rarity, frequency)
        impact *= weighed
        impact *= self._k + 1
        weighed += self._k
        impact /= weighed
        self._table.add(found.terms, frequency, passages, impact)
        self._counts.add(found.counted)
        if self._headings:
            owners = np.searchsorted(np.cumsum(frequency), above, side="right")
            held = np.bincount(owners, minlength=len(found.terms))
            share = times / self._above[passages[above]]
            self._headings.add(found.terms[held > 0], held[held > 0], passages[above], share)


class _Counts:
    """The files of what the impacts of one channel were computed from."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._packing = Packing()
        self._many: list[npt.NDArray[np.uint16]] = []
        self._file = Path(f"{path}.counts").open("wb")  # noqa: SIM115 (closed by `close`)

    def add(self, counted: Counted) -> None:
        self._file.write(self._packing.packed(counted.codes).data)
        self._many.append(counted.many)

    def close(self) -> None:
        self._file.write(self._packing.packed(np.empty(0, np.uint8), last=True).data)
        self._file.close()
        Path(f"{self._path}.rare").write_bytes(np.concatenate(self._packing.rare).data)
        np.save(f"{self._path}.many.npy", np.concatenate(self._many))


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
        impacts = np.rint(impact / self._scale).astype(np.uint16)
        full = (frequency * _FULL > self._count) & ~self._with_nothing(frequency, impacts)
        written = 0
        for stop, size in zip(np.cumsum(frequency)[full].tolist(), frequency[full].tolist(), strict=True):
            row = np.zeros(self._count, np.uint16)
            row[passages[stop - size : stop]] = impacts[stop - size : stop]
            self._files[2].write(row.data)
            self._apart(passages[written : stop - size], impacts[written : stop - size])
            written = stop
        self._apart(passages[written:], impacts[written:])
        self._terms.append(terms)
        self._frequencies.append(frequency)
        self._full.append(full)

    def _apart(self, passages: Passages, impacts: Heard) -> None:
        self._files[0].write(np.ascontiguousarray(passages).data)
        self._files[1].write(impacts.data)

    def _with_nothing(self, frequency: Counts, impacts: Heard) -> npt.NDArray[np.bool_]:
        """Which terms add nothing to some passage that holds them: from a row it could not be told that it does."""
        nothing = np.zeros(len(frequency), np.bool_)
        nothing[np.searchsorted(np.cumsum(frequency), np.flatnonzero(impacts == 0), side="right")] = True
        return nothing

    def close(self) -> None:
        """Writes what leads to the passages of a term."""
        self._open.close()
        frequency, full = np.concatenate(self._frequencies), np.concatenate(self._full)
        np.save(f"{self._path}.terms.npy", np.concatenate(self._terms))
        np.save(f"{self._path}.starts.npy", np.cumsum(np.r_[0, np.where(full, 0, frequency)], dtype=np.int64))
        np.save(f"{self._path}.rows.npy", np.where(full, np.cumsum(full) - 1, -1).astype(np.int32))
        np.save(f"{self._path}.held.npy", frequency.astype(np.int32))
        np.save(f"{self._path}.scale.npy", np.array([self._scale]))
