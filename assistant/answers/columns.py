"""Tables by their header: what column a figure stands in, and whether another column is the one that was asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answers.figures import Figure
from assistant.answers.normalise import bare_words
from assistant.answers.unit import Unit

__all__ = ["behind", "heading", "is_money", "is_percent", "measure"]

_MONEY = re.compile(r"đồng|vnđ|usd|mức thu|số tiền|giá", re.IGNORECASE)
_SHARE = re.compile(r"(?<!\d)\s*%")
_CURRENCY = re.compile(r"(?<!\w)((?:(?:nghìn|triệu|tỷ|tỉ)\s+)?đồng|USD)(?!\w)", re.IGNORECASE)
_CAPTION = re.compile(r"\W*(?:Đơn vị|ĐVT|Đvt)(?!\w)")
_LEAST, _TWO = 3, 2
"""Cells filled in the first row of a table for it to be a header, and those of a table of two columns."""


def heading(text: str, unit: Unit, figure: Figure) -> str:
    """The header cells above a figure of a table row, the upper one first; "" where the table has no header."""
    least = max(_TWO, min(_LEAST, sum(bool(c.strip()) for c in text[unit.start : unit.end].split("|"))))
    for start, end in unit.leads:
        if text.startswith("|", start):
            found = _over(text[start:end], text.count("|", unit.start, figure.start), least)
            if found is not None:
                return found
    return ""


@lru_cache(maxsize=512)
def _over(header: str, column: int, least: int) -> str | None:
    """The cells of `header` over a column; None where its first row has fewer than `least` cells."""
    rows = [[c.strip() for c in row.split("|")] for row in header.split("\n")]
    if sum(map(bool, rows[0])) < least:
        return None
    return " ".join(dict.fromkeys(filter(None, (_cell(rows[i:], column) for i in range(len(rows))))))


def _cell(rows: list[list[str]], column: int) -> str:
    """The cell of the first of `rows` over `column`; what is empty over a filled one belongs to that at its left."""
    row = rows[0]
    if column >= len(row):
        return ""
    if row[column] or not any(column < len(below) and below[column] for below in rows[1:]):
        return row[column]
    return next((cell for cell in reversed(row[:column]) if cell), "")


def measure(text: str, unit: Unit, figure: Figure) -> str:
    """The unit of money that the header or the line above the table sets for a bare figure ("triệu đồng"), or ""."""
    head = heading(text, unit, figure)
    if figure.unit or "%" in head or _SHARE.search(text, unit.start, unit.end):
        return ""
    for said in (head, *(text[s:t] for s, t in unit.leads if _CAPTION.match(text, s, t))):
        if found := _CURRENCY.search(said):
            return found.group(1).lower()
    return ""


def is_percent(text: str, unit: Unit, figure: Figure) -> bool:
    """Whether the column of the figure is in percent."""
    return not figure.unit and "%" in heading(text, unit, figure)


def is_money(text: str, unit: Unit, figure: Figure) -> bool:
    """Whether the column of the figure is an amount of money."""
    return not figure.unit and bool(_MONEY.search(heading(text, unit, figure)) or measure(text, unit, figure))


def behind(text: str, unit: Unit, figure: Figure, asked: set[str]) -> float:
    """How far the header of the figure's column holds fewer asked words than that of another, or among more that were
    not asked: 0 to 1. Words of the title of the table tell less.
    """
    titled = frozenset[str]().union(*(_bares(text[s:t]) for s, t in unit.leads if not text.startswith("|", s)))
    heads = [_bares(heading(text, unit, f)) for f in unit.figures]
    shared = frozenset.intersection(*heads) if heads else frozenset()
    own = _held(_bares(heading(text, unit, figure)) - shared, asked, titled)
    best = max((_held(head - shared, asked, titled) for head in heads), default=0.0)
    return min(1.0, (best - own) / best) if best > 0 else 0.0


@lru_cache(maxsize=512)
def _bares(text: str) -> frozenset[str]:
    return bare_words(text)


def _held(head: frozenset[str], asked: set[str], titled: frozenset[str]) -> float:
    """How many asked words a header holds, times the share of its words that they are."""
    held = head & asked
    return (len(held) - _TITLED * len(held & titled)) * len(held) / len(head) if held else 0.0


_TITLED = 0.5
"""What a word of the title of the table tells less of a column."""
