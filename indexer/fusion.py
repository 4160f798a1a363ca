"""One order out of what words, vectors, numbers and the ranker say of each candidate; both indexes use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from indexer.lexical import Weights
from indexer.passages import Passage
from indexer.ranking import ranker
from indexer.reranking import Reranking

__all__ = ["TUNED", "Tuning", "ordered"]

Scores = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tuning:
    """The weights of the shipped search, chosen on the development questions (`docs/retrieval.md`).

    `ranked` of the best candidates are put in order by the ranker, and the best of these by `reranking`, if any.
    """

    lexical: Weights = field(default_factory=Weights)
    dense: float = 0.3
    candidates: int = 200
    number: float = 1.0
    provision: float = 0.5
    ranked: int = 60
    reranking: Reranking | None = None


TUNED = Tuning()


def ordered(
    query: str, parts: dict[str, Scores], tuning: Tuning, read: Callable[[Places], Sequence[Passage]]
) -> tuple[Places, Scores]:
    """The places of the candidates, the best first, and the score of each in that order.

    `parts` are `lexical`, `dense`, `number` and `provision`, each `(n,)`; `read` gives the passages at places. A score
    is the weighed sum of the parts, each a share of the best; for candidates that the ranker put in order it is 1, the
    ranker's, and what the question adds by naming the candidate. A reranker changes who stands where, not the scores
    of the places. Of equal candidates the first stays first.
    """
    named = tuning.number * parts["number"] + tuning.provision * parts["provision"]
    fused = (1 - tuning.dense) * _share(parts["lexical"]) + tuning.dense * _share(parts["dense"]) + named
    order = np.lexsort((np.arange(len(fused)), -fused))
    score = fused[order].astype(np.float32)
    first = order[: tuning.ranked]
    if len(first) < 2:
        return order, score
    passages = read(first)
    asked = ranker().scores(query, passages, parts["lexical"][first], parts["dense"][first])
    better = 1 + asked + named[first]
    turn = np.argsort(-better, kind="stable")
    score[: len(first)] = better[turn]
    if tuning.reranking:
        seen = turn[: tuning.reranking.depth]
        merged = tuning.reranking.merged(query, [passages[at] for at in seen], asked[seen], named[first][seen])
        turn = np.concatenate([seen[np.argsort(-merged, kind="stable")], turn[len(seen) :]])
    return np.concatenate([first[turn], order[len(first) :]]), score


def _share(scores: Scores) -> Scores:
    made: Scores = scores / max(float(scores.max()), 1e-6)
    return made
