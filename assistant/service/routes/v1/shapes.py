"""What chat clients send and read; the names are those of OpenAI's API, the extra fields are chitieu's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.answers.answer import Reason
from assistant.service.shapes import IsoDay
from corpus.document import Citation

__all__ = [
    "MODEL",
    "Annotation",
    "ChatChunk",
    "ChatCompletion",
    "ChatRequest",
    "Choice",
    "ChunkChoice",
    "Delta",
    "Message",
    "Model",
    "ModelList",
    "Note",
    "OpenAIErrorReply",
    "Outcome",
    "Reply",
    "UrlCitation",
    "Usage",
]

MODEL = "chitieu"
"""The id of the one model."""


class _Lenient(BaseModel):
    """Fields that are not known are left aside: every front end sends some of its own."""

    model_config = ConfigDict(extra="ignore", strict=True)


class Part(_Lenient):
    """A part of a message; only parts of type `text` are read."""

    type: str
    text: str | None = None


class Message(_Lenient):
    """One message of the conversation; only those of `user` and `assistant` are read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class StreamOptions(_Lenient):
    """`include_usage` asks for a last chunk with the counts."""

    include_usage: bool | None = None


class ResponseFormat(_Lenient):
    """`text` is the only format."""

    type: str


class ChatRequest(_Lenient):
    """A conversation whose last message is the question.

    `as_of` and `scope` are chitieu's own: the day on which the law is asked about, and the ids of the only documents
    that may answer. Parameters that steer how a language model samples (`temperature`, `max_tokens`, `stop`, ...) are
    accepted and change nothing; those that ask for another kind of reply are refused.
    """

    model: Annotated[str, Field(max_length=200, examples=[MODEL])]
    messages: list[Message] = Field(min_length=1, max_length=2000)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    response_format: ResponseFormat | None = None
    modalities: list[str] | None = None
    logprobs: bool | None = None
    tool_choice: str | dict[str, Any] | None = None
    function_call: str | dict[str, Any] | None = None
    as_of: IsoDay | None = None
    scope: list[Annotated[str, StringConstraints(max_length=255)]] = Field(default_factory=list, max_length=500)


class UrlCitation(BaseModel):
    """Characters `start_index` to `end_index` of the content are the note that leads to `url`."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A note in the shape in which OpenAI cites the web."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Note(Citation):
    """A citation with its number in the content and the address of the viewer with the words marked."""

    index: int
    url: str


class Outcome(BaseModel):
    """What chitieu knows of the answer beside its words; see `Answer`."""

    abstained: bool
    reason: Reason | None = None
    confidence: float
    standalone: str
    suggestions: tuple[str, ...] = ()
    phrased_by: str | None = None


class Reply(BaseModel):
    """The answer, or the refusal, as a message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation] = Field(default_factory=list)


class Choice(BaseModel):
    """The one reply."""

    index: int = 0
    message: Reply
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Words and punctuation marks that were read and written; nothing here is cut into a language model's tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class _Head(BaseModel):
    id: str
    created: int
    model: str = MODEL
    system_fingerprint: str | None = None


class ChatCompletion(_Head):
    """The whole reply; `citations` and `chitieu` are chitieu's own."""

    object: Literal["chat.completion"] = "chat.completion"
    choices: list[Choice]
    usage: Usage
    citations: list[Note] = Field(default_factory=list)
    chitieu: Outcome


class Delta(BaseModel):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[Annotation] | None = None


class ChunkChoice(BaseModel):
    """What a chunk adds to the one reply."""

    index: int = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class ChatChunk(_Head):
    """A piece of a streamed reply; the one with `finish_reason` carries `citations` and `chitieu`."""

    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    choices: list[ChunkChoice]
    usage: Usage | None = None
    citations: list[Note] | None = None
    chitieu: Outcome | None = None


class Model(BaseModel):
    """The model; `created` is when the index that serves was built, 0 where there is none."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: str = MODEL


class ModelList(BaseModel):
    """All models: one."""

    object: Literal["list"] = "list"
    data: list[Model]


class OpenAIError(BaseModel):
    """`param` names the field that is wrong; `code` is for programs, `message` for people."""

    message: str
    type: Literal[
        "invalid_request_error", "authentication_error", "permission_error", "rate_limit_error", "server_error"
    ]
    param: str | None = None
    code: str | None = None


class OpenAIErrorReply(BaseModel):
    """What every address under `/v1/` sends in place of its reply."""

    error: OpenAIError
