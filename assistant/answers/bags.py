"""Words of a stretch of text, kept for asking whether it holds a word or phrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answers.normalise import Token

__all__ = ["Level", "Words", "words_of"]


@dataclass(frozen=True, slots=True)
class Words:
    """The distinct words by key and by bare form, and both as running text with a space around each word."""

    keys: frozenset[str]
    bares: frozenset[str]
    keyed: str
    bare: str


Level = tuple[float, Words]
"""Words with what a match among them is worth, 0 to 1."""


def words_of(tokens: Iterable[Token]) -> Words:
    """The words of `tokens`."""
    listed = list(tokens)
    keys, bares = [t.key for t in listed], [t.bare for t in listed]
    return Words(frozenset(keys), frozenset(bares), f" {' '.join(keys)} ", f" {' '.join(bares)} ")
