"""Processes that serve one home: started, replaced when one dies, stopped without cutting off who is being answered.

All of them accept from one listening socket and map the same index files, so that the index is in memory once.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import uvicorn

from assistant.watch.returning import bound_arenas

__all__ = ["serve"]

_BACKLOG = 2048
_GRACE_S = 3.0
"""Seconds over the drain timeout after which a process that still hangs is ended by force."""

_QUICK_S = 5.0
_MOST_QUICK = 5
"""So many workers in a row that live no longer than `_QUICK_S` cannot serve at all."""

log = logging.getLogger("chitieu.service")


def serve(
    home: Path, listening: socket.socket, workers: int, drain_s: float, announce: Callable[[], None] = lambda: None
) -> int:
    """Serves `home` until SIGTERM or Ctrl-C; returns the exit status. `announce` is called once it can begin.

    Asked to stop, the processes accept nothing more, and give requests that are being answered `drain_s` seconds.

    Raises:
        InvalidSetting: a setting of the home is unknown or out of bounds, or names a secret that is not there.
        MissingPart: a setting asks for a part that is not installed.
    """
    _complete(home)
    bound_arenas()
    if workers == 1:
        server = _Server(home, drain_s)
        announce()
        return server.last(listening)
    with _shared_metrics():
        _warm()
        announce()
        return _Pool(home, listening, workers, drain_s).run()


def _complete(home: Path) -> None:
    """Looks before anybody is served whether what the settings name is there: nobody is to find out at a login."""
    from assistant.answers.llm import phraser_of
    from assistant.service.options import Options
    from assistant.settings import Settings

    access = Options.load(home).access
    if access.issuer is not None:
        from assistant.access.oidc import Provider

        Provider.of(access)
    phraser = phraser_of(Settings.load(home))
    if phraser is not None:
        phraser.close()


class _Server(uvicorn.Server):
    """A server that ends with the process that started it, and within the time it was given."""

    def __init__(self, home: Path, drain_s: float, parent: int | None = None) -> None:
        from assistant.service import create_app
        from assistant.service.connections import transport
        from assistant.service.thinking import briskly
        from assistant.settings import Settings

        briskly()

        # One connection is accepted at a time: a process that took all that wait would leave none to the others.
        turns = {"backlog": _BACKLOG if parent is None else 1, "timeout_graceful_shutdown": max(1, round(drain_s))}
        options = {"log_level": "info", **transport(Settings.load(home)), **turns}
        super().__init__(uvicorn.Config(create_app(home), **options))
        self._parent = parent
        self._drain_s = drain_s

    def last(self, listening: socket.socket) -> int:
        """Serves until it is told to stop, and returns the exit status."""
        self.run(sockets=[listening])
        return 130 if signal.SIGINT in self._captured_signals else 0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to accept; the queue of what waits is long again, which asyncio had made as short as its turns."""
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(_BACKLOG)

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop."""
        if self._parent is not None and os.getppid() != self._parent:
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets what is being answered end; a thread that cannot be cancelled does not hold the process for ever."""
        watch = threading.Timer(self._drain_s + _GRACE_S, self._give_up)
        watch.daemon = True
        watch.start()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stops after what is being answered; SIGTERM is no failure, so it is not raised again afterwards."""
        super().handle_exit(sig, frame)
        if sig == signal.SIGTERM:
            self._captured_signals.remove(sig)

    def _give_up(self) -> NoReturn:
        log.error("stopped while %d requests were being answered", len(self.server_state.tasks))
        _leave(1)


class _Pool:
    """A parent and its workers."""

    def __init__(self, home: Path, listening: socket.socket, workers: int, drain_s: float) -> None:
        self._home = home
        self._listening = listening
        self._workers = workers
        self._drain_s = drain_s
        self._begun: dict[int, float] = {}
        self._quick = 0
        self._told: int | None = None

    def run(self) -> int:
        """Keeps the workers going until a signal comes; returns the exit status."""
        for sig in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sig, self._tell)
        while self._told is None and self._quick < _MOST_QUICK:
            while len(self._begun) < self._workers:
                self._start()
            self._collect()
            time.sleep(0.1)
        self._listening.close()
        self._stop()
        if self._told is None:
            from assistant.service.words import say
            from corpus.errors import WorkError

            raise WorkError(say("serve.quick", count=_MOST_QUICK))
        return 130 if self._told == signal.SIGINT else 0

    def _tell(self, sig: int, _frame: FrameType | None) -> None:
        self._told = sig

    def _start(self) -> None:
        parent = os.getpid()
        sys.stdout.flush()
        child = os.fork()
        if child:
            self._begun[child] = time.monotonic()
            return
        for sig in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sig, signal.SIG_DFL)
        _leave(_status(lambda: _Server(self._home, self._drain_s, parent).last(self._listening)))

    def _collect(self) -> None:
        """Forgets workers that ended, so that others are started in their place."""
        for child in list(self._begun):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                lived = time.monotonic() - self._begun.pop(child)
                self._quick = self._quick + 1 if lived < _QUICK_S else 0
                level = logging.INFO if self._told is not None else logging.WARNING
                log.log(level, "worker %d ended (%s) after %.0f s", child, os.waitstatus_to_exitcode(status), lived)
                _forget(child)

    def _stop(self) -> None:
        """Tells the workers to stop, waits, and ends by force those that do not."""
        self._signal(signal.SIGTERM)
        until = time.monotonic() + self._drain_s + 2 * _GRACE_S
        while self._begun and time.monotonic() < until:
            self._collect()
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        for child in self._begun:
            os.waitpid(child, 0)

    def _signal(self, sig: int) -> None:
        for child in self._begun:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, sig)


def _status(work: Callable[[], int]) -> int:
    """What `work` returns; where it raises, 1 and the reason in the log."""
    try:
        return work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:
        return 130
    except BaseException:
        log.exception("a worker failed")
        return 1


def _leave(status: int) -> NoReturn:
    """Ends this process now, with what it has to say said."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def _warm() -> None:
    """Imports, before the fork, what all workers need: their memory is shared until one writes to it."""
    import indexer.search  # noqa: F401
    from indexer.words import words

    words("chỉ tiêu")
    gc.collect()
    gc.freeze()  # a collection would write to each object, and so copy what is shared


@contextlib.contextmanager
def _shared_metrics() -> Iterator[None]:
    """A folder where the workers keep their counters, so that any of them can tell the counters of all."""
    name = "PROMETHEUS_MULTIPROC_DIR"
    if name in os.environ:
        yield
        return
    folder = tempfile.mkdtemp(prefix="chitieu-metrics-")
    os.environ[name] = folder
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _forget(child: int) -> None:
    """Takes the gauges of a worker that ended out of the sums."""
    with contextlib.suppress(ImportError, OSError):
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(child)  # type: ignore[no-untyped-call]
