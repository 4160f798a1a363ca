"""The bundled reranker: a transformer of 12 layers in whole numbers of 8 bits, run by onnxruntime on the processor.

A passage is read without the question and compared with it afterwards, so its vector is kept for the next question
that finds it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import MissingPart
from indexer.memory import Memory
from indexer.passages import Passage
from indexer.releases import release
from indexer.windows import Alike, Ids, sequence

__all__ = ["BundledReranker"]

Floats = npt.NDArray[np.float32]

_KEPT = 16_384
"""Stretches of passages whose vectors are remembered: 2 KB each."""

_QUERY = 96
"""Pieces of a question that are read."""


class BundledReranker:
    """The model of a folder in `indexer/models/`; safe for many threads."""

    def __init__(self, directory: Path) -> None:
        """Loads the model, in about a third of a second.

        Raises:
            MissingPart: onnxruntime is not installed.
            IndexDamaged: a file is missing or not the one of the release.
        """
        stated = release(directory)
        self.name = directory.name
        self.fingerprint = sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()[:16]
        self._longest = int(stated["longest"])
        self._session = _session(directory / "model.onnx")
        self._tokenizer = _tokenizer(directory / "tokenizer.json")
        self._before = [[0, *self._cut(prefix)] for prefix in (stated["query_prefix"], stated["passage_prefix"])]
        self._alike = Alike(self._tokenizer)
        self._memory: Memory[Floats] = Memory(_KEPT)

    def scores(self, query: str, passages: Sequence[Passage]) -> Floats:
        """See `Reranker`: cosines."""
        if not passages:
            return np.empty(0, np.float32)
        asked = self._cut(query)[:_QUERY]
        question = self._vectors([np.array([*self._before[0], *asked, 2], np.int32)])[0]
        cut = [
            sequence(self._before[1], self._cut(p.context), self._cut(p.text), asked, self._longest, self._alike)
            for p in passages
        ]
        keys = [ids.tobytes() for ids in cut]
        read = self._memory.all(keys, lambda places: self._vectors([cut[at] for at in places]))
        made: Floats = np.stack(read) @ question
        return made

    def _vectors(self, sequences: Sequence[Ids]) -> list[Floats]:
        """The mean of the last layer's states of each sequence, of length 1.

        One at a time: activations are rounded by what runs together, and so nothing depends on what stands beside it. A
        core reads no more passages a second when several are run at once.
        """
        made = []
        for read in sequences:
            ids = read[None].astype(np.int64)
            states = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0][0]
            made.append(_unit(states.mean(axis=0)))
        return made

    def _cut(self, text: str) -> Ids:
        return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, np.int32)


def _unit(vector: Floats) -> Floats:
    made: Floats = (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
    return made


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
