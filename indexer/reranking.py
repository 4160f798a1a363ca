"""An optional second look: a reranker reads the question beside the best passages and has a say in their order.

It costs hundreds of milliseconds a question, so none is used unless the settings name one. The bundled one runs in
onnxruntime (extra: rerank); any cross-encoder or encoder that sentence-transformers loads can stand in for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from indexer.embedding import MODELS
from indexer.passages import Passage

__all__ = ["RERANKER", "Reranker", "Reranking", "reranker"]

Floats = npt.NDArray[np.float32]

RERANKER = "chitieu-rerank"
"""The bundled one."""

_LEAST = 1e-6


@runtime_checkable
class Reranker(Protocol):
    """Says how well passages answer a question; `fingerprint` changes whenever the scores would."""

    name: str
    fingerprint: str

    def scores(self, query: str, passages: Sequence[Passage]) -> Floats:
        """`(len(passages),)`; higher is better, comparable within one question only."""
        ...


def reranker(name: str = RERANKER, query_prefix: str = "", passage_prefix: str = "") -> Reranker:
    """The bundled reranker of that name, else the sentence-transformers model of that name or at that path.

    Nothing is fetched: a model that is named must be on this machine. The prefixes go before questions and passages
    where the model is an encoder that wants them.

    Raises:
        MissingPart: onnxruntime, or sentence-transformers, is not installed.
        InvalidSetting: if there is no such model here.
        IndexDamaged: if the files of the bundled model are not those it was released with.
    """
    if (MODELS / name / "release.json").is_file():
        from indexer.reranker_bundled import BundledReranker

        return BundledReranker(MODELS / name)
    from indexer.reranker_models import model_at

    return model_at(name, query_prefix, passage_prefix)


@dataclass(frozen=True)
class Reranking:
    """A reranker, how many of the best passages it reads, and its share in their order (0: none, 1: all).

    Both opinions are brought to one scale over these passages, so that rerankers of any scale can be put in.
    """

    reranker: Reranker
    depth: int = 20
    weight: float = 0.4

    def merged(self, query: str, passages: Sequence[Passage], ranked: Floats, named: Floats) -> Floats:
        """What to order `passages` by, the highest first.

        `ranked` are the ranker's scores, between 0 and 1; `named` is what the question adds by naming a passage, and
        counts as much as it does without the reranker.
        """
        sure = np.log(np.clip(ranked, _LEAST, 1 - _LEAST) / np.clip(1 - ranked, _LEAST, 1))
        read = self.reranker.scores(query, passages)
        both = (1 - self.weight) * _level(sure) + self.weight * _level(read)
        made: Floats = (1 / (1 + np.exp(-both)) + named).astype(np.float32)
        return made


def _level(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """The scores with mean 0 and deviation 1."""
    found = np.asarray(scores, np.float64)
    made: npt.NDArray[np.float64] = (found - found.mean()) / (found.std() + _LEAST)
    return made
