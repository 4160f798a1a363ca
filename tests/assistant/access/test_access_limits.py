"""How often and how slowly somebody may call."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.access.desk import WRONG_PER_MINUTE, AccessOptions
from assistant.access.limits import Buckets, source
from assistant.access.tally import KEPT
from assistant.service import create_app
from assistant.service.connections import patient
from assistant.service.options import Options
from assistant.service.patience import Patience


class Clock:
    at = 0.0

    def __call__(self):
        return self.at


def test_a_bucket_lets_through_what_it_holds_and_fills_again():
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.wait("a") for _ in range(61)] == [0] * 60 + [1]
    assert buckets.wait("b") == 0
    clock.at = 1.0
    assert [buckets.wait("a"), buckets.wait("a")] == [0, 1]
    clock.at = 1000.0
    assert [buckets.wait("a") for _ in range(61)] == [0] * 60 + [1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 30), max_size=40), st.integers(1, 120))
def test_nobody_gets_more_than_their_share(pauses, per_minute):
    clock = Clock()
    buckets = Buckets(per_minute, clock)
    passed = 0
    for pause in pauses:
        clock.at += pause
        wait = buckets.wait("a")
        passed += wait == 0
        if wait:
            clock.at += wait
            assert buckets.empty("a") == 0
    assert passed <= per_minute + clock.at * per_minute / 60 + 1


def test_zero_is_no_limit_and_buckets_do_not_grow_without_end():
    assert Buckets(0).wait("a") == 0
    buckets = Buckets(10)
    for n in range(KEPT + 50):
        buckets.wait(str(n))
    assert len(buckets._rows.held) == KEPT


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_address(address, counted):
    assert source(address) == counted


@pytest.fixture
def limited(tmp_path, desk):
    def made(**options):
        app = create_app(tmp_path, desk=desk, options=Options(access=AccessOptions(**options)))
        return TestClient(app, raise_server_exceptions=False)

    return made


def test_an_address_that_asks_too_often_is_told_when_to_come_back(limited):
    client = limited(rate_per_address=5)
    replies = [client.get("/api/documents") for _ in range(8)]
    assert [r.status_code for r in replies] == [200] * 5 + [429] * 3
    late = replies[-1]
    assert 1 <= int(late.headers["retry-after"]) <= 12
    assert late.json()["error"]["code"] == "too_many_requests"
    assert late.headers["retry-after"] in late.json()["error"]["message"]
    assert client.get("/healthz").status_code == 200
    assert client.get("/static/app.css").status_code == 200


def test_a_key_has_a_limit_of_its_own(house):
    app = create_app(house.home, options=Options(access=AccessOptions(mode="keys", rate_per_key=3)))
    client = TestClient(app, raise_server_exceptions=False)

    def statuses(who):
        return [
            client.get("/api/me", headers={"Authorization": f"Bearer {house.keys[who]}"}).status_code for _ in range(4)
        ]

    assert statuses("reader") == [200] * 3 + [429]
    assert statuses("editor") == [200] * 3 + [429]


def test_guessing_keys_is_slowed_down(house):
    app = create_app(house.home, options=Options(admin_token="x" * 20, access=AccessOptions(mode="keys")))
    app.state.service.access.wrong = Buckets(WRONG_PER_MINUTE, Clock())
    client = TestClient(app, raise_server_exceptions=False)
    tries = [
        client.get("/api/me", headers={"Authorization": f"Bearer ctk_aaaaaaaaaa_{n}"}).status_code for n in range(25)
    ]
    assert tries == [401] * 20 + [429] * 5
    assert client.post("/login", data={"key": "sai"}).status_code == 429
    assert client.get("/login").status_code == 200
    good = client.get("/api/me", headers={"Authorization": f"Bearer {house.keys['reader']}"})
    assert good.status_code == 429


def test_guessing_at_the_login_form_is_slowed_down_for_all_credentials(house):
    app = create_app(house.home, options=Options(admin_token="x" * 20, access=AccessOptions(mode="keys")))
    app.state.service.access.wrong = Buckets(WRONG_PER_MINUTE, Clock())
    client = TestClient(app, raise_server_exceptions=False)
    tries = [client.post("/login", data={"key": f"ctk_aaaaaaaaaa_{n}"}).status_code for n in range(22)]
    assert tries == [403] * 20 + [429] * 2
    good = client.get("/api/me", headers={"Authorization": f"Bearer {house.keys['reader']}"})
    assert good.status_code == 429


def test_a_body_of_the_wrong_size_is_refused_before_it_is_read(limited):
    client = limited()
    assert (
        client.post("/api/ask", content=b"x" * 300_000, headers={"Content-Type": "application/json"}).status_code == 413
    )
    assert (
        client.post(
            "/api/ask", content=iter([b"x" * 150_000] * 2), headers={"Content-Type": "application/json"}
        ).status_code
        == 413
    )


def test_a_length_beyond_the_limit_is_refused_without_one_byte_being_asked_for(limited):
    async def never():
        raise AssertionError("the body was asked for")

    async def refused(**headers):
        said = []

        async def send(message):
            said.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/api/ask", "raw_path": b"/api/ask", "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "scheme": "http",
            "client": ("127.0.0.1", 1), "server": ("testserver", 80), "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        await limited().app(scope, never, send)
        return said[0]["status"]

    with ThreadPoolExecutor(1) as pool:
        for length in ("300000", "9" * 30, "-1", "0x10", "x"):
            sent = {"content-type": "application/json", "content-length": length}
            assert pool.submit(asyncio.run, refused(**sent)).result(30) == 413


@contextlib.contextmanager
def serving(app, **config):
    """`app` behind a real socket; yields its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", **config))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


