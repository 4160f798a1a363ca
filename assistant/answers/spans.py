"""Lengths of time and small numbers that are told in two ways: "một năm" and "12 tháng", "1 phần" and "một phần"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.answers.normalise import NUMERALS, Token, bare, key

__all__ = ["alike", "converted"]

_MONTHS = 12
_LONGEST = 40
"""Years that are told in months too, at most: what is more is a year of the calendar."""
_WORDS = {str(n): word for word, n in NUMERALS.items()}


def alike(words: Sequence[Token], plain: bool) -> dict[int, tuple[str, ...]]:
    """For the place of each number of `words`: the phrases that say the same, with a space around each."""
    form = bare if plain else key
    out: dict[int, tuple[str, ...]] = {}
    for at, (word, after) in enumerate(pairwise(words)):
        if not word.bare.isdigit():
            continue
        said = [f" {n} {form(unit)} " for n, unit in converted(int(word.bare), after.bare)]
        if word.bare in _WORDS:
            said.append(f" {form(_WORDS[word.bare])} {after.bare if plain else after.key} ")
        if said:
            out[at] = tuple(said)
    return out


def converted(number: int, unit: str) -> list[tuple[int, str]]:
    """The same length in months or years: `unit` is bare, that of the answer is not.

    >>> converted(2, "nam"), converted(18, "thang")
    ([(24, 'tháng')], [])
    """
    if unit == "nam" and 0 < number <= _LONGEST:
        return [(number * _MONTHS, "tháng")]
    if unit == "thang" and number and number % _MONTHS == 0:
        return [(number // _MONTHS, "năm")]
    return []
