"""How long a request may take: a body that trickles in and an answer that never begins are both ended."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service import failures
from assistant.service.words import say

__all__ = ["Patience", "TooSlow"]

log = logging.getLogger("chitieu.service")


class TooSlow(HTTPException):
    """The body did not arrive in time."""

    def __init__(self) -> None:
        super().__init__(408, headers={"Connection": "close"})


class Patience:
    """ASGI middleware: `body_seconds` for a body to arrive, then `request_seconds` for the response to begin.

    Work in a thread cannot be ended from outside: whoever waits is told, and the thread goes on to its end.
    """

    def __init__(self, app: ASGIApp, request_seconds: float, body_seconds: float) -> None:
        self._app = app
        self._request = request_seconds
        self._body = body_seconds
        self._left_behind: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        turn = _Turn(receive, send, self._body)
        task = asyncio.ensure_future(self._app(scope, turn.receive, turn.send))
        try:
            while not task.done() and not turn.begun:
                left = turn.since() + self._request - turn.now()
                if left <= 0:
                    break
                await asyncio.wait({task, turn.opening}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            if task.done() or turn.begun:
                await task
                return
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            turn.opening.cancel()
        log.error("%s %s: no response in %s s", scope["method"], scope["path"], self._request)
        turn.over = True
        self._left_behind.add(task)
        task.add_done_callback(self._forgotten)
        waited = say("error.slow", seconds=round(self._request))
        await failures.failure(504, message=waited, headers={"Retry-After": "30"})(scope, receive, send)

    def _forgotten(self, task: asyncio.Task[Any]) -> None:
        self._left_behind.discard(task)
        if not task.cancelled() and task.exception():
            log.warning("a request that was given up failed in the end: %r", task.exception())


class _Turn:
    """One request on its way in and out."""

    def __init__(self, receive: Receive, send: Send, body_seconds: float) -> None:
        self._receive = receive
        self._send = send
        loop = asyncio.get_running_loop()
        self.now = loop.time
        self.opening: asyncio.Future[None] = loop.create_future()
        self._until = loop.time() + body_seconds
        self._arrived = loop.time()
        self._whole = False
        self._reading = False
        self.begun = False
        self.over = False

    def since(self) -> float:
        """Since when only the answer is waited for; while a part of the body is, that ends on its own."""
        return self.now() if self._reading else self._arrived

    async def receive(self) -> Message:
        """The next message; raises `TooSlow` where the body is late."""
        if self._whole:
            return await self._receive()
        self._reading = True
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._until - self.now()))
        except TimeoutError:
            raise TooSlow from None
        finally:
            self._reading = False
            self._arrived = self.now()
        self._whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Sends it, unless the other side was told that nothing comes."""
        if self.over:
            return
        if not self.begun:
            self.begun = True
            if not self.opening.done():
                self.opening.set_result(None)
        await self._send(message)
