"""The same tools at an address of the service (`/mcp`, streamable HTTP), for whoever the service knows.

Each request stands alone, so that any worker may serve it. Its key or session has been looked at before it comes here;
each tool asks for the permission that its address under `/api/` needs, and sees the documents that the key sees.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from types import SimpleNamespace

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Receive, Scope, Send

from assistant.access import Permission
from assistant.answers.answer import Answer, Turn
from assistant.mcp.backend import Local
from assistant.mcp.files import Allowed
from assistant.mcp.server import make_server
from assistant.mcp.shapes import Passage
from assistant.service.routes.ask import answer_of
from assistant.service.shapes import AskRequest, DocumentLine
from assistant.service.state import Seen, Service
from assistant.service.words import say
from assistant.targets.target import Target
from corpus.document import Document
from corpus.errors import InputError

__all__ = ["PATH", "Door"]

PATH = "/mcp"
_seen: ContextVar[Seen] = ContextVar("chitieu_mcp_seen")


class Door:
    """An ASGI application; `open` holds while the service runs."""

    def __init__(self, service: Service) -> None:
        """Loads no models: the service does.

        Raises:
            MissingPart: the SDK is not installed.
        """
        self._service = service
        self._server = make_server(_Served(), Allowed())
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serves within this block."""
        self._manager = StreamableHTTPSessionManager(
            self._server._lowlevel_server,
            json_response=True,
            stateless=True,
            # Who may send what from which page is decided before, for all addresses alike.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
            max_request_body_size=self._service.options.max_upload,
        )
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One message of a client."""
        identity = scope.get("state", {}).get("identity") or self._service.access.visitor
        scope["route"] = SimpleNamespace(path=PATH)
        token = _seen.set(Seen(self._service, identity))
        try:
            assert self._manager is not None
            await self._manager.handle_request(scope, receive, send)
        finally:
            _seen.reset(token)


class _Served:
    """The workspace as whoever sent the request in hand may see it."""

    def warm(self) -> None:
        """Nothing: the service is warm."""

    def ask(self, question: str, history: Sequence[Turn], as_of: str | None, scope: Sequence[str]) -> Answer:
        """The cited answer, or a refusal, which is noted as those of `/api/ask` are."""
        asked = AskRequest.model_construct(question=question, history=list(history), as_of=as_of, scope=list(scope))
        return answer_of(_may(Permission.ASK), asked)

    def search(self, query: str, k: int, scope: Sequence[str]) -> list[Passage]:
        """The `k` best passages."""
        return _local(Permission.READ).search(query, k, scope)

    def documents(self, q: str) -> list[DocumentLine]:
        """The documents that have all words of `q`, newest first."""
        return _local(Permission.READ).documents(q)

    def document(self, id: str) -> Document:
        """A stored document by id or number."""
        return _local(Permission.READ).document(id)

    def extract(self, name: str, content: bytes) -> tuple[str, list[Target]]:
        """The targets of a text that is handed over; it is not kept."""
        return _local(Permission.TRY).extract(name, content)


def _may(permission: Permission) -> Seen:
    """The service as who asks may see it.

    Raises:
        InputError: they lack the permission.
    """
    seen = _seen.get()
    if not seen.identity.may(permission):
        raise InputError(say("error.403"))
    return seen


def _local(permission: Permission) -> Local:
    seen = _may(permission)
    return Local(seen.desk, seen.home)
