"""Vectors of passages in a flat FAISS index, mapped into memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Dense", "write"]

Vectors = npt.NDArray[np.float32]


def write(path: Path, vectors: Vectors) -> None:
    """Writes `vectors`, `(n, d)` float32 and L2-normalised, as an inner-product index."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(index, str(path))


class Dense:
    """The index at `path`; safe to read from many threads."""

    def __init__(self, path: Path) -> None:
        import faiss

        self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(
        self, query: Vectors, k: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[npt.NDArray[np.int64], Vectors]:
        """The places and cosines of the `k` passages nearest to `query`, `(d,)`, among those `allowed`."""
        import faiss

        options: dict[str, Any] = {}
        if allowed is not None:
            library: Any = faiss
            chosen = library.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
            options["params"] = library.SearchParameters(sel=chosen)
        cosines, places = self._index.search(query[None, :], min(k, len(self)), **options)
        found = places[0] >= 0
        return places[0][found], cosines[0][found]

    def vectors(self, places: npt.NDArray[np.int64]) -> Vectors:
        """The vectors at `places`, `(len(places), d)` float32."""
        return self._index.reconstruct_batch(places)  # type: ignore[no-any-return]
