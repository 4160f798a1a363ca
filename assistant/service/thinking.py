"""Threads that search and compose answers: few at a time, the others wait in the order in which they came.

Python runs one thread at a moment. With forty that compute, each answer takes forty times as long and the thread that
reads from and writes to the network waits behind them all; whoever waits in a queue costs nothing, and is forgotten
when the client leaves. A language model elsewhere is waited for, not computed: then there may be many.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
from anyio import CapacityLimiter

__all__ = ["AT_ONCE", "SWITCH_S", "Thinking", "briskly"]

Result = TypeVar("Result")

AT_ONCE = 4
"""Answers that one process composes at once: more than one, since an answer also reads files and writes the log."""
_WAITING = 40
"""The same where a language model phrases."""
SWITCH_S = 0.001
"""Seconds that a computing thread keeps the interpreter while another one wants it; Python's own 5 ms are felt in every
read and write of the network."""


class Thinking:
    """The threads of one application."""

    def __init__(self, phrased: bool = False) -> None:
        """`phrased`: a language model is asked."""
        self.limiter = CapacityLimiter(_WAITING if phrased else AT_ONCE)

    async def of(self, work: Callable[..., Result], *given: Any) -> Result:
        """What `work(*given)` returns, done in one of the threads when it is its turn."""
        return await anyio.to_thread.run_sync(work, *given, limiter=self.limiter)


def briskly() -> None:
    """Lets threads of this process take turns more often, so that words go out while answers are composed."""
    sys.setswitchinterval(SWITCH_S)
