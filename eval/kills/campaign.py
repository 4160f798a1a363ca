"""Rounds of killing: an operation starts and dies, what it left is looked over, and the next one goes on from there."""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.document import Frozen
from eval.kills import oracle, world
from eval.kills.plants import PLANTS
from eval.kills.steps import Death, Outcome, apart, perform
from eval.kills.world import OPERATIONS, World

__all__ = ["Campaign", "Report", "serving", "show", "warm"]

_FIRST_GUESS = (60, 0.6)
"""Steps and seconds of an operation that was not yet seen to end."""

_MOST_FINDINGS = 50


class Report(Frozen):
    """What a campaign did and found; `findings` is empty when nothing is wrong."""

    kills: int
    rounds: int
    by_operation: dict[str, int]
    asked: dict[str, int]
    heard: int
    committed: int
    seconds: float
    findings: tuple[str, ...]


class Campaign:
    """Kills operations on a home in `root` until `kills` of them died; `readers` and `servers` ask meanwhile."""

    def __init__(
        self,
        root: Path,
        kills: int,
        seed: int = 0,
        readers: int = 2,
        servers: int = 1,
        plant: str | None = None,
        released: Path | None = None,
    ) -> None:
        self.world = World(root, released)
        self._kills = kills
        self._chance = random.Random(seed)
        self._readers = readers
        self._servers = servers
        self._before = PLANTS[plant] if plant else None
        self._guess = dict.fromkeys(OPERATIONS, _FIRST_GUESS)
        self._committed: set[str] = set()
        self._stopped = False
        self._said: dict[str, list[str]] = {}
        self._tell: Callable[[str], None] = lambda _: None
        self._documents: dict[str, str] = {}
        self._found: list[str] = []
        self._killed: Counter[str] = Counter()

    def run(self, tell: Callable[[str], None] = lambda _: None) -> Report:
        """The report; stops early when there is more to say than anybody reads."""
        began, rounds = time.monotonic(), 0
        self._tell = tell
        self._done("found", perform(self.world.found, Death()))
        self._look("found")
        with self._asking() as logs:
            while self._killed.total() < self._kills and rounds < 4 * self._kills and not self._stopped:
                rounds += 1
                self._round(rounds)
                if len(self._found) > _MOST_FINDINGS:
                    break
                if rounds % 25 == 0:
                    tell(f"{self._killed.total()} kills, {rounds} rounds, {len(self._found)} findings")
        self._end()
        asked, heard = self._hear(logs)
        return Report(
            kills=self._killed.total(),
            rounds=rounds,
            by_operation=dict(self._killed),
            asked=asked,
            heard=heard,
            committed=len(self._committed),
            seconds=round(time.monotonic() - began, 1),
            findings=tuple(self._found[:_MOST_FINDINGS]),
        )

    def stop(self) -> None:
        """Ends after the round that runs; the report is of what was done."""
        self._stopped = True

    def _round(self, number: int) -> None:
        name = self._chance.choice(OPERATIONS)
        self.world.prepare(name, number)
        expected = _rows(self.world.old) if name == "migrate" else {}
        death = self._death(name)
        outcome = perform(self.world.operation(name, number), death, self._before)
        what = f"round {number} {name} at {death}"
        if outcome.killed:
            self._killed[name] += 1
        else:
            self._done(what, outcome)
            if not outcome.error:
                steps, seconds = self._guess[name]
                self._guess[name] = (max(outcome.steps, steps // 2), 0.7 * seconds + 0.3 * outcome.seconds)
        self._look(what)
        self._look_beside(name, what, expected)
        if outcome.killed and name != "restore" and self._chance.random() < 0.3:
            self._done(f"again after {what}", perform(self.world.operation(name, number), Death(), self._before))
            self._look(f"again after {what}")

    def _death(self, name: str) -> Death:
        steps, seconds = self._guess[name]
        if self._chance.random() < 0.6:
            return Death(step=self._chance.randint(1, steps))
        return Death(delay=self._chance.uniform(0, 1.05 * seconds))

    def _done(self, what: str, outcome: Outcome) -> None:
        if outcome.error:
            self._note(f"{what}: {outcome.error}")

    def _look(self, what: str) -> None:
        """The home is whole, nothing is lost, and all that it says now may be said."""
        known = set(self._said)
        seen = apart(lambda: oracle.inspect(self.world.home, known))
        for problem in seen["problems"]:
            self._note(f"{what}: {problem}")
        if "documents" not in seen:
            return
        for id, sha256 in self._documents.items():
            now = seen["documents"].get(id)
            if now is None and not ("remove" in what and id.startswith("moi-")):
                self._note(f"{what}: document {id} is lost")
            elif now != sha256 and now is not None and not ("add" in what and not id.startswith("goc-")):
                self._note(f"{what}: document {id} has another text")
        self._documents = seen["documents"]
        for name, lines in seen["say"].items():
            before = self._said.setdefault(name, lines)
            for old, new in zip(before, lines, strict=True):
                if old != new:
                    self._note(f"{what}: generation {name} says {json.loads(new)} and said {json.loads(old)}")
            self._committed.update(lines)

    def _look_beside(self, name: str, what: str, expected: Mapping[str, str]) -> None:
        """What the operation made outside of the home is not there or whole, and the next run makes it whole."""
        if name == "restore":
            if self.world.fresh.is_dir() and any(self.world.fresh.iterdir()):
                self._look_at(self.world.fresh, what)
            else:
                self._done(f"again after {what}", perform(self.world.operation(name, 0), Death(), self._before))
                self._look_at(self.world.fresh, f"again after {what}")
        elif name == "backup":
            self.world.prepare("restore", 0)
            self._done(f"restore after {what}", perform(self.world.operation("restore", 0), Death()))
            self._look_at(self.world.fresh, what)
        elif name == "migrate":
            self._done(f"again after {what}", perform(self.world.operation(name, 0), Death()))
            found = _rows(self.world.old)
            if found != expected:
                self._note(f"{what}: documents {expected} became {found}")

    def _look_at(self, home: Path, what: str) -> None:
        seen = apart(lambda: oracle.inspect(home))
        for problem in seen["problems"]:
            self._note(f"{what}: {home.name}: {problem}")
        said = seen.get("say", {}).get(seen.get("serving", ""), [])
        if not said or not self._committed.issuperset(said):
            self._note(f"{what}: {home.name} says what was never committed")

    def _end(self) -> None:
        """After a last whole run of everything, nothing that was begun lies about."""
        for name in ("add", "remove", "backup", "restore"):
            self.world.prepare(name, 9)
            self._done(f"last {name}", perform(self.world.operation(name, 9), Death()))
        self._look("last add remove")
        for folder in (self.world.root, self.world.home, self.world.home / "index"):
            left = [p.name for p in folder.iterdir() if p.name.startswith(".") or p.name.endswith(".partial")]
            if left:
                self._note(f"left in {folder.name}: {left}")

    @contextmanager
    def _asking(self) -> Iterator[dict[str, Path]]:
        """Processes that ask until the block ends, by name, with the files that they write then."""
        root, logs = self.world.root, {}
        stop, begun = root / "stop", []
        with contextlib.ExitStack() as servers:
            for kind, count in (("hand", self._readers), ("http", self._servers)):
                for at in range(count):
                    log = logs[f"{kind} {at}"] = root / f"{kind}-{at}.json"
                    url = [servers.enter_context(serving(self.world.home))] if kind == "http" else []
                    command = [sys.executable, "-m", "eval.kills.reading", self.world.home, stop, log, *url]
                    begun.append(subprocess.Popen([str(part) for part in command]))
            try:
                yield logs
            finally:
                stop.touch()
                for process in begun:
                    process.wait(timeout=120)

    def _hear(self, logs: Mapping[str, Path]) -> tuple[dict[str, int], int]:
        """How often each reader asked, and how many different things were heard; what may not be said is noted."""
        asked, heard = {}, set()
        for name, log in logs.items():
            if not log.is_file():
                self._note(f"reader {name} died")
                continue
            told = json.loads(log.read_text("utf-8"))
            asked[name] = told["asked"]
            heard |= told["heard"].keys()
            for error in told["errors"][:5]:
                self._note(f"reader {name}: {error}")
            for line in sorted(told["heard"].keys() - self._committed)[:5]:
                self._note(f"reader {name} heard what was never committed: {json.loads(line)}")
        return asked, len(heard)

    def _note(self, finding: str) -> None:
        self._found.append(finding[-2000:])
        self._tell(f"found: {finding[-2000:]}")


@contextmanager
def serving(home: Path, *options: str) -> Iterator[str]:
    """The URL of `chitieu serve` over `home`, ready, until the block ends."""
    program = Path(sys.executable).with_name("chitieu")
    command = [str(program), "serve", "--home", str(home), "--port", "0", *options]
    log = home.with_name(f"{home.name}.serve.log")
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=out, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://\S+", line)
        if match is None:
            raise RuntimeError(f"chitieu serve said {line!r}; see {log}")
        _until_ready(match[0])
        yield match[0]
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()


def _until_ready(url: str) -> None:
    import httpx

    until = time.monotonic() + 120
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/readyz", timeout=30).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{url} is not ready after 120 s")


def _rows(database: Path) -> dict[str, str]:
    """The documents of a database by their hash, read without the program; none where there is no such table."""
    if not database.exists():
        return {}
    with closing(sqlite3.connect(database)) as connection:
        try:
            return dict(connection.execute("SELECT id, sha256 FROM documents"))
        except sqlite3.OperationalError:
            return {}


def show(report: Report) -> str:
    """The report for people: one line, then one a finding."""
    by = ", ".join(f"{name} {count}" for name, count in sorted(report.by_operation.items()))
    asked = ", ".join(f"{name} {count}" for name, count in report.asked.items())
    head = (
        f"{report.kills} kills in {report.rounds} rounds, {report.seconds:.0f} s ({by}); asked {asked}; "
        f"{report.heard} different replies among {report.committed} that may be given; {len(report.findings)} findings"
    )
    return "\n".join([head, *(f"- {finding}" for finding in report.findings)])


def warm() -> None:
    """Imports and loads what every operation needs, once for all forks, and lets no library start threads here."""
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    import alembic.command  # noqa: F401

    import assistant.answers  # noqa: F401
    import indexer.build
    import indexer.embedding
    from indexer.words import words

    words("đèn đường")
    cached = functools.cache(indexer.embedding.encoder)
    indexer.embedding.encoder = cached
    with tempfile.TemporaryDirectory() as folder:
        _ = world.room_of(Path(folder)).encoder
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        cached.cache_clear()
    gc.collect()
    gc.freeze()
