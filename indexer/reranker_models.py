"""Rerankers of others: cross-encoders and encoders that sentence-transformers loads; on the GPU where there is one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import InvalidSetting, MissingPart
from indexer.memory import Memory
from indexer.passages import Passage
from indexer.reranking import RERANKER, Reranker

__all__ = ["Crossing", "Encoding", "model_at"]

Floats = npt.NDArray[np.float32]
_KEPT = 20_000


def model_at(name: str, query_prefix: str, passage_prefix: str) -> Reranker:
    """The model of that name or at that path, which must be on this machine.

    Raises:
        MissingPart: sentence-transformers is not installed.
        InvalidSetting: there is no such model here.
    """
    try:
        folder = _folder(name)
        made = _loaded(folder)
    except (OSError, ValueError) as error:
        raise InvalidSetting(
            f"không có mô hình xếp lại {name!r} trên máy này; hãy dùng mô hình kèm theo ({RERANKER}) hoặc một thư mục"
        ) from error
    return Crossing(name, made) if _crosses(folder) else Encoding(name, made, query_prefix, passage_prefix)


def _loaded(folder: Path) -> Any:
    """The cross-encoder or encoder in `folder`."""
    try:
        from sentence_transformers import CrossEncoder, SentenceTransformer
    except ImportError as error:
        raise MissingPart(
            "mô hình xếp lại này cần sentence-transformers, máy này chưa có; hãy cài: pip install "
            f"sentence-transformers, hoặc dùng {RERANKER}"
        ) from error
    kind = CrossEncoder if _crosses(folder) else SentenceTransformer
    return kind(str(folder), local_files_only=True)


class Crossing:
    """A cross-encoder: reads question and passage together; nothing of it can be kept."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.fingerprint = _fingerprint(model)
        self._model = model

    def scores(self, query: str, passages: Sequence[Passage]) -> Floats:
        """See `Reranker`."""
        made = self._model.predict([(query, _text(p)) for p in passages], show_progress_bar=False)
        scores = np.asarray(made, np.float32)
        return scores.reshape(len(passages), -1)[:, -1]


class Encoding:
    """An encoder: the cosine of question and passage; the vectors of passages are kept."""

    def __init__(self, name: str, model: Any, query_prefix: str = "", passage_prefix: str = "") -> None:
        self.name = name
        self.fingerprint = _fingerprint(model, query_prefix, passage_prefix)
        self._model = model
        self._prefixes = query_prefix, passage_prefix
        self._memory: Memory[Floats] = Memory(_KEPT)

    def scores(self, query: str, passages: Sequence[Passage]) -> Floats:
        """See `Reranker`."""
        asked = self._encoded([self._prefixes[0] + query])[0]
        texts = [self._prefixes[1] + _text(p) for p in passages]
        keys = [sha256(text.encode()).digest() for text in texts]
        read = self._memory.all(keys, lambda places: list(self._encoded([texts[at] for at in places])))
        return np.array([float(vector @ asked) for vector in read], np.float32)

    def _encoded(self, texts: list[str]) -> Floats:
        made = self._model.encode(texts, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(made, np.float32)


def _text(passage: Passage) -> str:
    return f"{passage.context}\n{passage.text}".strip()


def _folder(name: str) -> Path:
    """Where the model lies: a folder, or the cache of the hub."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(name, local_files_only=True))


def _crosses(folder: Path) -> bool:
    """Whether the model is a cross-encoder: its files say so, or it classifies sequences, whatever else they say."""
    if _json(folder / "config_sentence_transformers.json").get("model_type") == "CrossEncoder":
        return True
    kinds = _json(folder / "config.json").get("architectures") or [""]
    return str(kinds[0]).endswith("ForSequenceClassification")


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _fingerprint(model: Any, *prefixes: str) -> str:
    """A hash of the parameters and the prefixes."""
    digest = sha256("\0".join(prefixes).encode())
    for key, value in sorted(model.state_dict().items()):
        digest.update(key.encode() + value.cpu().contiguous().view(-1).float().numpy().tobytes())
    return digest.hexdigest()[:16]
