"""Whether a word can be a Vietnamese syllable: an initial, a rhyme and a tone that go together.

The rhymes are those of the standard orthography; a rhyme closed by c, ch, p or t bears only the sắc or nặng tone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["is_syllable", "share_of_syllables"]

_INITIALS = (
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip

_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uê uêch uênh uy uya uych uynh uyên
    uyêt uyt uyn uyp uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu êng
    """.split()  # noqa: SIM905
)
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, any normal form) is built like a Vietnamese syllable."""
    if len(word) > 14:
        return False
    bare, tones = [], []
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in _TONES:
            tones.append(_TONES[c])
        else:
            bare.append(c)
    if len(tones) > 1:
        return False
    return _fits(unicodedata.normalize("NFC", "".join(bare)), tones[0] if tones else "")


def _fits(bare: str, tone: str) -> bool:
    for initial in _INITIALS:
        if not bare.startswith(initial):
            continue
        rhyme = bare[len(initial) :]
        # "gì", "gìn" keep one i; "quốc", "quy" take the u of "qu" for theirs.
        if (
            rhyme in _RHYMES
            or (initial == "gi" and f"i{rhyme}" in _RHYMES)
            or (initial == "qu" and f"u{rhyme}" in _RHYMES)
        ):
            return not _STOPPED.search(rhyme) or tone in ("sắc", "nặng")
    return False


def share_of_syllables(text: str) -> tuple[float, int]:
    """Of the words of `text` with a letter beyond ASCII, the share (0 to 1) of Vietnamese syllables, and the count."""
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    good = sum(_plain_case(w) and is_syllable(w) for w in words)
    return (good / len(words) if words else 0.0), len(words)


def _plain_case(word: str) -> bool:
    return word.islower() or word.isupper() or word[1:].islower()
