"""The bundled reranker: a transformer of 12 layers in whole numbers of 8 bits, run by onnxruntime on the processor.

A passage is read without the question and compared with it afterwards, so what was made of it is kept for the next
question that finds it. Two comparisons are added up: the cosine of the mean vectors, and the mean over the pieces of
the question of the best cosine with a piece of the passage (late interaction; Khattab, Zaharia 2020).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexDamaged, MissingPart
from indexer.memory import Memory
from indexer.passages import Passage
from indexer.windows import Alike, Ids, sequence

__all__ = ["BundledReranker"]

Floats = npt.NDArray[np.float32]

_KEPT = 2048
"""Passages whose pieces are remembered: 50 KB each at most."""

_QUERY = 96
"""Pieces of a question that are read."""

_AT_ONCE = 4
"""Passages in one run: more cost more padding than they save."""

_STEPS = 127


class _Read(NamedTuple):
    """A passage as it was read: the mean vector, and its pieces' in steps of 1/127 where they count; of length 1."""

    whole: Floats
    pieces: npt.NDArray[np.int8] | None


class BundledReranker:
    """The model of a folder in `indexer/models/`; safe for many threads."""

    def __init__(self, directory: Path) -> None:
        """Loads the model, in about a third of a second.

        Raises:
            MissingPart: onnxruntime is not installed.
            IndexDamaged: a file is missing or not the one of the release.
        """
        release = _checked(directory)
        self.name = directory.name
        self.fingerprint = sha256(json.dumps(release, sort_keys=True).encode()).hexdigest()[:16]
        self._longest = int(release["longest"])
        self._whole, self._pieces = float(release["whole"]), float(release["pieces"])
        self._session = _session(directory / "model.onnx")
        self._tokenizer = _tokenizer(directory / "tokenizer.json")
        self._before = [[0, *self._cut(prefix)] for prefix in (release["query_prefix"], release["passage_prefix"])]
        self._alike = Alike(self._tokenizer)
        self._memory: Memory[_Read] = Memory(_KEPT)

    def scores(self, query: str, passages: Sequence[Passage]) -> Floats:
        """See `Reranker`: the weighed sum of both comparisons, each between -1 and 1."""
        asked = self._cut(query)[:_QUERY]
        whole, pieces = self._asked(asked)
        cut = [
            sequence(self._before[1], self._cut(p.context), self._cut(p.text), asked, self._longest, self._alike)
            for p in passages
        ]
        read = self._memory.all([ids.tobytes() for ids in cut], lambda places: self._read([cut[at] for at in places]))
        if not read:
            return np.empty(0, np.float32)
        made: Floats = self._whole * (np.stack([r.whole for r in read]) @ whole)
        if self._pieces:
            made = made + self._pieces * _best(pieces, [r.pieces for r in read if r.pieces is not None])
        return made

    def _asked(self, asked: Ids) -> tuple[Floats, Floats]:
        """The vector of a question, and those of its pieces, the prefix left out."""
        before = self._before[0]
        states = self._states([np.array([*before, *asked, 2], np.int32)])[0]
        own = states[len(before) : -1] if len(asked) else states
        return _unit(states.mean(axis=0)), _unit(own)

    def _read(self, sequences: Sequence[Ids]) -> list[_Read]:
        made = []
        for states in self._states(sequences):
            pieces = np.rint(_unit(states) * _STEPS).astype(np.int8) if self._pieces else None
            made.append(_Read(_unit(states.mean(axis=0)), pieces))
        return made

    def _states(self, sequences: Sequence[Ids]) -> list[Floats]:
        """The last layer's states of each sequence, `(pieces, width)`; those of like length are run together."""
        order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
        made: list[Floats] = [np.empty((0, 0), np.float32)] * len(sequences)
        for begin in range(0, len(order), _AT_ONCE):
            rows = order[begin : begin + _AT_ONCE]
            longest = max(len(sequences[at]) for at in rows)
            ids = np.ones((len(rows), longest), np.int64)
            for row, at in enumerate(rows):
                ids[row, : len(sequences[at])] = sequences[at]
            states = self._session.run(None, {"ids": ids, "mask": (ids != 1).astype(np.int64)})[0]
            for row, at in enumerate(rows):
                made[at] = states[row, : len(sequences[at])]
        return made

    def _cut(self, text: str) -> Ids:
        return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, np.int32)


def _best(asked: Floats, read: Sequence[npt.NDArray[np.int8]]) -> Floats:
    """For each that was `read` the mean over the pieces `asked` of the best cosine with a piece of it: `(len(read),)`.

    One product for all: many small ones would wait for the threads of BLAS longer than they take.
    """
    starts = np.cumsum([0, *(len(pieces) for pieces in read[:-1])])
    cosines = asked @ (np.concatenate(read).astype(np.float32) / _STEPS).T
    made: Floats = np.maximum.reduceat(cosines, starts, axis=1).mean(axis=0)
    return made


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    made: Floats = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    return made


def _checked(directory: Path) -> dict[str, Any]:
    """What the release says, once its files are found to be its own."""
    release: dict[str, Any] = json.loads((directory / "release.json").read_text(encoding="utf-8"))
    for file, expected in release["files"].items():
        if not (directory / file).is_file():
            raise IndexDamaged(f"{directory / file}: thiếu tệp mô hình; hãy cài lại chitieu")
        if sha256((directory / file).read_bytes()).hexdigest() != expected:
            raise IndexDamaged(f"{directory / file}: tệp mô hình đã bị thay đổi; hãy cài lại chitieu")
    return release


def _session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingPart(
            "bộ xếp lại cần onnxruntime, máy này chưa có; hãy cài: pip install 'chitieu[rerank]', hoặc để trống "
            "thiết lập reranker"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(2, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(path))
    made.no_padding()
    made.no_truncation()
    return made
