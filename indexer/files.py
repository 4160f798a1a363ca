"""Arrays and tables in files of a generation, mapped into memory; they stay readable after the file was removed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["load", "mapped", "paired", "pairs"]

Pairs = npt.NDArray[np.uint64]


def load(path: Path) -> npt.NDArray[Any]:
    """The array in the `.npy` file at `path`, mapped; a plain array, since `np.memmap` is slow to slice."""
    return np.load(path, mmap_mode="r").view(np.ndarray)  # type: ignore[no-any-return]


def mapped(path: Path, dtype: npt.DTypeLike = np.uint8) -> npt.NDArray[Any]:
    """The numbers in the file at `path`, one after the other, mapped."""
    return np.memmap(path, dtype, "r").view(np.ndarray) if path.stat().st_size else np.empty(0, dtype)


def pairs(found: Iterable[tuple[int, int]]) -> Pairs:
    """A table `(2, n)` of keys and values, sorted by key, then value, each pair once."""
    return np.ascontiguousarray(np.array(sorted(set(found)), np.uint64).reshape(-1, 2).T)


def paired(table: Pairs, key: int) -> Pairs:
    """The values that `table` has for `key`, in order."""
    first, stop = (int(np.searchsorted(table[0], np.uint64(key), side)) for side in ("left", "right"))
    return table[1, first:stop]