async def _echo(request):
    return JSONResponse({"bytes": len(await request.body())})


async def _slow(_):
    await asyncio.sleep(30)
    return JSONResponse({})


PATIENCE = {"request_seconds": 0.4, "body_seconds": 0.5}


def _app():
    app = Starlette(routes=[Route("/echo", _echo, methods=["POST"]), Route("/slow", _slow)])
    app.add_middleware(Patience, **PATIENCE)
    return app


def talk(port, *parts, pause=0.2, seconds=20.0):
    """Sends `parts` with pauses between them; what came back, and after how long the connection was closed."""
    began = time.monotonic()
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        with contextlib.suppress(OSError):
            for part in parts:
                line.sendall(part)
                time.sleep(pause)
        with contextlib.suppress(OSError):
            while got := line.recv(4096):
                said += got
    return said, time.monotonic() - began


def test_a_client_that_sends_its_head_drop_by_drop_is_left():
    with serving(_app(), http=patient(0.6), timeout_keep_alive=1) as port:
        said, seconds = talk(port)
        assert (said, seconds < 4) == (b"", True)
        said, seconds = talk(port, b"GET /slow HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 20, pause=0.1)
        assert (said, seconds < 8) == (b"", True)
        head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"
        said, _ = talk(port, head, b"POST /ec", b"ho", pause=0.3)
        assert said.count(b"200 OK") == 1
        said, _ = talk(port, head[:20], head[20:], pause=0.2)
        assert b'{"bytes":2}' in said


def test_a_body_that_trickles_in_is_ended():
    head = b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 40\r\n\r\n"
    with serving(_app()) as port:
        said, seconds = talk(port, head, *[b"x"] * 10, pause=0.15)
        assert b" 408 " in said.split(b"\r\n")[0]
        assert seconds < 15
        said, _ = talk(port, head, b"x" * 40, pause=0.05)
        assert b'{"bytes":40}' in said


def test_an_answer_that_never_begins_is_given_up():
    with serving(_app()) as port:
        said, seconds = talk(port, b"GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", pause=0)
        assert b" 504 " in said.split(b"\r\n")[0]
        assert "hãy thử lại" in said.decode()
        assert seconds < 15


def test_an_answer_that_has_begun_may_take_its_time(tmp_path):
    from starlette.responses import StreamingResponse

    async def dripping(_):
        async def drops():
            for n in range(6):
                yield f"{n}"
                await asyncio.sleep(0.15)

        return StreamingResponse(drops(), media_type="text/plain")

    app = Starlette(routes=[Route("/", dripping)])
    app.add_middleware(Patience, **PATIENCE)
    with serving(app) as port:
        said, _ = talk(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", pause=0)
        assert said.rstrip().endswith(b"0")
        assert all(f"\r\n{n}\r\n".encode() in said for n in range(6))
