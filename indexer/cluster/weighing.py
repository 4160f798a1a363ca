"""BM25F of passages as sparse vectors, so that the inner product with a question's vector is the score.

A passage's vector holds, for each of its terms, the part of BM25 that depends on the passage; the question's vector
holds the part that depends on the corpus (how rare the term is), times the share of the channel. Channels do not mix:
their terms are moved apart before they become dimensions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.cluster import wire
from indexer.lexical import CHANNELS, Hashes, Weights, neighbours, plain_hash, term_hash
from indexer.words import syllables

__all__ = ["FIELDS", "Batch", "Entry", "Weighed", "dimensions", "lengths", "moved", "rarity", "weigh"]

Counts = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]

FIELDS = 2 * (len(CHANNELS) - 1)
"""Numbers in a list of lengths or means: for each channel but the headings, that of the headings and of the text."""

_ACCENTED, _PLAIN = (0, 1, 2, 5), (3, 4, 5)
_GRAMS = (3, 4)
_HEADINGS = len(CHANNELS) - 1


class Entry(NamedTuple):
    """A passage: its headings and its text, and the words of each as `indexer.words.words` gives them."""

    context: str
    text: str
    context_words: Sequence[str]
    text_words: Sequence[str]


class Weighed(NamedTuple):
    """A passage's columns `accented`, `plain` and `grams`, in the form of `wire`."""

    accented: bytes
    plain: bytes
    grams: bytes


class _Column(NamedTuple):
    """The terms of all passages, one after the other, and how many each passage has."""

    terms: Hashes
    sizes: Counts


class _Held(NamedTuple):
    """Which passage (`owner`) holds which term, by passage, then term; `value` is what it adds."""

    owner: Counts
    term: Hashes
    value: Values


def moved(channel: int, terms: Hashes) -> Hashes:
    """The terms of a channel, apart from those of all others; no two become one."""
    with np.errstate(over="ignore"):
        mixed = (terms ^ (np.uint64(channel) * np.uint64(0xD6E8FEB86659FD93))) * np.uint64(0x9E3779B97F4A7C15)
        return mixed ^ (mixed >> np.uint64(32))


def dimensions(moved_terms: Hashes) -> Counts:
    """The dimension of each term. Two of a corpus' terms rarely share one; then one question in thousands notices."""
    return (moved_terms % np.uint64(wire.SPACE)).astype(np.int64)


def rarity(count: int, held: Counts) -> Values:
    """BM25's weight of terms that `held` of `count` passages hold."""
    return np.log1p((count - held + 0.5) / (held + 0.5)).astype(np.float32)


