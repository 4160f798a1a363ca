"""Patterns written in Vietnamese that also match text typed without diacritics."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from assistant.answers.normalise import Token, bare, key

__all__ = ["Phrase", "Typed"]

Made = TypeVar("Made")
_LETTERS = re.compile(r"(?<!\\)[^\W\d_]+")


class Phrase:
    """A pattern over words joined by single spaces; it must begin and end at word borders."""

    def __init__(self, pattern: str) -> None:
        self._keyed = re.compile(r"(?<!\S)(?:" + _LETTERS.sub(lambda m: key(m.group()), pattern) + r")(?!\S)")
        self._bare = re.compile(r"(?<!\S)(?:" + _LETTERS.sub(lambda m: bare(m.group()), pattern) + r")(?!\S)")

    def find(self, typed: Typed) -> tuple[int, int] | None:
        """The first match as (first token, end token), or None."""
        return next(iter(self.all(typed)), None)

    def all(self, typed: Typed) -> list[tuple[int, int]]:
        """Every match as (first token, end token)."""
        return list(typed.once(self._found))

    def _found(self, typed: Typed) -> list[tuple[int, int]]:
        pattern, text = (self._bare, typed.bare) if typed.plain else (self._keyed, typed.keyed)
        return [
            (text.count(" ", 0, m.start()), text.count(" ", 0, m.end()) + 1)
            for m in pattern.finditer(text)
            if m.end() > m.start()
        ]

    def __contains__(self, typed: object) -> bool:
        return isinstance(typed, Typed) and bool(typed.once(self._found))


_MACHINE = key("máy")
"""A word that is read as "mấy" without its mark, unless the words beside it tell."""


class Typed:
    """Words as typed, which do not change: `plain` says that the typist used no diacritics.

    What is asked of a question is asked again for each piece of evidence; `once` finds it out once.
    """

    def __init__(self, words: list[Token], plain: bool) -> None:
        self.words = words
        self.plain = plain
        self.keyed = " ".join(w.key for w in words)
        self.bare = " ".join(w.key if w.key == _MACHINE else w.bare for w in words)
        self.bares = frozenset(w.bare for w in words)
        self._made: dict[Callable[[Typed], Any], Any] = {}

    def once(self, make: Callable[[Typed], Made]) -> Made:
        """What `make`, a function or method that lasts, gives of these words."""
        try:
            made: Made = self._made[make]
        except KeyError:
            made = self._made[make] = make(self)
        return made
