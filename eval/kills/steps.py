"""A piece of work in a process of its own that dies by SIGKILL: after a while, or right before its n-th step.

A step is what changes something: a file opened for writing, made, renamed, linked or removed, a statement of the
database that writes, a commit. Dying between any two of them shows what no timer hits often.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["Death", "Outcome", "apart", "perform"]

_WRITES = os.O_WRONLY | os.O_RDWR
_STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "os.chmod", "os.utime")


class Death(NamedTuple):
    """When to die: before step `step`, or `delay` seconds after the start; neither: not at all."""

    step: int | None = None
    delay: float | None = None

    def __str__(self) -> str:
        return f"step {self.step}" if self.step else f"{self.delay:.3f} s" if self.delay is not None else "no death"


class Outcome(NamedTuple):
    """How it ended: `killed`, or with `error` (empty when all went well); `steps` are known when it was not killed."""

    killed: bool
    error: str
    steps: int
    seconds: float


def perform(work: Callable[[], None], death: Death, before: Callable[[], None] | None = None) -> Outcome:
    """Does `work` in a forked process and kills that as `death` says; `before` is called in it first."""
    began = time.monotonic()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _work(work, death, before, writer)
    os.close(writer)
    if death.delay is not None:
        _kill_after(child, began + death.delay)
    told = _told(reader)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    error = str(told.get("error", "" if killed else f"ended with {status}"))
    return Outcome(killed, error, int(told.get("steps", 0)), time.monotonic() - began)


def apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `work` returns, done in a forked process, so that this one opens no database and starts no thread."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _leave(writer, _answered(work))
    os.close(writer)
    told = _told(reader)
    os.waitpid(child, 0)
    return told or {"problems": ["the process that looks the home over died"]}


def _answered(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except BaseException:
        return {"problems": [traceback.format_exc()]}


def _work(work: Callable[[], None], death: Death, before: Callable[[], None] | None, writer: int) -> None:
    """Never returns."""
    count = [0]
    error = ""
    try:
        if before:
            before()
        _counted(count, death.step)
        work()
    except BaseException:
        error = traceback.format_exc()
    _leave(writer, {"steps": count[0], "error": error})


def _leave(writer: int, told: dict[str, Any]) -> None:
    with os.fdopen(writer, "w", encoding="utf-8") as out:
        json.dump(told, out)
    os._exit(0)


def _counted(count: list[int], last: int | None) -> None:
    """Counts the steps of this process from now on, and ends it before step `last`."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def step(*_: object) -> None:
        count[0] += 1
        if count[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def audited(name: str, arguments: tuple[Any, ...]) -> None:
        if name in _STEPS or (name == "open" and (arguments[2] or 0) & _WRITES):
            step()

    def stated(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            step()

    event.listen(Engine, "before_cursor_execute", stated)
    event.listen(Engine, "commit", step)
    sys.addaudithook(audited)


def _kill_after(child: int, moment: float) -> None:
    while time.monotonic() < moment:
        time.sleep(max(0.0, min(0.002, moment - time.monotonic())))
    os.kill(child, signal.SIGKILL)


def _told(reader: int) -> dict[str, Any]:
    with os.fdopen(reader, encoding="utf-8") as told:
        text = told.read()
    try:
        made: dict[str, Any] = json.loads(text) if text else {}
    except ValueError:
        return {}
    return made
