"""A real server process and Debian's Chromium; everything here skips, saying why, where there is no browser."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
HERE = Path(__file__).parent
AXE = HERE.parent.parent / "assistant" / "widget" / "node_modules" / "axe-core" / "axe.min.js"
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _wait(url: str, process: subprocess.Popen) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as reply:
            if reply.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


@pytest.fixture(scope="session")
def free_port():
    """Gives a port that nobody listens on."""
    return _free_port


@pytest.fixture(scope="session")
def wait_for():
    """Waits until an address answers, or the process ends."""
    return _wait


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}; on Debian: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def elsewhere_port():
    """The port of another site."""
    return _free_port()


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The home directory of the served application."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(browser, home, elsewhere_port):
    """The address of the application over the fake workspace, in a process of its own."""
    port = _free_port()
    origin = f"http://localhost:{elsewhere_port}"
    process = subprocess.Popen([sys.executable, str(HERE / "serve_fake.py"), str(port), str(home), origin])
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


class _Elsewhere(SimpleHTTPRequestHandler):
    """Another agency's intranet page, under a policy as strict as ours."""

    def __init__(self, *args, service: str, **kwargs):
        self._service = service
        super().__init__(*args, **kwargs)

    def do_GET(self):
        policy = f"default-src 'none'; script-src {self._service}; connect-src {self._service}; style-src 'self'"
        attributes = urllib.parse.unquote_plus(self.path.partition("?")[2])
        body = (
            '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<title>Trang nội bộ</title><script src="{self._service}/widget.js" defer></script>'
            f"<main><h1>Trang nội bộ</h1><p>Nội dung của cơ quan.</p></main><chitieu-chat {attributes}></chitieu-chat>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        return


@pytest.fixture(scope="session")
def elsewhere(server, elsewhere_port):
    """The address of a page of another origin with the widget in it; its query gives the widget's attributes."""
    site = ThreadingHTTPServer(("127.0.0.1", elsewhere_port), partial(_Elsewhere, service=server))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://localhost:{elsewhere_port}/"
    site.shutdown()
    site.server_close()


@pytest.fixture
def open_page(browser):
    """Opens pages; any error, or anything that a policy blocked, fails the test."""
    said: list[str] = []
    contexts = []

    def open(url: str, width: int = 1366, height: int = 768, expect_errors: bool = False, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(30_000)
        if not expect_errors:
            page.on("pageerror", lambda error: said.append(f"{url}: {error}"))
            page.on("console", lambda m: said.append(f"{url}: {m.text}") if m.type == "error" else None)
        page.goto(url)
        return page

    yield open
    for context in contexts:
        context.close()
    assert not said


@pytest.fixture(scope="session")
def axe():
    """Runs axe-core on a page; what it finds, as text."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed; run `npm install` in assistant/widget")
    source = AXE.read_text("utf-8")

    def run(page) -> list[str]:
        page.evaluate(source)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        result = page.evaluate("tags => axe.run({runOnly: tags})", tags)
        return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in result["violations"] for n in v["nodes"]]

    return run


@pytest.fixture
def overflows():
    """Whether a page must be scrolled sideways."""
    return lambda page: page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
