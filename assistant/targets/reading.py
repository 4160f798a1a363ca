"""What is known while a document is read once from start to end."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.targets.confidence import Evidence
from assistant.targets.figure import Figure
from assistant.targets.repeats import Found
from assistant.targets.sections import Outline
from assistant.targets.statements import Statement
from assistant.targets.time import When
from corpus.document import Document, Span

__all__ = ["Line", "Member", "Reader"]


@dataclass(slots=True)
class Line:
    """What one paragraph carries from clause to clause: a leading year, words of intent, the last statement.

    `unfinished` is the last target of the sentence before, where its noun phrase has no predicate yet.
    """

    when: When | None = None
    intent: bool = False
    opening: bool = False
    last: Statement | None = None
    unfinished: Found | None = None


@dataclass(slots=True)
class Member:
    """One figure of a sentence with its evidence, its part `[start:end]` of the sentence and what that part says.

    `before` is the statement that it may borrow from; `carried` tells that its comparator is another member's.
    """

    figure: Figure
    evidence: Evidence
    start: int
    end: int
    statement: Statement
    before: Statement | None = None
    when: When | None = None
    carried: Span | None = None


@dataclass(slots=True)
class Reader:
    """A document on its way through the grammar.

    `draft` is where the text says that it is one, `normative` whether it lays down law, `programme` the period in
    its own name; `running` tells that goals have been announced, `running_when` the year named last with one,
    `spoken_when` the last year that only opened a sentence.
    """

    document: Document
    text: str
    folded: str
    outline: Outline
    draft: Span | None
    normative: bool
    programme: When | None
    running: bool = False
    running_when: When | None = None
    spoken_when: When | None = None
    found: list[Found] = field(default_factory=list)
