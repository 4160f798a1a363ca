"""Stopping lets requests in hand end, refuses new ones, and does not wait for ever; a worker that dies is replaced."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from assistant.workspace import Workspace

SLOW = """
import asyncio, os, socket, sys, time
from pathlib import Path
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
import assistant.service

def create_app(home):
    app = FastAPI()

    @app.get("/pid")
    def pid():
        return os.getpid()

    go = Path(home) / "go"

    @app.get("/slow")
    def slow():
        (Path(home) / "slow").touch()
        while not go.exists():
            time.sleep(0.05)
        return "done"

    @app.get("/stream")
    async def stream():
        async def parts():
            yield "begin;"
            (Path(home) / "stream").touch()
            while not go.exists():
                await asyncio.sleep(0.05)
            for at in range(3):
                yield f"{at};"
        return StreamingResponse(parts())

    return app

assistant.service.create_app = create_app
from assistant.service.workers import serve
listening = socket.create_server(("127.0.0.1", 0))
workers, drain = int(sys.argv[2]), float(sys.argv[3])
port = listening.getsockname()[1]
sys.exit(serve(Path(sys.argv[1]), listening, workers, drain, lambda: print(port, flush=True)))
"""


@contextmanager
def slow(home: Path, workers: int, drain: float):
    """A service with slow routes: its process and its URL."""
    command = [sys.executable, "-c", SLOW, str(home), str(workers), str(drain)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = f"http://127.0.0.1:{int(process.stdout.readline())}"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                httpx.get(f"{url}/pid", timeout=30)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield process, url
    finally:
        process.kill()
        process.communicate()


def asked(url: str, into: dict, name: str) -> threading.Thread:
    def ask() -> None:
        try:
            into[name] = httpx.get(url, timeout=60).text
        except httpx.TransportError as error:
            into[name] = repr(error)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def refused(url: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5).close()
    except OSError:
        return True
    return False


@pytest.mark.parametrize("workers", [1, 2])
def test_requests_in_hand_end_and_new_ones_are_refused(tmp_path, workers):
    with slow(tmp_path, workers, 60) as (process, url):
        heard: dict[str, str] = {}
        threads = [asked(f"{url}/{name}", heard, name) for name in ("slow", "stream")]
        assert until(lambda: (tmp_path / "slow").exists() and (tmp_path / "stream").exists())
        process.send_signal(signal.SIGTERM)
        assert until(lambda: refused(url))
        assert heard == {}
        (tmp_path / "go").touch()
        for thread in threads:
            thread.join()
        assert heard == {"slow": '"done"', "stream": "begin;0;1;2;"}
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_request_that_never_ends_does_not_hold_the_service(tmp_path, workers):
    with slow(tmp_path, workers, 1) as (process, url):
        heard: dict[str, str] = {}
        thread = asked(f"{url}/slow", heard, "slow")
        assert until(lambda: (tmp_path / "slow").exists())
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        thread.join()
        assert "Error" in heard["slow"]


def test_a_worker_that_dies_is_replaced(tmp_path):
    with slow(tmp_path, 2, 5) as (_, url):
        dead = httpx.get(f"{url}/pid").json()
        os.kill(dead, signal.SIGKILL)
        seen = set()
        end = time.monotonic() + 60
        while len(seen) < 2 and time.monotonic() < end:
            with suppress(httpx.TransportError):
                seen.add(httpx.get(f"{url}/pid", timeout=10).json())
        assert dead not in seen
        assert len(seen) == 2


def test_workers_end_with_the_process_that_began_them(tmp_path):
    with slow(tmp_path, 2, 1) as (process, url):
        worker = httpx.get(f"{url}/pid").json()
        process.kill()
        assert until(lambda: not Path(f"/proc/{worker}").exists())


def ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def plan(subject: str, percent: int) -> str:
    return f"KẾ HOẠCH\nVề {subject}\n\nI. CHỈ TIÊU\n1. Đến năm 2029, {percent}% {subject} được nâng cấp.\n"


def test_a_new_generation_is_picked_up_without_dropping_a_request(tmp_path):
    home, source = tmp_path / "home", tmp_path / "in"
    source.mkdir()
    (source / "goc.txt").write_text(plan("bến phà", 45), "utf-8")
    room = Workspace(home, Settings(readers=1))
    room.add([source])
    room.reindex()
    program = Path(sys.executable).with_name("chitieu")
    command = [program, "serve", "--home", home, "--port", "0", "--workers", "2"]
    service = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        url = service.stdout.readline().split()[1]
        assert until(lambda: ready(url), 120)
        stop, heard = threading.Event(), []

        def ask() -> None:
            with httpx.Client(base_url=url, timeout=60) as own:
                while not stop.is_set():
                    for body in (
                        "Đến năm 2029 bao nhiêu phần trăm bến phà được nâng cấp?",
                        "bao nhiêu phần trăm âu tàu?",
                    ):
                        reply = own.post("/api/ask", json={"question": body})
                        heard.append((reply.status_code, body, reply.json().get("answer", "")))

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        (source / "moi.txt").write_text(plan("âu tàu", 77), "utf-8")
        room.add([source])
        names = [line.name for line in room.generations() if not line.serving]
        room.switch(names[0])
        room.reindex()
        assert until(lambda: sum("77%" in said for _, _, said in heard[-8:]) >= 4)
        stop.set()
        for thread in threads:
            thread.join()
        assert {status for status, _, _ in heard} == {200}
        assert all("45%" in said for _, body, said in heard if "bến phà" in body)
    finally:
        service.terminate()
        service.communicate(timeout=60)
    assert service.returncode == 0
