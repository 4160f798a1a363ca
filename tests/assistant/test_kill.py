"""`chitieu add` is really killed, at many moments: the last good index answers, nothing stored is lost.

`CHITIEU_TEST_KILLS` sets how often (20 unless told). Each round adds new documents and changes old ones, so that every
step from the first file to the last deletion has something to do when the signal comes. A reader asks all along.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.doctor import State, check
from assistant.workspace import Workspace
from indexer.build import current
from indexer.generation import verify

KILLS = int(os.environ.get("CHITIEU_TEST_KILLS", "20"))
CHITIEU = Path(sys.executable).with_name("chitieu")
QUESTION = "Đến năm 2028 bao nhiêu phần trăm đèn đường được thay bằng đèn tiết kiệm điện?"

READER = """
import json, sys, time
from pathlib import Path
from assistant.workspace import Workspace

home, stop, log = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
long_lived, asked, wrong = Workspace(home), 0, []
while not stop.exists():
    for room in [long_lived] if asked % 8 else [long_lived, Workspace(home)]:
        try:
            answer = room.ask(sys.argv[4])
            cited = [c for c in answer.citations if c.document == "goc"]
            text = room.document("goc").text
            if answer.abstained or not cited or any(text[c.start : c.end] != c.quote for c in cited):
                wrong.append(answer.answer)
            for hit in room.search("kế hoạch chiếu sáng", k=5):
                p = hit.passage
                if room.store.get(p.document, p.sha256).text[p.start : p.end] != p.text:
                    wrong.append(p.document)
        except Exception as error:
            wrong.append(repr(error))
        asked += 1
        time.sleep(0.05)
        if room is not long_lived:
            room.store.close()
log.write_text(json.dumps({"asked": asked, "wrong": wrong}))
"""


def plan(subject: str, percent: int) -> str:
    return (
        f"KẾ HOẠCH\nVề {subject}\n\n"
        f"I. CHỈ TIÊU\n1. Đến năm 2028, {percent}% {subject} được thay bằng đèn tiết kiệm điện.\n"
        "2. Công khai kết quả kế hoạch chiếu sáng hằng quý.\n"
    )


def add(home: Path, source: Path) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([CHITIEU, "add", source, "--home", home], start_new_session=True, **quiet)


@contextmanager
def reading(home: Path, root: Path) -> Iterator[dict]:
    """A process that asks until the block ends; then what it saw is in the yielded dict."""
    stop, log, seen = root / "stop", root / "seen.json", {}
    reader = subprocess.Popen([sys.executable, "-c", READER, home, stop, log, QUESTION])
    try:
        yield seen
    finally:
        stop.touch()
        reader.wait(timeout=60)
        seen.update(json.loads(log.read_text()))


def round_of(source: Path, number: int) -> None:
    """Six new documents, so that several processes read, and another text in one that is there."""
    for at in range(6):
        (source / f"moi-{number}-{at}.txt").write_text(plan(f"đèn ngõ xóm {number} tổ {at}", 30 + at), "utf-8")
    (source / "thay.txt").write_text(plan("đèn cảng cá", number % 100), "utf-8")


class Moment:
    """When to kill: a random while after something that the running process does."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.index = home / "index"
        self.log = home / "chitieu.db-wal"
        self.event = chance.choice([self.starts, self.stores, self.builds, self.builds, self.renames, self.switches])
        self.delay = chance.uniform(0.0, {"starts": 2.0, "stores": 1.0, "builds": 0.4}.get(self.event.__name__, 0.1))
        self.before = (self._stamp(self.log), self._generations(), self._stamp(self.index / "current"))

    def starts(self) -> bool:
        return True

    def stores(self) -> bool:
        return self._stamp(self.log) != self.before[0]

    def builds(self) -> bool:
        return any(self.index.glob(".*.partial"))

    def renames(self) -> bool:
        return self._generations() != self.before[1]

    def switches(self) -> bool:
        return self._stamp(self.index / "current") != self.before[2]

    def wait(self, running: subprocess.Popen[bytes]) -> bool:
        """Whether the process still runs when the moment has come."""
        while running.poll() is None and not self.event():
            time.sleep(0.001)
        until = time.monotonic() + self.delay
        while running.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        return running.poll() is None

    def _generations(self) -> set[str]:
        return {p.name for p in self.index.iterdir() if p.name.isdigit()}

    @staticmethod
    def _stamp(path: Path) -> int:
        return path.stat().st_mtime_ns if path.exists() else 0


def members(group: int) -> list[str]:
    """The processes of a process group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(entry.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes through /proc")
def test_add_may_be_killed_at_any_moment(tmp_path):
    home, source = tmp_path / "home", tmp_path / "in"
    source.mkdir()
    (source / "goc.txt").write_text(plan("đèn đường", 64), "utf-8")
    round_of(source, 0)
    assert add(home, source).wait(timeout=120) == 0
    chance = random.Random(20261121)
    kept = {d.id for d in Workspace(home).documents()}
    killed = 0
    with reading(home, tmp_path) as seen:
        for number in range(1, KILLS + 1):
            round_of(source, number)
            moment = Moment(home, chance)
            running = add(home, source)
            if moment.wait(running):
                # Every other time only the parent dies: its workers must notice and end by themselves.
                (os.killpg if number % 2 else os.kill)(running.pid, signal.SIGKILL)
                killed += 1
            running.wait()
            kept = whole(home, kept)
            until = time.monotonic() + 10
            while members(running.pid) and time.monotonic() < until:
                time.sleep(0.05)
            assert members(running.pid) == []
    assert seen["wrong"] == []
    assert seen["asked"] >= KILLS
    assert killed >= KILLS // 2
    assert add(home, source).wait(timeout=300) == 0
    complete(home, source)


def whole(home: Path, kept: set[str]) -> set[str]:
    """Checks the home as the killed process left it; returns the documents that are stored now."""
    room = Workspace(home)
    assert room.store.integrity() == ""
    verify(current(home))
    stored = {d.id for d in room.documents()}
    assert kept <= stored
    answer = room.ask(QUESTION)
    assert "64%" in answer.answer
    room.store.close()
    return stored


def complete(home: Path, source: Path) -> None:
    """Checks that a whole run after all the killed ones leaves nothing behind."""
    room = Workspace(home)
    assert {d.id for d in room.documents()} == {p.stem for p in source.glob("*.txt")}
    assert [f for f in check(home) if f.state is State.BROKEN] == []
    assert len(room.targets()) == len(room.documents())
    assert not [p for p in (home / "index").iterdir() if p.name.endswith((".partial", ".new"))]
    room.store.close()
