"""Few questions are answered at once, in the order in which they came; whoever leaves is not answered any more."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from assistant.service.thinking import AT_ONCE, Thinking


class _Watched:
    """The fake workspace: remembers who was asked when and how many at once; answers when it is let."""

    def __init__(self, desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()
        self.go = threading.Event()
        self.order: list[str] = []
        self.now = self.most = 0

    def __getattr__(self, name):
        return getattr(self._desk, name)

    def ask(self, question, *given, **named):
        """Answers once `go` is set."""
        with self._turn:
            self.order.append(question)
            self.now += 1
            self.most = max(self.most, self.now)
        assert self.go.wait(30)
        with self._turn:
            self.now -= 1
        return self._desk.ask("trạm quan trắc", *given, **named)


def _run(work):
    # In a thread of its own: the browser tests leave an event loop running in the main one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _client(service):
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=service), base_url="http://a", timeout=30)


async def _until(true) -> None:
    for _ in range(3000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to this")


@pytest.fixture
def watched(service, desk):
    """The workspace of the application, watched while it answers."""
    service.state.service.desk = made = _Watched(desk)
    return made


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream", "/v1/chat/completions"])
def test_no_more_are_answered_at_once_and_each_in_its_turn(service, watched, path):
    limiter = service.state.service.thinking.limiter

    def body(n: int) -> dict:
        chat = {"model": "chitieu", "messages": [{"role": "user", "content": f"câu {n}"}]}
        return chat if path.startswith("/v1") else {"question": f"câu {n}"}

    async def all_at_once():
        async with _client(service) as client:
            asked = []
            for n in range(2 * AT_ONCE):
                asked.append(asyncio.create_task(client.post(path, json=body(n))))
                await _until(lambda: limiter.borrowed_tokens + limiter.statistics().tasks_waiting == len(asked))
            await _until(lambda: len(watched.order) == AT_ONCE)
            assert limiter.statistics().tasks_waiting == AT_ONCE
            assert (await client.get("/healthz")).status_code == 200
            watched.go.set()
            return [reply.status_code for reply in await asyncio.gather(*asked)]

    assert _run(all_at_once()) == [200] * 2 * AT_ONCE
    assert watched.most == AT_ONCE
    assert sorted(watched.order[:AT_ONCE]) == [f"câu {n}" for n in range(AT_ONCE)]


def test_whoever_leaves_before_their_turn_is_not_answered(service, watched):
    limiter = service.state.service.thinking.limiter

    async def leaving():
        async with _client(service) as client:
            stay = [asyncio.create_task(client.post("/api/ask", json={"question": f"câu {n}"})) for n in range(AT_ONCE)]
            await _until(lambda: len(watched.order) == AT_ONCE)
            left = asyncio.create_task(client.post("/api/ask", json={"question": "bỏ đi"}))
            await _until(lambda: limiter.statistics().tasks_waiting == 1)
            left.cancel()
            await _until(lambda: limiter.statistics().tasks_waiting == 0)
            watched.go.set()
            await asyncio.gather(*stay)

    _run(leaving())
    assert "bỏ đi" not in watched.order
    assert len(watched.order) == AT_ONCE


def test_a_language_model_may_be_waited_for_by_many():
    assert Thinking(phrased=True).limiter.total_tokens > 5 * Thinking().limiter.total_tokens
