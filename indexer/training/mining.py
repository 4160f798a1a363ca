"""Step 3: what the lexical search finds for each training question that is not labelled right: hard negatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.lexical import Lexical

__all__ = ["Mined", "mine"]

_SKIPPED = 3
"""The first ranks often hold the same rule in another decree, right though unlabelled: they are no negatives."""

_DEPTH = 40


class Mined(NamedTuple):
    """For one question the best passage of each right article, and passages that look right and are not."""

    right: list[int]
    wrong: list[int]


def mine(
    lexical: Lexical, questions: Sequence[str], relevant: Sequence[set[int]], owner: npt.NDArray[np.int32]
) -> list[Mined]:
    """Hard negatives for `questions`; `relevant` are their articles, `owner` the article of each passage."""
    found = []
    for question, articles in zip(questions, relevant, strict=True):
        scores = lexical.scores(question)
        top = np.argpartition(-scores, _DEPTH)[:_DEPTH]
        ranked = top[np.argsort(-scores[top], kind="stable")]
        wrong = [int(p) for p in ranked if int(owner[p]) not in articles]
        right = [int(max(np.flatnonzero(owner == a), key=lambda p: scores[p])) for a in sorted(articles)]
        found.append(Mined(right, wrong[_SKIPPED:]))
    return found
