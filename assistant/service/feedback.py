"""Feedback kept in `feedback.jsonl` in the home directory: one object a line, only ever appended."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.service.shapes import FeedbackRequest
from assistant.service.words import say
from corpus.errors import StoreError

__all__ = ["FILE", "FULL", "changing", "keep"]

FILE = "feedback.jsonl"
FULL = 64 * 1024 * 1024
_LOCK = "feedback.lock"
_turn = threading.Lock()


@contextmanager
def changing(home: Path) -> Iterator[None]:
    """Waits for the threads and processes that change this file or the questions: one of them may replace it.

    Raises:
        OSError: the home cannot be written.
    """
    with _turn, (home / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep(home: Path, feedback: FeedbackRequest) -> str:
    """Appends `feedback` with the time (ISO 8601, UTC); returns the id of the line.

    The line is on disk when this returns.

    Raises:
        StoreError: the file cannot be written, or holds `FULL` bytes already.
    """
    id = secrets.token_hex(8)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"id": id, "at": at, **feedback.model_dump()}, ensure_ascii=False) + "\n"
    if (home / FILE).is_file() and (home / FILE).stat().st_size > FULL:
        raise StoreError(say("error.full", file=FILE))
    try:
        with changing(home), (home / FILE).open("ab") as out:
            out.write(line.encode())
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise StoreError(say("error.unwritten", file=FILE, why=error.strerror)) from error
    return id
