"""What an encoder is shown of a passage: its headings, and of a long text the stretch that answers the question best.

The same cut is made when the reranker is trained and when it is asked. Stretches begin at multiples of a stride, so
that many questions are shown the same few of each passage, and their vectors can be kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from indexer.words import bare

__all__ = ["HEADING", "STRIDE", "Alike", "sequence", "stretch"]

HEADING = 48
"""Pieces of the headings; of longer ones the last, which are the narrowest."""

STRIDE = 32
"""Pieces between the beginnings of two stretches."""

Ids = npt.NDArray[np.int32]


class Alike:
    """Which pieces of a vocabulary differ by nothing but diacritics: a question may be typed without any."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        spelled = [bare(tokenizer.id_to_token(at) or "") for at in range(tokenizer.get_vocab_size())]
        first = {piece: at for at, piece in reversed(list(enumerate(spelled)))}
        self._first = np.array([first[piece] for piece in spelled], np.int32)

    def __call__(self, ids: Ids) -> Ids:
        """For each piece the first one of the vocabulary that is spelled alike."""
        made: Ids = self._first[ids]
        return made


def stretch(text: Ids, asked: Ids, room: int, alike: Alike) -> Ids:
    """The `room` pieces of `text` that hold the most of those `asked` for; of equal stretches the first."""
    if len(text) <= room:
        return text
    wanted, held = np.unique(alike(asked)), alike(text)
    hits = np.where(np.isin(held, wanted), held, -1)
    starts = [*range(0, len(text) - room, STRIDE), len(text) - room]
    best = int(np.argmax([_told(hits[at : at + room]) for at in starts]))
    return text[starts[best] : starts[best] + room]


def _told(hits: Ids) -> float:
    """How many different pieces are asked for, and, should that be equal, how often."""
    found = hits[hits >= 0]
    return len(np.unique(found)) + len(found) / (10 * len(hits))


def sequence(before: Sequence[int], heading: Ids, text: Ids, asked: Ids, longest: int, alike: Alike) -> Ids:
    """A passage as the encoder reads it, `longest` pieces at most; `before` opens it, `</s>` (2) ends it."""
    kept = heading[-HEADING:]
    room = longest - len(before) - len(kept) - 1
    return np.concatenate([np.array(before, np.int32), kept, stretch(text, asked, room, alike), [2]]).astype(np.int32)
