"""A heavy question never stops the service from serving others."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx


async def _while_asking(service) -> None:
    transport = httpx.ASGITransport(app=service)
    async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
        slow = asyncio.create_task(client.post("/api/ask", json={"question": "chậm: trạm quan trắc"}))
        streamed = asyncio.create_task(client.post("/api/ask/stream", json={"question": "chậm: trạm quan trắc"}))
        await asyncio.sleep(0.2)
        assert (await client.get("/healthz")).status_code == 200
        assert not slow.done()
        assert not streamed.done()
        assert (await client.get("/documents")).status_code == 200
        assert (await slow).status_code == (await streamed).status_code == 200


def test_health_is_told_while_questions_are_answered(service):
    # In a thread of its own: the browser tests leave an event loop running in the main one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _while_asking(service)).result()


def test_feedback_lines_never_mix(client, tmp_path):
    body = {"question": "a", "answer": "b" * 5000, "verdict": "up"}
    threads = [threading.Thread(target=lambda: client.post("/api/feedback", json=body)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (tmp_path / "feedback.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 20
    assert all(line.startswith('{"id"') and line.endswith("}") for line in lines)
