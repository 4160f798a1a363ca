"""The files of new passages, written batch by batch; words and vectors of passages that are known are copied."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer import dense, tables
from indexer.embedding import Encoder
from indexer.files import load, mapped, pairs
from indexer.fusion import TUNED
from indexer.lexical import term_hash
from indexer.passages import Passage
from indexer.splice import Cut, Splice
from indexer.words import Segmenter

__all__ = ["KEYS", "LINES", "OFFSETS", "PASSAGES", "UNITS", "Known", "Writing", "lines"]

PASSAGES, LINES, KEYS, OFFSETS, UNITS = "passages.jsonl", "words.txt", "keys.npy", "offsets.npy", "units.npy"


class Known:
    """What the generation in `directory` already computed, found by the key of the passage."""

    def __init__(self, directory: Path | None = None, dimension: int = 0) -> None:
        """Without a `directory` nothing is known; without a `dimension` there are no vectors."""
        self._directory = directory
        self.vectors = dense.stored(directory, dimension) if directory and dimension else None

    @cached_property
    def rows(self) -> dict[bytes, int]:
        """The row of each passage by its key."""
        keys = np.load(self._directory / KEYS) if self._directory else np.empty((0, 16), np.uint8)
        return {key.tobytes(): row for row, key in enumerate(keys)}

    def words(self, row: int) -> bytes:
        """The line of words of a passage that is known."""
        return self._lines.bytes[self._lines.starts[row] : self._lines.stops[row]].tobytes()

    @cached_property
    def _lines(self) -> Cut:
        assert self._directory is not None
        return lines(self._directory)


class Writing:
    """Writes new passages into `aside`, and their tables into `directory`."""

    def __init__(self, aside: Path, directory: Path, encoder: Encoder, known: Known, processes: int) -> None:
        self.count = 0
        self._aside = aside
        self._encoder = encoder
        self._known = known
        self._segmenter = Segmenter(processes)
        self._tables = tables.Tables(directory, TUNED.lexical)
        self._keys: list[bytes] = []
        self._sizes: list[int] = []
        self._units: list[tuple[int, int]] = []
        self._open = ExitStack()

    def __enter__(self) -> Writing:
        names = (PASSAGES, LINES, dense.VECTORS)
        self._passages, self._words, self._vectors = (
            self._open.enter_context((self._aside / name).open("wb")) for name in names
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

    def close(self, splice: Splice | None = None) -> None:
        """Writes what could only be written once all passages are known; with a `splice`, the tables hold all of it."""
        self._tables.close(splice)
        np.save(self._aside / KEYS, np.frombuffer(b"".join(self._keys), np.uint8).reshape(-1, 16))
        np.save(self._aside / OFFSETS, np.cumsum([0, *self._sizes], dtype=np.int64))
        np.save(self._aside / UNITS, pairs(self._units))

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


def lines(directory: Path) -> Cut:
    """The file of words in `directory`, and where the line of each passage is, without its end."""
    whole = mapped(directory / LINES)
    ends = np.flatnonzero(whole == ord("\n"))
    count = len(load(directory / OFFSETS)) - 1
    return Cut(whole, np.r_[0, ends + 1][:count], np.r_[ends, len(whole)][:count])


def _key(passage: Passage) -> bytes:
    """16 bytes that two passages share when their words and vectors are the same."""
    return blake2b(f"{passage.context}\0{passage.text}".encode(), digest_size=16).digest()
