"""A process that asks without end and keeps what it heard: `python -m eval.kills.reading HOME STOP LOG [URL]`.

It asks in its own process or, with a URL, over HTTP. LOG gets each thing that was said once, the errors, the count.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.workspace import Workspace
from eval.kills.oracle import found, said
from eval.kills.world import QUERIES, QUESTIONS

__all__ = ["main"]

_PAUSE = 0.25
_FRESH = 25
"""Each so many rounds, a workspace that was just opened asks too: what a new process would be told."""


def main(home: str, stop: str, log: str, url: str | None = None) -> None:
    """Asks until the file `stop` is there."""
    heard: dict[str, int] = {}
    errors: list[str] = []
    asked = 0
    rounds = _by_http(url) if url else _by_hand(Path(home))
    for ask in rounds:
        try:
            line = ask()
            heard[line] = heard.get(line, 0) + 1
        except Exception as error:
            errors.append(f"{time.time():.3f} {type(error).__name__}: {error}"[:2000])
        asked += 1
        if Path(stop).exists():
            break
        time.sleep(_PAUSE)
    Path(log).write_text(json.dumps({"asked": asked, "heard": heard, "errors": errors}), "utf-8")


def _by_hand(home: Path) -> Iterator[Callable[[], str]]:
    room, fresh, turn = Workspace(home), Workspace(home), 0
    while True:
        turn += 1
        chosen = fresh if turn % _FRESH == 0 else room
        for question in QUESTIONS:
            yield lambda asking=question, at=chosen: said(at.ask(asking).model_dump(mode="json"))  # type: ignore[misc]
        for query in QUERIES:
            yield lambda asking=query, at=chosen: found(asking, [h.passage.model_dump() for h in at.search(asking, 5)])  # type: ignore[misc]
        if chosen is fresh:
            fresh.store.close()
            fresh = Workspace(home)
            gc.collect()


def _by_http(url: str) -> Iterator[Callable[[], str]]:
    import httpx

    client = httpx.Client(base_url=url, timeout=60)

    def ask(question: str) -> str:
        reply = client.post("/api/ask", json={"question": question})
        if reply.status_code != 200:
            raise RuntimeError(f"HTTP {reply.status_code}: {reply.text}")
        return said(reply.json())

    while True:
        for question in QUESTIONS:
            yield lambda asking=question: ask(asking)  # type: ignore[misc]


if __name__ == "__main__":
    main(*sys.argv[1:])
