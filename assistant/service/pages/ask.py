"""The first page: a question and its answer."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.answers.answer import Answer
from assistant.service.pages.layout import page, strings
from assistant.service.routes.common import At

__all__ = ["router"]

router = APIRouter()

LONGEST = 2000


@router.get("/")
def home(
    request: Request,
    at: At,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """The question box and, with `q`, the answer as of the day `as_of`."""
    question = " ".join(q.split())
    day = as_of if re.fullmatch(r"\d{4}-\d{2}-\d{2}", as_of) else ""
    answer = at.desk.ask(question, (), day or None) if question else None
    return page(
        request,
        "ask.html",
        question=question,
        as_of=day,
        answer=answer,
        heading=_refusal(answer),
        suggestions=(answer.suggestions if answer and answer.suggestions else at.suggestions),
    )


def _refusal(answer: Answer | None) -> str:
    """The heading over a refusal, by its reason; empty over an answer."""
    if answer is None or not answer.abstained:
        return ""
    key = f"refusal.{answer.reason}" if answer.reason else "refusal.no_evidence"
    return strings().get(key, strings()["refusal.no_evidence"])
