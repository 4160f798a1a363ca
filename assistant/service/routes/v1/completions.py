"""Chat completions: the answer to the last message, whole or as a stream of chunks."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import Response, StreamingResponse

from assistant.answers.answer import Answer
from assistant.service import failures
from assistant.service.routes.ask import answer_of
from assistant.service.routes.common import At, JsonBody
from assistant.service.routes.v1 import samples
from assistant.service.routes.v1.conversation import Asked, asked
from assistant.service.routes.v1.errors import documented, shaped
from assistant.service.routes.v1.noted import Prose, counted, prose
from assistant.service.routes.v1.shapes import (
    ChatChunk,
    ChatCompletion,
    ChatRequest,
    Choice,
    ChunkChoice,
    Delta,
    Outcome,
    Reply,
    Usage,
)
from assistant.service.shapes import AskRequest
from assistant.service.state import Service

__all__ = ["router"]

router = APIRouter()

_PATIENCE = 5.0
"""Seconds without a word, after which a comment keeps the connection open."""
_Request = Annotated[ChatRequest, Body(openapi_examples=samples.REQUESTS)]
_EVENT = {
    "type": "object",
    "description": "One event; `data` is a chunk as JSON, or `[DONE]` at the end.",
    "properties": {"data": {"type": "string"}},
    "required": ["data"],
}
_REPLIES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The completion; with `stream`, chunks as server-sent events that end with `data: [DONE]`.",
        "model": ChatCompletion,
        "content": {
            "application/json": {"examples": samples.REPLIES},
            "text/event-stream": {"schema": _EVENT, "example": samples.EVENT},
        },
    }
}


@router.post(
    "/v1/chat/completions",
    response_model=None,
    dependencies=[JsonBody],
    responses={**_REPLIES, **documented(400, 404, 413, 415, 503)},
)
async def complete(body: _Request, at: At, request: Request) -> Response:
    """Answers the last message of a conversation with citations, or declines; for clients of OpenAI's API."""
    wanted = asked(body)
    base = at.options.public_url or str(request.base_url).rstrip("/")
    if not body.stream:
        return Response(await at.thinking.of(_whole, at, wanted, body, base), media_type="application/json")
    work = asyncio.ensure_future(at.thinking.of(_chunks, at, wanted, body, base))
    await asyncio.wait([work], timeout=_PATIENCE)
    if work.done():
        work.result()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(work), media_type="text/event-stream", headers=headers)


def _whole(at: Service, wanted: Asked, body: ChatRequest, base: str) -> str:
    return _Completion(wanted, _answered(at, wanted, body), base).whole().model_dump_json()


def _chunks(at: Service, wanted: Asked, body: ChatRequest, base: str) -> str:
    usage = bool(body.stream_options and body.stream_options.include_usage)
    chunks = _Completion(wanted, _answered(at, wanted, body), base).chunks(usage)
    return "".join(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n" for chunk in chunks)


def _answered(at: Service, wanted: Asked, body: ChatRequest) -> Answer:
    question = AskRequest.model_construct(
        question=wanted.question, history=list(wanted.history), as_of=body.as_of, scope=body.scope
    )
    return answer_of(at, question)


async def _stream(work: asyncio.Future[str]) -> AsyncIterator[str]:
    """The chunks; what fails after the first word was sent is an event with the error."""
    try:
        while not work.done():
            yield ": wait\n\n"
            await asyncio.wait([work], timeout=_PATIENCE)
    finally:
        work.cancel()  # whoever left must not keep a place in the queue
    try:
        chunks = work.result()
    except Exception as error:
        reply = failures.of(error)
        _, said = shaped(reply.status_code, json.loads(bytes(reply.body)))
        yield f"data: {json.dumps(said, ensure_ascii=False)}\n\n"
        return
    yield f"{chunks}data: [DONE]\n\n"


class _Completion:
    """One answer, ready to be said whole or in chunks."""

    def __init__(self, wanted: Asked, answer: Answer, base: str) -> None:
        self._head: dict[str, Any] = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time())}
        self._prose: Prose = prose(answer, base)
        self._outcome = Outcome.model_validate(answer, from_attributes=True)
        read = counted(wanted.question, *(turn.content for turn in wanted.history))
        written = counted(self._prose.content)
        self._usage = Usage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)

    def whole(self) -> ChatCompletion:
        """The completion in one piece."""
        message = Reply(content=self._prose.content, annotations=list(self._prose.annotations))
        return ChatCompletion(
            **self._head,
            choices=[Choice(message=message)],
            usage=self._usage,
            citations=list(self._prose.notes),
            chitieu=self._outcome,
        )

    def chunks(self, usage: bool) -> list[dict[str, Any]]:
        """The same in chunks; with `usage`, each has the field and one more at the end has the counts."""
        made = [self._chunk(Delta(role="assistant", content=""))]
        made += [self._chunk(Delta(content=piece)) for piece in self._prose.pieces]
        last = self._chunk(Delta(annotations=list(self._prose.annotations) or None), finish_reason="stop")
        notes = [note.model_dump(mode="json") for note in self._prose.notes]
        made.append({**last, "citations": notes, "chitieu": self._outcome.model_dump(mode="json")})
        if usage:
            made = [{**chunk, "usage": None} for chunk in made]
            counts = self._usage.model_dump()
            made.append({**self._bare(), "choices": [], "usage": counts})
        return made

    def _bare(self) -> dict[str, Any]:
        left_out = {"choices", "usage", "citations", "chitieu"}
        return ChatChunk(**self._head, choices=[]).model_dump(mode="json", exclude=left_out)

    def _chunk(self, delta: Delta, **ending: Any) -> dict[str, Any]:
        choice = ChunkChoice(delta=delta, **ending).model_dump(mode="json")
        choice["delta"] = {name: value for name, value in choice["delta"].items() if value is not None}
        return {**self._bare(), "choices": [choice]}
