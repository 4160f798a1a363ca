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
from indexer.words import unaccented

__all__ = ["RERANKER", "Reranker", "Reranking", "reranker"]

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

RERANKER = "chitieu-rerank"
"""The bundled one."""

_LEAST = 1e-6
_PLAIN = 1 / 3
"""What a reranker counts where the question is typed without diacritics, of what it counts elsewhere: transformers have
read little of such Vietnamese."""


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
    """A reranker, how many of the best passages it reads, and how much it counts (0: nothing).

    Its scores are brought to mean 0 and deviation 1 over these passages, so that rerankers of any scale can be put in,
    and added, times `weight`, to the log-odds of the ranker: where that is sure, it is hard to overrule.
    """

    reranker: Reranker
    depth: int = 20
    weight: float = 1.2

    def merged(self, query: str, passages: Sequence[Passage], ranked: Floats, named: Floats) -> Doubles:
        """What to order `passages` by, the highest first: between 0 and 1, and `named`.

        `ranked` are the ranker's scores, between 0 and 1; `named` is what the question adds by naming a passage, and
        counts as much as it does without the reranker.
        """
        sure = np.clip(np.asarray(ranked, np.float64), _LEAST, 1 - _LEAST)
        counted = self.weight * (_PLAIN if unaccented(query) else 1)
        both = np.log(sure / (1 - sure)) + counted * _level(self.reranker.scores(query, passages))
        made: Doubles = 0.5 + both / (1 + np.abs(both)) / 2 + named
        return made


def _level(scores: Floats) -> Doubles:
    """The scores with mean 0 and deviation 1."""
    found = np.asarray(scores, np.float64)
    made: Doubles = (found - found.mean()) / (found.std() + _LEAST)
    return made
