"""How sure the grammar is that a figure is a target: weighed evidence, a threshold for each kind of figure."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Evidence", "accepted", "confidence"]

_BASE = {
    "percent": 1.0, "ratio": 0.6, "measure": 0.5, "money": 0.3, "count": 0.0, "rank": 0.6, "multiple": 0.5,
    "zero": 0.0, "fraction": 0.3, "time": 0.2, "scale": -0.5, "word": 0.0, "state": 0.0, "thing": -0.4,
}  # fmt: skip
_SECTION = {"goal": 1.5, "money": 0.2, "task": -0.4, "view": -0.3, "situation": -0.5, None: 0.0}
_NEEDED = 1.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for (or against) a figure: its kind, the section, words of intent, a year ahead, a comparator."""

    kind: str
    section: str | None
    intent: bool = False
    opening_year: bool = False
    dated: bool = False
    stated: bool = False
    running: bool = False
    ensured: bool = False
    budget: bool = False
    normative: bool = False
    located: bool = False
    past: bool = False
    baseline: bool = False
    made: bool = False
    follows: bool = False

    @property
    def weight(self) -> float:
        """The sum of the evidence; a figure is taken from `_NEEDED` up."""
        total = _BASE.get(self.kind, -1.0) + _SECTION.get(self.section, 0.0)
        total += 1.5 * self.intent + 0.7 * self.opening_year + 0.4 * self.dated + 0.5 * self.stated
        total += (1.5 if self.kind != "word" else 1.2) * (self.running and self.section not in ("goal", "situation"))
        total += (
            0.4 * self.made
            + 0.9 * self.follows
            + 0.9 * self.ensured
            + 1.3 * self.budget
            - 1.6 * self.normative
            - 1.5 * self.located
            - 1.5 * self.past
        )
        return total


def accepted(evidence: Evidence) -> bool:
    """Whether the figure is taken for a target."""
    return evidence.weight >= _NEEDED


def confidence(evidence: Evidence, doubts: int) -> float:
    """A number in [0.3, 0.99] that grows with the evidence and falls with each doubt."""
    sure = 0.6 + 0.12 * (evidence.weight - _NEEDED)
    return round(max(0.3, min(0.99, sure) - 0.12 * doubts), 2)
