"""The postings of a generation, taken over into the next one, and new ones put between them.

The next generation comes out byte for byte as if all its passages had been read again: only their places and what
depends on all of them together (how rare a term is, how long a passage is beside the mean) are computed anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.counting import ESCAPE, Counted, unpacked
from indexer.files import load, mapped
from indexer.lexical import Hashes

__all__ = ["Counts", "Kept", "Passages", "Postings", "span_of", "spliced"]

Counts = npt.NDArray[np.int64]
Passages = npt.NDArray[np.int32]


class Postings(NamedTuple):
    """Terms in order, how many passages hold each, these passages, and how often each holds it."""

    terms: Hashes
    frequency: Counts
    passages: Passages
    counted: Counted


class Kept:
    """The postings of a channel in the generation in `directory`, those of passages that are left out dropped."""

    def __init__(self, directory: Path, name: str, places: Passages) -> None:
        """`places` has the new place of each passage, -1 where it is left out; those kept stay in order."""
        path = directory / name
        self._terms, self._held, self._starts, self._rows, self._many = (
            load(Path(f"{path}.{part}.npy")) for part in ("terms", "held", "starts", "rows", "many")
        )
        self._passages = mapped(Path(f"{path}.passages"), np.int32)
        self._full = mapped(Path(f"{path}.full"), np.uint16).reshape(-1, max(1, len(places)))
        self._packed, self._rare = (mapped(Path(f"{path}.{part}")) for part in ("counts", "rare"))
        self._begun = np.r_[0, np.cumsum(self._held, dtype=np.int64)]
        self._places = places
        self._whole = bool(len(places)) and bool(places.min() >= 0)
        self._read = self._listed = 0

    def __len__(self) -> int:
        return int(self._begun[-1])

    def next(self, low: int, high: int | None) -> Postings:
        """The terms from `low` to before `high`; to be asked for in order."""
        span = span_of(self._terms, low, high)
        frequency = self._held[span].astype(np.int64)
        passages = self._places[self._found(span, frequency)]
        found = Postings(self._terms[span], frequency, passages, self._counted(span))
        return found if self._whole else _without(found, passages >= 0)

    def _counted(self, span: slice) -> Counted:
        start, stop = int(self._begun[span.start]), int(self._begun[span.stop])
        codes, rare = unpacked(self._packed, start, stop, self._rare[self._read :])
        self._read += rare
        first = self._listed
        self._listed += int(np.count_nonzero(codes == ESCAPE))
        return Counted(codes, self._many[first : self._listed])

    def _found(self, span: slice, frequency: Counts) -> Passages:
        """The passages of the terms, those that stand in rows put between the others."""
        apart = self._passages[self._starts[span.start] : self._starts[span.stop]]
        rows = self._rows[span]
        if not (rows >= 0).any():
            return apart
        passages = np.empty(frequency.sum(), np.int32)
        stops = np.cumsum(frequency)
        inside = np.ones(len(passages), np.bool_)
        for at in np.flatnonzero(rows >= 0):
            whole = slice(int(stops[at] - frequency[at]), int(stops[at]))
            passages[whole] = np.flatnonzero(self._full[rows[at]])
            inside[whole] = False
        passages[inside] = apart
        return passages


def spliced(kept: Postings, fresh: Postings) -> Postings:
    """Both as one, each term's passages in order; no passage is in both."""
    if not len(fresh.passages):
        return kept
    at = np.searchsorted(kept.terms, fresh.terms)
    known = kept.terms[np.minimum(at, len(kept.terms) - 1)] == fresh.terms if len(kept.terms) else at < 0
    terms = np.insert(kept.terms, at[~known], fresh.terms[~known])
    frequency = np.insert(kept.frequency, at[~known], 0)
    frequency[np.searchsorted(terms, fresh.terms)] += fresh.frequency
    begun = np.r_[0, np.cumsum(kept.frequency)]
    low = np.repeat(begun[at], fresh.frequency)
    high = np.repeat(np.where(known, begun[np.minimum(at + 1, len(kept.terms))], begun[at]), fresh.frequency)
    places = _behind(kept.passages, low, high, fresh.passages) + np.arange(len(fresh.passages))
    own = np.ones(len(kept.passages) + len(fresh.passages), np.bool_)
    own[places] = False
    passages = np.empty(len(own), np.int32)
    passages[own], passages[places] = kept.passages, fresh.passages
    return Postings(terms, frequency, passages, kept.counted.between(own, fresh.counted))


def _behind(passages: Passages, low: Counts, high: Counts, wanted: Passages) -> Counts:
    """Where each of `wanted` belongs among the sorted `passages[low:high]` of its own: halved until found."""
    low, high = low.copy(), high.copy()
    while (open_ := low < high).any():
        middle = (low + high) // 2
        above = passages[np.minimum(middle, len(passages) - 1)] < wanted
        low = np.where(open_ & above, middle + 1, low)
        high = np.where(open_ & ~above, middle, high)
    return low


def _without(found: Postings, kept: npt.NDArray[np.bool_]) -> Postings:
    """The postings that are `kept`, and the terms that are left."""
    gone = np.searchsorted(np.cumsum(found.frequency), np.flatnonzero(~kept), side="right")
    frequency = found.frequency - np.bincount(gone, minlength=len(found.terms))
    held = frequency > 0
    return Postings(found.terms[held], frequency[held], found.passages[kept], found.counted.only(kept))


def span_of(terms: Hashes, low: int, high: int | None) -> slice:
    """The places in sorted `terms` of those from `low` to before `high`, None being past the last."""
    stop = len(terms) if high is None else int(np.searchsorted(terms, np.uint64(high)))
    return slice(int(np.searchsorted(terms, np.uint64(low))), stop)
