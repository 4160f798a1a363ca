"""Tables by their header: what column a figure stands in, and whether another column is the one that was asked for."""

from __future__ import annotations

import re

from assistant.answers.figures import Figure
from assistant.answers.normalise import tokens
from assistant.answers.reading import Unit

__all__ = ["behind", "heading", "is_money", "is_percent"]

_MONEY = re.compile(r"đồng|vnđ|usd|mức thu|số tiền|giá", re.IGNORECASE)
_LEAST, _TWO = 3, 2
"""Cells filled in the first row of a table for it to be a header, and those of a table of two columns."""


def heading(text: str, unit: Unit, figure: Figure) -> str:
    """The header cell above a figure of a table row; "" where the table has no header."""
    least = min(_LEAST, sum(bool(c.strip()) for c in text[unit.start : unit.end].split("|")))
    for start, end in unit.leads:
        cells = text[start:end].split("|")
        if text.startswith("|", start) and sum(bool(c.strip()) for c in cells) >= max(least, _TWO):
            column = text.count("|", unit.start, figure.start)
            return cells[column].strip() if column < len(cells) else ""
    return ""


def is_percent(text: str, unit: Unit, figure: Figure) -> bool:
    """Whether the column of the figure is in percent."""
    return not figure.unit and "%" in heading(text, unit, figure)


def is_money(text: str, unit: Unit, figure: Figure) -> bool:
    """Whether the column of the figure is an amount of money."""
    return not figure.unit and bool(_MONEY.search(heading(text, unit, figure)))


def behind(text: str, unit: Unit, figure: Figure, asked: set[str]) -> float:
    """How far the header of the figure's column holds fewer asked words than that of another column: 0 to 1."""
    heads = [{w.bare for w in tokens(heading(text, unit, f))} for f in unit.figures]
    own = {w.bare for w in tokens(heading(text, unit, figure))}
    shared = set.intersection(*heads) if heads else set()
    best = max((len(asked & (head - shared)) for head in heads), default=0)
    return (best - len(asked & (own - shared))) / best if best else 0.0
