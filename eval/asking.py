"""How long a question takes over the documents of a home: asked for the first time, and asked again.

A first ask reads documents that no question touched before; a repeated one finds them read. Times of the clock tell
what a user waits on this machine now; times of the processor hardly depend on what else runs.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import Frozen
from corpus.errors import InputError, UnreadableFile
from eval.memory import memory_of
from eval.stats import percentile

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["Asking", "Spread", "questions_in", "run", "show"]

_SHARES = (50, 90, 95, 99)
_SLOWEST = 5


class Spread(Frozen):
    """Milliseconds of `clock` and `processor` by percentile: (p50, p90, p95, p99)."""

    clock: tuple[float, ...]
    processor: tuple[float, ...]


class Asking(Frozen):
    """What asking took: `first_s` is the first answer of the process, opening included; memory is in MB.

    `load` is the number of programs that waited for a processor before and after; `slowest` the slowest first asks
    with their milliseconds of processor time.
    """

    documents: int
    questions: int
    first_s: float
    once: Spread
    again: Spread
    memory: tuple[float, float]
    load: tuple[float, float]
    machine: str
    slowest: tuple[tuple[float, str], ...]


def questions_in(files: Sequence[Path], limit: int | None = None) -> list[str]:
    """The questions of JSONL files, each once: the first of each file, then the second of each, and so on.

    Raises:
        UnreadableFile: a file is missing or has a line without "question".
        InputError: there is no question.
    """
    mixed = dict.fromkeys(q for q in chain.from_iterable(zip_longest(*map(_asked, files))) if q)
    if not mixed:
        raise InputError('Không có câu hỏi nào để đo; hãy cho tệp JSONL có "question" ở mỗi dòng bằng --questions.')
    return list(mixed)[:limit]


def _asked(path: Path) -> list[str]:
    try:
        return [str(json.loads(line)["question"]) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or "không đọc được") from None
    except (ValueError, KeyError, TypeError):
        raise UnreadableFile(str(path), 'mỗi dòng phải là {"question": ...}') from None


def run(home: Path, questions: Sequence[str]) -> Asking:
    """Asks the first of `questions` for the time to the first answer, the others once, and then all others again.

    Raises:
        InputError: there are fewer than two questions.
    """
    if len(questions) < 2:
        raise InputError("Cần ít nhất hai câu hỏi: một câu để mở kho, còn lại để đo.")
    from assistant.watch.call import unwatched

    load = os.getloadavg()[0]
    start = time.perf_counter()
    from assistant.workspace import Workspace

    room = Workspace(home)
    with unwatched():
        room.ask(questions[0])
        first = time.perf_counter() - start
        begun = memory_of(os.getpid()).pss
        once = [_timed(room.ask, question) for question in questions[1:]]
        again = [_timed(room.ask, question) for question in questions[1:]]
    slowest = sorted(zip((p for _, p in once), questions[1:], strict=True), reverse=True)[:_SLOWEST]
    return Asking(
        documents=_documents(room),
        questions=len(once),
        first_s=first,
        once=_spread(once),
        again=_spread(again),
        memory=(begun, memory_of(os.getpid()).pss),
        load=(load, os.getloadavg()[0]),
        machine=f"{platform.machine()}, {os.cpu_count()} lõi, Python {platform.python_version()}",
        slowest=tuple(slowest),
    )


def show(asking: Asking, as_json: bool = False) -> str:
    """The times as a table; `as_json` adds a last line that programs read."""
    lines = [
        f"{asking.documents} văn bản, {asking.questions} câu hỏi; {asking.machine}; "
        f"tải máy {asking.load[0]:.1f} lúc đầu, {asking.load[1]:.1f} lúc cuối",
        f"Câu trả lời đầu tiên, kể cả mở kho: {asking.first_s:.2f} s; "
        f"bộ nhớ {asking.memory[0]:.0f} MB sau câu đó, {asking.memory[1]:.0f} MB lúc cuối",
        "",
        f"{'ms':34}" + "".join(f"{f'p{share}':>8}" for share in _SHARES),
    ]
    for label, spread in (("hỏi lần đầu", asking.once), ("hỏi lại", asking.again)):
        for clock, values in (("đồng hồ", spread.clock), ("bộ xử lý", spread.processor)):
            lines.append(f"{label + ', ' + clock:34}" + "".join(f"{value:8.0f}" for value in values))
    lines += ["", "Chậm nhất khi hỏi lần đầu (ms bộ xử lý):"]
    lines += [f"{took:8.0f}  {question}" for took, question in asking.slowest]
    if as_json:
        lines.append(json.dumps(asking.model_dump(), ensure_ascii=False))
    return "\n".join(lines)


def _timed(ask: Callable[[str], Any], question: str) -> tuple[float, float]:
    """Milliseconds of the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    ask(question)
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def _spread(took: Sequence[tuple[float, float]]) -> Spread:
    clock, processor = zip(*took, strict=True)
    return Spread(
        clock=tuple(percentile(clock, share) for share in _SHARES),
        processor=tuple(percentile(processor, share) for share in _SHARES),
    )


def _documents(room: Workspace) -> int:
    return len(list(room.documents()))
