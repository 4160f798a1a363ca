"""The words, pairs and figures of stretches of a document, each read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from assistant.answers.bags import Run, Words
from assistant.answers.figures import Figure, figures
from assistant.answers.normalise import Token, tokens
from assistant.answers.sentences import Lines
from corpus.document import Document

__all__ = ["Stretch", "Stretches", "figures_in"]

Stretch = tuple[int, int]
"""From the first character to past the last."""


@dataclass
class Stretches:
    """A document and its lines, with what was read of stretches of it."""

    document: Document
    lines: Lines
    _words: dict[Stretch, Words] = field(default_factory=dict, init=False)
    _pairs: dict[Stretch, set[tuple[str, str]]] = field(default_factory=dict, init=False)
    _figures: dict[Stretch, list[Figure]] = field(default_factory=dict, init=False)

    def words(self, span: Stretch) -> Words:
        """The words of `span`."""
        found = self._words.get(span)
        if found is None:
            text = self.document.text[slice(*span)]
            found = Run.of(text, 0, len(text)).words()
            self._words[span] = found
        return found

    def figures(self, span: Stretch) -> list[Figure]:
        """The figures of `span`, with offsets of the document."""
        found = self._figures.get(span)
        if found is None:
            found = self._figures[span] = figures_in(self.document.text, *span)
        return found

    def pairs(self, span: Stretch) -> set[tuple[str, str]]:
        """The bare words of `span` that stand side by side."""
        found = self._pairs.get(span)
        if found is None:
            found = self._pairs[span] = set(pairwise(self.words(span).bare.split()))
        return found

    def read(self, span: Stretch) -> tuple[list[Token], Words]:
        """The words of `span` in order, with offsets of the document, and as `words` gives them."""
        start, end = span
        return tokens(self.document.text[start:end], start), self.words(span)


def figures_in(text: str, start: int, end: int) -> list[Figure]:
    """The figures of `text` between two places, with offsets of the text."""
    found = figures(text[start:end])
    return [f._replace(start=f.start + start, end=f.end + start, lead=f.lead + start) for f in found]
