"""What people do beside asking: search, open documents and registers, talk to `/v1`, now and then add a file."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

__all__ = ["Mixture", "draft"]

_WEIGHTS = {"ask": 50, "search": 15, "document": 10, "page": 6, "targets": 8, "list": 5, "chat": 4, "health": 2}
"""Of a hundred requests, by kind; the rest of the kinds come at set intervals."""
_KEPT = 200
"""Documents that are opened, chosen from the newest."""


class Mixture:
    """Chooses and does one request after another; those that add need a key that may store."""

    def __init__(self, client: httpx.AsyncClient, questions: tuple[str, ...], chance: random.Random) -> None:
        self._client = client
        self._questions = questions
        self._chance = chance
        self._ids: list[str] = []
        self._added = 0
        self._does: Mapping[str, Callable[[], Awaitable[Any]]] = {
            "search": self._search,
            "document": self._document,
            "page": self._page,
            "targets": self._targets,
            "list": self._list,
            "chat": self._chat,
            "health": lambda: self._get("/readyz"),
        }

    def next(self) -> str:
        """The kind of the next request; `ask` is left to who asks."""
        return self._chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]

    async def do(self, kind: str) -> None:
        """One request of this kind.

        Raises:
            httpx.HTTPError: it failed.
        """
        await self._does[kind]()

    async def add(self) -> None:
        """Puts a new version of one of three documents into the store, and has another file read without keeping it.

        Raises:
            httpx.HTTPError: the service refused.
        """
        self._added += 1
        name = f"tai-lien-tuc-{self._added % 3}.txt"
        for path, expected in (("/api/documents", 201), ("/api/extract", 200)):
            files = {"file": (name, draft(self._added).encode(), "text/plain")}
            reply = await self._client.post(path, files=files)
            reply.raise_for_status()
            if reply.status_code != expected:
                raise RuntimeError(f"{path}: {reply.status_code}")

    async def _get(self, path: str, **query: Any) -> Any:
        reply = await self._client.get(path, params=query)
        reply.raise_for_status()
        return reply

    async def _search(self) -> None:
        await self._get("/api/search", q=self._chance.choice(self._questions), k=self._chance.choice((5, 10, 20)))

    async def _list(self) -> None:
        listed = (await self._get("/api/documents", limit=_KEPT)).json()
        self._ids = [line["id"] for line in listed["documents"]]

    async def _id(self) -> str:
        if not self._ids:
            await self._list()
        return self._chance.choice(self._ids)

    async def _document(self) -> None:
        await self._get(f"/api/documents/{await self._id()}")

    async def _page(self) -> None:
        await self._get(f"/documents/{await self._id()}")

    async def _targets(self) -> None:
        await self._get("/api/targets", limit=50, offset=50 * self._chance.randrange(4))

    async def _chat(self) -> None:
        body = {"model": "chitieu", "messages": [{"role": "user", "content": self._chance.choice(self._questions)}]}
        reply = await self._client.post("/v1/chat/completions", json=body)
        reply.raise_for_status()


def draft(number: int) -> str:
    """A short decision, another one for each number."""
    lines = [
        f"Điều {n}. Đến năm {2026 + n}, ít nhất {(7 * n + number) % 90 + 10}% số xã có tổ số {n}." for n in range(1, 9)
    ]
    return f"QUYẾT ĐỊNH\nSố: {number % 900 + 1}/QĐ-THU\nVề việc thử tải liên tục\n\n" + "\n".join(lines) + "\n"
