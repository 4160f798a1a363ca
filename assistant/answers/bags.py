"""Words of a stretch of text, kept for asking whether it holds a word or phrase."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.answers.normalise import Form, Token

__all__ = ["Level", "Run", "Words", "words_in", "words_of"]


class Words(NamedTuple):
    """The distinct words by key and by bare form, and both as running text with a space around each word."""

    keys: frozenset[str]
    bares: frozenset[str]
    keyed: str
    bare: str


Level = tuple[float, Words]
"""Words with what a match among them is worth, 0 to 1."""


def words_in(forms: Sequence[Form]) -> Words:
    """The words of (key, bare form) pairs."""
    keys, bares = [key for key, _ in forms], [bare for _, bare in forms]
    return Words(frozenset(keys), frozenset(bares), f" {' '.join(keys)} ", f" {' '.join(bares)} ")


def words_of(tokens: Iterable[Token]) -> Words:
    """The words of `tokens`."""
    return words_in([token[:2] for token in tokens])


class Run:
    """Tokens in order, kept in columns: a `Token` is made when it is asked for.

    What is kept of documents that were read is made of few objects, since the collector of garbage goes through each.
    """

    __slots__ = ("_bares", "_ends", "_keys", "_starts")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._keys: tuple[str, ...] = ()
        self._bares: tuple[str, ...] = ()
        starts: tuple[int, ...] = ()
        ends: tuple[int, ...] = ()
        if tokens:
            self._keys, self._bares, starts, ends = zip(*tokens, strict=True)
        self._starts, self._ends = array("l", starts), array("l", ends)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self._keys, self._bares, self._starts, self._ends)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return self._keys

    @property
    def bares(self) -> tuple[str, ...]:
        """The bare forms in order."""
        return self._bares

    def pairs(self) -> set[tuple[str, str]]:
        """The bare forms that stand side by side."""
        return set(pairwise(self._bares))
