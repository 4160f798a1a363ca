"""Vietnamese numerals: `1.200` is 1200, `1,5` is 1.5, `hai mươi lăm` is 25, `1/2` is 0.5."""

from __future__ import annotations

import re

from assistant.targets.folding import rule

__all__ = ["DIGITS", "WORDS", "number", "spelled"]

DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])|\d+(?:[.,]\d+)?"
"""A numeral in figures: points between thousands, a comma before decimals; `0.7` with a point is read too."""

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = {"mười", "mươi", "chục"}
_ONE = "(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_UNDER = "(?:mốt|một|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_HUNDRED = f"(?:{_ONE} trăm(?: (?:linh|lẻ) {_UNDER})?)"
WORDS = f"(?:(?:{_HUNDRED} )?{_ONE} (?:mươi|chục)(?: {_UNDER})?|{_HUNDRED}|(?:{_HUNDRED} )?mười(?: {_UNDER})?|{_ONE})"
"""A whole number under a thousand in words, folded."""

_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_FRACTION = rule(r"(\d+)/(\d+)")


def number(text: str) -> float:
    """The value of a numeral in figures; `text` matches `DIGITS` or is a fraction such as `1/2`."""
    fraction = _FRACTION.fullmatch(text)
    if fraction and int(fraction.group(2)):
        return int(fraction.group(1)) / int(fraction.group(2))
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def spelled(text: str) -> float:
    """The value of a numeral in words; `text` matches `WORDS`."""
    total = current = 0
    for word in text.split():
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current = (current or 1) * 10
            total, current = total + current, 0
        elif word == "trăm":
            total, current = total + current * 100, 0
    return float(total + current)
