"""The estimated probability that an evidence answers the question: a logistic function of how it fits.

The coefficients are rounded from a fit on the development questions; `docs/answers.md` says how.
"""

from __future__ import annotations

import math

from assistant.answers.evidence import Evidence

__all__ = ["THRESHOLD", "confidence", "features"]

THRESHOLD = 0.5
"""Below this an evidence is not given as the answer."""
_WEIGHTS = {"score": 4.4, "missing": -0.2, "margin": 4.5, "found": -0.57, "barred": -1.2, "bias": -1.9}


def features(e: Evidence) -> dict[str, float]:
    """What the estimate is made of."""
    return {
        "score": e.score,
        "missing": float(e.cover.missing),
        "margin": e.margin,
        "found": e.found,
        "barred": float(e.barred),
        "bias": 1.0,
    }


def confidence(e: Evidence) -> float:
    """Probability from 0 to 1."""
    z = sum(_WEIGHTS.get(name, 0.0) * value for name, value in features(e).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
