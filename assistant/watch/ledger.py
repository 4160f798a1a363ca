"""JSON lines of which each holds the SHA-256 of the line before: only ever appended, by any number of processes.

audit.jsonl                  the newest records
audit/NNNNNNNNNNNN.jsonl     older ones, closed when they grew too large; named after their first record
audit/torn/                  ends of lines that a crash cut short, set aside
audit/lock                   held while a record is written

The hash is over the bytes of the line without its line feed, so that `sha256sum` can follow the chain too. `n` counts
from 1. The first record holds `GENESIS` or, where there was an unchained log before, the hash of that file, which is
kept as `audit/unchained.jsonl`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["FILE", "FOLDER", "GENESIS", "UNCHAINED", "Last", "Ledger", "hash_of", "segments"]

FILE = "audit.jsonl"
FOLDER = "audit"
UNCHAINED = "unchained.jsonl"
GENESIS = "0" * 64
_BLOCK = 65_536

log = logging.getLogger("chitieu.audit")


class Last(NamedTuple):
    """The newest record: its number and the hash of its line."""

    n: int
    hash: str


class _Known(NamedTuple):
    """What was read of the file last time: it still holds while the file is the same and as long."""

    inode: int
    size: int
    last: Last


_known: dict[Path, _Known] = {}
_turns: dict[Path, threading.Lock] = {}
_turn = threading.Lock()


class Ledger:
    """The chain in one home directory."""

    def __init__(self, home: Path, largest: int = 64 * 1024 * 1024) -> None:
        """A file that has `largest` bytes is closed before the next record."""
        self.home = home
        self._path = home / FILE
        self._folder = home / FOLDER
        self._largest = largest

    def append(self, record: Mapping[str, Any]) -> Last:
        """Writes `record` behind all others, with its number and the time; it is on disk when this returns.

        What a crash left of a line is set aside first, and a record says so.

        Raises:
            OSError: it cannot be written; then nothing of it is in the file.
        """
        with self._alone():
            self._rotate()
            handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
            try:
                last = self._end(handle)
                last = self._write(handle, record, last)
            finally:
                os.close(handle)
        return last

    def last(self) -> Last | None:
        """The newest whole record, None where there is none; takes no lock."""
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except OSError:
            return self._closed()
        try:
            known = _known.get(self._path)
            stat = os.fstat(handle)
            if known and (known.inode, known.size) == (stat.st_ino, stat.st_size):
                return known.last
            line = _last_line(handle, stat.st_size)
        finally:
            os.close(handle)
        return _read(line) if line else self._closed()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Within this block nothing is written and no file is closed: what is copied of the chain fits together.

        Where nothing was ever written there is nothing to wait for.
        """
        if not self._folder.is_dir():
            yield
            return
        with self._alone():
            yield

    def _end(self, handle: int) -> Last:
        """The record to go on from, after what is torn was set aside and the chain was begun."""
        stat = os.fstat(handle)
        known = _known.get(self._path)
        if known and (known.inode, known.size) == (stat.st_ino, stat.st_size):
            return known.last
        torn = self._set_aside(handle, stat.st_size)
        line = _last_line(handle, os.fstat(handle).st_size)
        last = (_read(line) or self._counted(line)) if line else self._closed()
        if last is None:
            last = self._begin(handle)
        if torn:
            digest = hash_of(torn)
            log.warning("%s: %d byte của một dòng dở dang được tách ra", FILE, len(torn))
            last = self._write(handle, _own("torn", f"{len(torn)} byte, sha256 {digest}"), last)
        return last

    def _begin(self, handle: int) -> Last:
        """The first record: a name for the chain that no other has, tied to the unchained log before it."""
        before = self._folder / UNCHAINED
        anchor = hash_of(before.read_bytes()) if before.is_file() else GENESIS
        return self._write(handle, _own("begin", secrets.token_hex(8)), Last(0, anchor))

    def _write(self, handle: int, record: Mapping[str, Any], last: Last) -> Last:
        """One line, whole and on disk, or taken back."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        numbered = {"n": last.n + 1, "at": at, **record, "previous": last.hash}
        line = json.dumps(numbered, ensure_ascii=False).encode("utf-8", "backslashreplace")
        size = os.fstat(handle).st_size
        try:
            written = os.write(handle, line + b"\n")
            if written != len(line) + 1:
                raise OSError(28, "short write")
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, size)
            raise
        made = Last(last.n + 1, hash_of(line))
        stat = os.fstat(handle)
        _known[self._path] = _Known(stat.st_ino, stat.st_size, made)
        return made

    def _set_aside(self, handle: int, size: int) -> bytes:
        """Moves what stands behind the last line feed into a file of its own and returns it."""
        torn = _tail(handle, size)
        if torn:
            folder = self._folder / "torn"
            folder.mkdir(parents=True, exist_ok=True)
            _keep(folder / f"{size - len(torn)}-{hash_of(torn)[:12]}.part", torn)
            os.ftruncate(handle, size - len(torn))
            os.fsync(handle)
        return torn

    def _rotate(self) -> None:
        """Closes the file where it is too large, and puts away a log that has no chain."""
        try:
            with self._path.open("rb") as file:
                first = file.readline(_BLOCK)
        except FileNotFoundError:
            return
        if first and not _chained(first) and not segments(self.home)[:-1]:
            os.replace(self._path, self._folder / UNCHAINED)
        elif self._path.stat().st_size >= self._largest and first.endswith(b"\n") and _chained(first):
            os.replace(self._path, self._folder / f"{json.loads(first)['n']:012d}.jsonl")
        else:
            return
        _known.pop(self._path, None)
        for folder in (self.home, self._folder):
            _sync(folder)

    def _closed(self) -> Last | None:
        """The last record of the closed files."""
        for path in reversed(segments(self.home)[:-1] if self._path.exists() else segments(self.home)):
            with path.open("rb") as file:
                line = _last_line(file.fileno(), path.stat().st_size)
            if line:
                return _read(line) or self._counted(line)
        return None

    def _counted(self, line: bytes) -> Last:
        """The place behind a last line that is no record: found by counting, so that the chain goes on."""
        count = sum(block.count(b"\n") for path in segments(self.home) for block in _blocks(path))
        return Last(count, hash_of(line))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Waits for threads and processes that write; the lock is opened anew, so that no fork shares it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        with _turn:
            turn = _turns.setdefault(self._path, threading.Lock())
        with turn, (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def hash_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def segments(home: Path) -> list[Path]:
    """The files of the chain in `home` in their order, the one that is written last."""
    folder = home / FOLDER
    closed = sorted(p for p in folder.glob("*.jsonl") if p.stem.isdigit()) if folder.is_dir() else []
    return [*closed, *([home / FILE] if (home / FILE).is_file() else [])]


def _own(action: str, subject: str) -> dict[str, Any]:
    return {"who": "chitieu", "action": action, "subject": subject, "outcome": ""}


def _chained(line: bytes) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return True
    return isinstance(record, dict) and isinstance(record.get("n"), int) and "previous" in record


def _read(line: bytes) -> Last | None:
    try:
        n = json.loads(line)["n"]
    except (ValueError, KeyError, TypeError):
        return None
    return Last(n, hash_of(line)) if isinstance(n, int) else None


def _tail(handle: int, size: int) -> bytes:
    """What stands behind the last line feed of the first `size` bytes."""
    tail = b""
    while size > len(tail):
        start = max(0, size - len(tail) - _BLOCK)
        tail = os.pread(handle, size - len(tail) - start, start) + tail
        if b"\n" in tail:
            return tail[tail.rindex(b"\n") + 1 :]
    return tail


def _last_line(handle: int, size: int) -> bytes:
    """The last line that is whole, without its line feed; empty where there is none."""
    whole = size - len(_tail(handle, size)) - 1
    return _tail(handle, whole) if whole > 0 else b""


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block


def _keep(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
