"""Step 2: the vocabulary of the static model: words and compounds of Vietnamese law, with and without diacritics.

A Unigram tokenizer whose pieces may hold spaces: "▁uỷ▁ban▁nhân▁dân" is one piece and has one vector, so that the
mean of a text's vectors keeps what its compounds mean. Pieces come from counted words (underthesea); the pieces of
the base model that Vietnamese text uses stand behind them for whatever is not a counted word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import product
from math import log

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from indexer.training.base import Base
from indexer.words import bare

__all__ = ["aliased", "base_tokenizer", "initial", "pieces", "tokenizer"]

UNKNOWN = "<unk>"
_PLAIN_SHARE = 0.02
_FALLBACK = -9.0
_OLD = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")
_NEW = ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy")
_OPEN_I = re.compile(r"^▁[hklmst][iìíỉĩị]$")
_I_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")


def base_tokenizer(base: Base) -> Tokenizer:
    """The base model's own tokenizer, in lower case."""
    made = Tokenizer(models.Unigram(list(zip(base.pieces, base.scores.tolist(), strict=True)), unk_id=base.unk))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    return made


def pieces(counts: Counter[str], base: Base, seen: Iterable[str], least: int = 5) -> list[tuple[str, float]]:
    """Pieces with their scores (log-probabilities).

    `counts` are words as `indexer.words.words` gives them; those that occur `least` times or more become pieces, and
    so do their forms without diacritics. `seen` are the base model's pieces that occur in the corpus.
    """
    total = sum(counts.values())
    found: dict[str, float] = {}
    kept = [(word, n) for word, n in counts.most_common() if n >= least]
    for word, n in kept:
        found["▁" + word.replace("_", "▁")] = log(n / total)
    for word, n in kept:
        plain = "▁" + bare(word).replace("_", "▁")
        found.setdefault(plain, log(_PLAIN_SHARE * n / total))
    scores = dict(zip(base.pieces, base.scores.tolist(), strict=True))
    for piece in seen:
        found.setdefault(piece, scores[piece] + _FALLBACK)
    for letter in sorted({c for piece in found for c in piece}):
        found.setdefault(letter, 4 * _FALLBACK)
    return [(UNKNOWN, 0.0), *found.items()]


def tokenizer(scored: list[tuple[str, float]]) -> Tokenizer:
    """Texts as pieces: lower case, punctuation dropped, which no piece crosses."""
    made = Tokenizer(models.Unigram(scored, unk_id=0))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"[\s_]+"), " "), normalizers.Strip()]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r" ?[^\w\s]+ ?"), behavior="removed"),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    return made


def initial(
    scored: list[tuple[str, float]], base: Base, counts: npt.NDArray[np.float64], width: int
) -> npt.NDArray[np.float32]:
    """First vectors, `(pieces, width)`: the mean of the base model's word vectors, turned to their main directions.

    `counts` says how often each piece occurs; frequent pieces weigh less (smooth inverse frequency).
    """
    own = base_tokenizer(base)
    texts = [piece.replace("▁", " ").strip() or piece for piece, _ in scored]
    encoded = own.encode_batch_fast(texts, add_special_tokens=False)
    words = base.tensors["emb.word"]
    vectors = np.stack([words[e.ids].mean(axis=0) if e.ids else np.zeros(base.width, np.float32) for e in encoded])
    share = counts / counts.sum()
    vectors -= share.astype(np.float32) @ vectors
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    turned = vectors @ directions[:, ::-1][:, :width]
    _level(scored, turned, counts)
    weight = 1e-3 / (1e-3 + share)
    made: npt.NDArray[np.float32] = (turned / turned.std() * weight[:, None]).astype(np.float32)
    made[0] = 0
    return made


def _level(scored: list[tuple[str, float]], vectors: npt.NDArray[np.float32], counts: npt.NDArray[np.float64]) -> None:
    """Gives each piece without diacritics the mean vector of the pieces that it can stand for."""
    accented: dict[str, list[int]] = {}
    for at, (piece, _) in enumerate(scored):
        plain = bare(piece)
        if plain != piece:
            accented.setdefault(plain, []).append(at)
    for at, (piece, _) in enumerate(scored):
        if piece in accented and len(piece) > 1:
            rows = [*accented[piece], at]
            vectors[at] = np.average(vectors[rows], axis=0, weights=counts[rows])


def spellings(piece: str) -> list[str]:
    """The other spellings of a piece whose syllables are folded: hoà and hòa, kĩ and kỹ; three at most."""
    syllables = re.findall("▁?[^▁]+", piece)
    found = ["".join(choice) for choice in product(*map(_spelled, syllables))]
    return [other for other in found if other != piece][:3]


def _spelled(syllable: str) -> list[str]:
    if _OPEN_I.match(syllable):
        return [syllable, syllable.translate(_I_TO_Y)]
    if syllable[-2:] in _OLD and not syllable.startswith("▁q"):
        return [syllable, syllable[:-2] + _NEW[_OLD.index(syllable[-2:])]]
    return [syllable]


def aliased(
    scored: list[tuple[str, float]], vectors: npt.NDArray[np.float32]
) -> tuple[list[tuple[str, float]], npt.NDArray[np.float32]]:
    """Pieces and vectors with all other spellings added, so that texts need no folding before they are encoded."""
    known = {piece for piece, _ in scored}
    added = [(other, score, at) for at, (piece, score) in enumerate(scored) for other in spellings(piece)]
    fresh = {other: (score, at) for other, score, at in reversed(added) if other not in known}
    pieces_ = [*scored, *((other, score) for other, (score, _) in fresh.items())]
    return pieces_, np.concatenate([vectors, vectors[[at for _, at in fresh.values()]]])
