"""A heavy question never stops the service from serving others."""

from __future__ import annotations

import asyncio
import threading
import time

import httpx


async def _while_asking(service) -> tuple[float, float]:
    transport = httpx.ASGITransport(app=service)
    async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
        started = time.perf_counter()
        slow = asyncio.create_task(client.post("/api/ask", json={"question": "chậm: trạm quan trắc"}))
        streamed = asyncio.create_task(client.post("/api/ask/stream", json={"question": "chậm: trạm quan trắc"}))
        await asyncio.sleep(0.2)
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/documents")).status_code == 200
        lived = time.perf_counter() - started
        assert (await slow).status_code == (await streamed).status_code == 200
        return lived, time.perf_counter() - started


def test_health_is_told_while_questions_are_answered(service):
    lived, answered = asyncio.run(_while_asking(service))
    assert lived < 2.5 < answered


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
