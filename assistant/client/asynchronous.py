"""The client to await."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from types import TracebackType
from typing import Literal, Self, TypeVar

import httpx

from assistant.answers.answer import Answer, Turn
from assistant.client import calls, errors
from assistant.client.calls import Call, Upload
from assistant.client.connection import Patience, read, resumed, settings, unreachable
from assistant.client.events import Done, Event, Lines
from assistant.service.shapes import (
    DocumentLine,
    DocumentList,
    DocumentReply,
    ExtractReply,
    HealthReply,
    SearchReply,
    TargetList,
)
from assistant.targets.export import Format as TableFormat
from assistant.targets.target import Status, Target
from corpus.export import Format as DocumentFormat

__all__ = ["AsyncClient"]

Reply = TypeVar("Reply")


class AsyncClient:
    """The service at `base_url`, for one event loop. Every method may raise `ClientError`.

    `timeout` is in seconds and holds for each wait of the network; a request that the service puts off (429, 503) is
    sent again at most `retries` times, after the wait that it asks for.
    """

    def __init__(
        self,
        base_url: str,
        key: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 2,
        longest_wait: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Connects to nothing yet; `transport` takes the place of the network in tests.

        Raises:
            ValueError: `base_url` is no address of a service.
        """
        self._base_url = base_url
        self._patience = Patience(retries, longest_wait)
        self._http = httpx.AsyncClient(**settings(base_url, key, timeout), transport=transport)

    async def ask(
        self, question: str, *, history: Sequence[Turn] = (), as_of: str | None = None, scope: Sequence[str] = ()
    ) -> Answer:
        """The cited answer, or a refusal with its reason; `scope` are ids of the only documents that may answer."""
        return await self._send(calls.ask(calls.question(question, history, as_of, scope)))

    async def ask_stream(
        self, question: str, *, history: Sequence[Turn] = (), as_of: str | None = None, scope: Sequence[str] = ()
    ) -> AsyncIterator[Event]:
        """The answer as it is found, `Done` last; a connection that breaks is taken up where it broke."""
        body = calls.question(question, history, as_of, scope)
        lines, tried = Lines(), 0
        while True:
            try:
                async with aclosing(self._events(body, lines)) as events:
                    async for event in events:
                        yield event
                        if isinstance(event, Done):
                            return
                raise errors.Unreachable(f"{self._base_url}: the stream ended before the answer")
            except errors.ClientError as error:
                wait = (
                    0.5 if isinstance(error, errors.Unreachable) and lines.last else self._patience.wait(tried, error)
                )
                if wait is None or tried >= self._patience.retries:
                    raise
            tried += 1
            lines.again()
            await asyncio.sleep(wait)

    async def search(self, query: str, *, k: int = 10, scope: Sequence[str] = ()) -> SearchReply:
        """The `k` best passages, the best first."""
        return await self._send(calls.search(query, k, scope))

    async def extract(self, file: Upload) -> ExtractReply:
        """The targets of a file, which the service does not keep."""
        return await self._send(calls.extract(file))

    async def extract_table(self, file: Upload, format: TableFormat = "xlsx") -> bytes:
        """The same as the content of a file in `format`."""
        return await self._send(calls.table(file, format))

    async def documents(self, q: str = "", *, limit: int = 100, offset: int = 0) -> DocumentList:
        """A page of the stored documents, newest first."""
        return await self._send(calls.documents(q, limit, offset))

    async def every_document(self, q: str = "") -> AsyncIterator[DocumentLine]:
        """All of them, page by page."""
        offset = 0
        while page := (await self.documents(q, limit=500, offset=offset)).documents:
            for line in page:
                yield line
            offset += len(page)

    async def document(self, id: str) -> DocumentReply:
        """A document with text, structure, relations and targets."""
        return await self._send(calls.document(id))

    async def original(self, id: str) -> bytes:
        """The file that it was read from."""
        return await self._send(calls.original(id))

    async def document_export(self, id: str, format: DocumentFormat = "akn") -> bytes:
        """The document as Akoma Ntoso, JSON or text."""
        return await self._send(calls.exported(id, format))

    async def targets(
        self,
        q: str = "",
        *,
        document: str | None = None,
        status: Status | None = None,
        year: int | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> TargetList:
        """A page of the register."""
        return await self._send(calls.targets(calls.wanted(q, document, status, year), limit, offset))

    async def every_target(
        self, q: str = "", *, document: str | None = None, status: Status | None = None, year: int | None = None
    ) -> AsyncIterator[Target]:
        """All rows, page by page."""
        offset, wanted = 0, calls.wanted(q, document, status, year)
        while page := (await self._send(calls.targets(wanted, 1000, offset))).targets:
            for row in page:
                yield row
            offset += len(page)

    async def export(
        self,
        format: TableFormat = "xlsx",
        *,
        q: str = "",
        document: str | None = None,
        status: Status | None = None,
        year: int | None = None,
    ) -> bytes:
        """The register, or a part of it, as the content of a file."""
        return await self._send(calls.register(calls.wanted(q, document, status, year), format))

    async def suggestions(self) -> list[str]:
        """Questions that the documents answer."""
        return (await self._send(calls.suggestions())).suggestions

    async def health(self) -> HealthReply:
        """That the service answers questions; raises `NotReady` with what is missing where it does not yet."""
        return await self._send(calls.health())

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        await self.close()
        return False

    async def _send(self, call: Call[Reply]) -> Reply:
        tried = 0
        while True:
            try:
                return read(call, await self._reply(call))
            except errors.StatusError as error:
                wait = self._patience.wait(tried, error) if call.patient else None
                if wait is None:
                    raise
            tried += 1
            await asyncio.sleep(wait)

    async def _reply(self, call: Call[Reply]) -> httpx.Response:
        try:
            return await self._http.request(
                call.method, call.path, params=dict(call.params) or None, json=call.json, files=call.files
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise unreachable(error, self._base_url) from error

    async def _events(self, body: dict[str, object], lines: Lines) -> AsyncGenerator[Event, None]:
        try:
            async with self._http.stream(**resumed(body, lines.last)) as response:
                if response.status_code != 200:
                    raise errors.of(response.status_code, response.headers, await response.aread())
                async for text in response.aiter_text():
                    for event in lines.feed(text):
                        yield event
        except httpx.HTTPError as error:
            raise unreachable(error, self._base_url) from error
