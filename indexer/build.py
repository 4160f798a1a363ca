"""Builds an index generation beside the one that serves, and switches to it in one step.

Killed at any moment, the generation that `index/current` names is whole: a new one is written under a name that
nothing reads, flushed to disk, checked against its manifest, renamed, and only then named in `current`.

What the one before holds of unchanged documents is copied, once its hashes agree; only the others are read.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.document import Document
from corpus.errors import IndexDamaged
from indexer import dense
from indexer.embedding import Encoder
from indexer.generation import CUT, FORMAT, Manifest, Trained, current, generations, measure, sweep, verify
from indexer.joining import join
from indexer.older import Older
from indexer.passages import Passage, passages
from indexer.searching import Read, Told, Wanted
from indexer.sources import Source, Sources
from indexer.splice import Splice, Stretch
from indexer.writing import Writing

__all__ = ["build", "current", "renew", "switch"]

_BATCH = 4096
_COPIED = ("id", "sha256", "number", "about", "kind", "issuer", "issued_on", "effective_from", "effective_to")

_Item = int | tuple[Document, str]
"""A document of the next generation: its place in the older one, or it and its fingerprint."""


def build(home: Path, documents: Iterable[Document], encoder: Encoder, processes: int = 1) -> Path:
    """The new generation of `documents`, now serving; all are read, words and vectors of known passages are copied.

    `processes` share the word segmentation of large additions. Builds in one home wait for each other.
    """
    return _made(home, encoder, processes, lambda _: (((d, "") for d in documents), False))


def renew(
    home: Path, wanted: Iterable[Wanted], read: Read, encoder: Encoder, processes: int = 1, anew: bool = False,
    tell: Told | None = None,
) -> Path:  # fmt: skip
    """The new generation of the documents `wanted`, now serving; `read` gives those that the last one does not hold.

    What it holds of the others is taken over, unless all are to be read `anew`. The files come out as if all had been
    read, but for the codes of the vectors, which learn anew when the passages have doubled. `tell` is told how many of
    how many documents are done.
    """

    def chosen(older: Older) -> tuple[Iterator[_Item], bool]:
        listed = list(older.among(wanted)) if not anew else list(wanted)

        def items() -> Iterator[_Item]:
            for done, one in enumerate(listed, start=1):
                yield one if isinstance(one, int) else (read(one.id, one.sha256), one.fingerprint)
                if tell:
                    tell(done, len(listed))

        return items(), any(isinstance(one, int) for one in listed)

    return _made(home, encoder, processes, chosen)


def _made(
    home: Path, encoder: Encoder, processes: int, chosen: Callable[[Older], tuple[Iterator[_Item], bool]]
) -> Path:
    """The new generation of the documents that are `chosen`, some of them from the older one where that is said."""
    folder = home / "index"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        for left in folder.glob(".*.partial"):
            shutil.rmtree(left)
        number = max((int(g.name) for g in generations(home)), default=0) + 1
        partial = folder / f".{number}.partial"
        partial.mkdir()
        older = Older(home, encoder)
        _Filling(partial, encoder, processes, older).fill(*chosen(older))
        verify(partial, full=False)  # the hashes were taken from the same pages a moment ago
        made = folder / str(number)
        partial.rename(made)
        _flush(folder)
        _switch(folder, made)
        _forget(home, made)
    return made


def switch(home: Path, name: str) -> Path:
    """Makes the complete generation `name` the one that serves, for example the one before a bad one.

    Raises:
        IndexDamaged: it is not there, or not whole; the generation that serves stays.
    """
    folder = home / "index"
    with _alone(folder):
        wanted = next((g for g in generations(home) if g.name == name), None)
        if wanted is None:
            raise IndexDamaged(f"không có thế hệ chỉ mục {name!r}; hãy chọn một thế hệ đang có")
        verify(wanted)
        _switch(folder, wanted)
    return wanted


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Filling:
    """Writes all files of a generation, the manifest last; what is held at once hardly grows with the documents."""

    def __init__(self, directory: Path, encoder: Encoder, processes: int, older: Older) -> None:
        self._directory = directory
        self._encoder = encoder
        self._processes = processes
        self._older = older
        self._sources: list[Source] = []
        self._marks: list[str] = []
        self._stretches: list[Stretch] = []

    def fill(self, items: Iterator[_Item], keeping: bool) -> None:
        """Writes the documents `items`; new passages go aside first where some are kept."""
        aside = self._directory / ".fresh" if keeping else self._directory
        aside.mkdir(exist_ok=True)
        with Writing(aside, self._directory, self._encoder, self._older.known, self._processes) as writing:
            for batch in self._batches(items):
                writing.add(batch)
        splice = None
        if keeping and self._older.directory and self._older.manifest:
            splice = Splice(self._older.directory, self._older.manifest.passages, self._stretches)
        writing.close(splice)
        if splice:
            join(self._directory, aside, splice)
            shutil.rmtree(aside)
        count = splice.count if splice else writing.count
        Sources.write(self._directory, self._sources, self._marks)
        _seal(self._directory, len(self._sources), self._encoder, count, self._coded(count, splice))

    def _batches(self, items: Iterator[_Item]) -> Iterator[list[Passage]]:
        """The new passages, about `_BATCH` at a time; what is kept of the documents is noted."""
        older = Sources(self._older.directory) if self._older.directory else None
        marks = Sources.fingerprints(self._older.directory) if self._older.directory and self._older.keeps else []
        batch: list[Passage] = []
        first = fresh = 0
        for item in items:
            if isinstance(item, int):
                assert older is not None
                source, mark = older[item], marks[item]
                self._stretches.append(Stretch(True, source.first, source.first + source.passages))
                source = source.model_copy(update={"first": first})
            else:
                document, mark = item
                made = passages(document)
                fields = {name: getattr(document, name) for name in _COPIED}
                source = Source(**fields, first=first, passages=len(made))
                self._stretches.append(Stretch(False, fresh, fresh + len(made)))
                fresh += len(made)
                batch += made
            self._sources.append(source)
            self._marks.append(mark)
            first += source.passages
            if len(batch) >= _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _coded(self, count: int, splice: Splice | None) -> Trained | None:
        """Codes the vectors: by what the codes before learnt, until as many passages were added as they learnt from."""
        if not dense.coded(count):
            return None
        before = self._older.manifest.trained if splice and self._older.manifest else None
        if splice and before:
            added = before.added + len(splice.fresh)
            if added < before.passages and (dense.coded(before.passages) == 1) == (dense.coded(count) == 1):
                dense.index(self._directory, self._encoder.dimension, splice)
                return Trained(passages=before.passages, added=added)
        dense.index(self._directory, self._encoder.dimension)
        return Trained(passages=count)


def _seal(directory: Path, documents: int, encoder: Encoder, count: int, trained: Trained | None) -> None:
    files = {}
    for path in sorted(directory.iterdir()):
        _flush(path)
        measured = measure(path)
        if measured is not None:
            files[path.name] = measured
    manifest = Manifest(
        format=FORMAT,
        encoder=encoder.name,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        query_prefix=getattr(encoder, "query_prefix", ""),
        passage_prefix=getattr(encoder, "passage_prefix", ""),
        passages=count,
        documents=documents,
        files=files,
        cut=CUT,
        trained=trained,
    )
    (directory / "manifest.json").write_text(manifest.model_dump_json(), encoding="utf-8")
    _flush(directory / "manifest.json")
    _flush(directory)


def _switch(folder: Path, made: Path) -> None:
    fresh = folder / ".current.new"
    fresh.write_text(f"{made.name}\n", encoding="ascii")
    _flush(fresh)
    os.replace(fresh, folder / "current")
    _flush(folder)


def _forget(home: Path, made: Path) -> None:
    """Removes all generations but `made` and the one before it; open readers keep their mapped files."""
    for old in generations(home)[:-2]:
        if old != made:
            sweep(old)


def _flush(path: Path) -> None:
    """Waits until `path`, a file or a folder, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
