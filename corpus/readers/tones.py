"""Marks that OCR gets wrong ("nhât", "thiệt kê", "đữ liệu"), put right from the syllables that stand beside them.

`syllable_pairs.txt` counts, on a log scale, which Vietnamese syllables follow one another in legal texts. A word may
only change its marks (and d/đ), never its letters, and only where its neighbours make the other reading much likelier.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import log
from pathlib import Path
from typing import NamedTuple

from corpus.encoding import is_syllable

__all__ = ["bare", "corrected"]

_PAIRS = Path(__file__).with_name("syllable_pairs.txt")
_TOKEN = re.compile(r"[^\W\d_]+|\S")
ADDED = 4.0
"""What it must gain, in nats of likelihood, to put a tone on a letter with a hat or breve, the commonest slip."""
SWAPPED = 8.0
"""The same for another tone on the same letters."""
OTHER = 11.0
"""The same for another letter: a hat put on or taken off, d for đ."""
UNKNOWN = 3.0
"""What a word that is no syllable at all needs less."""
RARE = 5.0
"""What a true syllable too rare to be counted needs more."""
NAME = 3.0
"""What a word with a capital, which may be a name, needs more."""
_UNSEEN = 0.3
"""Share of the likelihood that pairs not counted have."""


class _Pairs(NamedTuple):
    after: dict[str, dict[str, float]]
    total: dict[str, float]
    every: float
    same: dict[str, tuple[str, ...]]


def bare(word: str) -> str:
    """`word` in small letters without marks; đ counts as d."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def corrected(lines: list[str]) -> list[str]:
    """`lines`, read in this order, with the marks of their words put right; length and words per line stay."""
    places = [(at, match) for at, line in enumerate(lines) for match in _TOKEN.finditer(line)]
    better = _likeliest([match.group() for _, match in places])
    out = [list(line) for line in lines]
    for (at, match), word in zip(places, better, strict=True):
        out[at][match.start() : match.end()] = [*word, *[""] * (len(match.group()) - len(word))]
    return ["".join(line) for line in out]


def _likeliest(words: list[str]) -> list[str]:
    """The likeliest reading of `words` as a whole (Viterbi over each word's readings)."""
    paths: list[tuple[float, str, int]] = []
    columns: list[list[tuple[float, str, int]]] = []
    for word in words:
        column = []
        for reading, cost in _readings(word):
            best = max(
                ((score + _step(before, reading), at) for at, (score, before, _) in enumerate(paths)),
                default=(_step("", reading), -1),
            )
            column.append((best[0] - cost, reading, best[1]))
        columns.append(column)
        paths = column
    out: list[str] = []
    at = max(range(len(paths)), key=lambda i: paths[i][0]) if paths else -1
    for column in reversed(columns):
        _, reading, before = column[at]
        out.append(reading)
        at = before
    return [_cased(reading, word) for reading, word in zip(reversed(out), words, strict=True)]


@lru_cache(maxsize=8192)
def _readings(word: str) -> tuple[tuple[str, float], ...]:
    """What `word` may be, in small letters, and what each change costs; a mark or a number is only itself."""
    small = unicodedata.normalize("NFC", word.lower())
    even = word.islower() or word.isupper() or word[1:].islower()
    if not word[0].isalpha() or not even or len(word) < 2 or word.isascii():
        return ((small, 0.0),)
    pairs = _pairs()
    less = 0.0 if small in pairs.total else UNKNOWN
    if small not in pairs.total and is_syllable(small):
        less = -RARE
    if word[0].isupper() and not word.isupper():
        less -= NAME
    others = (other for other in pairs.same.get(bare(small), ()) if other != small and len(other) == len(small))
    return ((small, 0.0), *((other, max(_cost(small, other) - less, 1.0)) for other in others))


def _cost(word: str, other: str) -> float:
    """What a change of `word` to `other`, which differ in marks alone, must gain."""
    hats, other_hats = _toneless(word), _toneless(other)
    if hats != other_hats:
        return OTHER
    return ADDED if word == hats and any(c in "ăâêô" for c in word) else SWAPPED


def _toneless(word: str) -> str:
    return unicodedata.normalize(
        "NFC", re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", unicodedata.normalize("NFD", word))
    )


def _step(before: str, word: str) -> float:
    """The log likelihood of `word` after `before`; marks and numbers cost nothing."""
    if not word[0].isalpha():
        return 0.0
    pairs = _pairs()
    alone = (pairs.total.get(word, 0.0) + 1) / pairs.every
    after = pairs.after.get(before)
    if after is None:
        return log(alone)
    return log((1 - _UNSEEN) * after.get(word, 0.0) / pairs.total[before] + _UNSEEN * alone)


def _cased(reading: str, word: str) -> str:
    if reading == unicodedata.normalize("NFC", word.lower()):
        return word
    if word.isupper():
        return reading.upper()
    return reading[0].upper() + reading[1:] if word[0].isupper() else reading


@lru_cache(maxsize=1)
def _pairs() -> _Pairs:
    """The counts of `syllable_pairs.txt`: a line a syllable, its own count, then who follows it and how often."""
    after: dict[str, dict[str, float]] = {}
    total: dict[str, float] = {}
    for line in _PAIRS.read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        word, own, *rest = line.split(" ")
        total[word] = 2.0 ** (int(own) / 2)
        after[word] = {follower: 2.0 ** (int(power) / 2) for follower, power in zip(rest[::2], rest[1::2], strict=True)}
    same: dict[str, list[str]] = {}
    for word in total:
        same.setdefault(bare(word), []).append(word)
    return _Pairs(after, total, sum(total.values()), {key: tuple(words) for key, words in same.items()})
