"""What a question and a passage share, as numbers that the ranker weighs: coverage, runs, nearness, scores.

Every number is a share of what the question weighs, or a length in syllables, so that it means the same in a home of
forty documents and in one of eighty thousand. A syllable weighs its inverse document frequency in the laws that the
ranker was trained on, not in the home.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
import numpy.typing as npt

from indexer.words import bare, lines, syllables, unaccented

__all__ = ["FEATURES", "Rarity", "features"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FEATURES = (
    "lexical",
    "dense",
    "dense_behind",
    "heading_coverage",
    "text_coverage",
    "coverage",
    "heading_pairs",
    "text_pairs",
    "heading_run",
    "text_run",
    "heading_run_length",
    "text_run_length",
    "opening_run",
    "clause_coverage",
    "near_coverage",
    "heading_asked",
    "heading_length",
    "text_length",
    "numbers",
    "question_length",
    "asks_meaning",
    "asks_number",
    "coverage_behind",
    "heading_coverage_behind",
    "text_run_behind",
    "heading_run_behind",
    "opening_run_behind",
    "near_coverage_behind",
    "clause_coverage_behind",
)
_NEAR = 40
"""Syllables: about one sentence."""

_DIGITS = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)*")
_AFTER_DIGITS = ":"
_NUMBER_WORDS = {"bao", "may"}


class Rarity:
    """How much a syllable tells: its inverse document frequency among `total` passages, given `counts` by syllable."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self._weights = {s: log((total + 1) / (n + 0.5)) for s, n in counts.items()}
        self._unseen = log((total + 1) / 0.5)
        plain: dict[str, int] = {}
        for syllable, n in counts.items():
            plain[bare(syllable)] = min(total, plain.get(bare(syllable), 0) + n)
        self._plain = {s: log((total + 1) / (n + 0.5)) for s, n in plain.items()}

    def of(self, terms: Sequence[str], plain: bool) -> Floats:
        """The weights of `terms`, which are written without diacritics where `plain`."""
        known = self._plain if plain else self._weights
        return np.array([known.get(t, self._unseen) for t in terms], np.float32)


@dataclass(frozen=True)
class _Asked:
    """The question: its syllables as places in `terms`, and what each term weighs."""

    terms: dict[str, int]
    sequence: list[int]
    weights: Floats
    total: float


@dataclass(frozen=True)
class _Texts:
    """Texts as one run of term places (-1: not asked for); `row` and `line` say whose each is."""

    terms: Ints
    row: Ints
    line: Ints
    opening: npt.NDArray[np.bool_]
    owner: Ints
    lengths: Floats
    numbers: Floats
    rows: int


def features(
    query: str, candidates: Sequence[tuple[str, str]], lexical: Floats, dense: Floats, rarity: Rarity
) -> Floats:
    """`(len(candidates), len(FEATURES))`: what `query` shares with each candidate, its heading lines and its text.

    `lexical` and `dense` are the candidates' scores, as the search found them.
    """
    plain = unaccented(query)
    asked = _asked(query, plain, rarity)
    heads = _texts([heading for heading, _ in candidates], asked, plain)
    texts = _texts([text for _, text in candidates], asked, plain)
    return _table(asked, heads, texts, _narrowest(candidates, plain, rarity, asked), lexical, dense)


def _table(asked: _Asked, heads: _Texts, texts: _Texts, narrow: Floats, lexical: Floats, dense: Floats) -> Floats:
    in_head, in_text = _present(heads, asked), _present(texts, asked)
    both = np.maximum(in_head, in_text)
    weigh = asked.weights / asked.total
    cover_head, cover = in_head @ weigh, both @ weigh
    head_run, head_count, _ = _runs(heads, asked)
    text_run, text_count, opening = _runs(texts, asked)
    near, clause = _near(texts, asked), _clauses(texts, asked)
    n = len(lexical)
    first = [
        lexical / max(float(lexical.max()), 1e-6),
        dense,
        dense - dense.max(),
        cover_head,
        in_text @ weigh,
        cover,
        _pairs(heads, asked),
        _pairs(texts, asked),
        head_run,
        text_run,
        head_count,
        text_count,
        opening,
        clause,
        near,
        narrow[:, 0],
        narrow[:, 1],
        texts.lengths,
        texts.numbers,
        np.full(n, len(asked.sequence)),
        np.full(n, _asks_meaning(asked)),
        np.full(n, _asks_number(asked)),
    ]
    behind = [v - v.max() for v in (cover, cover_head, text_run, head_run, opening, near, clause)]
    return np.stack([*first, *behind], axis=1).astype(np.float32)


def _asked(query: str, plain: bool, rarity: Rarity) -> _Asked:
    sequence = _terms(query, plain)
    terms = {term: place for place, term in enumerate(dict.fromkeys(sequence))}
    weights = rarity.of(list(terms), plain)
    return _Asked(terms, [terms[t] for t in sequence], weights, max(float(weights.sum()), 1e-6))


