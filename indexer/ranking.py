"""The ranker: regression trees that order the best candidates of the search by what they share with the question.

LambdaMART (Burges 2010), trained by `indexer.training.ranking`; here it is arrays that are walked for all candidates
at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexDamaged
from indexer.abbreviations import spelled_out
from indexer.embedding import MODELS
from indexer.features import FEATURES, Rarity, features
from indexer.passages import Passage
from indexer.releases import release

__all__ = ["RANKER", "Ranker", "Trees", "ranker"]

RANKER = "chitieu-rank"

Floats = npt.NDArray[np.float32]


class Trees:
    """A sum of binary regression trees as flat arrays.

    Node `i` asks whether `features[feature[i]] <= threshold[i]`, then goes to `left[i]`, else to `right[i]`; a leaf has
    feature -1 and gives `value[i]`. `roots` are the nodes to begin with, one a tree.
    """

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]]) -> None:
        self._feature = np.maximum(arrays["feature"], 0).astype(np.int64)
        self._threshold = arrays["threshold"].astype(np.float32)
        self._next = np.stack([arrays["right"], arrays["left"]]).astype(np.int64)
        self._value = arrays["value"].astype(np.float32)
        self._roots = arrays["roots"].astype(np.int64)
        self._depth = self._deepest()

    def _deepest(self) -> int:
        """Steps from a root to the farthest leaf; a leaf leads to itself."""
        at, steps = self._roots, 0
        while True:
            further = np.unique(self._next[:, at])
            if np.array_equal(further, at):
                return steps
            at, steps = further, steps + 1

    def scores(self, table: Floats) -> Floats:
        """The sum of the trees for each row of `table`, `(n, features)`: `(n,)` float32."""
        at = np.repeat(self._roots[:, None], len(table), axis=1)
        flat, rows = table.T.ravel(), np.arange(len(table))
        for _ in range(self._depth):
            below = flat[self._feature[at] * len(table) + rows] <= self._threshold[at]
            at = self._next[below.view(np.int8), at]
        made: Floats = self._value[at].sum(axis=0)
        return made


class Ranker:
    """The trees of a folder with the syllables' weights that they were trained with."""

    def __init__(self, directory: Path) -> None:
        """Loads the ranker.

        Raises:
            IndexDamaged: if its files are not those it was released with.
        """
        from safetensors.numpy import load_file

        stated = release(directory)
        if tuple(stated["features"]) != FEATURES:
            raise IndexDamaged(f"{directory}: mô hình xếp hạng của phiên bản khác; hãy cài lại chitieu")
        self.fingerprint = sha256(json.dumps(stated["files"], sort_keys=True).encode()).hexdigest()[:16]
        self._trees = Trees(load_file(directory / "trees.safetensors"))
        counted = json.loads((directory / "rarity.json").read_text(encoding="utf-8"))
        self._rarity = Rarity(counted["counts"], counted["total"])

    def scores(self, query: str, candidates: Sequence[Passage], lexical: Floats, dense: Floats) -> Floats:
        """How well each candidate answers, from 0 to 1; comparable within one question only."""
        texts = [(passage.context, passage.text) for passage in candidates]
        raw = self._trees.scores(features(spelled_out(query), texts, lexical, dense, self._rarity))
        made: Floats = (1 / (1 + np.exp(-raw))).astype(np.float32)
        return made


@cache
def ranker(name: str = RANKER) -> Ranker:
    """The bundled ranker of that name, loaded once."""
    return Ranker(MODELS / name)
