"""One JSON shape for every error: `{"error": {"code", "message", "detail"?}}`."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import Match

from assistant.service.words import say, strings
from assistant.watch.call import current
from corpus.errors import ChitieuError, WorkError

__all__ = [
    "ErrorReply",
    "NotReady",
    "Problem",
    "TooLarge",
    "WrongMedia",
    "documented",
    "failure",
    "install",
    "without_folders",
    "worded",
]

log = logging.getLogger("chitieu.service")


class Problem(BaseModel):
    """One thing that is wrong: `where` names the field or part, `problem` says what was found."""

    where: str
    problem: str


class ErrorBody(BaseModel):
    """`code` is for programs and stays the same; `message` is for people and says how to mend it.

    `request_id`, where the fault is the service's, is what its keeper finds the request by in the log.
    """

    code: str
    message: str
    detail: list[Problem] | None = None
    request_id: str | None = None


class ErrorReply(BaseModel):
    """What every route sends instead of its reply when it cannot serve the request."""

    error: ErrorBody


class TooLarge(HTTPException):
    """The body is larger than the service accepts."""

    def __init__(self, limit: int) -> None:
        size = f"{limit / 1_048_576:.0f} MB" if limit >= 1_048_576 else f"{limit // 1024} KB"
        super().__init__(413, say("error.too_large", size=size))


class WrongMedia(HTTPException):
    """The body is not of the media type that the route reads."""

    def __init__(self, expected: str) -> None:
        super().__init__(415, say("error.media", expected=expected))


class NotReady(HTTPException):
    """The service runs but cannot answer yet; `problems` say which part is missing."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(503, say("error.not_ready", problems="; ".join(p.problem for p in problems)))
        self.problems = list(problems)


_FOLDERS = re.compile(r"(?<![\w.:/])/(?:[^\s:;,/]+/)+")

_NAMES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "payload_too_large",
    415: "unsupported_media_type",
    422: "invalid_input",
    429: "too_many_requests",
    500: "internal_error",
    501: "missing_part",
    503: "not_ready",
    504: "timeout",
}
_CODES = {status: (name, say(f"error.{status}")) for status, name in _NAMES.items()}

_WORDS = {key.removeprefix("wrong."): words for key, words in strings().items() if key.startswith("wrong.")}


def failure(
    status: int,
    code: str | None = None,
    message: str | None = None,
    detail: Sequence[Problem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response for an error; `code` and `message` default to those of the HTTP status."""
    usual = _CODES.get(status, (HTTPStatus(status).name.lower(), HTTPStatus(status).phrase))
    call = current() if status >= 500 else None
    body = ErrorBody(
        code=code or usual[0],
        message=message or usual[1],
        detail=list(detail) if detail else None,
        request_id=call.id if call else None,
    )
    content = ErrorReply(error=body).model_dump(exclude_none=True)
    return JSONResponse(content, status_code=status, headers=dict(headers or {}))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI `responses` for these statuses, each with an example of the shape."""
    return {status: _documented(status) for status in (*statuses, 500)}


def _documented(status: int) -> dict[str, Any]:
    code, message = _CODES[status]
    error: dict[str, Any] = {"code": code, "message": message}
    if status == 422:
        error["detail"] = [{"where": "question", "problem": _WORDS["string_too_short"]}]
    if status == 503:
        error["detail"] = [{"where": "index", "problem": say("error.no_index")}]
    return {
        "model": ErrorReply,
        "description": HTTPStatus(status).phrase,
        "content": {"application/json": {"example": {"error": error}}},
    }


def _problems(error: RequestValidationError) -> list[Problem]:
    found = []
    for item in error.errors():
        where = ".".join(str(part) for part in item["loc"] if part not in ("body", "query", "path")) or "body"
        found.append(Problem(where=where, problem=worded(item)))
    return found


def worded(item: Mapping[str, Any]) -> str:
    """What is wrong with a value, in Vietnamese, from one of pydantic's `errors()`."""
    words = _WORDS.get(item["type"])
    return words.format(**(item.get("ctx") or {})) if words else str(item["msg"])


def of(error: Exception) -> JSONResponse:
    """The response for any exception that a route may raise."""
    if isinstance(error, RequestValidationError):
        problems = _problems(error)
        said = "; ".join(f"{p.where}: {p.problem}" for p in problems)
        return failure(422, message=say("error.fields", said=said), detail=problems)
    if isinstance(error, NotReady):
        return failure(503, message=error.detail, detail=error.problems, headers={"Retry-After": "5"})
    if isinstance(error, HTTPException):
        own = isinstance(error, TooLarge | WrongMedia)
        return failure(error.status_code, message=error.detail if own else None, headers=error.headers)
    if isinstance(error, ChitieuError):
        if isinstance(error, WorkError):
            log.error("%s: %s", error.code, error)
        return failure(error.http_status, error.code, without_folders(str(error)))
    return failure(500)


def without_folders(message: str) -> str:
    """`message` with absolute paths cut to their last part: where files lie is nobody's business outside."""
    return _FOLDERS.sub("", message)


def install(app: FastAPI) -> None:
    """Makes every error of `app` use the one shape; people who open a page get a page that says the same."""

    async def handle(request: Request, error: Exception) -> Response:
        reply = of(error)
        if reply.status_code == 405:
            reply.headers["Allow"] = ", ".join(_allowed(request)) or reply.headers.get("Allow", "")
        return _page(request, reply) if _wants_page(request) else reply

    for kind in (ChitieuError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


def _allowed(request: Request) -> list[str]:
    """The methods of all routes at the address: the router itself names those of the first alone."""
    met = (route for route in _flat(request.app.routes) if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in met for method in getattr(route, "methods", None) or ()})


def _flat(routes: Iterable[Any]) -> Iterator[Any]:
    """The routes themselves, those of routers that were included among them; none of these has a prefix."""
    for route in routes:
        inside = getattr(route, "original_router", None)
        if inside is None:
            yield route
        else:
            yield from _flat(inside.routes)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/v1/"))


def _page(request: Request, reply: JSONResponse) -> Response:
    import json

    from assistant.service.pages.layout import page

    error = json.loads(bytes(reply.body))["error"]
    message = say("error.page") if reply.status_code == 404 and "/api" in error["message"] else error["message"]
    return page(
        request, "error.html", status=reply.status_code, status_code=reply.status_code, message=message,
        request_id=error.get("request_id"),
    )  # fmt: skip
