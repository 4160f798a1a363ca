"""Questions as people type them: without diacritics, or with one slip of Telex or VNI in them; seeded.

A slip falls on one syllable of two letters or more. Its kinds, drawn alike often: the tone or the diacritics left out,
a key of the input method left in the text (Telex "thuees", VNI "thue61"), a tone that belongs to another key, two
neighbouring letters swapped, a letter missing, a letter doubled, a neighbouring key struck.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable

from indexer.words import bare

__all__ = ["KINDS", "slipped", "stripped"]

_SYLLABLE = re.compile(r"[^\W\d_]{2,}")
_TONES = {"\u0300": "f2", "\u0301": "s1", "\u0303": "x4", "\u0309": "r3", "\u0323": "j5"}
_SHAPES = {"\u0302": {"a": "a6", "e": "e6", "o": "o6"}, "\u0306": {"a": "w8"}, "\u031b": {"o": "w7", "u": "w7"}}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def stripped(question: str) -> str:
    """`question` without diacritics."""
    return bare(question)


def slipped(question: str, seed: str) -> str:
    """`question` with one slip; the same `seed` gives the same one. Unchanged where no syllable can take one."""
    chance = random.Random(seed)
    found = list(_SYLLABLE.finditer(unicodedata.normalize("NFC", question)))
    names = list(KINDS)
    for _ in range(30):
        if not found:
            break
        match, name = chance.choice(found), chance.choice(names)
        wrong = KINDS[name](match[0], chance)
        if wrong and wrong != match[0]:
            return question[: match.start()] + wrong + question[match.end() :]
    return question


def _toneless(syllable: str, _: random.Random) -> str:
    return _without(syllable, _TONES)


def _bare(syllable: str, _: random.Random) -> str:
    return bare(syllable)


def _telex(syllable: str, _: random.Random) -> str:
    return _keyed(syllable, 0)


def _vni(syllable: str, _: random.Random) -> str:
    return _keyed(syllable, 1)


def _other_tone(syllable: str, chance: random.Random) -> str:
    parts = unicodedata.normalize("NFD", syllable)
    own = [c for c in parts if c in _TONES]
    if not own:
        return ""
    other = chance.choice(sorted(set(_TONES) - {own[0]}))
    return "".join(
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", _without(c, _TONES)) + other)
        if own[0] in unicodedata.normalize("NFD", c)
        else c
        for c in unicodedata.normalize("NFC", syllable)
    )


def _swapped(syllable: str, chance: random.Random) -> str:
    at = chance.randrange(len(syllable) - 1)
    return syllable[:at] + syllable[at + 1] + syllable[at] + syllable[at + 2 :]


def _missing(syllable: str, chance: random.Random) -> str:
    if len(syllable) < 3:
        return ""
    at = chance.randrange(1, len(syllable))
    return syllable[:at] + syllable[at + 1 :]


def _doubled(syllable: str, chance: random.Random) -> str:
    at = chance.randrange(len(syllable))
    return syllable[: at + 1] + syllable[at:]


def _neighbour(syllable: str, chance: random.Random) -> str:
    at = chance.randrange(len(syllable))
    row = next((r for r in _KEYS if syllable[at] in r), "")
    place = row.find(syllable[at])
    near = row[max(0, place - 1) : place] + row[place + 1 : place + 2] if row else ""
    return syllable[:at] + chance.choice(near) + syllable[at + 1 :] if near else ""


def _without(syllable: str, marks: Iterable[str]) -> str:
    parts = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in marks))


def _keyed(syllable: str, method: int) -> str:
    """The syllable as its keys were struck, with the input method off: shapes behind their letters, the tone last."""
    out, tone = [], ""
    for character in syllable.lower():
        letter, *marks = list(unicodedata.normalize("NFD", character))
        if character == "đ":
            out.append(("dd", "d9")[method])
            continue
        out.append(letter)
        for mark in marks:
            if mark in _TONES:
                tone = _TONES[mark][method]
            else:
                out.append(_SHAPES.get(mark, {}).get(letter, "  ")[method])
    return "".join(out).replace(" ", "") + tone


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "toneless": _toneless,
    "bare": _bare,
    "telex": _telex,
    "vni": _vni,
    "other tone": _other_tone,
    "swapped": _swapped,
    "missing": _missing,
    "doubled": _doubled,
    "neighbour": _neighbour,
}
"""What a slip makes of a syllable; an empty string where it cannot happen there."""
