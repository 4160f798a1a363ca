"""Builds an index generation beside the one that serves, and switches to it in one step.

Killed at any moment, the generation that `index/current` names is whole: a new one is written under a name that
nothing reads, flushed to disk, checked against its manifest, renamed, and only then named in `current`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.document import Document
from corpus.errors import IndexDamaged
from indexer import dense, tables
from indexer.embedding import Encoder
from indexer.generation import FORMAT, Manifest, Source, current, generations, measure, verify
from indexer.lexical import term_hash
from indexer.passages import Passage, passages
from indexer.search import TUNED
from indexer.words import segment

__all__ = ["build", "current", "switch"]

_BATCH = 1024
_WORTH_A_PROCESS = 2000


class _Known(NamedTuple):
    """What the serving generation already computed, by the key of the passage."""

    rows: dict[bytes, int]
    words: list[bytes]
    vectors: npt.NDArray[np.float32] | None


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
        old = manifest = None
    if not old or not manifest:
        return _Known({}, [], None)
    keys = np.load(old / "keys.npy")
    rows = {key.tobytes(): row for row, key in enumerate(keys)}
    same = manifest.fingerprint == encoder.fingerprint and manifest.passages
    vectors = dense.Dense(old / "vectors.faiss").vectors(np.arange(len(keys))) if same else None
    return _Known(rows, (old / "words.txt").read_bytes().split(b"\n"), vectors)


def _fill(directory: Path, documents: Iterable[Document], encoder: Encoder, home: Path, processes: int) -> None:
    """Writes all files of the generation, the manifest last."""
    sources, found = _sources(documents, directory / "passages.jsonl")
    keys = [_key(p) for p in found]
    _places(directory, found)
    np.save(directory / "keys.npy", np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 16))
    lines = _encoded(directory, found, keys, encoder, _known(home, encoder), processes)
    context = (tables.Entry(p.context, _half(w, 0)) for p, w in zip(found, lines, strict=True))
    text = (tables.Entry(p.text, _half(w, 1)) for p, w in zip(found, lines, strict=True))
    tables.write(directory, context, text, TUNED.lexical)
    _seal(directory, sources, encoder, len(found))


def _encoded(
    directory: Path, found: Sequence[Passage], keys: Sequence[bytes], encoder: Encoder, known: _Known, processes: int
) -> list[bytes]:
    """Writes vectors and words, known ones copied, and gives back the lines of words."""
    dense.write(directory / "vectors.faiss", _vectors(found, keys, encoder, known))
    lines = _words(found, keys, known, processes)
    with (directory / "words.txt").open("wb") as file:
        file.writelines(line if at == 0 else b"\n" + line for at, line in enumerate(lines))
    return lines


def _sources(documents: Iterable[Document], path: Path) -> tuple[list[Source], list[Passage]]:
    """The documents, by id, and their passages, which are written to `path`, one a line, with the line's offsets."""
    sources: list[Source] = []
    found: list[Passage] = []
    copied = ("id", "sha256", "number", "about", "kind", "issuer", "issued_on", "effective_from", "effective_to")
    for document in documents:
        made = passages(document)
        fields = {name: getattr(document, name) for name in copied}
        sources.append(Source(**fields, first=len(found), passages=len(made)))
        found += made
    offsets = [0]
    with path.open("wb") as file:
        for passage in found:
            offsets.append(offsets[-1] + file.write(passage.model_dump_json().encode() + b"\n"))
    np.save(path.with_name("offsets.npy"), np.array(offsets, np.int64))
    return sources, found


def _key(passage: Passage) -> bytes:
    """16 bytes that two passages share when their words and vectors are the same."""
    return blake2b(f"{passage.context}\0{passage.text}".encode(), digest_size=16).digest()


def _vectors(
    found: Sequence[Passage], keys: Sequence[bytes], encoder: Encoder, known: _Known
) -> npt.NDArray[np.float32]:
    vectors = np.zeros((len(found), encoder.dimension), np.float32)
    new = []
    for row, key in enumerate(keys):
        old = known.rows.get(key)
        if old is None or known.vectors is None:
            new.append(row)
        else:
            vectors[row] = known.vectors[old]
    for at in range(0, len(new), _BATCH):
        rows = new[at : at + _BATCH]
        vectors[rows] = encoder.passages([f"{found[r].context}\n{found[r].text}" for r in rows])
    return vectors


def _half(line: bytes, at: int) -> list[str]:
    """The words of the context (0) or of the text (1) in a line of `_words`."""
    return line.split(b"\t")[at].decode().split()


def _words(found: Sequence[Passage], keys: Sequence[bytes], known: _Known, processes: int) -> list[bytes]:
    """For each passage the words of its context, a tab, and the words of its text, in UTF-8."""
    new = [p for p, key in zip(found, keys, strict=True) if key not in known.rows]
    contexts = {p.context: "" for p in new}
    shared = processes if len(new) >= _WORTH_A_PROCESS else 1
    made = segment(chain(contexts, (p.text for p in new)), shared)
    for context in list(contexts):
        contexts[context] = " ".join(next(made))
    lines = []
    for passage, key in zip(found, keys, strict=True):
        old = known.rows.get(key)
        fresh = "" if old is not None else f"{contexts[passage.context]}\t{' '.join(next(made))}"
        lines.append(fresh.encode() if old is None else known.words[old])
    return lines


def _places(directory: Path, found: Sequence[Passage]) -> None:
    """Which passages hold which provision: a table as of a lexical channel."""
    pairs = sorted({(term_hash(unit.lower()), row) for row, p in enumerate(found) for unit in p.units})
    np.save(directory / "units.npy", np.array(pairs, np.uint64).reshape(-1, 2))


def _seal(directory: Path, sources: Sequence[Source], encoder: Encoder, count: int) -> None:
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
        passages=count,
        documents=tuple(sources),
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
            shutil.rmtree(old, ignore_errors=True)


def _flush(path: Path) -> None:
    """Waits until `path`, a file or a folder, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
