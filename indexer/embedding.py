"""Encoders: texts become vectors. The bundled one runs on numpy alone; any sentence-transformers model is a setting."""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from corpus.errors import InvalidSetting, MissingPart
from indexer.releases import FILE, release

__all__ = ["DEFAULT", "Encoder", "encoder"]

Vectors = npt.NDArray[np.float32]

DEFAULT = "chitieu-static-256"
MODELS = Path(__file__).parent / "models"


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors `(n, dimension)` float32, L2-normalised (an empty text may be all zeros).

    `fingerprint` changes whenever the vectors would: an index made with another one is not mixed with new vectors.
    """

    name: str
    dimension: int
    fingerprint: str

    def queries(self, texts: list[str]) -> Vectors:
        """The vectors of questions."""
        ...

    def passages(self, texts: list[str]) -> Vectors:
        """The vectors of passages."""
        ...


def encoder(name: str = DEFAULT, query_prefix: str = "", passage_prefix: str = "") -> Encoder:
    """The bundled encoder of that name, else the sentence-transformers model of that name or at that path.

    The prefixes go before each text where the model was trained with them (`query: ` for e5).

    Raises:
        InvalidSetting: if there is no such model here.
        IndexDamaged: if the files of a bundled model are not those it was released with.
    """
    if name == DEFAULT or (MODELS / name / FILE).is_file():
        return Static(MODELS / name)
    return SentenceTransformersEncoder(name, query_prefix, passage_prefix)


class Static:
    """A bundled static model: the mean of its tokens' vectors, scaled token by token; 20,000 passages a second."""

    def __init__(self, directory: Path) -> None:
        self.name = directory.name
        stated = release(directory)
        self.fingerprint = sha256(json.dumps(stated["files"], sort_keys=True).encode()).hexdigest()[:16]
        self.dimension = int(stated["dimension"])
        self._directory = directory
        _ = self._weights, self._tokenizer

    @cached_property
    def _weights(self) -> Vectors:
        from safetensors.numpy import load_file

        stored = load_file(self._directory / "model.safetensors")
        made: Vectors = stored["embeddings"].astype(np.float32) * stored["weights"][:, None]
        return made

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        made = Tokenizer.from_file(str(self._directory / "tokenizer.json"))
        made.no_padding()
        made.no_truncation()
        return made

    def queries(self, texts: list[str]) -> Vectors:
        """The vectors of questions."""
        return self.passages(texts)

    def passages(self, texts: list[str]) -> Vectors:
        """The vectors of passages; a text without a known token gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for at in range(0, len(texts), 256):
            batch = self._tokenizer.encode_batch_fast(texts[at : at + 256], add_special_tokens=False)
            for row, encoded in enumerate(batch, at):
                if encoded.ids:
                    vectors[row] = self._weights[encoded.ids].mean(axis=0)
        return _normalised(vectors)


class SentenceTransformersEncoder:
    """Any model that sentence-transformers loads, from a folder or from its cache; takes the GPU where there is one."""

    def __init__(self, name: str, query_prefix: str = "", passage_prefix: str = "") -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingPart(
                f"mô hình {name!r} cần gói sentence-transformers, máy này chưa có; hãy cài gói đó, "
                "hoặc bỏ thiết lập encoder"
            ) from error
        try:
            self._model: Any = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            raise InvalidSetting(
                f"không có mô hình {name!r}; hãy dùng mô hình kèm theo ({DEFAULT}) hoặc một thư mục"
            ) from error
        self.name = name
        self.query_prefix, self.passage_prefix = query_prefix, passage_prefix
        self.dimension = int(self._model.get_embedding_dimension() or 0)

        self.fingerprint = self._hash()

    def _hash(self) -> str:
        """A hash of the parameters and the prefixes."""
        digest = sha256(f"{self.query_prefix}\0{self.passage_prefix}".encode())
        for key, value in sorted(self._model.state_dict().items()):
            digest.update(key.encode() + value.cpu().contiguous().view(-1).float().numpy().tobytes())
        return digest.hexdigest()[:16]

    def queries(self, texts: list[str]) -> Vectors:
        """The vectors of questions."""
        return self._encoded(self.query_prefix, texts)

    def passages(self, texts: list[str]) -> Vectors:
        """The vectors of passages."""
        return self._encoded(self.passage_prefix, texts)

    def _encoded(self, prefix: str, texts: list[str]) -> Vectors:
        made = self._model.encode([prefix + t for t in texts], convert_to_numpy=True, show_progress_bar=False)
        return _normalised(np.asarray(made, np.float32).reshape(len(texts), self.dimension))


def _normalised(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1)).astype(np.float32)
