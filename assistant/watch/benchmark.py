"""What watching costs, measured.

python -m assistant.watch.benchmark [--requests 2000] [--folder DIR]

Prints the median time of a request to an application that does nothing, bare and watched in each way; the difference
is what watching adds. And what a record of the audit chain costs in `--folder`, whose disk decides that.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.watch.call import answered, of_kind, private, stage
from assistant.watch.ledger import Ledger
from assistant.watch.logs import configure
from assistant.watch.middleware import Watching
from assistant.watch.texts import keep
from assistant.watch.watching import Watch

__all__ = ["audit_cost", "request_cost", "scrape_cost"]

_SCOPE: dict[str, Any] = {
    "type": "http", "method": "POST", "path": "/api/ask", "query_string": b"", "headers": [(b"host", b"localhost")],
    "client": ("127.0.0.1", 1), "http_version": "1.1", "scheme": "http", "root_path": "", "server": ("localhost", 80),
}  # fmt: skip


async def _answering(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that notes what an answer notes, and does nothing else."""
    private("Đến năm 2031 bao nhiêu phần trăm bến đò có đèn hiệu?")
    of_kind("percent")
    with stage("answer"):
        for name in ("search", "evidence", "compose", *["verify"] * 8):
            with stage(name):
                pass
    answered(abstained=False, reason=None)
    await PlainTextResponse("ok")(scope, receive, send)


def request_cost(app: ASGIApp, requests: int) -> float:
    """Median microseconds of a request to `app`, called without a network."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Message) -> None:
        return None

    async def run() -> list[float]:
        taken = []
        for _ in range(requests):
            began = time.perf_counter()
            await app(dict(_SCOPE), receive, send)
            taken.append(time.perf_counter() - began)
        return taken

    return 1e6 * statistics.median(asyncio.run(run()))


def audit_cost(folder: Path, records: int = 300) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of writing the record of a question to the disk of `folder`."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        home = Path(name)

        def write() -> None:
            digest = keep(home, "Đến năm 2031 bao nhiêu phần trăm bến đò có đèn hiệu?", 90)
            Ledger(home).append({"who": "lan", "action": "ask", "outcome": "answered", "question": digest})

        taken = sorted(_timed(write) for _ in range(records))
    return 1e3 * statistics.median(taken), 1e3 * taken[int(0.95 * len(taken))]


def scrape_cost(watch: Watch, scrapes: int = 50) -> float:
    """Median milliseconds of a scrape."""
    return 1e3 * statistics.median(_timed(watch.scrape) for _ in range(scrapes))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints one line each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        watch = Watch(home=Path(home), desk=object())
        watched = Watching(_answering, watch)
        configure("json", "error", io.StringIO())
        request_cost(watched, 200)
        rows = [("bare", request_cost(_answering, given.requests))]
        rows.append(("metrics, ids", request_cost(watched, given.requests)))
        for form in ("text", "json"):
            configure(form, "info", io.StringIO())
            rows.append((f"metrics, ids, {form} log", request_cost(watched, given.requests)))
        for name, spent in rows:
            print(f"{name:28} {spent:8.0f} µs a request")  # noqa: T201
        print(f"{'scrape of /metrics':28} {scrape_cost(watch):8.1f} ms")  # noqa: T201
    middle, high = audit_cost(given.folder)
    print(f"{'audit record, on disk':28} {middle:8.2f} ms, p95 {high:.2f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
