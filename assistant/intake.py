"""Reads files and extracts targets in several processes, and survives a file that kills its process."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from assistant.why import why
from corpus.document import Document, Frozen
from corpus.errors import ChitieuError, InputError

if TYPE_CHECKING:
    from assistant.targets.target import Target

__all__ = ["Failure", "Loaded", "extracted", "extractor", "files", "loaded"]

_WORTH_PROCESSES = 6
_CRASHED = "chương trình dừng đột ngột khi xử lý; tệp có thể đã hỏng"

Job = TypeVar("Job")
Result = TypeVar("Result")


class Failure(Frozen):
    """A file that could not be taken in, and why."""

    name: str
    reason: str


class Loaded(NamedTuple):
    """A file as a document, with the bytes it was read from."""

    path: Path
    document: Document
    original: bytes


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
    for job, result in zip(jobs, _in_processes(_load, jobs, processes), strict=True):
        yield result or Failure(name=job.path.name, reason=_CRASHED)


def extracted(documents: list[Document], processes: int = 1) -> Iterator[list[Target] | Failure]:
    """The targets of each document, in order, or why they could not be extracted."""
    for document, result in zip(documents, _in_processes(_extract, documents, processes), strict=True):
        yield Failure(name=document.id, reason=_CRASHED) if result is None else result


@cache
def extractor() -> str:
    """A name for the extraction rules that are installed: it changes when their code does."""
    import assistant.targets

    digest = hashlib.sha256()
    for path in sorted(Path(assistant.targets.__path__[0]).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _load(job: _Job) -> Loaded | Failure:
    from corpus.load import load

    try:
        original = job.path.read_bytes()
        return Loaded(job.path, load(job.path, job.sidecar, job.overrides), original)
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


def _in_processes(work: Callable[[Job], Result], jobs: list[Job], processes: int) -> Iterator[Result | None]:
    """`work` of each job in order; None for a job whose process died, with the others done all the same."""
    if processes == 1 or len(jobs) < _WORTH_PROCESSES:
        yield from map(work, jobs)
        return
    done = 0
    try:
        with _pool(min(processes, len(jobs))) as pool:
            for result in pool.map(work, jobs, chunksize=1):
                yield result
                done += 1
    except BrokenProcessPool:
        yield from map(partial(_alone, work), jobs[done:])


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
