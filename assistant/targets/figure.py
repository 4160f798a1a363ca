"""A figure: a numeral or a range (or the word in its place) with unit and comparator, at its place in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.targets.comparators import comparator_after, comparator_before
from assistant.targets.folding import rule
from assistant.targets.target import Comparator

__all__ = ["Figure", "bounded"]

_FROM = rule(r"(?<!\w)từ $")
_CHANGES = rule(r"[^,;.]{0,60}?(?<!trở )(?:xuống|lên|đến|còn)(?!\w)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `[start:end]` of the folded text; `start` is its comparator's, `digits` where the number starts.

    `kind` is percent, money, measure, ratio, count, time, scale, rank, multiple, fraction, zero, word (a quantifier)
    or state (a milestone). `stated` says that a comparator is written, `after` is where the numeral ends.
    """

    start: int
    digits: int
    end: int
    kind: str
    value: float | None
    value_max: float | None
    unit: str | None
    comparator: Comparator = "="
    stated: bool = False
    qualitative: str | None = None
    after: int = -1

    @property
    def noun(self) -> int:
        """Where the words after the numeral start: after the unit of a percentage, before that of a count."""
        return self.after if self.after >= 0 and self.kind in ("count", "word", "zero", "thing") else self.end


def bounded(text: str, figure: Figure, start: int, end: int) -> Figure:
    """`figure` with the comparator that the words of the sentence `[start:end]` give it."""
    before = comparator_before(text, figure.digits)
    if before and before[1] >= start:
        figure = replace(figure, comparator=before[0], start=before[1], stated=True)
    after = comparator_after(text, figure.end, end)
    lead = _FROM.search(text, max(start, figure.start - 4), figure.start)
    if after and not text[figure.end : after[1]].count(","):
        figure = replace(figure, comparator=after[0], stated=True)
    elif (
        not figure.stated
        and figure.value_max is None
        and lead
        and not _CHANGES.match(text, figure.end)
        and figure.kind in ("count", "percent")
    ):
        figure = replace(figure, comparator=">=", start=figure.start - 3, stated=True)
    return figure
