"""Who hears an answer while it is still being phrased; nobody, unless a request asks for a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from assistant.answers.answer import Answer, Claim

__all__ = ["Heard", "heard_by", "listener"]

Heard = Callable[[Answer | Claim], None]
"""Gets the composed answer first, then each claim of the model that passed. What is given in the end decides."""

_listener: ContextVar[Heard | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(heard: Heard) -> Iterator[None]:
    """Within this block of this context, `heard` is told of what is phrased."""
    token = _listener.set(heard)
    try:
        yield
    finally:
        _listener.reset(token)


def listener() -> Heard:
    """Who listens in this context."""
    return _listener.get() or (lambda _: None)
