"""The request, or the command, in hand: who acts, under which id, and how long each stage of it took.

Every other room may call `stage` and `current`: without a request they cost about a microsecond and do nothing.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

__all__ = ["COMMAND", "STAGES", "Call", "acting", "answered", "beginning", "current", "of_kind", "private"]
__all__ += ["refused", "spans", "stage", "unwatched", "uploaded"]

STAGES = ("answer", "search", "evidence", "compose", "verify", "model")
"""`search`, `evidence` (which searches), `compose` (which verifies) and `model` are parts of `answer`."""

COMMAND = "cli"
"""The address of who gives a command on this machine."""

_PRIVATE = 60
"""Texts that are kept out of the log at once: a command may ask for as long as it runs."""
Spans = Callable[[str], AbstractContextManager[Any]]


@dataclass(slots=True)
class Call:
    """One request; `stages` are seconds, `private` texts must never be logged, `kind` is that of the question."""

    id: str
    state: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    user: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    kind: str = ""
    answered: bool | None = None
    reason: str = ""
    phrased: bool = False
    uploads: list[int] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    unrecorded: int = 0
    running: set[str] = field(default_factory=set)

    @property
    def identity(self) -> str:
        """The name of the key or person, empty for strangers."""
        return str(getattr(self.state.get("identity"), "name", None) or self.user)

    @property
    def subject(self) -> str:
        """What names them where two have one name: the id of the key, or the person at the identity provider."""
        return str(getattr(self.state.get("identity"), "subject", None) or "")

    @property
    def who(self) -> str:
        """The name of who acts, else the address."""
        return self.identity or self.address


_current: ContextVar[Call | None] = ContextVar("chitieu_call", default=None)
_spans: list[Spans] = []


def current() -> Call | None:
    """The request in hand; None outside of one."""
    return _current.get()


@contextmanager
def beginning(call: Call) -> Iterator[Call]:
    """Within this block, and the threads that it hands work to, `call` is in hand."""
    token = _current.set(call)
    try:
        yield call
    finally:
        _current.reset(token)


@contextmanager
def acting(user: str, address: str = COMMAND) -> Iterator[Call]:
    """Within this block `user` acts from `address`, which is no network address for a command."""
    with beginning(Call(id=secrets.token_hex(16), user=user, address=address)) as call:
        yield call


@contextmanager
def unwatched() -> Iterator[None]:
    """Within this block nobody acts: what the program asks itself is neither counted nor recorded."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Times the block as `name`, one of `STAGES`; within itself it counts once. Also a decorator of functions."""
    call = _current.get()
    if call is None or name in call.running:
        yield
        return
    call.running.add(name)
    began = time.perf_counter()
    try:
        if _spans:
            with _spans[-1](name):
                yield
        else:
            yield
    finally:
        call.running.discard(name)
        call.stages[name] = call.stages.get(name, 0.0) + time.perf_counter() - began


def spans(make: Spans | None) -> None:
    """Lets `make(name)` open a span around every stage from now on; None: no more."""
    _spans[:] = [make] if make else []


def private(*texts: str) -> None:
    """Keeps `texts` out of the log lines of the request in hand."""
    call = _current.get()
    if call is not None:
        call.private += [text for text in texts if text]
        del call.private[:-_PRIVATE]


def uploaded(size: int) -> None:
    """Takes note of a file of `size` bytes that came with the request in hand."""
    call = _current.get()
    if call is not None:
        call.uploads.append(size)


def refused(cause: str) -> None:
    """Takes note of why the request in hand is turned away: one word, such as `key` or `address` for a limit."""
    call = _current.get()
    if call is not None:
        call.refusals.append(cause)


def of_kind(kind: str) -> None:
    """Takes note of what the question of the request in hand asks for: a percentage, a date, a list..."""
    call = _current.get()
    if call is not None:
        call.kind = kind.lower()


def answered(abstained: bool, reason: str | None, phrased: bool = False) -> None:
    """Takes note of what became of the question of the request in hand; said again, the last word counts."""
    call = _current.get()
    if call is not None:
        call.answered, call.reason, call.phrased = not abstained, reason or "", phrased or call.phrased
        call.kind = call.kind or "smalltalk"
