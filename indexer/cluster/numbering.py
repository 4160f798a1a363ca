"""How values are compared in the tables: names without case, provisions as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.lexical import term_hash
from indexer.mentions import serial
from indexer.sources import Source

__all__ = ["filtered", "folded", "unit", "units_of"]


def folded(name: str | None) -> str:
    """`name` as kinds and issuers are compared."""
    return " ".join((name or "").lower().split()).replace("\0", "")


def unit(path: str) -> int:
    """The number of a provision's path, in any case: "Khoản 2 Điều 1"."""
    hashed = term_hash(path.lower())
    return hashed - (1 << 64) if hashed >> 63 else hashed


def units_of(body: Mapping[str, Any]) -> npt.NDArray[np.int64]:
    """The provisions that a passage, as JSON, has a part in, as the numbers that are looked for."""
    return np.array(sorted({unit(name) for name in body["units"]}), np.int64)


def filtered(source: Source) -> tuple[object, ...]:
    """The columns of `sources` from `sha256` to `serials`."""
    numbers = sorted({serial(n) for n in (source.number, source.about) if n})
    return (
        source.sha256, source.model_dump_json(), folded(source.kind), folded(source.issuer),
        int((source.issued_on or "0")[:4]), source.effective_from or source.issued_on, source.effective_to, numbers,
    )  # fmt: skip
