"""The slope of memory, and the mixture of a load."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from eval.memory import Memory, slope, slope_within
from eval.mixture import Mixture, draft


def _samples(per_hour: float, noise: float, seed: int = 1) -> list[Memory]:
    chance = random.Random(seed)
    rest = dict.fromkeys(("rss", "pss", "shared"), 0.0) | {"processes": 3, "threads": 9, "files": 9}
    times = range(0, 3600, 10)
    return [Memory(at=t, private=400 + per_hour * t / 3600 + chance.gauss(0, noise), **rest) for t in times]


@pytest.mark.parametrize("per_hour", [0.0, 40.0, -15.0])
def test_the_interval_holds_the_slope_and_tells_growth_from_none(per_hour):
    inside = 0
    for seed in range(40):
        samples = _samples(per_hour, 8.0, seed)
        low, high = slope_within(samples)
        inside += low <= per_hour <= high
        assert low <= slope(samples) + 0.5
        assert high >= slope(samples) - 0.5
        assert high - low < 15
    assert inside >= 34


def test_a_few_minutes_tell_nothing():
    low, high = slope_within(_samples(0, 1)[:20])
    assert low < -1e9
    assert high > 1e9


def test_a_mixture_does_all_that_people_do_and_adds_what_was_not_there():
    seen: Counter[str] = Counter()
    files: list[bytes] = []

    def reply(request: httpx.Request) -> httpx.Response:
        seen[request.url.path] += 1
        if request.method == "POST" and "multipart" in request.headers["content-type"]:
            files.append(request.content)
            return httpx.Response(201 if request.url.path == "/api/documents" else 200, json={})
        if request.url.path == "/api/documents":
            return httpx.Response(200, json={"documents": [{"id": "a"}]})
        return httpx.Response(200, content=json.dumps({}))

    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(reply), base_url="http://a") as client:
            mixture = Mixture(client, ("câu?",), random.Random(3))
            for _ in range(300):
                kind = mixture.next()
                if kind != "ask":
                    await mixture.do(kind)
            await mixture.add()
            await mixture.add()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()
    for path in ("/api/search", "/api/documents/a", "/documents/a", "/api/targets", "/v1/chat/completions", "/readyz"):
        assert seen[path] > 0
    assert len(set(files)) == len(files) == 4
    assert draft(1) != draft(2)
