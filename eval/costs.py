"""What a process takes: processor time, the most memory that it ever held, and of its own."""

from __future__ import annotations

import resource
import threading
from pathlib import Path

__all__ = ["Most", "cpu_seconds", "most_memory"]


class Most:
    """The most memory without a file behind it that this process holds, looked at twice a second and at the end."""

    own = 0

    def __enter__(self) -> Most:
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()
        self._see()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            self._see()

    def _see(self) -> None:
        lines = Path("/proc/self/status").read_text().splitlines()
        self.own = max(self.own, *(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon")))


def cpu_seconds() -> float:
    """The seconds of processor time that this process and those it waited for have taken."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def most_memory() -> int:
    """The most memory that this process ever held, pages of mapped files included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
