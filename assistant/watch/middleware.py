"""Opens and ends every request: gives it an id, times it, counts it, and writes its one line to the log."""

from __future__ import annotations

import logging
import re
import secrets
import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.watch.call import Call, beginning
from assistant.watch.logs import REQUESTS
from assistant.watch.redaction import clean

if TYPE_CHECKING:
    from assistant.watch.watching import Watch

__all__ = ["HEADER", "Watching", "route_of"]

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_PROBES = frozenset(("/healthz", "/readyz", "/metrics"))
_REFUSED = frozenset((400, 401, 403, 408, 413, 429))
"""What is said before a route is looked for."""
_GONE = 499
"""What a request ends with whose client left before its response began; nginx's number for it."""

log = logging.getLogger(REQUESTS)


class Watching:
    """ASGI middleware around everything else, the guard included: what is refused there is seen here."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; its line is written when the last byte was sent."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = _call(scope)
        seen: dict[str, int] = {}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                MutableHeaders(scope=message)[HEADER] = call.id
            await send(message)

        began = time.perf_counter()
        self._watch.metrics.begun()
        with beginning(call), self._span(scope) as span:
            try:
                await self._app(scope, receive, sent)
            except Exception:
                seen.setdefault("status", 500)
                raise
            finally:
                self._end(call, scope, seen.get("status", _GONE), time.perf_counter() - began, span)

    def _end(self, call: Call, scope: Scope, status: int, seconds: float, span: Any) -> None:
        route, method = route_of(scope, status), str(scope["method"])
        self._watch.metrics.ended(call, method, route, status, seconds)
        level = logging.ERROR if status >= 500 and route != "/readyz" else logging.INFO
        level = logging.DEBUG if route in _PROBES and status < 500 else level
        if log.isEnabledFor(level):
            log.log(level, "%s %s %d", method, route, status, extra=_line(call, scope, route, status, seconds))
        if span is not None:
            span(route, status, call)

    def _span(self, scope: Scope) -> AbstractContextManager[Any]:
        tracing = self._watch.tracing
        return tracing.request(scope) if tracing else nullcontext()


def route_of(scope: Scope, status: int) -> str:
    """The template of the route that served; `refused` or `unmatched` where none did: never what the client wrote."""
    path = getattr(scope.get("route"), "path", None)
    return str(path) if path else "refused" if status in _REFUSED else "unmatched"


def _call(scope: Scope) -> Call:
    given = Headers(scope=scope).get(HEADER, "")
    state = scope.setdefault("state", {})
    client = scope.get("client")
    id = given if _GIVEN.fullmatch(given) and clean(given) == given else secrets.token_hex(16)
    return Call(id=id, state=state, address=str(client[0]) if client else "")


def _line(call: Call, scope: Scope, route: str, status: int, seconds: float) -> dict[str, Any]:
    """The fields of the line; the query is left out, since it may hold a question."""
    line: dict[str, Any] = {"method": scope["method"], "route": route, "status": status, "ms": round(1000 * seconds, 1)}
    line["from"] = call.address
    if route in ("refused", "unmatched"):
        line["path"] = str(scope.get("path", ""))[:200]
    if call.answered is not None:
        line |= {"kind": call.kind or "unknown", "abstained": not call.answered, "why": call.reason or None}
    if call.stages:
        line["stages_ms"] = {name: round(1000 * spent, 1) for name, spent in dict(call.stages).items()}
    return line
