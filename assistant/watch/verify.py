"""Whether the audit chain is whole: which record is the first that does not fit, and what that means.

What a chain shows: a record that was changed, taken out, put in or moved, wherever another follows it; an end of a line
that was cut. What it cannot show by itself: whole records cut off at the end, or a chain that was written anew from
some record on by somebody who may write the file. Both show against a hash that was noted elsewhere: `head`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from assistant.watch.ledger import FOLDER, GENESIS, UNCHAINED, hash_of, segments
from corpus.document import Frozen

__all__ = ["Break", "Fault", "Verdict", "verify"]


class Fault(StrEnum):
    """What does not fit."""

    UNREADABLE = "unreadable"
    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    BEGINNING = "beginning"
    TORN = "torn"
    HEAD = "head"


_PASSING = (Fault.TORN, Fault.MISSING, Fault.HEAD)
"""What may be seen of a record that is being written, or of a file that is being closed, at this very moment."""
_MOMENT = 0.2


class Break(Frozen):
    """The first place that does not fit: the number that the record there should have, its file and line (from 1)."""

    fault: Fault
    n: int
    file: str
    line: int
    said: str


class Verdict(Frozen):
    """How many records were followed, the hash of the last of them, when it was written, and the first break.

    `torn` counts ends of lines that a crash left and that were set aside; each has a record of its own.
    """

    records: int = 0
    head: str = ""
    at: str = ""
    files: int = 0
    torn: int = 0
    first_break: Break | None = None

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        return self.first_break is None


class _Line(NamedTuple):
    file: str
    number: int
    content: bytes
    whole: bool


def verify(home: Path, head: str | None = None) -> Verdict:
    """Follows the chain of `home` to its end or first break; with `head`, a hash noted earlier must be in it.

    `head` may be shortened to 12 digits. Records may be written meanwhile.
    """
    verdict = _followed(home, head)
    if verdict.first_break is None or verdict.first_break.fault not in _PASSING:
        return verdict
    time.sleep(_MOMENT)
    return _followed(home, head)


def _followed(home: Path, head: str | None) -> Verdict:
    found, previous, expected, at, torn, heads = None, _anchor(home), 1, "", 0, not head
    files = segments(home)
    for line in _lines(files):
        found, record = _judged(line, expected, previous)
        if found:
            break
        previous = hash_of(line.content)
        heads = heads or previous.startswith(str(head).lower())
        at, torn, expected = str(record.get("at", "")), torn + (record.get("action") == "torn"), expected + 1
    if found is None and not heads:
        said = f"không có bản ghi nào mang mã {head}: cuối nhật ký đã bị cắt, hoặc đã bị viết lại"
        found = Break(fault=Fault.HEAD, n=expected, file=files[-1].name if files else "", line=0, said=said)
    last = previous if expected > 1 else ""
    return Verdict(records=expected - 1, head=last, at=at, files=len(files), torn=torn, first_break=found)


def _anchor(home: Path) -> str:
    """What the first record must hold."""
    before = home / FOLDER / UNCHAINED
    return hash_of(before.read_bytes()) if before.is_file() else GENESIS


def _lines(files: list[Path]) -> Iterator[_Line]:
    for path in files:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield _Line(path.name, number, line.rstrip(b"\n"), line.endswith(b"\n"))


def _judged(line: _Line, expected: int, previous: str) -> tuple[Break | None, dict[str, Any]]:
    """What is wrong with `line` where record `expected` should stand, and the record."""
    if not line.whole:
        said = "dòng cuối bị đứt giữa chừng; lần ghi sau sẽ tách ra và ghi lại việc đó"
        return _break(line, expected, Fault.TORN, said), {}
    try:
        record = json.loads(line.content)
        n, held = int(record["n"]), str(record["previous"])
    except (ValueError, KeyError, TypeError):
        said = "dòng này không phải một bản ghi: đã bị sửa hoặc hỏng"
        return _break(line, expected, Fault.UNREADABLE, said), {}
    if (n, held) == (expected, previous):
        return None, record
    return _break(line, expected, *_fault(n, held, expected, previous)), {}


def _break(line: _Line, expected: int, fault: Fault, said: str) -> Break:
    return Break(fault=fault, n=expected, file=line.file, line=line.number, said=said)


def _fault(n: int, held: str, expected: int, previous: str) -> tuple[Fault, str]:
    if expected == 1:
        said = "không phải bản ghi đầu của nhật ký, hoặc nhật ký cũ trước nó (unchained.jsonl) đã bị sửa, xóa"
        said = f"thiếu các bản ghi từ 1 đến {n - 1}" if n > 1 else said
        return Fault.BEGINNING, said
    if n > expected:
        return Fault.MISSING, f"thiếu các bản ghi từ {expected} đến {n - 1}"
    if n < expected:
        return Fault.MOVED, f"bản ghi {n} nằm sai chỗ hoặc bị chép thêm"
    said = f"bản ghi {n - 1} đã bị sửa sau khi ghi (mã băm {previous[:12]}, bản ghi {n} giữ {held[:12]})"
    return Fault.CHANGED, said
