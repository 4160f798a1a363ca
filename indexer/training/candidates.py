"""The passages that the ranker puts first for each training question, with scores of trees that did not see it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.features import Rarity
from indexer.training.ranking import COUNTED, Rows, collected, counted, fit, flattened, untaught
from indexer.training.workshop import Workshop

__all__ = ["FORMS", "Candidates", "candidates"]

FORMS = ("accented", "plain")
_FOLDS = 3


class Candidates(NamedTuple):
    """For each question, the best first: passages, the trees' scores and 1 where right, all `(questions, depth)`."""

    places: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]
    right: npt.NDArray[np.int32]


def candidates(shop: Workshop) -> dict[str, Candidates]:
    """The candidates of the training questions, by form; made once, then read from the working folder.

    The trees of a question were fitted on the questions of the other folds, in both forms: those that have seen a
    question put its right article first, and nothing would be left to learn.
    """
    path = shop.work / "candidates.npz"
    if not path.exists():
        _make(shop, path)
    held = np.load(path)
    return {form: Candidates(*(held[f"{form}-{field}"] for field in Candidates._fields)) for form in FORMS}


def _make(shop: Workshop, path: Path) -> None:
    from indexer.ranking import Trees

    vectors, rarity = untaught(shop), Rarity(counted(shop.passages), min(COUNTED, len(shop.passages)))
    rows = {form: collected(shop, "train", form, vectors, rarity) for form in FORMS}
    scores = {form: np.zeros(rows[form].right.shape, np.float32) for form in FORMS}
    fold = np.arange(len(rows[FORMS[0]].right)) % _FOLDS
    for held_out in range(_FOLDS):
        seen = [Rows(*(values[fold != held_out] for values in rows[form])) for form in FORMS]
        trees = Trees(flattened(fit(seen)))
        for form in FORMS:
            for at in np.flatnonzero(fold == held_out):
                scores[form][at] = trees.scores(rows[form].table[at])
    made: dict[str, npt.NDArray[np.generic]] = {}
    for form in FORMS:
        order = np.argsort(-scores[form], axis=1, kind="stable")
        found = Candidates(rows[form].places, scores[form], rows[form].right)
        made |= {f"{form}-{n}": np.take_along_axis(v, order, axis=1) for n, v in found._asdict().items()}
    np.savez(path, **made)  # type: ignore[arg-type]
