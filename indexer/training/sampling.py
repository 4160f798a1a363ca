"""Step 4: batches of pairs that belong together, made from headings, parts of articles and training questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.training.bags import Bags, Ids
from indexer.training.mining import Mined

__all__ = ["Batch", "Material", "Recipe", "Sampler"]

_SHORTEST = 16


@dataclass(frozen=True)
class Recipe:
    """How pairs are drawn; chosen on the development questions (`docs/retrieval.md`)."""

    batch: int = 1024
    questions: float = 0.125
    parts: float = 0.3
    plain: float = 0.2
    headless: float = 0.6
    longest: int = 100


class Material(NamedTuple):
    """All texts as bags, with diacritics at [0] and without at [1]; who owns a passage, and which heading it has."""

    headings: tuple[Bags, Bags]
    texts: tuple[Bags, Bags]
    questions: tuple[Bags, Bags]
    mined: list[Mined]
    owner: npt.NDArray[np.int32]
    heading: npt.NDArray[np.int32]


class Batch(NamedTuple):
    """`queries[i]` belongs to `passages[i]`; `extra` passages belong to none.

    `same[i, j]`: pairs i and j share an article or a heading, so that j is no negative of i.
    """

    queries: list[Ids]
    passages: list[Ids]
    extra: list[Ids]
    same: npt.NDArray[np.bool_]


class Sampler:
    """Draws batches from `material`; the same `seed` gives the same batches."""

    def __init__(self, material: Material, recipe: Recipe, seed: int) -> None:
        self._material = material
        self._recipe = recipe
        self.random = np.random.default_rng(seed)

    def batch(self) -> Batch:
        """The next batch: parts of articles and headings, then questions."""
        asked = int(self._recipe.batch * self._recipe.questions)
        pairs: list[tuple[Ids, Ids, int, int]] = []
        for at in self.random.choice(len(self._material.owner), self._recipe.batch - asked, replace=False):
            pairs.append(self._part(at) if self._chance(self._recipe.parts) else self._headed(at))
        extra = []
        for at in self.random.integers(0, len(self._material.mined), asked):
            pair, wrong = self._question(int(at))
            pairs.append(pair)
            extra += wrong
        pairs = [p for p in pairs if len(p[0]) and len(p[1])]
        owner, heading = np.array([p[2] for p in pairs]), np.array([p[3] for p in pairs])
        same = (owner[:, None] == owner) | (heading[:, None] == heading)
        np.fill_diagonal(same, False)
        return Batch([p[0] for p in pairs], [p[1] for p in pairs], [e for e in extra if len(e)], same)

    def _headed(self, at: int) -> tuple[Ids, Ids, int, int]:
        """A heading, and the passage under it, mostly without that heading."""
        query = self._material.headings[self._plainly()][at]
        return query, self._passage(at, not self._chance(self._recipe.headless)), *self._names(at)

    def _part(self, at: int) -> tuple[Ids, Ids, int, int]:
        """A run of words, and the passage that it was cut out of."""
        form = self._plainly()
        text = self._material.texts[form][at]
        if len(text) < _SHORTEST:
            return self._headed(at)
        length = int(self.random.integers(5, min(25, len(text) - 4)))
        start = int(self.random.integers(0, len(text) - length))
        rest = np.concatenate([self._material.headings[form][at], text[:start], text[start + length :]])
        return text[start : start + length], self._shortened(rest), *self._names(at)

    def _question(self, at: int) -> tuple[tuple[Ids, Ids, int, int], list[Ids]]:
        mined = self._material.mined[at]
        right = int(self.random.choice(mined.right))
        query = self._material.questions[self._plainly()][at]
        wrong = [self._passage(int(self.random.choice(mined.wrong)), True)] if mined.wrong else []
        return (query, self._passage(right, True), int(self._material.owner[right]), -1 - at), wrong

    def _passage(self, at: int, headed: bool) -> Ids:
        form = int(self._chance(self._recipe.plain / 2))
        text = self._shortened(self._material.texts[form][at])
        return np.concatenate([self._material.headings[form][at], text]) if headed else text

    def _shortened(self, ids: Ids) -> Ids:
        """A random run of at most `longest` pieces: long texts cost time and teach little more."""
        spare = len(ids) - self._recipe.longest
        start = int(self.random.integers(0, spare + 1)) if spare > 0 else 0
        return ids[start : start + self._recipe.longest]

    def _names(self, at: int) -> tuple[int, int]:
        return int(self._material.owner[at]), int(self._material.heading[at])

    def _plainly(self) -> int:
        return int(self._chance(self._recipe.plain))

    def _chance(self, share: float) -> bool:
        return bool(self.random.random() < share)
