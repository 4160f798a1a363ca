"""Sets of little words, known by key, and by bare form in text typed without diacritics."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers.normalise import Token, bare, key

__all__ = ["Little", "little"]


@dataclass(frozen=True, slots=True)
class Little:
    """A set of words."""

    keys: frozenset[str]
    bares: frozenset[str]

    def holds(self, word: Token, plain: bool = False) -> bool:
        """Whether `word` is one of the set. `plain` says that it was typed without diacritics: then the bare form
        decides, unless its marks are known.
        """
        return word.key in self.keys or (plain and word.key == word.bare and word.bare in self.bares)


def little(listed: str) -> Little:
    """The words of `listed`, which are separated by blanks."""
    return Little(frozenset(map(key, listed.split())), frozenset(map(bare, listed.split())))
