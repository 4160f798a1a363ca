"""Vietnamese text as terms: words (compounds joined by `_`), syllables, and either without diacritics.

Two spellings of one syllable are one term: the tone mark on either vowel (hòa, hoà; ủy, uỷ) and i or y at the end
of an open syllable (kĩ, kỹ; tỉ, tỷ), which official texts mix. The word segmenter was trained on the first form of
each pair's right-hand spelling (hoà, uỷ): given "Ủy ban nhân dân" it cuts "Ủy | ban nhân dân".
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import Any

__all__ = ["NUMBER", "Segmenter", "bare", "folded", "lines", "syllables", "unaccented", "words"]

NUMBER = re.compile(
    r"(?<![\w/])\d{1,5}(?:/\d{4})?/[A-ZĐƯ][A-ZĐƯa-z0-9]{0,9}(?:-[A-ZĐƯ][A-ZĐƯƠÊÔa-z0-9]{0,11}){0,3}(?![\w/])"
)
"""A document number as printed: 1605/QĐ-TTg, 48/2009/QĐ-TTg, 1729/BTTTT-ƯDCNTT, 02/2011/QH13."""

_TERM = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:\d+)?")
_TONES = str.maketrans(
    {
        "ò": "o\u0300", "ó": "o\u0301", "ỏ": "o\u0309", "õ": "o\u0303", "ọ": "o\u0323",
        "ù": "u\u0300", "ú": "u\u0301", "ủ": "u\u0309", "ũ": "u\u0303", "ụ": "u\u0323",
        "Ò": "O\u0300", "Ó": "O\u0301", "Ỏ": "O\u0309", "Õ": "O\u0303", "Ọ": "O\u0323",
        "Ù": "U\u0300", "Ú": "U\u0301", "Ủ": "U\u0309", "Ũ": "U\u0303", "Ụ": "U\u0323",
    }
)  # fmt: skip
_MISPLACED = re.compile(r"(?:(?<![qQ])[ùúủũụÙÚỦŨỤ][yY]|[òóỏõọÒÓỎÕỌ][aeAE])(?!\w)")
_APART = "\x1e"
_OPEN_Y = re.compile(r"(?<![^\W\d_])[hklmst][yỳýỷỹỵ](?!\w)")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


class _Bare(dict[int, str]):
    """Each character without its marks, found out once."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        self[code] = "".join(c for c in parts if not unicodedata.combining(c))
        return self[code]


_BARE = _Bare({ord("đ"): "d", ord("Đ"): "D"})
_SENTENCE_END = re.compile(r"(?<=[.;:?!])\s+|\n+")
_LETTER_THEN_UNIT = re.compile(r"^([a-zđ])_(khoản|điều|điểm|mục|và|hoặc)(?=_|$)")
_WORTH_PROCESSES = 2000
"""Texts from which starting processes pays off."""
_LOADING = Lock()


def words(text: str) -> list[str]:
    """The words of `text` in lower case, compounds joined by `_`, document numbers whole, without punctuation.

    About 15,000 words a second in one process; the first call loads the segmenter (0.8 s).
    """
    return [word for sentence in _SENTENCE_END.split(_tone_placed(text)) if sentence for word in _segmented(sentence)]


def syllables(text: str) -> list[str]:
    """The syllables and numbers of `text` in lower case, one spelling each; `1605/QĐ-TTg` gives `1605 qđ ttg`."""
    return _TERM.findall(folded(text))


def lines(texts: Sequence[str]) -> list[list[list[str]]]:
    """The `syllables` of each line of each text, in a third of the time of a call a line."""
    whole = folded(_APART.join(texts))
    return [[_TERM.findall(line) for line in text.split("\n")] for text in whole.split(_APART)] if texts else []


def folded(text: str) -> str:
    """`text` in lower case, each syllable in one spelling; as long as `text` when that is NFC."""
    return _OPEN_Y.sub(lambda m: m[0].translate(_Y_TO_I), _tone_placed(text).lower())


def bare(text: str) -> str:
    """`text` without diacritics; đ becomes d."""
    return text.translate(_BARE)


def unaccented(text: str) -> bool:
    """Whether `text` was typed without diacritics: next to none where Vietnamese has them on most syllables."""
    terms = [t for t in syllables(text) if t.isalpha()]
    marked = sum(t != bare(t) for t in terms)
    return bool(terms) and marked * 8 < len(terms)


class Segmenter:
    """`words` of many texts; `processes` above 1 share them, begun when the first large batch comes."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._pool: Any = None

    def __enter__(self) -> Segmenter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
            self._pool = None

    def words(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """`words` of each text, in order; computed meanwhile where processes share the work."""
        if self._processes <= 1 or (self._pool is None and len(texts) < _WORTH_PROCESSES):
            return map(words, texts)
        if self._pool is None:
            import multiprocessing

            self._pool = multiprocessing.get_context("spawn").Pool(self._processes)
        found: Iterator[list[str]] = self._pool.imap(words, texts, chunksize=64)
        return found


def _segmented(sentence: str) -> Iterator[str]:
    at = 0
    for number in NUMBER.finditer(sentence):
        yield from _compounds(sentence[at : number.start()])
        yield number[0].lower()
        at = number.end()
    yield from _compounds(sentence[at:])


def _compounds(piece: str) -> Iterator[str]:
    for raw in _segmenter()(piece, use_token_normalize=False):
        parts = syllables(raw)
        if " " not in raw:
            yield from parts
            continue
        word = "_".join(parts)
        glued = _LETTER_THEN_UNIT.match(word)
        if glued:
            yield glued[1]
            word = word[2:]
        if word:
            yield word


@cache
def _segmenter() -> Callable[..., list[str]]:
    """The segmenter of underthesea, warm.

    Its model is set before it is loaded, so that a second thread would meet it half made; its `fixed_words` stay
    set for later calls: numbers are cut out here instead.
    """
    with _LOADING, _without_init("underthesea"):
        import_module("underthesea.pipeline.text_normalize")
        found: Callable[..., list[str]] = import_module("underthesea.pipeline.word_tokenize").word_tokenize
        found("văn bản", use_token_normalize=False)
    return found


@contextmanager
def _without_init(package: str) -> Iterator[None]:
    """Imports inside pass over the package's `__init__`: that of underthesea loads torch, which takes seconds."""
    spec = find_spec(package) if package not in sys.modules else None
    if spec is None:
        yield
        return
    sys.modules[package] = module_from_spec(spec)
    try:
        yield
    finally:
        del sys.modules[package]


def _tone_placed(text: str) -> str:
    """`text` with the tone of open oa, oe, uy on the second vowel (hoà, uỷ); as long as `text` when that is NFC."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _MISPLACED.sub(_moved, text)


def _moved(match: re.Match[str]) -> str:
    vowels = match[0].translate(_TONES)
    return unicodedata.normalize("NFC", vowels[0] + vowels[2] + vowels[1])
