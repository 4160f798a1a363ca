"""`audit.jsonl` in the home: who did what when on `/admin`; one object a line, only ever appended."""

from __future__ import annotations

import json
import os
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.service.words import say
from assistant.why import why
from corpus.errors import StoreError

__all__ = ["FILE", "last", "note"]

FILE = "audit.jsonl"


def note(home: Path, who: str, action: str, subject: str = "", outcome: str = "") -> None:
    """Appends a line; it is on disk when this returns. `outcome` is empty where the action was begun or done.

    Raises:
        StoreError: it cannot be written; then the action must not be done.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    record = {"at": at, "who": who, "action": action, "subject": subject, "outcome": outcome}
    try:
        handle = os.open(home / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(handle, (json.dumps(record, ensure_ascii=False) + "\n").encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise StoreError(say("error.audit", file=FILE, why=why(error))) from error


def last(home: Path, count: int = 200) -> list[dict[str, Any]]:
    """The newest lines, the newest first."""
    try:
        with (home / FILE).open(encoding="utf-8") as lines:
            return [json.loads(line) for line in reversed(deque(lines, maxlen=count))]
    except FileNotFoundError:
        return []
