"""The folded text that every rule of the grammar reads: as long as the original, so offsets carry over.

Folding makes one spelling of each word: lower case, the tone on one vowel (`hoà` and `hòa`), `tỷ` for `tỉ`, one
hyphen, plain spaces. Rules write Vietnamese in the folded spelling through `rule`.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["alternation", "fold", "listed", "rule"]

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?![^\W\d_])")
_SPELLING = {"tỉ": "tỷ", "kì": "kỳ", "sỹ": "sĩ"}
_WORD = re.compile(r"\b(?:tỉ|kì|sỹ)\b")
_SIGNS = str.maketrans(
    {c: " " for c in "\t\n\r\f\xa0\u2002\u2003\u2009\u200a\u202f\u3000\u200b\u200c\u200d\ufeff\xad"}
    | {c: "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"}
    | {"\xb5": "μ", "％": "%", "²": "2", "³": "3", "₂": "2", "⩾": "≥", "⩽": "≤", "Ð": "đ"}
)


_SIGN = re.compile("[" + re.escape("".join(map(chr, _SIGNS))) + "]")
_SHORT = 400


def fold(text: str) -> str:
    """`text` in the one spelling that the rules read; character i comes from character i of `text`."""
    return _folded(text) if len(text) > _SHORT else _folded_short(text)


@lru_cache(maxsize=4096)
def _folded_short(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _spelling(_SIGN.sub(lambda m: _SIGNS[ord(m.group())], low))


def rule(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`pattern`, its Vietnamese words in the folded spelling, compiled."""
    return re.compile(_spelling(pattern), flags)


def listed(table: str) -> tuple[str, ...]:
    """The words of a table written as `one | two words | three`, over as many lines as it takes."""
    return tuple(" ".join(word.split()) for word in table.split("|") if word.strip())


def alternation(words: tuple[str, ...] | list[str]) -> str:
    """A pattern that matches any of `words`, the longest first."""
    return "(?:" + "|".join(re.escape(_spelling(w)) for w in sorted(set(words), key=len, reverse=True)) + ")"


def _spelling(text: str) -> str:
    text = _TONE.sub(lambda m: _TONES[m.group()], text)
    return _WORD.sub(lambda m: _SPELLING[m.group()], text)
