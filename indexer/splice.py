"""Which passages a new generation takes over from the one before, which are new, and where each comes to stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Cut", "Splice", "Stretch"]

Places = npt.NDArray[np.int32]


class Stretch(NamedTuple):
    """Neighbouring passages, half-open: of the older generation where `kept`, else of the new ones."""

    kept: bool
    start: int
    stop: int


class Cut(NamedTuple):
    """A mapped file, and where what each passage has in it starts and stops."""

    bytes: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    stops: npt.NDArray[np.int64]


class Splice:
    """The passages of the generation in `directory` that stay, and the new ones between them."""

    def __init__(self, directory: Path, count: int, stretches: Sequence[Stretch]) -> None:
        """`count` passages are in the generation; `stretches` follow one another, each kind in ascending order."""
        self.directory = directory
        self.stretches = _joined(stretches)
        self.kept: Places = np.full(count, -1, np.int32)
        """The new place of each passage of the older generation, -1 where it is left out."""
        self.fresh: Places = np.empty(sum(s.stop - s.start for s in self.stretches if not s.kept), np.int32)
        """The new place of each new passage."""
        at = 0
        for kept, start, stop in self.stretches:
            (self.kept if kept else self.fresh)[start:stop] = np.arange(at, at + stop - start)
            at += stop - start
        self.count = at

    def columns(self, older: npt.NDArray[Any], fresh: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What the passages have in arrays whose last axis is theirs, in their new order."""
        sides = (fresh, older)
        return np.concatenate([sides[s.kept][..., s.start : s.stop] for s in self.stretches] or [fresh], axis=-1)

    def copy(self, to: BinaryIO, older: Cut, fresh: Cut, between: bytes = b"") -> None:
        """Writes what the passages have in two files, in their new order, `between` two stretches."""
        for at, (kept, start, stop) in enumerate(self.stretches):
            side = older if kept else fresh
            if at:
                to.write(between)
            to.write(side.bytes[int(side.starts[start]) : int(side.stops[stop - 1])].data)


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches that hold something, neighbours of one kind as one."""
    joined: list[Stretch] = []
    for one in stretches:
        if one.start == one.stop:
            continue
        last = joined[-1] if joined else None
        if last and last.kept == one.kept and last.stop == one.start:
            joined[-1] = Stretch(one.kept, last.start, one.stop)
        else:
            joined.append(one)
    return joined
