"""Which encoding a Vietnamese text is in: the one in which its words become syllables."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.encoding.convert import convert, surface
from corpus.encoding.syllables import share_of_syllables
from corpus.encoding.tables import ENCODINGS

__all__ = ["Guess", "detect", "repair"]

_SAMPLE = 60_000
_ENOUGH = 0.8
"""Share of words that must become syllables before text is converted without being asked."""
_FEW = 4
"""Words beyond ASCII below which nothing can be told."""


class Guess(NamedTuple):
    """An encoding of `ENCODINGS` and the share, 0 to 1, of the words that are Vietnamese syllables in it."""

    encoding: str
    confidence: float


def detect(text: str) -> Guess | None:
    """The encoding in which `text`, bytes read as Latin-1 or Windows-1252, becomes Vietnamese; None where none does.

    Text that is Unicode Vietnamese already, or of another language, has none.
    """
    sample = surface(_telling(text))
    as_is, words = share_of_syllables(sample)
    if as_is > _ENOUGH:
        return None
    best = max((_tried(sample, encoding, words) for encoding in ENCODINGS), key=lambda guess: guess.confidence)
    if words < _FEW and _beyond(sample) < _FEW:
        return None
    return best if best.confidence >= _ENOUGH and best.confidence > as_is + 0.25 else None


def _tried(sample: str, encoding: str, words: int) -> Guess:
    share, count = share_of_syllables(convert(sample, encoding))
    # Codes that break words apart leave fewer whole words; an encoding that mends them leaves no strange sign.
    strange = sum(
        c > "\x7f" and not c.isalnum() and c not in "“”‘’–—…«»°§©®\u00a0\u00ad" for c in convert(sample, encoding)
    )
    return Guess(encoding, share * min(1.0, count / max(words, 1, count)) * max(0.0, 1 - strange / max(count, 1)))


def _telling(text: str) -> str:
    """The parts of `text` that hold characters beyond ASCII, enough to tell by."""
    lines = [line for line in text.split("\n") if not line.isascii()]
    return "\n".join(lines)[:_SAMPLE]


def _beyond(text: str) -> int:
    return sum(1 for _ in re.finditer(r"\S*[^\x00-\x7f]\S*", text))


def repair(text: str) -> tuple[str, Guess | None]:
    """`text` with its lines in an old encoding converted, the others left, and which encoding it was.

    Lines that are Unicode Vietnamese already stay as they are. A heading set in capitals by its font (".VnTimeH")
    comes with small accented letters between capitals: it is written in capitals throughout.
    """
    guess = detect(text)
    if guess is None:
        return text, None
    return "\n".join(_line(line, guess.encoding) for line in text.split("\n")), guess


def _line(line: str, encoding: str) -> str:
    if line.isascii() and not re.search(r"[\x01-\x08\x0e-\x1f]", line):
        return line
    before, _ = share_of_syllables(line)
    converted = convert(line, encoding)
    after, _ = share_of_syllables(converted)
    if any(ord(c) > 0x2FF and c in _LATE for c in line) and before >= after:
        return line
    return _even_capitals(converted)


_LATE = frozenset(chr(c) for c in range(0x1EA0, 0x1EFA)) | frozenset("ăđĩũơưĂĐĨŨƠƯ")


def _even_capitals(line: str) -> str:
    words = re.findall(r"[^\W\d_]+", line)
    mixed = [w for w in words if _capitals_of_ascii(w) and not w.isupper() and sum(c.isascii() for c in w) > 1]
    if not mixed:
        return line
    return re.sub(r"[^\W\d_]+", lambda m: m.group().upper() if _capitals_of_ascii(m.group()) else m.group(), line)


def _capitals_of_ascii(word: str) -> bool:
    """Whether the ASCII letters of `word` are capitals, or it has none but accented ones."""
    plain = [c for c in word if c.isascii()]
    return all(c.isupper() for c in plain)