class Batch:
    """Some passages, read once for their lengths, their terms and their `syllables`."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._count = len(entries)
        self.syllables: set[str] = set()
        above = _columns([e.context for e in entries], [e.context_words for e in entries], self.syllables)
        below = _columns([e.text for e in entries], [e.text_words for e in entries], self.syllables)
        self._channels = list(zip(above, below, strict=True))

    def lengths(self) -> Counts:
        """`(passages, FIELDS)` terms of each passage in each channel, in the headings and in the text."""
        return np.stack([field.sizes for channel in self._channels for field in channel], axis=1)

    def weigh(self, means: Sequence[float], weights: Weights) -> tuple[list[Weighed], tuple[Hashes, Counts]]:
        """The passages weighed among others of these mean lengths; and how many of them hold each (moved) term."""
        held = [_relevance(channel, means[2 * at : 2 * at + 2], weights) for at, channel in enumerate(self._channels)]
        held.append(_coverage(self._channels[3][0]))
        apart = [h._replace(term=moved(at, h.term)) for at, h in enumerate(held)]
        terms = np.concatenate([h.term for h in apart[:_HEADINGS]])
        frequency = np.unique(terms, return_counts=True)
        accented, plain = (_vectors([apart[at] for at in chosen], self._count) for chosen in (_ACCENTED, _PLAIN))
        grams = _vectors([apart[at] for at in _GRAMS], self._count)
        made = [
            Weighed(wire.sparsevec(*a), wire.sparsevec(*p), wire.integers(g[0], 4))
            for a, p, g in zip(accented, plain, grams, strict=True)
        ]
        return made, frequency


def weigh(
    entries: Sequence[Entry], means: Sequence[float], weights: Weights
) -> tuple[list[Weighed], tuple[Hashes, Counts]]:
    """See `Batch.weigh`."""
    return Batch(entries).weigh(means, weights)


def lengths(entries: Sequence[Entry]) -> Counts:
    """See `Batch.lengths`; no term is looked at for it."""
    words = np.array([(len(e.context_words), len(e.text_words)) for e in entries], np.int64).reshape(-1, 2)
    single = np.array([(len(syllables(e.context)), len(syllables(e.text))) for e in entries], np.int64).reshape(-1, 2)
    pairs = np.maximum(single - 1, 0)
    return np.concatenate([words, single, pairs, single, pairs], axis=1)


def _columns(texts: Sequence[str], words: Sequence[Sequence[str]], seen: set[str]) -> Iterator[_Column]:
    """The columns of one field, in the order of `CHANNELS` without the headings; its syllables are put into `seen`."""
    yield _column([[term_hash(w) for w in found] for found in words])
    single = [syllables(text) for text in texts]
    seen.update(*single)
    for hashed in (term_hash, plain_hash):
        column = _column([[hashed(s) for s in found] for found in single])
        yield column
        yield _neighbouring(column)


def _column(terms: Sequence[Sequence[int]]) -> _Column:
    sizes = np.fromiter(map(len, terms), np.int64, len(terms))
    return _Column(np.fromiter(chain.from_iterable(terms), np.uint64, int(sizes.sum())), sizes)


def _neighbouring(single: _Column) -> _Column:
    """Neighbours within each passage."""
    if not len(single.terms):
        return single
    inside = np.ones(len(single.terms), np.bool_)
    inside[np.cumsum(single.sizes)[single.sizes > 0] - 1] = False
    return _Column(neighbours(single.terms)[inside[:-1]], np.maximum(single.sizes - 1, 0))


def _relevance(channel: tuple[_Column, _Column], means: Sequence[float], weights: Weights) -> _Held:
    """A term's weighed occurrences in both fields are added, then saturate together."""
    owner, term, counts = _counted(channel)
    heard = np.zeros(len(term), np.float32)
    for column, how, mean, count in zip(channel, (weights.context, weights.text), means, counts, strict=True):
        share = (how.weight / (1 - how.length + how.length * column.sizes / (mean or 1.0))).astype(np.float32)
        heard += count * share[owner]
    k = np.float32(weights.saturation)
    return _Held(owner, term, heard * (k + 1) / (k + heard))


def _coverage(headings: _Column) -> _Held:
    """Each syllable of the headings adds its share of them."""
    owner, term, counts = _counted((headings,))
    return _Held(owner, term, (counts[0] / headings.sizes[owner].astype(np.float32)).astype(np.float32))


def _counted(fields: Sequence[_Column]) -> tuple[Counts, Hashes, npt.NDArray[np.float32]]:
    """Passages and their terms, and how often each field has it, `(fields, n)`."""
    owners = np.concatenate([np.repeat(np.arange(len(f.sizes)), f.sizes) for f in fields])
    terms = np.concatenate([f.terms for f in fields])
    which = np.repeat(np.arange(len(fields)), [len(f.terms) for f in fields])
    order = np.lexsort((terms, owners))
    owners, terms, which = owners[order], terms[order], which[order]
    if not len(terms):
        return owners, terms, np.zeros((len(fields), 0), np.float32)
    first = np.flatnonzero(np.r_[True, (owners[1:] != owners[:-1]) | (terms[1:] != terms[:-1])])
    counts = np.stack([np.add.reduceat((which == at).astype(np.float32), first) for at in range(len(fields))])
    return owners[first], terms[first], counts


def _vectors(held: Sequence[_Held], count: int) -> Iterator[tuple[Counts, Values]]:
    """For each of `count` passages its dimensions, ascending, and what it has there."""
    owner = np.concatenate([h.owner for h in held])
    place = dimensions(np.concatenate([h.term for h in held]))
    value = np.concatenate([h.value for h in held])
    order = np.lexsort((place, owner))
    owner, place, value = owner[order], place[order], value[order]
    if len(place):
        first = np.flatnonzero(np.r_[True, (owner[1:] != owner[:-1]) | (place[1:] != place[:-1])])
        owner, place, value = owner[first], place[first], np.add.reduceat(value, first)
    bounds = np.searchsorted(owner, np.arange(count + 1))
    return ((place[a:b], value[a:b]) for a, b in pairwise(bounds))
