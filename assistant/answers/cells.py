"""Cells of table rows that hold running text: which clause of them a figure stands in."""

from __future__ import annotations

import re

from assistant.answers.figures import Figure
from assistant.answers.unit import Unit

__all__ = ["LONG", "clause_of"]

LONG = 30
"""Letters from which a cell is text and no value."""
_BORDER = re.compile(r";(?!\d)|\.\s+(?=[^\W\d_a-zà-ỹđ])|(?:^|\s)[-+•]\s")
"""Where one clause of a cell ends and the next begins."""
Stretch = tuple[int, int]


def clause_of(text: str, unit: Unit, figure: Figure) -> Stretch | None:
    """The clause around `figure` in a cell of text of the table row `unit`; None where the cell holds a value."""
    if not unit.row:
        return None
    left = text.rfind("|", unit.start, figure.lead) + 1
    right = text.find("|", figure.end, unit.end)
    right = right if right >= 0 else unit.end
    if sum(c.isalpha() for c in text[left:right]) <= LONG:
        return None
    borders = [m.span() for m in _BORDER.finditer(text, left, right)]
    left = max((end for _, end in borders if end <= figure.lead), default=left)
    right = min((start for start, _ in borders if start >= figure.end), default=right)
    while left < right and text[left].isspace():
        left += 1
    while right > left and text[right - 1].isspace():
        right -= 1
    return left, right
