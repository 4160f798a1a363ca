"""From an old encoding to Unicode and back, with the way from each new character to its old place."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.encoding.tables import table

if TYPE_CHECKING:
    from corpus.canonical import OffsetMap

__all__ = ["convert", "convert_mapped", "encode", "surface"]


def convert(text: str, encoding: str) -> str:
    """`text`, whose characters are the bytes of `encoding` (Latin-1 or Windows-1252 letters), in Unicode.

    Characters that the encoding gives no letter stay. Length may change (VNI letters take two codes).

    Raises:
        KeyError: no such encoding.
    """
    text = surface(text)
    if encoding == "Windows-1258":
        return unicodedata.normalize("NFC", _windows_1258(text))
    codes = table(encoding)
    return _finder(encoding).sub(lambda m: codes[m.group()], text)


def convert_mapped(text: str, encoding: str) -> tuple[str, OffsetMap]:
    """As `convert`, without composing letters, and the map from its offsets to those of `text`.

    For Windows-1258 the tone marks stay characters of their own; canonicalising composes them.

    Raises:
        KeyError: no such encoding.
    """
    from corpus.canonical import OffsetMap

    plain = surface(text)
    if encoding == "Windows-1258":
        same = _windows_1258(plain)
        return same, OffsetMap([(0, 0)], len(same), len(text))
    codes, out, anchors = table(encoding), [], [(0, 0)]
    at = done = 0
    for match in _finder(encoding).finditer(plain):
        out += [plain[done : match.start()], codes[match.group()]]
        at += match.start() - done + 1
        done = match.end()
        if len(match.group()) > 1:
            anchors.append((at, done))
    out.append(plain[done:])
    return "".join(out), OffsetMap(anchors, at + len(plain) - done, len(text))


def encode(text: str, encoding: str) -> bytes:
    """`text` in `encoding`: the way back, exact for the letters of Vietnamese and for ASCII.

    Raises:
        KeyError: no such encoding.
        UnicodeEncodeError: a character that the encoding does not have.
    """
    text = unicodedata.normalize("NFC", text)
    if encoding == "Windows-1258":
        return "".join(_marked(c) for c in text).encode("cp1258")
    back = {letter: code for code, letter in table(encoding).items()}
    out = []
    for at, c in enumerate(text):
        if c not in back and (not c.isascii() or c in table(encoding)):
            raise UnicodeEncodeError(encoding, text, at, at + 1, "no such letter")
        out.append(back.get(c, c))
    return "".join(out).encode("latin-1")


def surface(text: str) -> str:
    """`text` with each Windows-1252 character as the character of its byte's number, as Latin-1 has it."""
    return text.translate(_FROM_1252)


_FROM_1252 = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _windows_1258(text: str) -> str:
    return "".join(bytes([ord(c)]).decode("cp1258", "replace") if ord(c) < 256 else c for c in text)


@lru_cache(maxsize=8)
def _finder(encoding: str) -> re.Pattern[str]:
    codes = sorted(table(encoding), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, codes)))


@lru_cache(maxsize=512)
def _marked(c: str) -> str:
    """`c` as Windows-1258 writes it: letters with hats whole, tones after them."""
    try:
        c.encode("cp1258")
    except UnicodeEncodeError:
        whole = unicodedata.normalize("NFD", c)
        tones = "".join(m for m in whole if m in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(m for m in whole if m not in tones))
        return base + tones
    return c
