"""Questions that were declined, in `questions.jsonl`, and feedback: what `/admin` shows, and how long it is kept."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections import deque
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.answers.answer import Answer
from assistant.service import feedback

__all__ = ["FILE", "declined", "disliked", "forget", "note"]

FILE = "questions.jsonl"
log = logging.getLogger("chitieu.service")


def note(home: Path, answer: Answer, days: int) -> None:
    """Keeps the question of a refusal; never more than `feedback.FULL` bytes, and nothing with `days` 0.

    A question is answered whether or not it can be kept, so what goes wrong is only logged.
    """
    if not answer.abstained or not days:
        return
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = {"at": at, "question": answer.question, "reason": answer.reason and answer.reason.value}
    if answer.standalone != answer.question:
        line["standalone"] = answer.standalone
    path = home / FILE
    try:
        with feedback.changing(home):
            if path.is_file() and path.stat().st_size > feedback.FULL:
                return
            with path.open("a", encoding="utf-8") as out:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        log.warning("%s: %s", FILE, error)


def declined(home: Path, count: int = 200) -> list[dict[str, Any]]:
    """The newest refusals, the newest first."""
    return _last(home / FILE, count)


def disliked(home: Path, count: int = 200) -> list[dict[str, Any]]:
    """The newest answers that readers found wrong, the newest first."""
    return [line for line in _last(home / feedback.FILE, 10 * count) if line.get("verdict") == "down"][:count]


def forget(home: Path, days: int) -> None:
    """Removes lines older than `days` from questions and feedback; with 0, all questions and no feedback."""
    if not any((home / name).is_file() for name in (FILE, feedback.FILE)):
        return
    until = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    try:
        with feedback.changing(home):
            _cut(home / FILE, until)
            if days:
                _cut(home / feedback.FILE, until)
    except OSError as error:
        log.warning("%s: %s", FILE, error)


def _last(path: Path, count: int) -> list[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in reversed(deque(lines, maxlen=count))]
    except FileNotFoundError:
        return []


def _cut(path: Path, until: str) -> None:
    """Replaces the file by its lines from `until` on, in one step, where any are older."""
    if not path.is_file():
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    left = [line for line in lines if json.loads(line)["at"] >= until]
    if len(left) == len(lines):
        return
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.writelines(left)
    os.replace(made, path)
