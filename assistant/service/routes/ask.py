"""Questions: the whole answer at once, or as server-sent events, one claim after another."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Body, Header, Request
from fastapi.responses import Response, StreamingResponse

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


class _Written(NamedTuple):
    """An event whose `data` is JSON already: it is written by the thread that answers."""

    name: str
    data: str


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
async def ask(body: _Question, at: At) -> Response:
    """Answers a question with citations, or declines with a reason."""
    return Response(await at.thinking.of(_whole, at, body), media_type="application/json")


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


def _whole(at: Service, body: AskRequest) -> str:
    return answer_of(at, body).model_dump_json()


async def _stream(at: Service, body: AskRequest, request: Request, seen: int) -> AsyncIterator[str]:
    yield _frame(0, _written("status", {"state": "searching"}))
    heard: asyncio.Queue[_Written | None] = asyncio.Queue()
    work = _work(at, body, heard)
    said: list[_Written] = []
    while (part := await _next(heard)) is not None:
        if part == "":
            if await request.is_disconnected():
                work.cancel()
                return
            yield ": wait\n\n"
            continue
        said.append(part)
        if len(said) > seen:
            yield _frame(len(said), part)
    try:
        whole = await work
    except Exception as error:
        yield _frame(0, _written("error", json.loads(bytes(of(error).body))))
        return
    left = enumerate(_rest(said, whole), start=len(said) + 1)
    # One piece: each write is a turn of the event loop, which the threads that answer others delay.
    yield "".join(_frame(n, event) for n, event in left if n > seen or (said and event.name == "done"))


def _work(at: Service, body: AskRequest, heard: asyncio.Queue[_Written | None]) -> asyncio.Future[list[_Written]]:
    """Answers in a thread; `heard` gets what a language model says meanwhile, and None at the end."""
    tell = asyncio.get_running_loop().call_soon_threadsafe

    def answered() -> list[_Written]:
        def told(part: Answer | Claim) -> None:
            tell(heard.put_nowait, _event(part))

        with heard_by(told):
            return [_written(*event) for event in events(answer_of(at, body))]

    work = asyncio.ensure_future(at.thinking.of(answered))
    work.add_done_callback(lambda _: heard.put_nowait(None))
    return work


async def _next(heard: asyncio.Queue[_Written | None]) -> _Written | Literal[""] | None:
    """The next part, "" where none came for a while."""
    try:
        return await asyncio.wait_for(heard.get(), _HEARTBEAT)
    except TimeoutError:
        return ""


def _event(part: Answer | Claim) -> _Written:
    if isinstance(part, Claim):
        return _written("claim", part.model_dump(mode="json"))
    return _written(*next(events(part)))


def _rest(said: list[_Written], whole: list[_Written]) -> list[_Written]:
    """The events of `whole` that were not said yet; all of them, after `restart`, where others were said."""
    return whole[len(said) :] if whole[: len(said)] == said else [_written("restart", {}), *whole]


def events(answer: Answer) -> Iterator[tuple[str, Any]]:
    """The events that together say `answer`: what a claim refers to comes before it."""
    whole = answer.model_dump(mode="json")
    yield "citations", whole["citations"]
    for claim in whole["claims"]:
        yield "claim", claim
    if whole["targets"]:
        yield "targets", whole["targets"]
    yield "done", whole


def _written(name: str, data: Any) -> _Written:
    return _Written(name, json.dumps(data, ensure_ascii=False))


def _frame(number: int, event: _Written) -> str:
    head = f"id: {number}\n" if number else ""
    return f"{head}event: {event.name}\ndata: {event.data}\n\n"
