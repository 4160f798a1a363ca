"""When an answer is right, cited, grounded and precise: the definitions behind `chitieu eval answers`.

Numbers are compared by value ("1.700" is 1700, "0,5" is 0.5, "07" is 7), dates as day, month and year, words
case-folded with diacritics.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["correct", "fully_cited", "grounded", "numbers", "precise"]

ENOUGH_WORDS = 0.6
"""Share of the expected answer's words, or of the shorter quote's, that counts as the same."""
_DATE = re.compile(r"(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_MARKERS = re.compile(r"(?m)^\s*(?:\d+(?:\.\d+)*[.)]|[-+*•])\s+")


def numbers(text: str) -> set[str]:
    """The numbers of `text` in one spelling; list markers are not numbers, "43/2011" is one."""
    plain = _DATE.sub(r"\1 \2 \3", _fold(_MARKERS.sub("", text)))
    return {_spelled(found) for found in _NUMBER.findall(plain)}


def correct(expected: Sequence[str], figures: Sequence[str], said: str) -> bool:
    """Whether `said` states every one of `figures` or, without any, what one of the `expected` answers does."""
    have = numbers(said)
    if figures:
        return {n for f in figures for n in numbers(f)} <= have
    told = set(_words(said))
    for answer in expected:
        outside = re.sub(r"\([^)]*\)", " ", answer)
        want, words = numbers(outside), _words(outside)
        if want and want <= have:
            return True
        if not want and words and sum(w in told for w in words) >= ENOUGH_WORDS * len(words):
            return True
    return False


def fully_cited(quotes: Iterable[str], cited: Sequence[str]) -> bool:
    """Whether each of `quotes` overlaps a cited quote that holds the same numbers."""
    return all(any(_same_place(quote, c) for c in cited) for quote in quotes)


def grounded(question: str, said: str, citations: Sequence[dict[str, Any]]) -> bool:
    """Whether every number of `said` is in a citation or the question, or is the distance of two cited numbers."""
    known = numbers(question) | {n for c in citations for v in c.values() if isinstance(v, str) for n in numbers(v)}
    values = [float(n) for c in citations for n in numbers(c.get("quote") or "") if _is_plain(n)]
    known |= {f"{abs(a - b):g}" for a in values for b in values}
    return numbers(said) <= known


def precise(question: str, expected: Iterable[str], said: str, citations: Sequence[dict[str, Any]]) -> bool:
    """Whether `said` states no number but those expected, asked, or naming the cited document, place and date."""
    naming = [v for c in citations for k, v in c.items() if k != "quote" and isinstance(v, str)]
    allowed = {n for text in [question, *expected, *naming] for n in numbers(text)}
    return numbers(said) <= allowed


def _same_place(quote: str, given: str) -> bool:
    if len(_words(given)) < 3 or _overlap(quote, given) < ENOUGH_WORDS:
        return False
    want, have = numbers(quote), numbers(given)
    return want <= have or (len(given) < len(quote) and have <= want)


def _overlap(a: str, b: str) -> float:
    first, second = Counter(_words(a)), Counter(_words(b))
    shorter = min(first.total(), second.total())
    return (first & second).total() / shorter if shorter else 0.0


def _spelled(number: str) -> str:
    if "/" in number:
        return number.lstrip("0")
    plain = re.sub(r"\.(?=\d{3}(?!\d))", "", number).replace(",", ".")
    return f"{float(plain):g}" if plain.count(".") <= 1 else plain


def _is_plain(number: str) -> bool:
    return "/" not in number and number.count(".") <= 1


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _fold(text))