def _terms(text: str, plain: bool) -> list[str]:
    return syllables(bare(text) if plain else text)


def _texts(texts: Sequence[str], asked: _Asked, plain: bool) -> _Texts:
    cut = [_cut(text, plain) for text in texts]
    sizes = np.concatenate([c.lines for c in cut])
    owner = np.repeat(np.arange(len(cut)), [len(c.lines) for c in cut])
    line = np.repeat(np.arange(len(sizes)), sizes)
    lengths = np.array([c.length for c in cut], np.float32)
    numbers = np.array([c.numbers for c in cut], np.float32) / np.maximum(lengths, 1)
    terms = _places(np.concatenate([c.terms for c in cut]), asked)
    opening = np.concatenate([c.opening for c in cut])
    return _Texts(terms, owner[line], line, opening, owner, lengths, numbers.astype(np.float32), len(cut))


def _places(terms: Ints, asked: _Asked) -> Ints:
    """For each hash the place of the term asked for, or -1."""
    hashes = np.fromiter(map(hash, asked.terms), np.int64, len(asked.terms))
    if not len(hashes):
        return np.full(len(terms), -1)
    order = np.argsort(hashes)
    at = order[np.minimum(np.searchsorted(hashes, terms, sorter=order), len(order) - 1)]
    return np.where(hashes[at] == terms, at, -1)


@dataclass(frozen=True)
class _Cut:
    """A text as the hashes of its terms, each line ended by -1, which is no hash; `lines` are their sizes with it."""

    terms: Ints
    lines: Ints
    opening: npt.NDArray[np.bool_]
    length: int
    numbers: int


@lru_cache(maxsize=4096)
def _cut(text: str, plain: bool) -> _Cut:
    """The text cut; those of the last few thousand are kept, since the same few are found over and over."""
    return _at_once(bare(text) if plain else text) or _line_by_line(bare(text) if plain else text)


def _line_by_line(text: str) -> _Cut:
    found = lines([text])[0]
    found = [line for line in found if line] or [[]]
    sizes = np.array([len(line) + 1 for line in found], np.int64)
    terms = np.fromiter((h for line in found for h in (*map(hash, line), -1)), np.int64, int(sizes.sum()))
    labels = [_is_label(line) for line in found]
    return _Cut(terms, sizes, _openings(sizes, labels), len(terms) - len(found), len(_DIGITS.findall(text)))


def _at_once(text: str) -> _Cut | None:
    """The same for a text that folding changes within its syllables only, whose hashes are looked up by syllable."""
    if _UNEVEN.search(text) or not unicodedata.is_normalized("NFC", text):
        return None
    words = _TERM_OR_END.findall(text)
    words.append("\n")
    hashes = list(map(_HASHES.__getitem__, words))
    if _ODD in hashes:
        return None
    ends = [at for at, word in enumerate(words) if word == "\n"]
    starts = [0, *(end + 1 for end in ends[:-1])]
    blank = [end for start, end in zip(starts, ends, strict=True) if start == end]
    if blank and len(ends) > 1:
        return None
    sizes = np.array([end + 1 - start for start, end in zip(starts, ends, strict=True)], np.int64)
    labels = [_is_label(words[start : min(start + 2, end)]) for start, end in zip(starts, ends, strict=True)]
    numbers = sum(word[0].isdecimal() for word in words)
    terms = np.array(hashes, np.int64)
    return _Cut(terms, sizes, _openings(sizes, labels), len(terms) - len(sizes), numbers)


def _is_label(line: Sequence[str]) -> bool:
    """Whether a line begins with a number or letter that labels what follows."""
    return len(line) > 1 and (line[0] < _AFTER_DIGITS or len(line[0]) == 1)


def _openings(sizes: Ints, labels: Sequence[bool]) -> npt.NDArray[np.bool_]:
    """True at the first term of each line, after its label."""
    opening = np.zeros(int(sizes.sum()), np.bool_)
    starts = np.cumsum(sizes) - sizes + labels
    opening[starts[sizes > 1]] = True
    return opening


_TERM_OR_END = re.compile(r"[^\W\d]\w*|\d+(?:[.,]\d+)*|\n")
"""The terms of a text without "_", but that a figure within a word ends one."""
_UNEVEN = re.compile("[_\x1eΣ]")
"""Characters beside which folding a text is not folding its syllables one by one."""
_ODD = -3
"""Stands for a syllable that folding makes several of, or none."""
_KNOWN = 1 << 17


class _Hashes(dict[str, int]):
    """The hash of each syllable as `indexer.words.syllables` spells it, found out once; -1 for the end of a line."""

    def __missing__(self, word: str) -> int:
        if len(self) > _KNOWN:
            self.clear()
        found = [word] if word == "\n" else syllables(word)
        made = -1 if word == "\n" else hash(found[0]) if len(found) == 1 else _ODD
        self[word] = made
        return made


