"""Vectors of passages: exact ones in half precision, and short codes that are scanned to find which to look at.

Up to `SCANNED` passages each question is compared with all vectors. Beyond, FAISS scans product-quantised codes of four
bits for two dimensions (an eighth of the vectors' size, read with SIMD look-ups) for several times as many candidates
as are wanted, and these are compared exactly. Filters are applied inside the scan.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.files import mapped
from indexer.splice import Splice

__all__ = ["CODES", "SCANNED", "VECTORS", "Dense", "coded", "encode", "index", "stored"]

Vectors = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

VECTORS, CODES = "vectors.f16", "codes.faiss"
SCANNED = 5_000
"""Passages up to which all vectors are compared: half a millisecond, and too few to train codes on."""
_LISTED = 2_000_000
"""Passages up to which one list holds all codes; beyond, lists are probed. A scan of a million takes 3 ms."""
_PER_LIST, _PROBED = 1_000, 0.06
"""Passages a list, and the share of lists that a question looks into."""
_TRAINING = 65_536
_FEW = 4_000
"""Allowed passages up to which they are compared directly."""
_DEEPER, _LEAST = 4, 800
"""Candidates for each passage wanted, and at least; recall@100 is 0.999 there."""


def stored(directory: Path, dimension: int) -> npt.NDArray[np.float16]:
    """The vectors of the generation in `directory`, `(n, dimension)` float16, mapped."""
    return mapped(directory / VECTORS, np.float16).reshape(-1, dimension)


def encode(vectors: Vectors) -> bytes:
    """`vectors`, `(n, d)` float32, as they stand in the file `VECTORS`; coding them again changes nothing."""
    return vectors.astype(np.float16).tobytes()


def index(directory: Path, dimension: int, splice: Splice | None = None) -> None:
    """Writes the codes of the vectors in `directory` where there are enough; the same vectors give the same codes.

    With a `splice`, what the codes of the older generation learnt is kept, and so are the codes where none is left out.
    In one thread: several that wait for one another take fifty times as long where other programs want the cores.
    """
    import faiss

    vectors = stored(directory, dimension)
    if not coded(len(vectors)):
        return
    library: Any = faiss
    faiss.omp_set_num_threads(1)
    whole = _trained(vectors, dimension) if splice is None else library.read_index(str(splice.directory / CODES))
    if splice is not None and splice.kept.min() >= 0:
        _renumber(faiss.extract_index_ivf(whole), splice)
        new = splice.fresh.astype(np.int64)
    else:
        whole.reset()  # FAISS leaves the codes of removed vectors behind, and mixes those of added ones with them
        new = np.arange(len(vectors))
    for at in range(0, len(new), _TRAINING):
        places = new[at : at + _TRAINING]
        whole.add_with_ids(vectors[places].astype(np.float32), places)
    faiss.write_index(whole, str(directory / CODES))


def _renumber(codes: Any, splice: Splice) -> None:
    """Gives the codes the new places of their passages; in what order a list holds its codes does not matter."""
    import faiss

    for at in range(codes.nlist):
        size = codes.invlists.list_size(at)
        if size:
            ids = faiss.rev_swig_ptr(codes.invlists.get_ids(at), size)
            ids[:] = splice.kept[ids]


def coded(count: int) -> int:
    """Into how many lists the codes of so many vectors go; 0 where all are compared."""
    return 0 if count <= SCANNED else 1 if count <= _LISTED else count // _PER_LIST


def _trained(vectors: npt.NDArray[np.float16], dimension: int) -> Any:
    import faiss

    library: Any = faiss
    lists = coded(len(vectors))
    codes = library.IndexIVFPQFastScan(
        faiss.IndexFlatIP(dimension), dimension, lists, _parts(dimension), 4, faiss.METRIC_INNER_PRODUCT
    )
    codes.by_residual = False
    turned = library.RandomRotationMatrix(dimension, dimension)
    turned.init(1234)
    whole = library.IndexPreTransform(turned, codes)
    whole.train(vectors[:: -(-len(vectors) // max(_TRAINING, 40 * lists))].astype(np.float32))
    return whole


def _parts(dimension: int) -> int:
    """How many stretches of a vector have a code of their own: of two dimensions, where that divides it."""
    return dimension // 2 if dimension % 2 == 0 else dimension


class Dense:
    """The vectors in `directory`; safe to read from many threads, a question takes one."""

    def __init__(self, directory: Path, dimension: int) -> None:
        self._stored = stored(directory, dimension)
        self._near: Vectors | None = None
        self._codes: Any = None
        if not (directory / CODES).is_file():
            self._near = self._stored.astype(np.float32)
            return
        import faiss

        self._codes = faiss.read_index(str(directory / CODES), faiss.IO_FLAG_MMAP_IFC)
        self._probes = max(1, int(_PROBED * faiss.extract_index_ivf(self._codes).nlist))

    def __len__(self) -> int:
        return len(self._stored)

    def nearest(self, query: Vectors, k: int, allowed: npt.NDArray[np.bool_] | None = None) -> tuple[Places, Vectors]:
        """The places and cosines of the `k` passages nearest to `query`, `(d,)`, among those `allowed`."""
        if self._codes is None or (allowed is not None and np.count_nonzero(allowed) <= _FEW):
            candidates = np.arange(len(self)) if allowed is None else np.flatnonzero(allowed)
        else:
            candidates = self._candidates(query, max(_DEEPER * k, _LEAST), allowed)
        cosines = self.cosines(candidates, query)
        best = np.lexsort((candidates, -cosines))[:k]
        return candidates[best], cosines[best]

    def cosines(self, places: Places, query: Vectors) -> Vectors:
        """The cosines of `query` with the vectors at `places`.

        Summed in this thread: BLAS would wake others for it, which costs more than it saves while they are busy.
        """
        rows = self._stored[places].astype(np.float32) if self._near is None else self._near[places]
        found: Vectors = np.einsum("nd,d->n", rows, query)
        return found

    def _candidates(self, query: Vectors, k: int, allowed: npt.NDArray[np.bool_] | None) -> Places:
        import faiss

        library: Any = faiss
        faiss.omp_set_num_threads(1)
        chosen = None if allowed is None else library.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        inside = library.IVFSearchParameters(nprobe=self._probes, sel=chosen)
        options = library.SearchParametersPreTransform(index_params=inside)
        found: Places = self._codes.search(query[None, :], min(k, len(self)), params=options)[1][0]
        return found[found >= 0]
