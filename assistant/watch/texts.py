"""The words of questions, kept apart from the chain of records so that they can be forgotten: they are personal data.

audit/questions/2026-03-04.jsonl    one object a line: `hash`, `salt`, `text`

The record of a question holds `hash` alone, the SHA-256 of salt and text. When a day's file is gone, so are the salts:
from the hashes left nobody can try out what somebody may have asked, and the chain is as whole as before.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assistant.watch.ledger import FOLDER

__all__ = ["erase", "forget", "keep", "matches", "texts"]


def keep(home: Path, text: str, days: int, now: datetime | None = None) -> str:
    """Keeps `text` for `days` and returns the hash for its record; with 0 nothing is kept, and the hash is empty.

    Raises:
        OSError: it cannot be written.
    """
    if not days:
        return ""
    salt = secrets.token_hex(16)
    digest = _hash(salt, text)
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"hash": digest, "salt": salt, "text": text}, ensure_ascii=False)
    with _alone(folder):
        handle = os.open(folder / f"{_day(now)}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode("utf-8", "backslashreplace") + b"\n")
        finally:
            os.close(handle)
    return digest


def erase(home: Path, days: int, now: datetime | None = None) -> list[str]:
    """Deletes what was asked `days` ago or earlier, by UTC days; returns the days that are gone.

    No text outlives `days` times 24 hours. A clock that goes back erases nothing early; what it dated ahead stays until
    its days are over.
    """
    until = _day(now) - timedelta(days=days) if days else date.max
    gone = []
    for path in _files(home):
        if date.fromisoformat(path.stem) <= until:
            path.unlink(missing_ok=True)
            gone.append(path.stem)
    return gone


def forget(home: Path, digests: Collection[str]) -> int:
    """Deletes the words behind these hashes before their days are over; returns how many there were.

    Raises:
        OSError: a file cannot be written; it is as it was then.
    """
    gone = 0
    for path in _files(home):
        with _alone(path.parent):
            lines = _content(path).splitlines(keepends=True)
            left = [line for line in lines if _hash_in(line) not in digests]
            if len(left) < len(lines):
                _replace(path, b"".join(left))
                gone += len(lines) - len(left)
    return gone


def texts(home: Path) -> dict[str, str]:
    """The questions that are still kept, by the hash in their record."""
    found = {}
    for path in _files(home):
        for line in _content(path).decode("utf-8", "replace").splitlines():
            try:
                kept = json.loads(line)
                found[str(kept["hash"])] = str(kept["text"])
            except (ValueError, KeyError, TypeError):
                continue
    return found


def _content(path: Path) -> bytes:
    """What a file holds, nothing where its day was forgotten between listing and reading."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def matches(digest: str, salt: str, text: str) -> bool:
    """Whether a record with `digest` is of the question `text`."""
    return secrets.compare_digest(_hash(salt, text), digest)


def _hash_in(line: bytes) -> str:
    try:
        return str(json.loads(line)["hash"])
    except (ValueError, KeyError, TypeError):
        return ""


def _replace(path: Path, content: bytes) -> None:
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(made, path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits for the threads and processes that write here; each opens the lock anew, so that each waits for itself."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(_folder(home).glob("????-??-??.jsonl")):
        try:
            date.fromisoformat(path.stem)
        except ValueError:
            continue
        yield path


def _folder(home: Path) -> Path:
    return home / FOLDER / "questions"


def _day(now: datetime | None) -> date:
    return (now or datetime.now(UTC)).astimezone(UTC).date()


def _hash(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode("utf-8", "backslashreplace")).hexdigest()
