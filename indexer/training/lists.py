"""Batches for the reranker: questions with one right passage and wrong ones that the search ranks as high as it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.training.bags import Bags, Ids
from indexer.training.candidates import FORMS, Candidates
from indexer.windows import Alike, sequence

__all__ = ["Batch", "Lists", "Recipe", "Shelf"]


@dataclass(frozen=True)
class Recipe:
    """How lists are drawn.

    `wrong` passages beside the right one come from the best `deep`, at rank r with a chance that falls as
    exp(-r / `steep`). One that shares `same` of its pairs of pieces with the right one states the same rule in another
    decree: it is left out. `headings` more pairs are headings and the passages under them.
    """

    questions: int = 12
    wrong: int = 6
    headings: int = 10
    plain: float = 0.3
    deep: int = 40
    steep: float = 8.0
    same: float = 0.5
    longest: int = 128


class Shelf(NamedTuple):
    """The texts in pieces, the questions by form, what the search finds for them, and who owns each passage.

    `before` opens questions and passages; `heading` is a number for the headings of each passage.
    """

    headings: Bags
    texts: Bags
    plain_headings: Bags
    questions: dict[str, Bags]
    found: dict[str, Candidates]
    owner: npt.NDArray[np.int32]
    heading: npt.NDArray[np.int32]
    before: tuple[list[int], list[int]]


class Batch(NamedTuple):
    """`lists[i]` are places in `passages`, the right one of question i first; `trees` are their scores.

    `queries` beyond the lists are headings, whose passage is `own[i]`; `same[i, j]`: passage j is no negative of i. The
    first `opening` pieces of a query are not of the question itself.
    """

    queries: list[Ids]
    passages: list[Ids]
    lists: npt.NDArray[np.int64]
    trees: npt.NDArray[np.float32]
    own: npt.NDArray[np.int64]
    same: npt.NDArray[np.bool_]
    opening: int


class Lists:
    """Draws batches; the same `seed` gives the same ones."""

    def __init__(self, shelf: Shelf, recipe: Recipe, alike: Alike, seed: int) -> None:
        self._shelf, self._recipe, self._alike = shelf, recipe, alike
        self.random = np.random.default_rng(seed)
        self.left: list[int] = []
        right = np.stack([shelf.found[form].right.any(axis=1) for form in FORMS])
        self._usable = np.flatnonzero(right.all(axis=0))
        lengths = np.diff(shelf.texts.offsets), np.diff(shelf.headings.offsets)
        self._headed = np.flatnonzero((lengths[0] >= 24) & (lengths[1] >= 4))

    def batch(self) -> Batch:
        """The next batch; each question comes once before any comes again."""
        queries: list[Ids] = []
        passages: list[Ids] = []
        lists, trees, names = [], [], []
        for _ in range(self._recipe.questions):
            query, chosen, scores = self._question()
            lists.append(range(len(passages), len(passages) + len(chosen)))
            passages += [read for _, read in chosen]
            queries.append(query)
            trees.append(scores)
            names += [place for place, _ in chosen]
        own = [row[0] for row in lists]
        for place in self.random.choice(self._headed, self._recipe.headings, replace=False):
            own.append(len(passages))
            names.append(int(place))
            query, read = self._under(int(place))
            queries.append(query)
            passages.append(read)
        return Batch(
            queries, passages, np.array([list(r) for r in lists]), np.array(trees, np.float32), np.array(own),
            self._same(np.array(names), np.array(own)), len(self._shelf.before[0]),
        )  # fmt: skip

    def _same(self, places: Any, own: Any) -> npt.NDArray[np.bool_]:
        """Passages of the article, or under the headings, of a query's own passage are no negatives of it."""
        owner, heading = self._shelf.owner[places], self._shelf.heading[places]
        same: npt.NDArray[np.bool_] = (owner[own][:, None] == owner) | (heading[own][:, None] == heading)
        same[np.arange(len(own)), own] = False
        for row in range(self._recipe.questions):
            own_list = slice(own[row], own[row] + self._recipe.wrong + 1)
            same[row, own_list] = False
        return same

    def _question(self) -> tuple[Ids, list[tuple[int, Ids]], list[float]]:
        """A question, its right passage and wrong ones with their places, and the trees' scores of them."""
        if not self.left:
            self.left = self.random.permutation(self._usable).tolist()
        at = self.left.pop()
        form = FORMS[int(self.random.random() < self._recipe.plain)]
        found, asked = self._shelf.found[form], self._shelf.questions[form][at]
        right = int(self.random.choice(np.flatnonzero(found.right[at])))
        read = self._read(int(found.places[at, right]), asked)
        chosen, scores = [(int(found.places[at, right]), read)], [float(found.scores[at, right])]
        for rank in self._ranks(found.right[at]):
            if len(chosen) > self._recipe.wrong:
                break
            place = int(found.places[at, rank])
            other = self._read(place, asked)
            if _shared(read, other) < self._recipe.same:
                chosen.append((place, other))
                scores.append(float(found.scores[at, rank]))
        if len(chosen) <= self._recipe.wrong:
            return self._question()
        return self._opened(asked), chosen, scores

    def _ranks(self, right: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """Ranks of wrong candidates in an order drawn by chance, the best likeliest first."""
        ranks = np.flatnonzero(right[: self._recipe.deep] == 0)
        return ranks[np.argsort(ranks / self._recipe.steep - self.random.gumbel(size=len(ranks)))]

    def _under(self, place: int) -> tuple[Ids, Ids]:
        """A heading as a question, and the passage under it, mostly without the heading."""
        plain = self.random.random() < self._recipe.plain
        headings = self._shelf.plain_headings if plain else self._shelf.headings
        query, read = headings[place], self._read(place, self._shelf.headings[place])
        if self.random.random() < 0.7:
            kept = len(self._shelf.headings[place][-48:])
            read = np.concatenate([self._shelf.before[1], read[len(self._shelf.before[1]) + kept :]]).astype(np.int32)
        return self._opened(query), read

    def _opened(self, asked: Ids) -> Ids:
        return np.concatenate([self._shelf.before[0], asked[:96], [2]]).astype(np.int32)

    def _read(self, place: int, asked: Ids) -> Ids:
        shelf = self._shelf
        longest = self._recipe.longest
        return sequence(shelf.before[1], shelf.headings[place], shelf.texts[place], asked, longest, self._alike)


def _shared(one: Ids, other: Ids) -> float:
    """The share of the pairs of neighbours of the shorter text that the other holds."""
    pairs = [set(zip(ids[4:-1].tolist(), ids[5:-1].tolist(), strict=False)) for ids in (one, other)]
    return len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))
