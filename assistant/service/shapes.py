"""The bodies that routes read and send, beside the types that every room shares."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from assistant.answers.answer import Turn
from assistant.targets.target import Target
from assistant.watch.gauges import Disk, Generation
from corpus.document import Document, IsoDate

__all__ = [
    "AskRequest",
    "DocumentLine",
    "DocumentList",
    "DocumentReply",
    "ExtractReply",
    "FeedbackReply",
    "FeedbackRequest",
    "HealthReply",
    "HitLine",
    "IsoDay",
    "SearchReply",
    "SuggestionList",
    "TargetList",
]


def _real(day: str) -> str:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise PydanticCustomError("unreal_date", "must be a date of the calendar") from None
    return day


IsoDay = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}), AfterValidator(_real)
]
"""A whole ISO 8601 date."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskRequest(_Body):
    """A question, the conversation before it (oldest first), and the day on which the law is asked about.

    With `scope`, ids of documents, an answer that rests on any other document is declined.
    """

    question: Text
    history: list[Turn] = Field(default_factory=list, max_length=40)
    as_of: IsoDay | None = None
    scope: list[Annotated[str, StringConstraints(max_length=255)]] = Field(default_factory=list, max_length=500)


class DocumentLine(BaseModel):
    """A stored document without its text."""

    id: str
    number: str | None = None
    about: str | None = None
    kind: str | None = None
    issuer: str | None = None
    title: str | None = None
    issued_on: IsoDate | None = None
    effective_from: IsoDate | None = None
    effective_to: IsoDate | None = None


class DocumentList(BaseModel):
    """A page of the list of documents; `total` counts all that match."""

    total: int
    documents: list[DocumentLine]


class DocumentReply(Document):
    """A stored document with text, structure, relations, and the targets found in it."""

    targets: tuple[Target, ...] = ()


class TargetList(BaseModel):
    """A page of the register; `total` counts all that match."""

    total: int
    targets: list[Target]


class HitLine(BaseModel):
    """A passage that was found: characters `start` to `end` of the document, and the score it was ranked by."""

    document: str
    path: str = ""
    context: str = ""
    start: int
    end: int
    text: str
    score: float


class SearchReply(BaseModel):
    """Passages, best first."""

    query: str
    hits: list[HitLine]


class ExtractReply(BaseModel):
    """The targets of an uploaded file; offsets count characters of its canonical text."""

    document: str
    targets: list[Target]


class FeedbackRequest(_Body):
    """What a reader thinks of an answer."""

    question: Text
    answer: Annotated[str, StringConstraints(max_length=20_000)]
    verdict: Literal["up", "down"]
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    citations: list[str] = Field(default_factory=list, max_length=100)


class FeedbackReply(BaseModel):
    """The id under which the feedback was kept."""

    id: str


class SuggestionList(BaseModel):
    """Questions in Vietnamese."""

    suggestions: list[str]


class HealthReply(BaseModel):
    """`ok`: the process lives; `ready`: it answers; `not_ready` (503) comes with `error`, which says what is missing.

    The other fields are for those who may read `/metrics`: seconds since the start, whether the store answers, the
    index generation that serves with its age, the disk of the home, the models, the newest audit record.
    """

    status: Literal["ok", "ready", "not_ready"]
    version: str | None = None
    uptime_seconds: int | None = None
    store: Literal["up", "down"] | None = None
    index: Generation | None = None
    disk: Disk | None = None
    encoder: str | None = None
    phraser: str | None = None
    audit_records: int | None = None
