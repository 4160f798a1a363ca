"""Reads files and extracts targets in several processes, and survives a file that kills its process."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from assistant.why import why
from corpus.document import Document, Frozen
from corpus.errors import ChitieuError, InputError

if TYPE_CHECKING:
    from assistant.targets.target import Target

__all__ = ["Failure", "Loaded", "Note", "extracted", "extractor", "files", "loaded"]

_WORTH_PROCESSES = 6
_AHEAD = 4
"""Jobs begun for each process and not yet taken back: enough to keep it busy, few enough to fit in memory."""

_CRASHED = "chương trình dừng đột ngột khi xử lý; tệp có thể đã hỏng"

Job = TypeVar("Job")
Result = TypeVar("Result")


class Failure(Frozen):
    """A file that could not be taken in, and why."""

    name: str
    reason: str


class Note(Frozen):
    """What the reader says of a file that it read: whole sentences on what a person should look at."""

    name: str
    said: tuple[str, ...]


class Loaded(NamedTuple):
    """A file as a document, with the bytes it was read from and what its reader says of it."""

    path: Path
    document: Document
    original: bytes
    notes: tuple[str, ...] = ()


class _Job(NamedTuple):
    path: Path
    sidecar: Mapping[str, Any] | None
    overrides: Mapping[str, Any]


def files(paths: Iterable[Path]) -> tuple[list[Path], list[Failure]]:
    """The files that `paths` name, folders searched through, each once; and the paths that lead nowhere."""
    from corpus.load import walk

    found: dict[Path, Path] = {}
    failed: list[Failure] = []
    for path in paths:
        try:
            found.update((file.absolute(), file) for file in walk([path]) if file.absolute() not in found)
        except (InputError, OSError) as error:
            failed.append(Failure(name=str(path), reason=_reason(error, path)))
    return list(found.values()), failed


def loaded(
    paths: list[Path],
    sidecars: Mapping[str, Mapping[str, Any]] | None = None,
    overrides: Mapping[str, Any] | None = None,
    processes: int = 1,
) -> Iterator[Loaded | Failure]:
    """Each file as a document or a failure, in the order of `paths`.

    `sidecars` are the fields of a manifest by file name; for a file that it does not name, or without it, a
    `manifest.json` beside the file counts. `overrides` hold for every file.
    """
    jobs = [_Job(path, (sidecars or {}).get(path.name), overrides or {}) for path in paths]
    for job, result in _in_processes(_load, jobs, processes):
        yield result or Failure(name=job.path.name, reason=_CRASHED)


def extracted(documents: Iterable[Document], processes: int = 1) -> Iterator[tuple[Document, list[Target] | Failure]]:
    """Each document with its targets, in order, or with why they could not be extracted.

    Documents are asked for a few ahead of the one that is given back, so that memory does not grow with their number.
    """
    for document, result in _in_processes(_extract, documents, processes):
        yield document, Failure(name=document.id, reason=_CRASHED) if result is None else result


@cache
def extractor() -> str:
    """A name for the extraction rules that are installed: it changes when their code does."""
    import assistant.targets

    digest = hashlib.sha256()
    for path in sorted(Path(assistant.targets.__path__[0]).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _load(job: _Job) -> Loaded | Failure:
    from corpus.load import loaded as read

    try:
        original = job.path.read_bytes()
        document, notes = read(job.path, job.sidecar, job.overrides)
        return Loaded(job.path, document, original, notes)
    except (ChitieuError, OSError) as error:
        return Failure(name=job.path.name, reason=_reason(error, job.path))
    except MemoryError:
        return Failure(name=job.path.name, reason="không đủ bộ nhớ để đọc tệp")
    except Exception as error:
        return Failure(name=job.path.name, reason=f"không đọc được ({_said(error)})")


def _extract(document: Document) -> list[Target] | Failure:
    from assistant.targets import extract

    try:
        return list(extract(document))
    except Exception as error:
        return Failure(name=document.id, reason=f"không trích được chỉ tiêu ({_said(error)})")


def _said(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _reason(error: Exception, path: Path) -> str:
    """What `error` says, without the name of the file in front, which stands beside it already."""
    if isinstance(error, OSError):
        return why(error)
    said = " ".join(str(error).split())
    for name in (str(path), path.name):
        said = said.removeprefix(f"{name}: ")
    return said


def _in_processes(
    work: Callable[[Job], Result], jobs: Iterable[Job], processes: int
) -> Iterator[tuple[Job, Result | None]]:
    """Each job with its result, in order; None where its process died, with the others done all the same."""
    left = iter(jobs)
    first = list(islice(left, _WORTH_PROCESSES))
    left = chain(first, left)
    if processes == 1 or len(first) < _WORTH_PROCESSES:
        yield from ((job, work(job)) for job in left)
        return
    in_hand: deque[Job] = deque()
    while True:
        try:
            with _pool(processes) as pool:
                yield from _flowing(pool, work, left, in_hand, processes * _AHEAD)
            return
        except BrokenProcessPool:
            while in_hand:
                job = in_hand.popleft()
                yield job, _alone(work, job)


def _flowing(
    pool: ProcessPoolExecutor, work: Callable[[Job], Result], jobs: Iterator[Job], in_hand: deque[Job], most: int
) -> Iterator[tuple[Job, Result]]:
    """Results in order, with `most` jobs begun and not given back; when a process dies, `in_hand` holds these."""
    begun: deque[Future[Result]] = deque()
    try:
        for job in jobs:
            in_hand.append(job)
            begun.append(pool.submit(work, job))
            if len(begun) >= most:
                result = begun.popleft().result()
                yield in_hand.popleft(), result
        while begun:
            result = begun.popleft().result()
            yield in_hand.popleft(), result
    finally:
        for future in begun:
            future.cancel()


def _alone(work: Callable[[Job], Result], job: Job) -> Result | None:
    try:
        with _pool(1) as pool:
            return pool.submit(work, job).result()
    except BrokenProcessPool:
        return None


def _pool(processes: int) -> ProcessPoolExecutor:
    """Fresh processes: forking one that runs threads or holds database connections is not safe."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_follow_parent)


def _follow_parent() -> None:
    """Leaves Ctrl-C to the parent, and ends with it however it ends: a worker would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
