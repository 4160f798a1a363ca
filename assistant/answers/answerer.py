"""Question in, verified and cited answer or honest refusal out; no language model."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from assistant.answers.answer import Answer, Turn
from assistant.answers.answering import Answering
from assistant.answers.chat import written_out
from assistant.answers.confidence import THRESHOLD
from assistant.answers.entries import Summary
from assistant.answers.evidence import Evidence
from assistant.answers.finding import FIGURES
from assistant.answers.followup import Standalone, last_asked, stand_alone
from assistant.answers.joining import joined, tells_all
from assistant.answers.library import Library, Search, from_index, remembered
from assistant.answers.parting import apart
from assistant.answers.question import Question, understand
from assistant.answers.scope import Scope
from assistant.answers.sharing import shared
from assistant.answers.smalltalk import reply
from assistant.targets.target import Target
from corpus.document import Document

__all__ = ["Answerer"]

_THIN = 8.0
"""Weight of words below which a question of a conversation is about what was asked before."""
_NOTHING = 0.08
"""Confidence up to which the documents that a name was taken for hold nothing of what is asked."""
_LEARNT = "_learnt_of_documents"
"""The attribute of an index that keeps what was learnt of its documents: it goes when the index goes. A table beside it
would keep both for ever, since what was learnt reads documents of the generation that holds the index."""


class Answerer:
    """Answers questions over the documents of an index; many may share one index cheaply."""

    def __init__(
        self,
        search: Any,
        documents: Callable[[str], Document],
        targets: Callable[[str], Sequence[Target]] | None = None,
        summaries: Iterable[Summary] | None = None,
        threshold: float = THRESHOLD,
        changing: Callable[[], Iterable[Any]] | None = None,
        several: Callable[[Collection[str]], Mapping[str, Document]] | None = None,
    ) -> None:
        """`search` is an `indexer.search.Index` or a `Search`; `documents` gives a document by id.

        `summaries` default to the documents that the index holds. What is learnt of the documents (word counts,
        names, readings) is kept as long as `search` lives. `threshold` is the least confidence of an answer.
        `changing` gives the documents that may replace, repeal, amend or extend others, without their texts; by
        default each document is read for that. `several` gives documents by their ids at once.
        """
        self._search: Search = from_index(search) if hasattr(search, "search") else search
        self._targets = targets
        self._threshold = threshold
        self._library = _library(search, documents, summaries, changing, several)

    def answer(self, question: str, history: Sequence[Turn] = (), as_of: str | None = None) -> Answer:
        """The cited answer to `question`, or a refusal, as of the ISO date `as_of`."""
        talk = reply(question)
        if talk is not None:
            return Answer(question=question, standalone=question, answer=talk, confidence=1.0)
        alone = stand_alone(written_out(question), history)
        taken = alone.text != written_out(question)
        alone = alone if taken else self._leaning(alone, history)
        answer = self._parts(question, alone, as_of) or self._continued(question, alone, as_of)
        answer = answer or self._one(question, alone, as_of)
        if not alone.background and not alone.same:
            answer = self._shared(question, alone, as_of, answer)
        if answer.abstained and history and not taken and not alone.background and self._names_nothing(alone):
            again = self._one(question, Standalone(alone.text, last_asked(history)), as_of)
            return answer if again.abstained else again
        return answer

    def _continued(self, question: str, alone: Standalone, as_of: str | None) -> Answer | None:
        """The answer from what the question before was answered from, where neither question names a document."""
        if not alone.background or alone.same:
            return None
        asked = understand(alone.text, self._library.lexicon, alone.background)
        scope = self._scope(alone, asked)
        if scope.firm or scope.unknown or len(scope.documents or ()) == 1:
            return None
        before = self._one(alone.background, Standalone(f"{alone.background}?"), as_of)
        sources = frozenset(c.document for c in before.citations)
        sources = sources & scope.documents if scope.documents else sources
        if before.abstained or not sources:
            return None
        answer = self._answering(question, alone, as_of, Scope(documents=sources)).run()
        return None if answer.abstained else answer

    def _leaning(self, alone: Standalone, history: Sequence[Turn]) -> Standalone:
        """`alone` with the question before as its background where its own words are too few to stand alone."""
        before = last_asked(history)
        if not before or alone.background or alone.same or not self._names_nothing(alone):
            return alone
        asked = understand(alone.text, self._library.lexicon)
        thin = sum(t.weight for t in asked.terms) < _THIN and asked.kind not in FIGURES
        return Standalone(alone.text, before) if thin else alone

    def _names_nothing(self, alone: Standalone) -> bool:
        """Whether the question names no document."""
        return self._library.catalogue.scope(understand(alone.text, self._library.lexicon)).documents is None

    def weighed(self, question: str, history: Sequence[Turn] = ()) -> Evidence | None:
        """The evidence that an answer would rest on, however unsure; None where there is nothing to choose from."""
        if reply(question) is not None:
            return None
        return self._answering(question, stand_alone(written_out(question), history), None).weighed()

    def _parts(self, question: str, alone: Standalone, as_of: str | None) -> Answer | None:
        """The answers to the two questions that one message asks, None where it asks one or neither is answered."""
        texts = [] if alone.background or alone.same else apart(alone.text)
        if not texts:
            return None
        first, second = texts
        sides = [Standalone(first), Standalone(second, first.rstrip("? "))]
        answers = [self._one(side.text, side, as_of) for side in sides]
        return joined(question, alone.shown, answers)

    def _shared(self, question: str, alone: Standalone, as_of: str | None, whole: Answer) -> Answer:
        """The answers about each of two things, where the question asks the same of both and `whole` tells not all."""
        sides = [self._one(side, Standalone(side), as_of) for side in shared(alone.text)]
        return whole if tells_all(whole, sides) else joined(question, alone.shown, sides) or whole

    def _one(self, question: str, alone: Standalone, as_of: str | None) -> Answer:
        """The answer; from any document where those that a name or a place was taken for hold nothing of it."""
        answering = self._answering(question, alone, as_of)
        answer = answering.run()
        if not answer.abstained or answer.confidence > _NOTHING or not answering.guessed:
            return answer
        anywhere = self._answering(question, alone, as_of, Scope(unknown=answering.scope.unknown)).run()
        return answer if anywhere.abstained else anywhere

    def _answering(self, question: str, alone: Standalone, as_of: str | None, scope: Scope | None = None) -> Answering:
        asked = understand(alone.text, self._library.lexicon, alone.background)
        scope = scope or self._scope(alone, asked)
        asked.years -= self._library.catalogue.naming_years(asked, scope)
        return Answering(
            library=self._library,
            search=remembered(self._search),
            targets=self._targets,
            threshold=self._threshold,
            question=question,
            alone=alone,
            asked=asked,
            scope=scope,
            as_of=as_of,
        )

    def _scope(self, alone: Standalone, asked: Question) -> Scope:
        """The documents meant by the question itself, else by the one that it follows."""
        if alone.background:
            own = self._library.catalogue.scope(understand(alone.text, self._library.lexicon))
            if own.documents is not None:
                return own
        return self._library.catalogue.scope(asked)


def _library(
    search: Any,
    documents: Callable[[str], Document],
    summaries: Iterable[Summary] | None,
    changing: Callable[[], Iterable[Any]] | None,
    several: Callable[[Collection[str]], Mapping[str, Document]] | None,
) -> Library:
    known: Library | None = getattr(search, _LEARNT, None)
    if known is not None and summaries is None:
        return known
    if summaries is None:
        summaries = [documents(id) for id in search.sources.versions()]
    made = Library(documents, summaries, changing, several)
    with contextlib.suppress(AttributeError, TypeError):
        setattr(search, _LEARNT, made)
    return made
