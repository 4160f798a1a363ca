"""Errors under `/v1/` in OpenAI's shape, wherever in the application they were made."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service import failures
from assistant.service.routes.v1.shapes import OpenAIErrorReply

__all__ = ["PREFIX", "Refused", "Shaped", "documented", "install", "shaped"]

PREFIX = "/v1/"
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class Refused(HTTPException):
    """A request that cannot be served as it is: `param` names the field, `code` the kind of problem."""

    def __init__(self, message: str, param: str | None, code: str, status: int = 400) -> None:
        super().__init__(status, message)
        self.param = param
        self.code = code

    @property
    def body(self) -> dict[str, Any]:
        """The reply."""
        return _body(self.status_code, self.detail, self.code, self.param)


def shaped(status: int, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """Status and body for OpenAI's clients of an error of this service; one that has their shape stays as it is."""
    error = body["error"]
    if "type" in error:
        return status, dict(body)
    status = 400 if status == 422 else status
    detail = error.get("detail") or [{}]
    param = detail[0].get("where") if status == 400 else None
    return status, _body(status, error["message"], error.get("code"), _indexed(param))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI `responses` for these statuses, each with an example of the shape."""
    return {status: _documented(status) for status in (*statuses, 500)}


def install(app: FastAPI) -> None:
    """Makes every error under `/v1/` use the shape."""

    async def handle(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refused)
        return JSONResponse(error.body, status_code=error.status_code)

    app.add_exception_handler(Refused, handle)
    app.add_middleware(Shaped)


class Shaped:
    """ASGI middleware: rewrites the JSON of errors under `/v1/`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        own = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        await self._app(scope, receive, _Rewriting(send) if own else send)


class _Rewriting:
    """Holds an error back until its body is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_error(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = self._body
        try:
            start["status"], said = shaped(start["status"], json.loads(body))
            body = json.dumps(said, ensure_ascii=False).encode()
        except (ValueError, KeyError, TypeError):
            pass
        if "content-length" in MutableHeaders(scope=start):
            MutableHeaders(scope=start)["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_error(start: Message) -> bool:
    kind = Headers(raw=start.get("headers", [])).get("content-type", "")
    return start["status"] >= 400 and kind.startswith("application/json")


def _body(status: int, message: str, code: str | None, param: str | None) -> dict[str, Any]:
    usual = "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": _TYPES.get(status, usual), "param": param, "code": code}}


def _indexed(where: str | None) -> str | None:
    """`messages.0.role` as clients of OpenAI know it: `messages[0].role`."""
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", where) if where else None


def _documented(status: int) -> dict[str, Any]:
    own = json.loads(bytes(failures.failure(422 if status == 400 else status).body))
    _, example = shaped(status, own)
    return {
        "model": OpenAIErrorReply,
        "description": HTTPStatus(status).phrase,
        "content": {"application/json": {"example": example}},
    }
