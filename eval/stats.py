"""Numbers with their uncertainty: shares by Wilson, everything else by the bootstrap.

Every resampling is seeded, so the same results give the same interval on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

import numpy as np

from corpus.document import Frozen

__all__ = ["Estimate", "bootstrap", "mean", "paired", "percentile", "wilson"]

T = TypeVar("T")

LEVEL = 0.95
ROUNDS = 2000
_BLOCK = 100


class Estimate(Frozen):
    """`value` measured over `n` units, with the two-sided interval [`low`, `high`] of the confidence `level`."""

    value: float
    low: float
    high: float
    n: int
    level: float = LEVEL

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}; {self.high:.3f}] (n = {self.n})"


def wilson(hits: int, n: int, level: float = LEVEL) -> Estimate:
    """The share `hits / n` with the score interval of Wilson (1927), which holds near 0 and 1 and for small n.

    With no trials at all the value is 0 and the interval is [0, 1].

    Raises:
        ValueError: unless 0 <= hits <= n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} hits do not fit in {n} trials")
    if n == 0:
        return Estimate(value=0.0, low=0.0, high=1.0, n=0, level=level)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = hits / n
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if hits == 0 else (centre - half) / scale
    high = 1.0 if hits == n else (centre + half) / scale
    return Estimate(value=share, low=low, high=high, n=n, level=level)


def mean(values: Sequence[float], level: float = LEVEL, rounds: int = ROUNDS, seed: int = 0) -> Estimate:
    """The mean of `values` (one a query, say) with the percentile interval of the bootstrap.

    Vectorised: O(rounds * n) random numbers, in blocks, so that memory stays flat.
    """
    data = np.asarray(values, dtype=np.float64)
    if not len(data):
        return Estimate(value=0.0, low=0.0, high=0.0, n=0, level=level)
    random = np.random.default_rng(seed)
    means: list[float] = []
    while len(means) < rounds:
        block = min(_BLOCK, rounds - len(means))
        means.extend(data[random.integers(0, len(data), (block, len(data)))].mean(axis=1).tolist())
    return _between(float(data.mean()), means, len(data), level)


def paired(a: Sequence[float], b: Sequence[float], level: float = LEVEL, rounds: int = ROUNDS) -> Estimate:
    """The mean of `a - b` over the same units; an interval without 0 means that the two differ.

    Raises:
        ValueError: if the two are not of the same length.
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} values cannot be paired with {len(b)}")
    return mean([x - y for x, y in zip(a, b, strict=True)], level, rounds)


def bootstrap(
    units: Sequence[T],
    statistic: Callable[[Sequence[T]], float],
    level: float = LEVEL,
    rounds: int = 1000,
    seed: int = 0,
) -> Estimate:
    """`statistic(units)` with the percentile interval over resampled `units`.

    The units must be independent: for the F1 of an extractor give documents (each with its counts), not targets,
    since the targets of one document are right or wrong together.
    """
    if not units:
        return Estimate(value=0.0, low=0.0, high=0.0, n=0, level=level)
    random = np.random.default_rng(seed)
    drawn = (random.integers(0, len(units), len(units)) for _ in range(rounds))
    return _between(statistic(units), [statistic([units[i] for i in draw]) for draw in drawn], len(units), level)


def percentile(values: Sequence[float], percent: float) -> float:
    """The `percent`th percentile (0 to 100) of `values`, interpolated; 0 when there are none."""
    return float(np.percentile(np.asarray(values, dtype=np.float64), percent)) if len(values) else 0.0


def _between(value: float, resampled: Sequence[float], n: int, level: float) -> Estimate:
    tail = 50 * (1 - level)
    return Estimate(
        value=value, low=percentile(resampled, tail), high=percentile(resampled, 100 - tail), n=n, level=level
    )
