"""Questions: the whole answer at once, or as server-sent events, one claim after another."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from assistant.answers.answer import Answer, Claim, Reason
from assistant.answers.llm.listening import heard_by
from assistant.service import questions, samples
from assistant.service.failures import documented, of
from assistant.service.routes.common import At, JsonBody, example, indexed
from assistant.service.shapes import AskRequest
from assistant.service.state import Service
from assistant.service.words import say
from assistant.watch.call import answered as note_answer

__all__ = ["answer_of", "events", "router"]

router = APIRouter(tags=["ask"])

_Question = Annotated[AskRequest, Body(openapi_examples={"question": {"value": samples.ASK}})]
_HEARTBEAT = 5.0
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events `status`, `citations`, `claim` (one a sentence), `targets`, `done`; or `error`. "
        "`restart` takes back the claims so far.",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "object",
                    "description": "One event; `data` is JSON.",
                    "properties": {
                        "event": {"enum": ["status", "citations", "claim", "restart", "targets", "done", "error"]},
                        "data": {"type": "string", "contentMediaType": "application/json"},
                        "id": {"type": "string", "description": "What `Last-Event-ID` names to resume behind it."},
                    },
                    "required": ["event", "data"],
                },
                "example": {
                    "event": "claim",
                    "data": json.dumps(samples.ANSWER["claims"][0], ensure_ascii=False),
                    "id": "2",
                },
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
    return answer_of(at, body)


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
    seen = int(last_event_id) if last_event_id and re.fullmatch("[0-9]{1,9}", last_event_id) else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(at, body, request, seen), media_type="text/event-stream", headers=headers)


def answer_of(at: Service, body: AskRequest) -> Answer:
    """The answer to `body`, whichever route it came by; a refusal is noted.

    Raises:
        NotReady: nothing has been added yet.
    """
    with indexed():
        answer = at.desk.ask(body.question, tuple(body.history), body.as_of, only=body.scope or None)
    questions.note(at.home, answer, at.options.keep_questions_days)
    return _declined(answer) if body.scope and answer.reason is Reason.NO_EVIDENCE else answer


def _declined(answer: Answer) -> Answer:
    """The refusal in the words of a page that asks about some documents only: others may well tell."""
    note_answer(abstained=True, reason=Reason.OUT_OF_SCOPE.value)
    return answer.model_copy(update={"answer": say("refusal.scope"), "reason": Reason.OUT_OF_SCOPE})


async def _stream(at: Service, body: AskRequest, request: Request, seen: int) -> AsyncIterator[str]:
    yield _frame(0, "status", {"state": "searching"})
    heard: asyncio.Queue[Answer | Claim | None] = asyncio.Queue()
    work = _work(at, body, heard)
    said: list[tuple[str, Any]] = []
    while (part := await _next(heard)) is not None:
        if part == "":
            if await request.is_disconnected():
                work.cancel()
                return
            yield ": wait\n\n"
            continue
        said.append(_event(part))
        if len(said) > seen:
            yield _frame(len(said), *said[-1])
    try:
        answer = await work
    except Exception as error:
        yield _frame(0, "error", json.loads(bytes(of(error).body)))
        return
    for number, event in enumerate(_rest(said, list(events(answer))), start=len(said) + 1):
        if number > seen or (said and event[0] == "done"):
            yield _frame(number, *event)


def _work(at: Service, body: AskRequest, heard: asyncio.Queue[Answer | Claim | None]) -> asyncio.Future[Answer]:
    """Answers in a thread; `heard` gets what a language model says meanwhile, and None at the end."""
    tell = asyncio.get_running_loop().call_soon_threadsafe

    def answered() -> Answer:
        def told(part: Answer | Claim) -> None:
            tell(heard.put_nowait, part)

        with heard_by(told):
            return answer_of(at, body)

    work = asyncio.ensure_future(run_in_threadpool(answered))
    work.add_done_callback(lambda _: heard.put_nowait(None))
    return work


async def _next(heard: asyncio.Queue[Answer | Claim | None]) -> Answer | Claim | Literal[""] | None:
    """The next part, "" where none came for a while."""
    try:
        return await asyncio.wait_for(heard.get(), _HEARTBEAT)
    except TimeoutError:
        return ""


def _event(part: Answer | Claim) -> tuple[str, Any]:
    if isinstance(part, Claim):
        return "claim", part.model_dump(mode="json")
    return next(events(part))


def _rest(said: list[tuple[str, Any]], whole: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The events of `whole` that were not said yet; all of them, after `restart`, where others were said."""
    return whole[len(said) :] if whole[: len(said)] == said else [("restart", {}), *whole]


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
