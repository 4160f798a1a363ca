"""Builds an index generation beside the one that serves, and switches to it in one step.

Killed at any moment, the generation that `index/current` names is whole: a new one is written under a name that
nothing reads, flushed to disk, checked against its manifest, renamed, and only then named in `current`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.document import Document
from corpus.errors import IndexDamaged
from indexer import dense, tables
from indexer.embedding import Encoder
from indexer.files import mapped, pairs
from indexer.fusion import TUNED
from indexer.generation import FORMAT, Manifest, current, generations, measure, sweep, verify
from indexer.lexical import term_hash
from indexer.passages import Passage, passages
from indexer.sources import Source, Sources
from indexer.words import Segmenter

__all__ = ["build", "current", "switch"]

_BATCH = 4096


class _Known:
    """What the generation in `directory` already computed, found by the key of the passage."""

    def __init__(self, directory: Path | None = None, dimension: int = 0) -> None:
        """Without a `directory` nothing is known; without a `dimension` there are no vectors."""
        keys = np.load(directory / "keys.npy") if directory else np.empty((0, 16), np.uint8)
        self.rows = {key.tobytes(): row for row, key in enumerate(keys)}
        self._words = mapped(directory / "words.txt") if directory else np.empty(0, np.uint8)
        self._ends = np.r_[np.flatnonzero(self._words == ord("\n")), len(self._words)] if directory else None
        self.vectors = dense.stored(directory, dimension) if directory and dimension else None

    def words(self, row: int) -> bytes:
        """The line of words of a passage that is known."""
        assert self._ends is not None
        first = int(self._ends[row - 1]) + 1 if row else 0
        return self._words[first : int(self._ends[row])].tobytes()


def build(home: Path, documents: Iterable[Document], encoder: Encoder, processes: int = 1) -> Path:
    """The new generation of `documents`, now serving; words and vectors of unchanged passages are copied.

    `processes` share the word segmentation of large additions. Builds in one home wait for each other.
    """
    folder = home / "index"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        for left in folder.glob(".*.partial"):
            shutil.rmtree(left)
        number = max((int(g.name) for g in generations(home)), default=0) + 1
        partial = folder / f".{number}.partial"
        partial.mkdir()
        _fill(partial, documents, encoder, home, processes)
        verify(partial)
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


def _known(home: Path, encoder: Encoder) -> _Known:
    try:
        old = current(home)
        manifest = verify(old) if old else None
    except IndexDamaged:
        return _Known()
    if not old or not manifest or not manifest.passages:
        return _Known()
    return _Known(old, manifest.dimension if manifest.fingerprint == encoder.fingerprint else 0)


def _fill(directory: Path, documents: Iterable[Document], encoder: Encoder, home: Path, processes: int) -> None:
    """Writes all files of the generation, the manifest last; what is held at once does not grow with the documents."""
    sources: list[Source] = []
    with _Writing(directory, encoder, _known(home, encoder), processes) as writing:
        for batch in _batches(documents, sources):
            writing.add(batch)
    writing.close()
    Sources.write(directory, sources)
    dense.index(directory, encoder.dimension)
    _seal(directory, len(sources), encoder, writing.count)


def _batches(documents: Iterable[Document], sources: list[Source]) -> Iterator[list[Passage]]:
    """The passages of `documents`, about `_BATCH` at a time; what is kept of the documents goes into `sources`."""
    copied = ("id", "sha256", "number", "about", "kind", "issuer", "issued_on", "effective_from", "effective_to")
    batch: list[Passage] = []
    first = 0
    for document in documents:
        made = passages(document)
        fields = {name: getattr(document, name) for name in copied}
        sources.append(Source(**fields, first=first, passages=len(made)))
        first += len(made)
        batch += made
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Writing:
    """The files that grow passage by passage."""

    def __init__(self, directory: Path, encoder: Encoder, known: _Known, processes: int) -> None:
        self.count = 0
        self._directory = directory
        self._encoder = encoder
        self._known = known
        self._segmenter = Segmenter(processes)
        self._tables = tables.Tables(directory, TUNED.lexical)
        self._keys: list[bytes] = []
        self._sizes: list[int] = []
        self._units: list[tuple[int, int]] = []
        self._open = ExitStack()

    def __enter__(self) -> _Writing:
        names = ("passages.jsonl", "words.txt", dense.VECTORS)
        self._passages, self._words, self._vectors = (
            self._open.enter_context((self._directory / name).open("wb")) for name in names
        )
        self._open.enter_context(self._segmenter)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, batch: Sequence[Passage]) -> None:
        """Takes the next passages."""
        keys = [_key(p) for p in batch]
        lines = self._lines(batch, keys)
        for passage, line in zip(batch, lines, strict=True):
            self._sizes.append(self._passages.write(passage.model_dump_json().encode() + b"\n"))
            self._units += ((term_hash(unit.lower()), self.count) for unit in passage.units)
            context, text = (half.split() for half in line.decode().split("\t"))
            self._tables.add(tables.Entry(passage.context, context), tables.Entry(passage.text, text))
            self._words.write(line if self.count == 0 else b"\n" + line)
            self.count += 1
        self._vectors.write(dense.encode(self._encoded(batch, keys)))
        self._keys += keys

    def close(self) -> None:
        """Writes what could only be written once all passages are known."""
        self._tables.close()
        np.save(self._directory / "keys.npy", np.frombuffer(b"".join(self._keys), np.uint8).reshape(-1, 16))
        np.save(self._directory / "offsets.npy", np.cumsum([0, *self._sizes], dtype=np.int64))
        np.save(self._directory / "units.npy", pairs(self._units))

    def _encoded(self, batch: Sequence[Passage], keys: Sequence[bytes]) -> npt.NDArray[np.float32]:
        """The vectors of the passages, known ones copied."""
        vectors = np.zeros((len(batch), self._encoder.dimension), np.float32)
        new = []
        for row, key in enumerate(keys):
            old = self._known.rows.get(key)
            if old is None or self._known.vectors is None:
                new.append(row)
            else:
                vectors[row] = self._known.vectors[old]
        if new:
            vectors[new] = self._encoder.passages([f"{batch[r].context}\n{batch[r].text}" for r in new])
        return vectors

    def _lines(self, batch: Sequence[Passage], keys: Sequence[bytes]) -> list[bytes]:
        """For each passage the words of its context, a tab, and the words of its text, in UTF-8."""
        known = self._known
        new = [p for p, key in zip(batch, keys, strict=True) if key not in known.rows]
        contexts = {p.context: "" for p in new}
        made = self._segmenter.words([*contexts, *(p.text for p in new)])
        for context in list(contexts):
            contexts[context] = " ".join(next(made))
        return [
            known.words(known.rows[key])
            if key in known.rows
            else f"{contexts[passage.context]}\t{' '.join(next(made))}".encode()
            for passage, key in zip(batch, keys, strict=True)
        ]


def _key(passage: Passage) -> bytes:
    """16 bytes that two passages share when their words and vectors are the same."""
    return blake2b(f"{passage.context}\0{passage.text}".encode(), digest_size=16).digest()


def _seal(directory: Path, documents: int, encoder: Encoder, count: int) -> None:
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
