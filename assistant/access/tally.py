"""Where buckets are kept: in this process, or in a file of the home that all its processes share.

The file has a fixed size. It is locked while one row is read and changed; the kernel gives the lock back when a process
dies, whenever that is, and a row that was half written then does not fit its sum and counts as unused.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import struct
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

__all__ = ["FOLDER", "KEPT", "ROWS", "Held", "Own", "Rows", "Shared", "now"]

Result = TypeVar("Result")
Change = Callable[["Held | None"], tuple["Held | None", Result]]
"""From what is held of a name (None: nothing yet) to what is to be held (None: as it was) and what comes of it."""

FOLDER = "limits"
KEPT = 20_000
"""Buckets that one process holds at once; the one unused for longest goes first."""
ROWS = 1 << 15
"""Rows of a file, 1.3 MB. A new name takes, of the eight rows where it may stand, the one unused for longest."""
_WAYS = 8
_ROW = struct.Struct("<16sddI4x")
"""Which name (a hash), what is left, as of when, the sum of these."""

log = logging.getLogger("chitieu.access")


class Held(NamedTuple):
    """What is left in a bucket, and the second of the clock at which that was so."""

    left: float
    at: float


class Rows(Protocol):
    """What holds buckets by name."""

    def change(self, name: str, change: Change[Result]) -> Result:
        """Does `change` to what is held of `name` while nobody else does."""
        ...


class Own:
    """In this process."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.held: OrderedDict[str, Held] = OrderedDict()

    def change(self, name: str, change: Change[Result]) -> Result:
        """Does `change` to what is held of `name`."""
        with self._turn:
            made, result = change(self.held.get(name))
            if made is not None:
                self.held[name] = made
                self.held.move_to_end(name)
                while len(self.held) > KEPT:
                    self.held.popitem(last=False)
        return result


class Shared:
    """In a file that is made when first needed; in this process, and the log says so, where it cannot be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._file: int | None = None
        self._own: Own | None = None

    def change(self, name: str, change: Change[Result]) -> Result:
        """Does `change` to what is held of `name`."""
        if self._own is not None:
            return self._own.change(name, change)
        try:
            with self._turn:
                return self._changed(_key(name), change)
        except OSError as error:
            log.warning("%s: %s; rate limits are counted by each process for itself", self._path.name, error)
            self._own = Own()
        return self._own.change(name, change)

    def close(self) -> None:
        """Lets the file go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __del__(self) -> None:
        """Lets the file go with the application."""
        self.close()

    def _changed(self, key: bytes, change: Change[Result]) -> Result:
        if self._file is None:
            self._file = self._opened()
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            at, held = self._place(self._file, key)
            made, result = change(held)
            if made is not None:
                os.pwrite(self._file, _ROW.pack(key, made.left, made.at, _sum(key, *made)), at)
            return result
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _opened(self) -> int:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            if os.fstat(file).st_size < ROWS * _ROW.size:
                os.posix_fallocate(file, 0, ROWS * _ROW.size)
        except OSError:
            os.close(file)
            raise
        return file

    @staticmethod
    def _place(file: int, key: bytes) -> tuple[int, Held | None]:
        """Where the row of `key` is and what it holds, else where it can be."""
        first = int.from_bytes(key[:4], "little") % (ROWS // _WAYS) * _WAYS * _ROW.size
        chosen, since = first, float("inf")
        for n, (name, left, at, total) in enumerate(_ROW.iter_unpack(os.pread(file, _WAYS * _ROW.size, first))):
            whole = total == _sum(name, left, at) and name != bytes(16)
            if whole and name == key:
                return first + n * _ROW.size, Held(left, at)
            if (at if whole else -1.0) < since:
                chosen, since = first + n * _ROW.size, at if whole else -1.0
        return chosen, None


def now() -> float:
    """Seconds since the machine started, the same in all its processes; they never go back while it runs."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _key(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=16).digest()


def _sum(name: bytes, left: float, at: float) -> int:
    return zlib.crc32(name + struct.pack("<dd", left, at))
