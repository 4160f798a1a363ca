"""What the assistant says: an answer whose claims were checked, or a refusal with its reason."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.targets.target import Target
from corpus.document import Citation, Frozen

__all__ = ["Answer", "Claim", "Reason", "Turn"]


class Reason(StrEnum):
    """Why a question was declined."""

    NO_EVIDENCE = "no_evidence"
    NOT_IN_FORCE = "not_in_force"
    FIGURE_NOT_STATED = "figure_not_stated"
    AMBIGUOUS = "ambiguous"
    OUT_OF_SCOPE = "out_of_scope"


class Turn(Frozen):
    """One message of the conversation so far; `role` is "user" or "assistant"."""

    role: str
    content: str


class Claim(Frozen):
    """A sentence of the answer, the places in `Answer.citations` that carry it, and the outcome of its check.

    `problem` is empty when value, unit, comparator, year, scope and negation agree with the quotes.
    """

    text: str
    citations: tuple[int, ...] = ()
    verified: bool = True
    problem: str = ""


class Answer(Frozen):
    """An answer or, when `abstained`, a refusal: `reason` is its code, `answer` says it in Vietnamese.

    `standalone` is the question as understood after the conversation was taken into account; `confidence`
    is the estimated probability that the answer is right; `suggestions` are questions that the documents
    do answer. `phrased_by` names the language model in whose words the claims are; None: the words are the composer's.
    """

    question: str
    standalone: str
    answer: str
    abstained: bool = False
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    confidence: float = Field(default=0.0, ge=0, le=1)
    claims: tuple[Claim, ...] = ()
    suggestions: tuple[str, ...] = ()
    phrased_by: str | None = None