_HASHES = _Hashes()


def _present(texts: _Texts, asked: _Asked) -> Floats:
    """1 where a text holds a term."""
    made = np.zeros((texts.rows, len(asked.terms)), np.float32)
    held = texts.terms >= 0
    made[texts.row[held], texts.terms[held]] = 1
    return made


def _pairs(texts: _Texts, asked: _Asked) -> Floats:
    """The weighed share of the question's neighbours that are neighbours in the text too."""
    width = len(asked.terms)
    wanted = sorted({a * width + b for a, b in zip(asked.sequence, asked.sequence[1:], strict=False)})
    if not wanted:
        return np.zeros(texts.rows, np.float32)
    codes = np.array(wanted)
    weights = asked.weights[codes // width] + asked.weights[codes % width]
    left, right = texts.terms[:-1], texts.terms[1:]
    found = np.where((left >= 0) & (right >= 0), left * width + right, -1)
    at = np.minimum(np.searchsorted(codes, found), len(codes) - 1)
    held = codes[at] == found
    made = np.zeros((texts.rows, len(codes)), np.float32)
    made[texts.row[:-1][held], at[held]] = 1
    shares: Floats = made @ (weights / max(float(weights.sum()), 1e-6))
    return shares


def _runs(texts: _Texts, asked: _Asked) -> tuple[Floats, Floats, Floats]:
    """The heaviest run of the question's syllables in a row, its length, and the heaviest that opens a line."""
    size = len(texts.terms)
    run, count, opened = (np.zeros(size, np.float32) for _ in range(3))
    best, most, first = run.copy(), run.copy(), run.copy()
    for place in asked.sequence:
        weight = asked.weights[place]
        here = texts.terms == place
        run = np.where(here, _shifted(run) + weight, 0)
        count = np.where(here, _shifted(count) + 1, 0)
        before = _shifted(opened)
        opened = np.where(here & (texts.opening | (before > 0)), before + weight, 0)
        np.maximum(best, run, out=best)
        np.maximum(most, count, out=most)
        np.maximum(first, opened, out=first)
    return _highest(best, texts) / asked.total, _highest(most, texts), _highest(first, texts) / asked.total


def _shifted(values: Floats) -> Floats:
    made = np.empty_like(values)
    made[0] = 0
    made[1:] = values[:-1]
    return made


def _highest(values: Floats, texts: _Texts) -> Floats:
    starts = np.flatnonzero(np.r_[True, texts.row[1:] != texts.row[:-1]])
    made: Floats = np.maximum.reduceat(values, starts)
    return made


def _near(texts: _Texts, asked: _Asked) -> Floats:
    """The weighed share of the terms that stand within one stretch of `_NEAR` syllables."""
    size = len(texts.terms)
    start = np.flatnonzero(np.r_[True, texts.row[1:] != texts.row[:-1]])[texts.row]
    low = np.maximum(np.arange(1, size + 1) - _NEAR, start)
    total = np.zeros(size, np.float32)
    for place, weight in enumerate(asked.weights):
        seen = np.concatenate([[0], np.cumsum(texts.terms == place)])
        total += weight * (seen[1:] > seen[low])
    return _highest(total, texts) / asked.total


def _clauses(texts: _Texts, asked: _Asked) -> Floats:
    """The weighed share of the terms that one line holds."""
    made = np.zeros((len(texts.owner), len(asked.terms)), np.float32)
    held = texts.terms >= 0
    made[texts.line[held], texts.terms[held]] = 1
    best = np.zeros(texts.rows, np.float32)
    np.maximum.at(best, texts.owner, made @ (asked.weights / asked.total))
    return best


def _narrowest(candidates: Sequence[tuple[str, str]], plain: bool, rarity: Rarity, asked: _Asked) -> Floats:
    """For the narrowest heading of each: the weighed share of it that is asked for, and its length in syllables."""
    made = np.zeros((len(candidates), 2), np.float32)
    known: dict[str, tuple[float, int]] = {}
    for row, (heading, _) in enumerate(candidates):
        last = heading.rsplit("\n", 1)[-1]
        if last not in known:
            terms = list(dict.fromkeys(_terms(last, plain)))
            weights = rarity.of(terms, plain)
            shared = sum(float(w) for t, w in zip(terms, weights, strict=True) if t in asked.terms)
            known[last] = (shared / max(float(weights.sum()), 1e-6), len(terms))
        made[row] = known[last]
    return made


def _asks_meaning(asked: _Asked) -> bool:
    spelled = list(asked.terms)
    return [bare(spelled[p]) for p in asked.sequence[-2:]] == ["la", "gi"]


def _asks_number(asked: _Asked) -> bool:
    return any(bare(t) in _NUMBER_WORDS for t in asked.terms)
