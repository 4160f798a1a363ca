"""Words of a stretch of text, kept for asking whether it holds a word or phrase."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import add

from assistant.answers.normalise import Form, Token, columns, tokens

__all__ = ["Level", "Run", "Words", "words_in", "words_of"]


class Words:
    """The distinct words by key and by bare form, and both as running text with a space around each word.

    Each of the four is made when it is first asked for, and found from then on as fast as any attribute.
    """

    __slots__ = ("_bares", "_keys", "bare", "bares", "keyed", "keys")
    keys: frozenset[str]
    bares: frozenset[str]
    keyed: str
    bare: str

    def __init__(self, keys: Sequence[str], bares: Sequence[str]) -> None:
        """`keys` and `bares` are those of the words in order."""
        self._keys, self._bares = keys, bares

    def __getattr__(self, name: str) -> frozenset[str] | str:
        made: frozenset[str] | str
        if name == "keys":
            made = frozenset(self._keys)
        elif name == "bares":
            made = frozenset(self._bares)
        elif name == "keyed":
            made = f" {' '.join(self._keys)} "
        elif name == "bare":
            made = f" {' '.join(self._bares)} "
        else:
            raise AttributeError(name)
        setattr(self, name, made)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and (self.keyed, self.bare) == (other.keyed, other.bare)

    def __hash__(self) -> int:
        return hash((self.keyed, self.bare))


Level = tuple[float, Words]
"""Words with what a match among them is worth, 0 to 1."""


def words_in(forms: Sequence[Form]) -> Words:
    """The words of (key, bare form) pairs."""
    return Words([key for key, _ in forms], [bare for _, bare in forms])


def words_of(tokens: Iterable[Token]) -> Words:
    """The words of `tokens`."""
    return words_in([token[:2] for token in tokens])


class Run:
    """Tokens in order, kept in columns: a `Token` is made when it is asked for, its place sought when that is.

    What is kept of documents that were read is made of few objects, since the collector of garbage goes through each.
    """

    __slots__ = ("_ends", "_found", "_starts", "bares", "keys")
    keys: Sequence[str]
    """The keys in order."""
    bares: Sequence[str]
    """The bare forms in order."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.keys, self.bares = (), ()
        self._starts, self._ends = _NONE, _NONE
        self._found: tuple[str, int, list[str]] | None = None
        if tokens:
            self.keys, self.bares, starts, ends = zip(*tokens, strict=True)
            self._starts, self._ends = array("l", starts), array("l", ends)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Run:
        """The tokens of `text` between two places, with offsets of the text."""
        body = text[start:end]
        found = columns(body)
        if found is None:
            return cls(tokens(body, start))
        made = cls(())
        words, made.keys, made.bares = found
        made._found = (body, start, words)
        return made

    def _places(self) -> None:
        """Finds where the words stand: each is the first of its letters after the one before, since none is left out
        between.
        """
        found = self._found
        if found is None:  # another thread was faster
            return
        text, offset, words = found
        starts, at = [], 0
        for word in words:
            at = text.find(word, at)
            starts.append(at + offset)
            at += len(word)
        self._ends = array("l", map(add, starts, map(len, words)))
        self._starts = array("l", starts)
        self._found = None

    @property
    def starts(self) -> Sequence[int]:
        """The first character of each token, in order."""
        if self._found is not None:
            self._places()
        return self._starts

    @property
    def ends(self) -> Sequence[int]:
        """Past the last character of each token, in order."""
        if self._found is not None:
            self._places()
        return self._ends

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.keys, self.bares, self.starts, self.ends)

    def part(self, first: int, last: int) -> Run:
        """The tokens from the one at `first` to before the one at `last`."""
        made = Run(())
        made.keys, made.bares = self.keys[first:last], self.bares[first:last]
        made._starts, made._ends = self.starts[first:last], self.ends[first:last]  # type: ignore[assignment]
        return made

    def within(self, start: int, end: int) -> Sequence[str]:
        """The bare forms of the tokens that begin between two places."""
        starts = self.starts
        return self.bares[bisect_left(starts, start) : bisect_left(starts, end)]

    def until(self, end: int) -> Sequence[str]:
        """The bare forms of the tokens that end at a place or before it."""
        return self.bares[: bisect_right(self.ends, end)]

    def words(self) -> Words:
        """The words without their places."""
        return Words(self.keys, self.bares)

    def pairs(self) -> set[tuple[str, str]]:
        """The bare forms that stand side by side."""
        return set(pairwise(self.bares))


_NONE = array("l")
