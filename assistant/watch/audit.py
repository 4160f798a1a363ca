"""Who did what, when: the one place where records of the audit chain are made.

`note` is for what must not happen unrecorded: it raises. `did` takes who acts from the request or command in hand and
does nothing where the program itself is at work.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.watch import texts
from assistant.watch.call import COMMAND, Call, current
from assistant.watch.ledger import Ledger, segments
from assistant.why import why
from corpus.errors import ChitieuError, StoreError

if TYPE_CHECKING:
    from assistant.settings import Settings

__all__ = ["ASKING", "Extent", "Rules", "asked", "did", "govern", "last", "note", "recorded"]

Extent = Literal["off", "changes", "all"]
ASKING = frozenset(("ask", "search"))
"""Actions that `changes` leaves out."""
_LONGEST = 2000
"""Characters of what was done to what; a list of files may be longer, so their number stands first."""

log = logging.getLogger("chitieu.audit")


@dataclass(frozen=True)
class Rules:
    """What a home records: which actions, for how many days the words of questions, in files of how many bytes."""

    extent: Extent = "all"
    questions_days: int = 90
    largest: int = 64 * 1024 * 1024


_rules: dict[Path, Rules] = {}


def govern(home: Path, settings: Settings) -> Rules:
    """Lets `settings` say what is recorded for `home` from now on, in this process."""
    rules = Rules(
        extent=settings.audit,
        questions_days=settings.audit_questions_days,
        largest=settings.audit_max_mb * 1024 * 1024,
    )
    _rules[home.absolute()] = rules
    return rules


def note(
    home: Path, who: str, action: str, subject: str = "", outcome: str = "", *, question: str | None = None
) -> None:
    """Writes a record; it is on disk when this returns. `outcome` is empty where the action was begun or done.

    Raises:
        StoreError: it cannot be written; then the action must not be done.
    """
    rules = _rules_of(home)
    if rules.extent == "off" or (rules.extent == "changes" and action in ASKING):
        return
    call = current()
    record = {
        "who": _short(who, 200),
        "id": _short(call.subject if call else "", 200),
        "from": call.address if call else "",
        "request": call.id if call else "",
        "action": action,
        "subject": _short(subject),
        "outcome": _short(outcome),
    }
    try:
        if question is not None:
            record["question"] = texts.keep(home, question, rules.questions_days)
        Ledger(home, rules.largest).append(record)
    except OSError as error:
        raise StoreError(f"audit.jsonl: không ghi được nhật ký ({why(error)}); việc không được thực hiện") from error


def did(home: Path, action: str, subject: str = "", outcome: str = "") -> None:
    """Records what the one in hand does; nothing where nobody acts.

    Raises:
        StoreError: it cannot be written; then the action must not be done.
    """
    call = current()
    if call is not None:
        note(home, call.who, action, subject, outcome)


def asked(home: Path, action: str, question: str, outcome: str) -> None:
    """Records a question that the one in hand asked; one that cannot be recorded is answered all the same."""
    call = current()
    if call is None:
        return
    try:
        note(home, call.who, action, "", outcome, question=question)
    except StoreError as error:
        call.unrecorded += 1
        log.log(logging.INFO if call.address == COMMAND else logging.ERROR, "%s", error)


@contextmanager
def recorded(home: Path, action: str, subject: str) -> Iterator[None]:
    """Around a change: one record before it begins and one that says how it ended.

    Raises:
        StoreError: the first cannot be written; then nothing is begun.
    """
    call = current()
    if call is None:
        yield
        return
    note(home, call.who, action, subject)
    try:
        yield
    except BaseException as error:
        _ended(home, call, action, subject, f"failed: {_named(error)}")
        raise
    _ended(home, call, action, subject, "done")


def last(home: Path, count: int = 200) -> list[dict[str, Any]]:
    """The newest records, the newest first; lines that are none are passed over."""
    return list(islice(_backwards(home), count))


def _ended(home: Path, call: Call, action: str, subject: str, outcome: str) -> None:
    try:
        note(home, call.who, action, subject, outcome)
    except StoreError as error:
        log.error("%s", error)


def _named(error: BaseException) -> str:
    return str(error) if isinstance(error, ChitieuError) else type(error).__name__


def _backwards(home: Path) -> Iterator[dict[str, Any]]:
    for path in reversed(segments(home)):
        for line in _lines_backwards(path):
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                yield record


def _lines_backwards(path: Path) -> Iterator[bytes]:
    """The lines of a file, the last first, read a block at a time."""
    with path.open("rb") as file:
        left, at = b"", file.seek(0, 2)
        while at > 0:
            step = min(at, 65_536)
            at -= step
            file.seek(at)
            first, *lines = (file.read(step) + left).split(b"\n")
            left = first
            yield from reversed(lines)
        yield left


def _rules_of(home: Path) -> Rules:
    rules = _rules.get(home.absolute())
    if rules is None:
        from assistant.settings import Settings

        rules = govern(home, Settings.load(home))
    return rules


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
