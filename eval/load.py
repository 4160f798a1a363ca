"""Load on a running service: people who ask at once, or a steady rate for hours, with the memory of its processes.

    python -m eval.load URL --users 50 --minutes 10 --questions FILE --pid PID
    python -m eval.load URL --rate 2 --minutes 60 --questions FILE --pid PID

Users ask again as soon as they are answered, after a pause of `--think` seconds on average; a rate asks whether or not
the last question was answered. A share of the questions is streamed, to see when the first words come. `--pid` is
`chitieu serve`: the memory of all its processes is sampled, and the slope of a line through the samples printed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpus.document import Frozen
from eval.memory import Memory, memory_of, slope

__all__ = ["Load", "measure", "show"]

_SAMPLE_S = 10.0
_SETTLED = 0.25
"""The share of the samples at the start that the slope leaves out: caches fill then."""


class Load(Frozen):
    """What a load did: seconds a reply took, seconds until the first words of a streamed one, and what went wrong."""

    seconds: float
    replies: int
    per_second: float
    p50: float
    p95: float
    p99: float
    slowest: float
    first_words_p50: float | None
    first_words_p95: float | None
    declined: int
    errors: dict[str, int]
    load_average: tuple[float, ...]
    memory: tuple[Memory, ...]
    mb_per_hour: float | None


class _Run:
    """The replies so far."""

    def __init__(self, url: str, questions: Sequence[str], streamed: float, seed: int) -> None:
        import httpx

        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        self._client = httpx.AsyncClient(base_url=url, timeout=120, limits=limits)
        self._questions = questions
        self._streamed = streamed
        self.chance = random.Random(seed)
        self.took: list[float] = []
        self.first: list[float] = []
        self.declined = 0
        self.errors: Counter[str] = Counter()

    async def close(self) -> None:
        await self._client.aclose()

    async def ask(self) -> None:
        """One question, whole or streamed."""
        body = {"question": self.chance.choice(self._questions)}
        began = time.perf_counter()
        try:
            streamed = self.chance.random() < self._streamed
            answer = await (self._stream(body, began) if streamed else self._whole(body))
        except Exception as error:
            self.errors[f"{type(error).__name__}: {error}"[:200]] += 1
            return
        self.took.append(time.perf_counter() - began)
        self.declined += bool(answer["abstained"])

    async def _whole(self, body: dict[str, str]) -> dict[str, object]:
        reply = await self._client.post("/api/ask", json=body)
        reply.raise_for_status()
        answer: dict[str, object] = reply.json()
        return answer

    async def _stream(self, body: dict[str, str], began: float) -> dict[str, object]:
        event, first = "", None
        async with self._client.stream("POST", "/api/ask/stream", json=body) as reply:
            reply.raise_for_status()
            async for line in reply.aiter_lines():
                if line.startswith("event: "):
                    event = line[7:]
                    if first is None and event in ("claim", "done"):
                        first = time.perf_counter() - began
                        self.first.append(first)
                if event == "error" and line.startswith("data: "):
                    raise RuntimeError(line[6:])
                if event == "done" and line.startswith("data: "):
                    answer: dict[str, object] = json.loads(line[6:])
                    return answer
        raise RuntimeError("a stream ended without its end")


async def _users(run: _Run, count: int, think: float, until: float) -> None:
    async def user() -> None:
        while time.monotonic() < until:
            await run.ask()
            if think:
                await asyncio.sleep(run.chance.expovariate(1 / think))

    await asyncio.gather(*(user() for _ in range(count)))


async def _rate(run: _Run, rate: float, until: float) -> None:
    asking: set[asyncio.Task[None]] = set()
    while time.monotonic() < until:
        task = asyncio.create_task(run.ask())
        asking.add(task)
        task.add_done_callback(asking.discard)
        await asyncio.sleep(run.chance.expovariate(rate))
    await asyncio.gather(*asking)


async def _sampled(pid: int | None, into: list[Memory], loads: list[float], progress: Path | None) -> None:
    while True:
        loads.append(os.getloadavg()[0])
        if pid is not None:
            into.append(memory_of(pid))
            if progress:
                with progress.open("a", encoding="utf-8") as out:
                    out.write(into[-1].model_dump_json() + "\n")
        await asyncio.sleep(_SAMPLE_S)


async def measure(
    url: str,
    questions: Sequence[str],
    seconds: float,
    users: int = 50,
    rate: float | None = None,
    think: float = 0.0,
    streamed: float = 0.2,
    pid: int | None = None,
    progress: Path | None = None,
    seed: int = 0,
) -> Load:
    """What the service at `url` did under load; `progress` gets each sample of its memory as a line of JSON."""
    run = _Run(url, questions, streamed, seed)
    memory: list[Memory] = []
    loads: list[float] = []
    sampling = asyncio.create_task(_sampled(pid, memory, loads, progress))
    began = time.monotonic()
    until = began + seconds
    await (_rate(run, rate, until) if rate else _users(run, users, think, until))
    took = time.monotonic() - began
    sampling.cancel()
    await run.close()
    settled = memory[int(_SETTLED * len(memory)) :]
    return Load(
        seconds=round(took, 1),
        replies=len(run.took),
        per_second=round(len(run.took) / took, 2),
        **{name: _at(run.took, share) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("slowest", 1))},
        first_words_p50=_at(run.first, 0.5) if run.first else None,
        first_words_p95=_at(run.first, 0.95) if run.first else None,
        declined=run.declined,
        errors=dict(run.errors),
        load_average=(min(loads), round(sum(loads) / len(loads), 2), max(loads)),
        memory=tuple(memory),
        mb_per_hour=slope(settled) if len(settled) > 2 else None,
    )


def _at(values: list[float], share: float) -> float:
    """The value that `share` of `values` do not exceed, in seconds; 0 where there is none."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) if ordered else 0.0


