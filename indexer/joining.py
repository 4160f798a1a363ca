"""The files of passages that stay and of new ones, written as those of one generation."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer import dense
from indexer.files import Pairs, load, mapped
from indexer.splice import Cut, Splice
from indexer.writing import KEYS, LINES, OFFSETS, PASSAGES, UNITS, lines

__all__ = ["join"]


def join(directory: Path, fresh: Path, splice: Splice) -> None:
    """Writes into `directory` what `splice` takes from the older generation and from the new passages in `fresh`.

    The tables, which `indexer.tables` joins, are not among it.
    """
    sides = (splice.directory, fresh)
    for name, cut, between in ((PASSAGES, _passages, b""), (LINES, lines, b"\n"), (dense.VECTORS, _vectors, b"")):
        with (directory / name).open("wb") as file:
            splice.copy(file, cut(splice.directory), cut(fresh), between)
    keys = splice.columns(*(load(side / KEYS).view("V16")[:, 0] for side in sides))
    np.save(directory / KEYS, keys.view(np.uint8).reshape(-1, 16))
    sizes = splice.columns(*(np.diff(load(side / OFFSETS)) for side in sides))
    np.save(directory / OFFSETS, np.r_[0, np.cumsum(sizes, dtype=np.int64)])
    np.save(directory / UNITS, _units(splice, *(load(side / UNITS) for side in sides)))


def _passages(directory: Path) -> Cut:
    offsets = load(directory / OFFSETS)
    return Cut(mapped(directory / PASSAGES), offsets[:-1], offsets[1:])


def _vectors(directory: Path) -> Cut:
    whole, count = mapped(directory / dense.VECTORS), len(load(directory / OFFSETS)) - 1
    ends = np.arange(count + 1, dtype=np.int64) * (len(whole) // max(1, count))
    return Cut(whole, ends[:-1], ends[1:])


def _units(splice: Splice, older: Pairs, fresh: Pairs) -> Pairs:
    """The places of provisions, in the order that `indexer.files.pairs` gives them."""
    there = splice.kept[older[1].astype(np.int64)]
    keys = np.r_[older[0][there >= 0], fresh[0]]
    places = np.r_[there[there >= 0], splice.fresh[fresh[1].astype(np.int64)]].astype(np.uint64)
    order = np.lexsort((places, keys))
    return np.stack([keys[order], places[order]])
