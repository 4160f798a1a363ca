"""The base model as a transformer of fewer pieces: those that Vietnamese law is written with, of 250,002 some 6,800."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from indexer.training import vocabulary
from indexer.training.base import Base
from indexer.words import bare

__all__ = ["PASSAGE", "QUERY", "kept", "remembered", "tokenizer", "transformer"]

QUERY, PASSAGE = "query: ", "passage: "
"""What multilingual-e5 was trained to see before questions and passages."""

_LONGEST = 400
_LEAST, _LEAST_PLAIN = 3, 5
_BATCH = 2000
_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def kept(base: Base, texts: Sequence[str]) -> list[int]:
    """The base model's pieces that `texts` use with or without diacritics, in the order of the new vocabulary.

    The four special pieces come first (`<s>`, `<pad>`, `</s>`, `<unk>` are 0 to 3), as in the base model.
    """
    own = vocabulary.base_tokenizer(base)
    often, plainly = _counts(own, texts, base), _counts(own, map(bare, texts), base)
    single = {
        at
        for at, piece in enumerate(base.pieces)
        if len(piece.strip("▁")) <= 1 and (often[at] or plainly[at] or piece.strip("▁").isascii())
    }
    chosen = {int(at) for at in np.flatnonzero((often >= _LEAST) | (plainly >= _LEAST_PLAIN))} | single
    for text in (QUERY, PASSAGE, QUERY + PASSAGE):
        chosen.update(own.encode(text, add_special_tokens=False).ids)
    special = [base.bos, base.pad, base.eos, base.unk]
    return [*special, *sorted(chosen - set(special))]


def remembered(path: Path, base: Base, texts: Sequence[str]) -> list[int]:
    """`kept`, read from `path` where it was made before."""
    if not path.exists():
        path.write_text(json.dumps(kept(base, texts)), encoding="utf-8")
    return [int(at) for at in json.loads(path.read_text(encoding="utf-8"))]


def _counts(own: Tokenizer, texts: Iterable[str], base: Base) -> Any:
    """How often each piece begins the texts, `(pieces,)`; what lies beyond the model's reach counts for nothing."""
    counts = np.zeros(len(base.pieces), np.int64)
    listed = list(texts)
    for at in range(0, len(listed), _BATCH):
        batch = own.encode_batch_fast(listed[at : at + _BATCH], add_special_tokens=False)
        found = np.concatenate([np.array(e.ids[:_LONGEST], np.int64) for e in batch])
        counts += np.bincount(found, minlength=len(counts))
    return counts


def tokenizer(base: Base, ids: Sequence[int]) -> Tokenizer:
    """The tokenizer of the pieces `ids`; an unknown stretch is cut into what is known."""
    pieces = [(base.pieces[at], float(base.scores[at])) for at in ids]
    made = Tokenizer(models.Unigram(pieces, unk_id=3))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace("\n", " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return made


def transformer(base: Base, ids: Sequence[int], layers: Sequence[int]) -> Any:
    """A transformers `BertModel` of the base model's `layers`, whose words are the pieces `ids`."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(ids),
        hidden_size=base.width,
        num_hidden_layers=len(layers),
        num_attention_heads=base.heads,
        intermediate_size=base.inner,
        max_position_embeddings=512,
        type_vocab_size=2,
        layer_norm_eps=base.epsilon,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=1,
    )
    made = BertModel(config, add_pooling_layer=False)
    stored = {name: torch.tensor(values) for name, values in _state(base, ids, layers).items()}
    made.load_state_dict(stored, strict=False)
    return made


def _state(base: Base, ids: Sequence[int], layers: Sequence[int]) -> dict[str, Any]:
    """The weights under the names that transformers gives them."""
    held = base.tensors
    made = {
        "embeddings.word_embeddings.weight": held["emb.word"][list(ids)],
        "embeddings.position_embeddings.weight": held["emb.pos"].reshape(512, base.width),
        "embeddings.token_type_embeddings.weight": held["emb.type"].reshape(2, base.width),
        "embeddings.LayerNorm.weight": held["emb.ln.w"],
        "embeddings.LayerNorm.bias": held["emb.ln.b"],
    }
    for place, layer in enumerate(layers):
        for short, name in {**_LINEAR, **_NORM}.items():
            made[f"encoder.layer.{place}.{name}.weight"] = held[f"l{layer}.{short}.w"]
            made[f"encoder.layer.{place}.{name}.bias"] = held[f"l{layer}.{short}.b"]
    return made
