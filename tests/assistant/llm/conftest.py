from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import corpus
from assistant.answers import Answerer
from assistant.answers.library import Place
from assistant.answers.llm import Endpoint, Phraser
from assistant.answers.normalise import bare_words
from corpus.document import Document
from corpus.load import load
from corpus.sidecar import manifest

DIGESTS = Path(corpus.__file__).parent / "digests"


def answerer_over(documents: dict[str, Document]) -> Answerer:
    """Answers from `documents` with a plain search over lines."""
    lines = [(id, m, bare_words(line)) for id, d in documents.items() for m, line in _lines(d.text)]

    def search(query: str, k: int, only: Collection[str] | None) -> Sequence[Place]:
        asked = bare_words(query)
        count = {w: 1 + sum(w in words for _, _, words in lines) for w in asked}
        places = [
            Place(id, start, end, sum(math.log(1 + len(lines) / count[w]) for w in asked & words))
            for id, (start, end), words in lines
            if only is None or id in only
        ]
        return sorted((p for p in places if p.score > 0), key=lambda p: -p.score)[:k]

    return Answerer(search, documents.__getitem__, None, documents.values())


def _lines(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    at = 0
    for line in text.split("\n"):
        yield (at, at + len(line)), line
        at += len(line) + 1


@pytest.fixture(scope="session")
def digests() -> Answerer:
    sidecars = manifest(DIGESTS / "manifest.json")
    read = [load(path, sidecar=sidecars.get(path.name)) for path in sorted(DIGESTS.glob("*.txt"))]
    return answerer_over({d.id: d for d in read})


@pytest.fixture(scope="session")
def over() -> Callable[[dict[str, Document]], Answerer]:
    return answerer_over


class Fake(ThreadingHTTPServer):
    """An OpenAI-compatible server on loopback; `reply` writes what it answers, `asked` keeps what it got."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply: Callable[[BaseHTTPRequestHandler], None] = lambda _: None
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def say(self, text: str) -> None:
        """Answer `text` to everything."""
        self.reply = lambda handler: self.tell(handler, text)

    def tell(
        self, handler: BaseHTTPRequestHandler, text: str, reason: str = "stop", size: int = 7, pause: float = 0
    ) -> None:
        """Stream `text` in pieces of `size` characters."""
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(b": comment\n\nevent: message\n")
        for at in range(0, len(text), size):
            delta = {"content": text[at : at + size]}
            handler.wfile.write(_event({"index": 0, "delta": delta, "finish_reason": None}))
            time.sleep(pause)
        handler.wfile.write(_event({"index": 0, "delta": {}, "finish_reason": reason}) + b"data: [DONE]\n\n")

    def handle_error(self, *_: object) -> None:
        """A client that hangs up early is what some tests are about."""


def _event(choice: dict[str, object]) -> bytes:
    return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"


class _Handler(BaseHTTPRequestHandler):
    server: Fake

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        self.server.reply(self)

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers), b""))
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def fake() -> Iterator[Fake]:
    server = Fake()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def phraser(fake: Fake) -> Iterator[Phraser]:
    made = Phraser(Endpoint(base_url=fake.url, model="thử", timeout_s=2, key="khoa-bi-mat".replace("-", "")))
    yield made
    made.close()
    for _ in range(100):
        if not any(t.name == "chitieu-llm" for t in threading.enumerate()):
            break
        time.sleep(0.02)
