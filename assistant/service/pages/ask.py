"""The first page: a question and its answer, after the questions that it follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.answers.answer import Answer, Turn
from assistant.service import questions
from assistant.service.desk import Desk
from assistant.service.pages.layout import page
from assistant.service.routes.common import At
from assistant.service.words import strings
from assistant.watch.call import unwatched

__all__ = ["router"]

router = APIRouter()

LONGEST = 2000
REMEMBERED = 4


@router.get("/")
def home(
    request: Request,
    at: At,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
    before: Annotated[list[str] | None, Query(max_length=20)] = None,
) -> HTMLResponse:
    """The question box and, with `q`, the answer as of the day `as_of`; `before` are earlier questions, oldest first.

    Earlier answers are found anew, not taken from the address: nobody can put words into the assistant's mouth.
    """
    question = " ".join(q.split())
    day = as_of if re.fullmatch(r"\d{4}-\d{2}-\d{2}", as_of) else ""
    earlier = _earlier(before or ()) if question else []
    said = _conversation(at.desk, [*earlier, question], day or None) if question else []
    answer = said[-1] if said else None
    if answer:
        questions.note(at.home, answer, at.options.keep_questions_days)
    return page(
        request,
        "ask.html",
        question=question,
        as_of=day,
        earlier=list(zip(earlier, said, strict=False)),
        carried=_earlier([*earlier, question]),
        answer=answer,
        heading=_refusal(answer),
        suggestions=(answer.suggestions if answer and answer.suggestions else at.suggestions),
    )


def _earlier(questions: Sequence[str]) -> list[str]:
    """The last `REMEMBERED` questions, fewer where they are long: an address has to hold them."""
    kept: list[str] = []
    for question in reversed([" ".join(q.split()) for q in questions if q.strip()]):
        if len(kept) == REMEMBERED or sum(map(len, kept)) + len(question) > LONGEST:
            break
        kept.insert(0, question)
    return kept


def _conversation(desk: Desk, questions: Sequence[str], as_of: str | None) -> list[Answer]:
    """The answer to each question after those before it; those before the last were recorded when they were asked."""
    history: list[Turn] = []
    answers = []
    for left, question in zip(range(len(questions) - 1, -1, -1), questions, strict=True):
        with unwatched() if left else nullcontext():
            answers.append(desk.ask(question, tuple(history), as_of))
        history += [Turn(role="user", content=question), Turn(role="assistant", content=answers[-1].answer)]
    return answers


def _refusal(answer: Answer | None) -> str:
    """The heading over a refusal, by its reason; empty over an answer."""
    if answer is None or not answer.abstained:
        return ""
    key = f"refusal.{answer.reason}" if answer.reason else "refusal.no_evidence"
    return strings().get(key, strings()["refusal.no_evidence"])
