"""Questions: the whole answer at once, or as server-sent events, one claim after another."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from assistant.answers.answer import Answer, Reason
from assistant.service import questions, samples
from assistant.service.failures import documented, of
from assistant.service.routes.common import At, JsonBody, example, indexed
from assistant.service.shapes import AskRequest
from assistant.service.state import Service
from assistant.service.words import say

__all__ = ["events", "router"]

router = APIRouter(tags=["ask"])

_Question = Annotated[AskRequest, Body(openapi_examples={"question": {"value": samples.ASK}})]
_HEARTBEAT = 5.0
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `status`, `claim` (one a sentence), `citations`, `targets`, `done`; or `error`.",
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": "id: 1\nevent: claim\ndata: "
                + json.dumps(samples.ANSWER["claims"][0], ensure_ascii=False)
                + "\n\n",
            }
        },
    }
}


@router.post(
    "/api/ask",
    response_model=Answer,
    dependencies=[JsonBody],
    responses={**example(answer=samples.ANSWER, refusal=samples.REFUSAL), **documented(413, 415, 422, 503)},
)
def ask(body: _Question, at: At) -> Answer:
    """Answers a question with citations, or declines with a reason."""
    return _answer(at, body)


@router.post(
    "/api/ask/stream",
    dependencies=[JsonBody],
    response_class=StreamingResponse,
    responses={**_STREAM, **documented(413, 415, 422, 503)},
)
async def ask_stream(
    body: _Question, at: At, request: Request, last_event_id: Annotated[str | None, Header()] = None
) -> StreamingResponse:
    """Answers like `/api/ask`, claim by claim; after a break, `Last-Event-ID` resumes behind that event."""
    seen = int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdecimal() else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(at, body, request, seen), media_type="text/event-stream", headers=headers)


def _answer(at: Service, body: AskRequest) -> Answer:
    with indexed():
        answer = at.desk.ask(body.question, tuple(body.history), body.as_of, only=body.scope or None)
    questions.note(at.home, answer, at.options.keep_questions_days)
    return _declined(answer) if body.scope and answer.reason is Reason.NO_EVIDENCE else answer


def _declined(answer: Answer) -> Answer:
    """The refusal in the words of a page that asks about some documents only: others may well tell."""
    return answer.model_copy(update={"answer": say("refusal.scope"), "reason": Reason.OUT_OF_SCOPE})


async def _stream(at: Service, body: AskRequest, request: Request, seen: int) -> AsyncIterator[str]:
    yield _frame(0, "status", {"state": "searching"})
    work = asyncio.ensure_future(run_in_threadpool(_answer, at, body))
    while not (await asyncio.wait({work}, timeout=_HEARTBEAT))[0]:
        if await request.is_disconnected():
            work.cancel()
            return
        yield ": wait\n\n"
    try:
        answer = work.result()
    except Exception as error:
        yield _frame(0, "error", json.loads(bytes(of(error).body)))
        return
    for number, (name, data) in enumerate(events(answer), start=1):
        if number > seen:
            yield _frame(number, name, data)


def events(answer: Answer) -> Iterator[tuple[str, Any]]:
    """The events that together say `answer`: what a claim refers to comes before it."""
    whole = answer.model_dump(mode="json")
    yield "citations", whole["citations"]
    for claim in whole["claims"]:
        yield "claim", claim
    if whole["targets"]:
        yield "targets", whole["targets"]
    yield "done", whole


def _frame(number: int, name: str, data: Any) -> str:
    head = f"id: {number}\n" if number else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
