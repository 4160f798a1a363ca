"""Comparison of two documents, years or places: the aligned evidence of each side, the difference computed."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers.evidence import Evidence

__all__ = ["Side", "difference"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called and its evidence."""

    label: str
    evidence: Evidence


def difference(first: Side, second: Side) -> str:
    """The outcome in words, "" when the two figures cannot be compared."""
    a, b = first.evidence.figure, second.evidence.figure
    if a is None or b is None or a.percent != b.percent or a.money != b.money or (not a.percent and a.unit != b.unit):
        return ""
    if (a.value, a.value_max, a.comparator) == (b.value, b.value_max, b.comparator):
        return "same"
    if a.value == b.value or a.value_max or b.value_max:
        return ""
    gap = abs(a.value - b.value)
    unit = "điểm phần trăm" if a.percent else a.unit
    word = "cao hơn" if a.value > b.value else "thấp hơn"
    return f"{first.label} {word} {second.label} {_number(gap)} {unit}".strip()


def _number(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped
