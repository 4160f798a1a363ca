"""Texts as bags of pieces, in two flat arrays, so that training never waits for a tokenizer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

__all__ = ["Bags"]

Ids = npt.NDArray[np.int32]
_BATCH = 4096


class Bags:
    """The pieces of many texts; `bags[i]` are those of text `i`, in order."""

    def __init__(self, ids: Ids, offsets: npt.NDArray[np.int64]) -> None:
        self.ids = ids
        self.offsets = offsets

    @classmethod
    def of(cls, tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
        """The pieces of `texts` as `tokenizer` gives them."""
        rows = []
        for at in range(0, len(texts), _BATCH):
            batch = tokenizer.encode_batch_fast(list(texts[at : at + _BATCH]), add_special_tokens=False)
            rows += [np.array(encoded.ids, np.int32) for encoded in batch]
        offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
        return cls(np.concatenate(rows) if rows else np.empty(0, np.int32), offsets)

    @classmethod
    def load(cls, path: Path) -> Bags:
        """The bags that `save` wrote to `path`."""
        stored = np.load(path)
        return cls(stored["ids"], stored["offsets"])

    def save(self, path: Path) -> None:
        """Writes the bags to `path`, an npz file."""
        np.savez(path, ids=self.ids, offsets=self.offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, at: int) -> Ids:
        return self.ids[self.offsets[at] : self.offsets[at + 1]]

    def sums(self, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The sum of the pieces' vectors for each text: `(len(self), d)` float32."""
        made = np.zeros((len(self), vectors.shape[1]), np.float32)
        for at in range(len(self)):
            if self.offsets[at] < self.offsets[at + 1]:
                made[at] = vectors[self[at]].sum(axis=0)
        return made
