"""One real server process, locked, over the bundled digests; programs talk to it over the loopback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from assistant.access.keys import Keys
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.workspace import Workspace

DIGESTS = Path(__file__).parents[3] / "corpus" / "digests"


@dataclass(frozen=True)
class Server:
    """Where the process listens, what opens it, and its home."""

    url: str
    key: str
    home: Path

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def environment(**more: str) -> dict[str, str]:
    """The variables of this process without those of another home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHITIEU_")}
    return {**kept, "PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1", **more}


@pytest.fixture(scope="session")
def digests_home(tmp_path_factory):
    """A home with the bundled digests."""
    home = tmp_path_factory.mktemp("programs")
    Workspace(home).add([DIGESTS])
    return home


@pytest.fixture(scope="session")
def server(digests_home, tmp_path_factory):
    """`chitieu serve` with keys, ready."""
    with serving(digests_home, tmp_path_factory.mktemp("log") / "serve.log") as running:
        yield running


@pytest.fixture(scope="module")
def own_server(digests_home, tmp_path_factory):
    """Another, over a copy of the home, for what changes it."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(digests_home, home)
    with serving(home, tmp_path_factory.mktemp("log") / "serve.log") as running:
        yield running


@contextmanager
def serving(home: Path, log: Path) -> Iterator[Server]:
    """A process that serves `home` until the end of the block."""
    workspace = Workspace(home)
    _, key = Keys(Ledger(lambda: workspace.store)).create("thử", Role.ADMIN)
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "--home", str(home), "serve"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--port", "0"], stdout=out, stderr=out, env=environment(CHITIEU_ACCESS="keys")
        )
    try:
        yield Server(_url(process, log), key, home)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _url(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(3000):
        said = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
        if process.poll() is not None:
            break
        if said:
            try:
                if httpx.get(f"{said[0]}/readyz").status_code == 200:
                    return said[0]
            except httpx.TransportError:
                pass
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))
