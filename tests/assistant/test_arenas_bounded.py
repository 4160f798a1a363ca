"""Threads of a service share few arenas of the C library, in each process of it: what one freed, another one uses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from assistant.watch.returning import ARENAS

glibc = pytest.mark.skipif("CS_GNU_LIBC_VERSION" not in os.confstr_names, reason="arenas are a matter of glibc")

SERVING = """
import ctypes, os, socket, sys, tempfile, threading
from pathlib import Path
from fastapi import FastAPI
import assistant.service

libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
libc.fclose.argtypes = [ctypes.c_void_p]

def arenas():
    with tempfile.NamedTemporaryFile() as told:
        file = libc.fopen(told.name.encode(), b"w")
        libc.malloc_info(0, file)
        libc.fclose(file)
        return Path(told.name).read_text().count("<heap nr=")

def create_app(home):
    app = FastAPI()

    @app.get("/arenas")
    def counted():
        meeting, held = threading.Barrier(24), []
        def hold():
            held.append(bytes(50_000))
            meeting.wait()
        threads = [threading.Thread(target=hold) for _ in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [os.getpid(), arenas()]

    return app

assistant.service.create_app = create_app
from assistant.service.workers import serve
listening = socket.create_server(("127.0.0.1", 0))
port = listening.getsockname()[1]
sys.exit(serve(Path(sys.argv[1]), listening, int(sys.argv[2]), 1, lambda: print(port, flush=True)))
"""


@contextmanager
def serving(home, workers, **said):
    """The address of a service whose route tells how many arenas 24 threads at once came to use."""
    kept = {name: value for name, value in os.environ.items() if not re.match("MALLOC_|GLIBC_TUNABLES", name)}
    command = [sys.executable, "-c", SERVING, str(home), str(workers)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**kept, **said}
    )
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/arenas"
    finally:
        process.terminate()
        process.communicate(timeout=60)


def counted(url, workers):
    """The arenas of each process that serves."""
    found: dict[int, int] = {}
    until = time.monotonic() + 60
    while len(found) < workers and time.monotonic() < until:
        try:
            pid, arenas = httpx.get(url, timeout=30).json()
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        found[pid] = arenas
    return sorted(found.values())


@glibc
@pytest.mark.parametrize("workers", [1, 2])
def test_threads_of_every_worker_share_the_arenas(tmp_path, workers):
    with serving(tmp_path, workers) as url:
        found = counted(url, workers)
    assert len(found) == workers
    assert max(found) <= ARENAS


@glibc
def test_the_environment_has_the_last_word(tmp_path):
    with serving(tmp_path, 1, MALLOC_ARENA_MAX="5") as url:
        assert counted(url, 1) == [5]
