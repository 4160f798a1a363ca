"""Vietnamese text from before Unicode: which encoding it is in, how sure that is, and the way back."""

from __future__ import annotations

from corpus.encoding.convert import convert, convert_mapped, encode
from corpus.encoding.detect import Guess, detect, repair
from corpus.encoding.syllables import is_syllable, share_of_syllables
from corpus.encoding.tables import ENCODINGS

__all__ = [
    "ENCODINGS",
    "Guess",
    "convert",
    "convert_mapped",
    "detect",
    "encode",
    "is_syllable",
    "repair",
    "share_of_syllables",
]
