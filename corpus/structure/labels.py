"""Numbers as printed ("12", "2a", "đ", "XIV", "1.2") and what they count."""

from __future__ import annotations

import re

__all__ = ["follows", "is_first", "roman"]

_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = re.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(label: str) -> int | None:
    """The number that a Roman numeral of either case writes; None when it is not a well-formed one."""
    upper = label.upper()
    if not _ROMAN.fullmatch(upper):
        return None
    values = [_DIGITS[c] for c in upper]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def follows(label: str, before: str) -> bool:
    """Whether `label` is what a drafter writes after `before`: 3 after 2, 2a after 2, đ after d, IV after III."""
    if label == before:
        return False
    a, b = before.lower(), label.lower()
    head_a, tail_a = _split(a)
    head_b, tail_b = _split(b)
    if head_a is not None and head_b is not None:
        if head_b == head_a:
            return _letter_follows(tail_b, tail_a)
        return head_b == head_a + 1 and tail_b in ("", "a")
    if "." in a and "." in b:
        stem_a, _, last_a = a.rpartition(".")
        stem_b, _, last_b = b.rpartition(".")
        return stem_a == stem_b and follows(last_b, last_a)
    numbers = roman(a), roman(b)
    if numbers[0] and numbers[1] == numbers[0] + 1:
        return True
    return len(a) == len(b) == 1 and _letter_follows(b, a)


def is_first(label: str) -> bool:
    """Whether a series starts with `label`: 1, 01, a, A, I, i, 3.1."""
    last = label.rpartition(".")[2].lower().lstrip("0")
    return last in ("1", "a", "i")


def _split(label: str) -> tuple[int | None, str]:
    match = re.fullmatch(r"([0-9]{1,6})([a-zđ]{0,2})", label)
    return (int(match.group(1)), match.group(2)) if match else (None, "")


def _letter_follows(b: str, a: str) -> bool:
    if a == "":
        return b == "a"
    for alphabet in (_VIETNAMESE, _LATIN):
        at = alphabet.find(a)
        if 0 <= at < len(alphabet) - 1 and alphabet[at + 1] == b:
            return True
    return False
