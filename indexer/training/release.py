"""Last step: a static model as the folder that sentence-transformers loads and the program runs.

Weights are stored as int8 with one scale a token (model2vec's layout: `embeddings` and `weights`), which both sides
multiply out. `release.json` holds the hashes that are checked when the model is loaded.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from tokenizers import Tokenizer

__all__ = ["quantised", "release", "seal"]

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
]
_CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def release(directory: Path, tokenizer: Tokenizer, vectors: npt.NDArray[np.float32]) -> None:
    """Writes the model with `vectors`, one row a piece of `tokenizer`, to `directory`; a card may already be there."""
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    steps, scales = quantised(vectors)
    save_file({"embeddings": steps, "weights": scales}, directory / "model.safetensors")
    (directory / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")
    (directory / "config_sentence_transformers.json").write_text(json.dumps(_CONFIG, indent=2) + "\n", encoding="utf-8")
    seal(directory, vectors.shape[1])


def quantised(vectors: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Rows as int8 and their scales: `steps * scales[:, None]` is `vectors` to half a step, 1/254 of a row's peak."""
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float32)
    steps = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    return steps, scales


def seal(directory: Path, dimension: int) -> None:
    """Writes `release.json`: the dimension and the hash of each file that the program runs."""
    files = {n: sha256((directory / n).read_bytes()).hexdigest() for n in ("model.safetensors", "tokenizer.json")}
    sealed = {"dimension": dimension, "files": files}
    (directory / "release.json").write_text(json.dumps(sealed, indent=2) + "\n", encoding="utf-8")
