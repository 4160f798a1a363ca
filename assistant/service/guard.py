"""What stands between the network and the routes: body limit, security headers, a last net under every route."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service import failures
from assistant.service.options import Options

__all__ = ["Guard", "policy"]

log = logging.getLogger("chitieu.service")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Of files to be saved: even a browser that shows one runs nothing in it."""
_ONLY_HTTPS = "max-age=31536000"
_EMBEDDABLE = ("/widget.js",)


def policy(options: Options) -> str:
    """The Content-Security-Policy of every response: nothing inline, nothing from elsewhere."""
    ancestors = " ".join(["'self'", *(o for o in options.origins if o != "*")])
    return (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        f"font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    )


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app = app
        self._options = options
        self._policy = policy(options)
        self._secure = (options.public_url or "").startswith("https://")
        self._unframed = re.sub("frame-ancestors .*", "frame-ancestors 'none'", self._policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; a body over the limit is refused before or while it is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded, started = self._with_headers(scope, send)
        limit = self._options.max_upload if scope["path"].startswith(self._options.upload_paths) else None
        limit = limit or self._options.max_body
        try:
            declared = Headers(scope=scope).get("content-length", "0")
            if not declared.isdecimal() or int(declared) > limit:
                raise failures.TooLarge(limit)
            await self._app(scope, _limited(receive, limit), guarded)
        except failures.TooLarge as error:
            await failures.of(error)(scope, receive, guarded)
        except Exception as error:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if started():
                raise
            await failures.of(error)(scope, receive, guarded)

    def _with_headers(self, scope: Scope, send: Send) -> tuple[Send, Callable[[], bool]]:
        begun = False

        async def wrapped(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["Content-Security-Policy"] = self._policy
                if scope["path"].startswith(("/admin", "/login", "/logout")):
                    headers["Content-Security-Policy"] = self._unframed
                if headers.get("content-disposition", "").startswith("attachment"):
                    headers["Content-Security-Policy"] = _SANDBOX
                if self._secure or scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _ONLY_HTTPS
                if scope["path"].startswith(("/api/", "/v1/")):
                    headers.setdefault("Cache-Control", "no-store")
                apart = "cross-origin" if scope["path"] in _EMBEDDABLE else "same-origin"
                headers["Cross-Origin-Resource-Policy"] = apart
            await send(message)

        return wrapped, lambda: begun


def _limited(receive: Receive, limit: int) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise failures.TooLarge(limit)
        return message

    return counted
