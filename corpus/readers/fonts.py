"""Runs of text in fonts from before Unicode, told by the font's name, turned into Unicode."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import NamedTuple

from corpus.encoding import convert

__all__ = ["Run", "printed"]


class Run(NamedTuple):
    """A stretch of text in one font."""

    text: str
    font: str


_FONTS = (
    (re.compile(r"^\.Vn", re.I), "TCVN3"),
    (re.compile(r"^(?:VNI|vni)[- ]"), "VNI"),
    (re.compile(r"^VPS\b", re.I), "VPS"),
    (re.compile(r"^VI (?:Times|Arial|Univer|Garamond)", re.I), "VISCII"),
)
_SYMBOLS = {
    "\uf0b7": "-", "\uf0a7": "-", "\uf0d8": "-", "\uf02d": "-", "\uf0fc": "✓", "\uf0fe": "☑", "\uf0a8": "□",
    "\uf06f": "□", "\uf0b3": "≥", "\uf0a3": "≤", "\uf0b1": "±", "\uf0b0": "°", "\uf0b4": "×", "\uf0ae": "→",
    "\uf0e0": "→", "\uf061": "α", "\uf062": "β", "\uf0e5": "∑", "\uf0b9": "≠", "\uf020": " ",
}  # fmt: skip
"""Characters of Symbol and Wingdings, which Word keeps in the private area; others there say nothing."""


def printed(runs: list[Run], remarks: dict[str, None]) -> str:
    """The words that `runs` show on paper; `remarks` gains a sentence for each old encoding met."""
    out = []
    for (encoding, capitals), group in groupby(runs, key=lambda run: _encoding(run.font)):
        text = "".join(run.text for run in group)
        if encoding and not text.isascii() and not _unicode_already(text):
            text = convert(text, encoding)
            remarks[f"Chuyển chữ dùng phông {encoding} sang Unicode."] = None
        out.append(text.upper() if capitals else text)
    return _clean("".join(out))


def _encoding(font: str) -> tuple[str, bool]:
    """The encoding that a font's name tells of ("" for Unicode), and whether the font prints capitals only."""
    encoding = next((name for pattern, name in _FONTS if pattern.search(font)), "")
    return encoding, encoding == "TCVN3" and font.rstrip().endswith("H")


def _unicode_already(text: str) -> bool:
    return any("\u1ea0" <= c <= "\u1ef9" or c in "ăđĩũơưĂĐĨŨƠƯ" for c in text)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    return re.sub("[\ue000-\uf8ff]", lambda m: _SYMBOLS.get(m.group(), ""), text)