def show(load: Load) -> str:
    """The load in a few lines."""
    lines = [
        f"{load.replies} replies in {load.seconds:.0f} s: {load.per_second} a second, "
        f"{sum(load.errors.values())} errors",
        f"seconds: p50 {load.p50}, p95 {load.p95}, p99 {load.p99}, slowest {load.slowest}; declined {load.declined}",
        f"load average (least, mean, most): {load.load_average}",
    ]
    if load.first_words_p50 is not None:
        lines.append(f"first words: p50 {load.first_words_p50} s, p95 {load.first_words_p95} s")
    if load.memory:
        first, last = load.memory[0], load.memory[-1]
        lines.append(f"memory, {last.processes} processes: {first} -> {last}; slope {load.mb_per_hour} MB an hour")
    return "\n".join([*lines, *(f"{count} x {error}" for error, count in load.errors.items())])


def main() -> int:
    """0 when no request failed."""
    wanted = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__.splitlines()[0] if __doc__ else "")
    wanted.add_argument("url")
    wanted.add_argument("--questions", type=Path, required=True, help="one question a line")
    wanted.add_argument("--users", type=int, default=50)
    wanted.add_argument("--rate", type=float, help="questions a second, in place of users")
    wanted.add_argument("--think", type=float, default=0.0, help="mean seconds between a reply and the next question")
    wanted.add_argument("--minutes", type=float, default=10.0)
    wanted.add_argument("--streamed", type=float, default=0.2, help="share of the questions that are streamed")
    wanted.add_argument("--pid", type=int, help="the process of `chitieu serve`")
    wanted.add_argument("--progress", type=Path, help="file that gets each sample of the memory")
    wanted.add_argument("--json", action="store_true")
    given = wanted.parse_args()
    questions = [line for line in given.questions.read_text("utf-8").splitlines() if line.strip()]
    options = (given.users, given.rate, given.think, given.streamed, given.pid, given.progress)
    load = asyncio.run(measure(given.url, questions, 60 * given.minutes, *options))
    print(show(load))  # noqa: T201
    if given.json:
        print(load.model_dump_json(exclude={"memory"}))  # noqa: T201
    return 1 if load.errors else 0


if __name__ == "__main__":
    sys.exit(main())
