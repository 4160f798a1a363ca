"""Slips of the keyboard in questions: a syllable that the index does not hold, or never in this company, is put right.

Only what the index holds is a candidate: the syllable that the keys of Telex or VNI would have made, and those one
letter away (one too many, one missing, another one, two swapped). The neighbours decide, by how many passages hold the
candidate beside them; where none does, the question stays as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.abbreviations import short
from indexer.lexical import SYLLABLES, Lexical, neighbours, plain_hash, term_hash
from indexer.words import bare, folded, unaccented

__all__ = ["Spelling", "typed"]

_TOKEN = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouy]")
_VNI = re.compile(r"[^\W\d_]+(?:\d[^\W\d_]*)+\Z")
_RARE = 20_000
"""A syllable that fewer than one in so many passages hold may be a slip too, if it never stands beside these ones."""
_LONGEST, _MOST = 12, 40
_MARKS = 5
"""How much likelier a slip of the marks alone is than one of a letter."""
_TELEX = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ", "aw": "ă", "ow": "ơ", "uw": "ư"}
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_SHAPES = {"a6": "â", "e6": "ê", "o6": "ô", "d9": "đ", "a8": "ă", "o7": "ơ", "u7": "ư"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_WITH_COMPANION = re.compile(r"(?:qu|gi(?=[aeiouyâêôăơư]))?")


class Spelling:
    """Puts questions right by the syllables of the index in `directory`; safe for many threads."""

    def __init__(self, directory: Path, lexical: Lexical) -> None:
        self._path = directory / SYLLABLES
        self._lexical = lexical

    def corrected(self, question: str) -> str:
        """`question` with its slips put right, letter for letter the same where there are none."""
        plain = unaccented(question)
        found = list(_TOKEN.finditer(question))
        tokens = [folded(match[0]) for match in found]
        doubtful = self._doubtful([match[0] for match in found], tokens, plain)
        for at in doubtful * 2:  # once more, beside neighbours that were put right meanwhile
            if tokens[at] == folded(found[at][0]):
                tokens[at] = self._best(tokens, at, plain)
        out, end = "", 0
        for at in doubtful:
            if tokens[at] != folded(found[at][0]):
                out, end = out + question[end : found[at].start()] + tokens[at], found[at].end()
        return out + question[end:]

    def _doubtful(self, printed: list[str], tokens: list[str], plain: bool) -> list[int]:
        """The places of tokens that may be slips."""
        if not tokens:
            return []
        held = self._held([[token] for token in tokens], plain)
        rare = max(1, self._lexical.size // _RARE)
        return [
            at
            for at, (word, token) in enumerate(zip(printed, tokens, strict=True))
            if held[at] < rare
            and 2 <= len(token) <= _LONGEST
            and _VOWEL.search(bare(token))
            and (token.isalpha() or _VNI.match(token))
            and not (word.isupper() and len(word) > 1)
            and not short(token)
            and (not held[at] or not self._beside(tokens, at, [token], plain)[0])
        ]

    def _best(self, tokens: list[str], at: int, plain: bool) -> str:
        """The candidate that most passages hold beside the neighbours; the token itself where none does."""
        candidates = list(dict.fromkeys(self._candidates(tokens[at], plain)))
        if not candidates:
            return tokens[at]
        beside = self._beside(tokens, at, candidates, plain)
        alone = self._held([[c] for c in candidates], plain)
        own = bare(tokens[at])
        likely = [n * (_MARKS if bare(c) == own else 1) for n, c in zip(beside, candidates, strict=True)]
        best = max(range(len(candidates)), key=lambda i: (likely[i], alone[i]))
        return candidates[best] if beside[best] else tokens[at]

    def _candidates(self, token: str, plain: bool) -> Iterable[str]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        keyed = typed(token)
        if keyed != token:
            yield bare(keyed) if plain else keyed
        if not token.isalpha():
            return
        known = self._plain if plain else self._accented
        for name, _, _ in extract(token, known, scorer=OSA.distance, score_cutoff=1, limit=_MOST):
            if len(name) > 1 and _VOWEL.search(bare(name)):
                yield name

    def _beside(self, tokens: list[str], at: int, candidates: list[str], plain: bool) -> list[int]:
        """How many passages hold each candidate right behind the token before, and right before the one behind."""
        counts = [0] * len(candidates)
        before, after = tokens[:at][-1:], tokens[at + 1 :][:1]
        runs = [[[before[0], c] for c in candidates]] if before else []
        runs += [[[c, after[0]] for c in candidates]] if after else []
        for asked in runs:
            counts = [a + b for a, b in zip(counts, self._held(asked, plain), strict=True)]
        return counts

    def _held(self, runs: list[list[str]], plain: bool) -> list[int]:
        """How many passages hold each of `runs`, all of one or all of two syllables."""
        made = plain_hash if plain else term_hash
        hashes = np.array([[made(token) for token in run] for run in runs], np.uint64)
        single = hashes.shape[1] == 1
        keys = hashes[:, 0] if single else np.array([neighbours(row)[0] for row in hashes], np.uint64)
        name = ("bare" if plain else "syllables") if single else ("bare_pairs" if plain else "pairs")
        return self._lexical.held(name, keys)

    @cached_property
    def _accented(self) -> list[str]:
        return self._path.read_text("utf-8").split("\n")

    @cached_property
    def _plain(self) -> list[str]:
        return sorted({bare(syllable) for syllable in self._accented})


def typed(token: str) -> str:
    """What the keys of `token` make in Telex or VNI where they were struck with the input method off.

    `thuees` and `thue61` give `thuế`; a token that neither could have made comes back as it is.
    """
    digits = any(c.isdigit() for c in token)
    shapes, tones = (_VNI_SHAPES, _VNI_TONES) if digits else (_TELEX, _TELEX_TONES)
    mark = next((c for c in reversed(token[1:]) if c in tones), "") if digits else token[-1:]
    body = token
    if mark and mark in tones and len(token) > 2:
        at = token.rindex(mark)
        body = token[:at] + token[at + 1 :]
    else:
        mark = ""
    for keys, letter in shapes.items():
        body = body.replace(keys, letter)
    body = re.sub(r"uơ(?=\w)", "ươ", body)
    return _toned(body, tones[mark]) if mark else body


def _toned(syllable: str, tone: str) -> str:
    """`syllable` with `tone` on the vowel that bears it, as `folded` spells it."""
    start = _WITH_COMPANION.match(syllable)
    skipped = start.end() if start else 0
    vowels = [i for i in range(skipped, len(syllable)) if _VOWEL.match(bare(syllable[i]))]
    if not vowels:
        return syllable
    shaped = [i for i in vowels if syllable[i] in "âêôăơư"]
    last = len(syllable) - 1
    middle = vowels[1] if len(vowels) > 2 or (len(vowels) == 2 and vowels[-1] != last) else vowels[0]
    at = shaped[-1] if shaped else middle
    return folded(unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :]))
