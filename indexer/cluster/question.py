"""A question as the tables are asked it: a sparse vector, syllables that lead to passages, numbers and provisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.abbreviations import alternatives
from indexer.cluster import wire
from indexer.cluster.counts import Counts
from indexer.cluster.numbering import unit as unit_number
from indexer.cluster.weighing import dimensions, moved, rarity
from indexer.lexical import CHANNELS, Weights, terms
from indexer.mentions import mentions, named, provisions_named
from indexer.words import unaccented

__all__ = ["BUDGET", "NOTHING", "Asked", "ask"]

_HEADINGS = len(CHANNELS) - 1
_GRAMS = (3, 4)
_STEPS = 65_535
"""Units in the largest impact of a channel; `indexer.merging` rounds impacts to them."""
BUDGET = 20_000
"""Passages, about, that the rarest of a question's syllables and pairs may lead to; these are scored.

Where there are no more, or a filter allows no more, all are scored."""


class Asked(NamedTuple):
    """The question of one generation.

    `table` is the one to ask. `weights` is the sparse vector as text, empty when no term of the question is known.
    `dimension`, `share` and `rare` are its parts: `share * rare * passage's value` is what a term adds, `rare` being 1
    for headings, rounded to `unit` as in the embedded tables. `grams` lead to the passages that are worth scoring.
    """

    table: str
    weights: str
    dimension: npt.NDArray[np.int64]
    share: npt.NDArray[np.float32]
    rare: npt.NDArray[np.float32]
    unit: npt.NDArray[np.float32]
    grams: list[int]
    units: list[int]
    marks: dict[str, float]

    def lexical(self, held: Sequence[bytes]) -> npt.NDArray[np.float32]:
        """The scores of passages with the sparse vectors `held`, each term's part rounded as in embedded tables."""
        owner, place, value = wire.sparsevecs_read(held)
        cells = owner * wire.SPACE + place
        wanted = np.add.outer(np.arange(len(held)) * wire.SPACE, self.dimension)
        at = np.minimum(np.searchsorted(cells, wanted), max(0, len(cells) - 1))
        here = cells[at] == wanted if len(cells) else np.zeros(wanted.shape, np.bool_)
        heard = np.where(here, value[at] if len(cells) else np.float32(0), np.float32(0))
        added = np.rint((self.rare / self.unit) * heard) * (self.share * self.unit)
        scores: npt.NDArray[np.float32] = added.sum(axis=1, dtype=np.float64).astype(np.float32)
        return scores


_NONE = np.empty(0, np.float32)
NOTHING = Asked("accented", "", np.empty(0, np.int64), _NONE, _NONE, _NONE, [], [], {})
"""A question without words."""


def ask(
    connection: Any, query: str, counted: Counts, count: int, weights: Weights, visible: str, budget: int = BUDGET
) -> Asked:
    """`query` in a generation of `count` passages; `visible` is the condition on its `sources`."""
    plain = unaccented(query)
    shares = weights.plain if plain else weights.accented
    writings = [terms(text) for text in (query, *alternatives(query))]
    channels = [np.unique(np.concatenate([found[at] for found in writings])) for at in range(len(CHANNELS))]
    keys = [moved(at, found) for at, found in enumerate(channels)]
    held = counted.held(connection, np.concatenate(keys[:_HEADINGS]))
    listed = []
    for at, (found, part) in enumerate(zip(keys, shares, strict=True)):
        counts = np.array([held.get(int(key), 0) for key in found.view(np.int64)], np.int64)
        kept = np.ones(len(found), np.bool_) if at == _HEADINGS else counts > 0
        each = np.ones(len(found), np.float32) if at == _HEADINGS else rarity(count, counts)
        if part:
            most = 1.0 if at == _HEADINGS else float(rarity(count, np.ones(1, np.int64))[0]) * (weights.saturation + 1)
            alike = np.ones(kept.sum(), np.float32)
            listed.append((dimensions(found[kept]), alike * part, each[kept], alike * (most / _STEPS)))
    dimension, share, rare, unit = (np.concatenate(column) for column in zip(*listed, strict=True))
    return Asked(
        table="plain" if plain else "accented",
        weights=_sparse(dimension, share * rare),
        dimension=dimension,
        share=share,
        rare=rare,
        unit=unit,
        grams=_leading(keys, held, budget),
        units=[unit_number(path) for path in provisions_named(query)],
        marks=_marks(connection, query, visible),
    )


def _leading(keys: Sequence[npt.NDArray[np.uint64]], held: dict[int, int], budget: int) -> list[int]:
    """The rarest syllables and pairs, as many as lead to about `budget` passages, and one at least."""
    found = np.concatenate([keys[at] for at in _GRAMS])
    sized = [(held.get(int(key), 0), place) for key, place in zip(found.view(np.int64), dimensions(found), strict=True)]
    chosen: list[int] = []
    reached = 0
    for count, place in sorted((count, int(place)) for count, place in sized if count):
        if chosen and reached + count > budget:
            break
        chosen.append(place)
        reached += count
    return chosen


def _marks(connection: Any, query: str, visible: str) -> dict[str, float]:
    """1 for documents whose number, or the number they speak of, the question names; 0.5 where it is unsure."""
    marks: dict[str, float] = {}
    for mention in mentions(query):
        rows = connection.execute(
            "SELECT s.document, s.fields::json->>'number', s.fields::json->>'about', s.fields::json->>'issued_on'"
            f" FROM sources s WHERE s.serials && ARRAY[%s] AND {visible}",
            [mention.serial],
        )
        for document, number, about, issued in rows.fetchall():
            year = (issued or "")[:4] or None
            if any(named(mention, n, year) for n in (number, about) if n):
                marks[document] = max(marks.get(document, 0.0), 1.0 if mention.sure else 0.5)
    return marks


def _sparse(dimension: npt.NDArray[np.int64], value: npt.NDArray[np.float32]) -> str:
    if not len(dimension):
        return ""
    known, place = np.unique(dimension, return_inverse=True)
    sums = np.zeros(len(known), np.float32)
    np.add.at(sums, place, value)
    return wire.sparsevec_text(known[sums != 0], sums[sums != 0])
