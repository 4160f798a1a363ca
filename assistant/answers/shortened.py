"""Short forms that no list has: letters that begin the words side by side in a clause ("gđ" for "giám đốc")."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["SHORTENED", "is_short", "shortens"]

SHORTENED = 0.75
"""What a match by initials alone is worth: two letters begin many pairs of words."""
_SHORT = re.compile(r"[bcdghklmnpqrstvx]{2,9}")
_UNITS = frozenset(("kg", "km", "ml", "mm", "cm", "mg", "gb", "mb", "tb", "db"))


def is_short(bare: str) -> bool:
    """Whether a word can only be a short form: consonants of Vietnamese, and no unit."""
    return bool(_SHORT.fullmatch(bare)) and bare not in _UNITS


def shortens(short: str, pairs: Collection[tuple[str, str]]) -> bool:
    """Whether the letters of `short`, two or more, begin words that stand in a row; `pairs` are adjacent words, bare.

    >>> shortens("ksk", {("kham", "suc"), ("suc", "khoe")})
    True
    """
    if len(short) < 2:
        return False
    ends = {b for a, b in pairs if a[:1] == short[0] and b[:1] == short[1]}
    for letter in short[2:]:
        ends = {b for a, b in pairs if a in ends and b[:1] == letter}
    return bool(ends)
