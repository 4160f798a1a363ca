"""Values as PostgreSQL's binary COPY and binary results have them: big-endian, each row a count and sized fields."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = [
    "HEADER",
    "SPACE",
    "TRAILER",
    "halfvec",
    "halfvec_read",
    "integers",
    "long",
    "number",
    "row",
    "rows",
    "sparsevec",
    "sparsevec_text",
    "sparsevecs_read",
]

SPACE = 1_000_000_000
"""The dimensions of a sparse vector, the most that pgvector allows."""

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)
_OIDS = {4: 23, 8: 20}

Ids = npt.NDArray[np.int64]
Vector = npt.NDArray[np.float32]


def row(fields: Sequence[bytes]) -> bytes:
    """One row of a COPY."""
    sized = [struct.pack(">i", len(field)) + field for field in fields]
    return struct.pack(">h", len(fields)) + b"".join(sized)


def rows(columns: Sequence[tuple[npt.NDArray[np.int64], int]]) -> bytes:
    """The rows of a COPY whose fields are all integers: each column with the bytes of its type, 4 or 8."""
    cells: list[tuple[str, str]] = [("fields", ">i2")]
    for at, (_, size) in enumerate(columns):
        cells += [(f"size{at}", ">i4"), (f"value{at}", f">i{size}")]
    made = np.empty(len(columns[0][0]), cells)
    made["fields"] = len(columns)
    for at, (values, size) in enumerate(columns):
        made[f"size{at}"], made[f"value{at}"] = size, values
    return made.tobytes()


def number(value: int) -> bytes:
    """An `integer`."""
    return struct.pack(">i", value)


def long(value: int) -> bytes:
    """A `bigint`."""
    return struct.pack(">q", value)


def integers(values: npt.NDArray[np.int64], size: int) -> bytes:
    """An `integer[]` (`size` 4) or a `bigint[]` (8)."""
    if not len(values):
        return struct.pack(">iii", 0, 0, _OIDS[size])
    cells = np.empty(len(values), [("size", ">i4"), ("value", f">i{size}")])
    cells["size"], cells["value"] = size, values
    return struct.pack(">iiiii", 1, 0, _OIDS[size], len(values), 1) + cells.tobytes()


def sparsevec(ids: Ids, values: Vector) -> bytes:
    """A `sparsevec(SPACE)`: `ids` ascending from 0, `values` not 0."""
    return struct.pack(">iii", SPACE, len(ids), 0) + ids.astype(">i4").tobytes() + values.astype(">f4").tobytes()


def sparsevecs_read(vectors: Sequence[bytes]) -> tuple[Ids, Ids, Vector]:
    """For each cell of the `sparsevec`s which of them it is in, its id and its value."""
    counts = np.array([struct.unpack_from(">i", data, 4)[0] for data in vectors], np.int64)
    stops = 12 + 4 * counts
    ids = b"".join(data[12:stop] for data, stop in zip(vectors, stops.tolist(), strict=True))
    values = b"".join(data[stop:] for data, stop in zip(vectors, stops.tolist(), strict=True))
    owner = np.repeat(np.arange(len(vectors)), counts)
    return owner, np.frombuffer(ids, ">i4").astype(np.int64), np.frombuffer(values, ">f4").astype(np.float32)


def sparsevec_text(ids: Ids, values: Vector) -> str:
    """A `sparsevec(SPACE)` as text, which counts from 1."""
    cells = ",".join(f"{i + 1}:{v!r}" for i, v in zip(ids.tolist(), values.astype(float).tolist(), strict=True))
    return f"{{{cells}}}/{SPACE}"


def halfvec(vector: Vector) -> bytes:
    """A `halfvec`."""
    return struct.pack(">hh", len(vector), 0) + vector.astype(">f2").tobytes()


def halfvec_read(data: bytes) -> Vector:
    """The vector, float32."""
    return np.frombuffer(data, ">f2", -1, 4).astype(np.float32)
