"""Load on a running service: people who ask at once, or a steady rate for hours, with the memory of its processes.

    python -m eval.load URL --users 50 --minutes 10 --questions FILE --pid PID
    python -m eval.load URL --rate 2 --minutes 60 --questions FILE --pid PID --mixed --key-env NAME --add-every 300

Users ask again as soon as they are answered, after a pause of `--think` seconds on average; a rate asks whether or not
the last question was answered. A share of the questions is streamed, to see when the first words come. `--mixed`
does what else people do (`eval.mixture`), and `--add-every` puts a document into the store every so many seconds.
`--pid` is `chitieu serve`: the memory of all its processes is sampled, and the slope of a line through them printed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Sequence
from pathlib import Path

from corpus.document import Frozen
from eval.memory import Memory, memory_of, slope, slope_within
from eval.mixture import Mixture

__all__ = ["Load", "measure", "show"]

_SAMPLE_S = 10.0
_SETTLED = 0.25
"""The share of the samples at the start that the slope leaves out: caches fill then."""


class Load(Frozen):
    """What a load did: seconds a reply took, seconds until the first words of a streamed one, and what went wrong.

    `kinds` are the requests of a mixture other than questions: how many, and seconds at p50 and p95.
    """

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
    kinds: dict[str, tuple[int, float, float]]
    load_average: tuple[float, ...]
    memory: tuple[Memory, ...]
    mb_per_hour: float | None
    mb_per_hour_within: tuple[float, float] | None


class _Run:
    """The replies so far."""

    def __init__(
        self, url: str, questions: Sequence[str], streamed: float, seed: int, key: str | None, mixed: bool
    ) -> None:
        import httpx

        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.AsyncClient(base_url=url, timeout=120, limits=limits, headers=headers)
        self._questions = questions
        self._streamed = streamed
        self._mixed = mixed
        self.chance = random.Random(seed)
        self._mixture = Mixture(self._client, tuple(questions), self.chance)
        self.others: defaultdict[str, list[float]] = defaultdict(list)
        self.took: list[float] = []
        self.first: list[float] = []
        self.declined = 0
        self.errors: Counter[str] = Counter()

    async def close(self) -> None:
        await self._client.aclose()

    async def act(self) -> None:
        """One question, or in a mixture whatever comes."""
        kind = self._mixture.next() if self._mixed else "ask"
        await (self.ask() if kind == "ask" else self._other(kind, self._mixture.do(kind)))

    async def add(self) -> None:
        """A document more."""
        await self._other("add", self._mixture.add())

    async def _other(self, kind: str, doing: Awaitable[None]) -> None:
        began = time.perf_counter()
        try:
            await doing
        except Exception as error:
            self.errors[f"{kind}: {type(error).__name__}: {error}"[:200]] += 1
            return
        self.others[kind].append(time.perf_counter() - began)

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
            await run.act()
            if think:
                await asyncio.sleep(run.chance.expovariate(1 / think))

    await asyncio.gather(*(user() for _ in range(count)))


async def _rate(run: _Run, rate: float, until: float) -> None:
    asking: set[asyncio.Task[None]] = set()
    while time.monotonic() < until:
        task = asyncio.create_task(run.act())
        asking.add(task)
        task.add_done_callback(asking.discard)
        await asyncio.sleep(run.chance.expovariate(rate))
    await asyncio.gather(*asking)


async def _adding(run: _Run, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await run.add()


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
    key: str | None = None,
    mixed: bool = False,
    add_every: float | None = None,
) -> Load:
    """What the service at `url` did under load; `progress` gets each sample of its memory as a line of JSON."""
    run = _Run(url, questions, streamed, seed, key, mixed)
    memory: list[Memory] = []
    loads: list[float] = []
    sampling = asyncio.create_task(_sampled(pid, memory, loads, progress))
    adding = asyncio.create_task(_adding(run, add_every)) if add_every else None
    began = time.monotonic()
    until = began + seconds
    await (_rate(run, rate, until) if rate else _users(run, users, think, until))
    took = time.monotonic() - began
    for task in (sampling, adding):
        if task:
            task.cancel()
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
        kinds={kind: (len(took), _at(took, 0.5), _at(took, 0.95)) for kind, took in sorted(run.others.items())},
        load_average=(min(loads), round(sum(loads) / len(loads), 2), max(loads)),
        memory=tuple(memory),
        mb_per_hour=slope(settled) if len(settled) > 2 else None,
        mb_per_hour_within=slope_within(settled) if len(settled) > 2 else None,
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
    lines += [f"{kind}: {n}, p50 {p50}, p95 {p95} s" for kind, (n, p50, p95) in load.kinds.items()]
    if load.memory:
        first, last = load.memory[0], load.memory[-1]
        lines.append(f"memory, {last.processes} processes: {first} -> {last}; slope {load.mb_per_hour} MB an hour")
        lines.append(f"the slope lies within {load.mb_per_hour_within}, with 95%")
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
    wanted.add_argument("--mixed", action="store_true", help="search, read and chat too")
    wanted.add_argument("--add-every", type=float, help="seconds between documents that are added; needs a key")
    wanted.add_argument("--key-env", help="environment variable that holds an API key")
    wanted.add_argument("--json", action="store_true")
    given = wanted.parse_args()
    questions = [line for line in given.questions.read_text("utf-8").splitlines() if line.strip()]
    options = (given.users, given.rate, given.think, given.streamed, given.pid, given.progress)
    key = os.environ[given.key_env] if given.key_env else None
    more = {"key": key, "mixed": given.mixed, "add_every": given.add_every}
    load = asyncio.run(measure(given.url, questions, 60 * given.minutes, *options, **more))
    print(show(load))  # noqa: T201
    if given.json:
        print(load.model_dump_json(exclude={"memory"}))  # noqa: T201
    return 1 if load.errors else 0


if __name__ == "__main__":
    sys.exit(main())
