"""What tells the figures of one clause apart: the words that only one of them has.

"90% ở thành thị và 80% ở nông thôn": all else is shared, so "nông thôn" decides which figure a question means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answers.bags import Words, words_of
from assistant.answers.figures import Figure
from assistant.answers.normalise import NUMERALS, bare, key, tokens
from assistant.answers.patterns import Typed
from assistant.answers.question import Question, Term
from assistant.answers.segments import predicate_from
from assistant.answers.unit import Unit
from assistant.answers.units import UNITS

__all__ = ["labelled", "other_label", "shares", "stated_label"]

_BORDER = re.compile(r"[:;(]|,(?!\d)")
_LABELS = frozenset(("lop", "do", "cap", "hang", "loai", "tuyen", "khoa", "bac", "quy", "vung", "dot", "muc", "phan"))
"""Bare words that a number names after: "lớp 9", "mức độ 4"."""
_JOINTS = frozenset(("va", "con", "cung"))
_BOUNDS = frozenset(map(key, ("tối", "đa", "thiểu", "ít", "nhất")))
"""Words of a limit, which one figure states for all that follow: "không quá 10% tập thể và 5% cá nhân"."""
_LEAST = 1.0
"""The weight from which a term may tell figures apart."""


def shares(text: str, unit: Unit, parts: Sequence[tuple[int, int]], figures: Sequence[Figure],
           terms: Sequence[Term], plain: bool) -> list[float] | None:  # fmt: skip
    """For each figure the weight of the terms that its own words have and another's lack; None where none differ.

    `parts` are the characters that belong to each of `figures`, in order.
    """
    if len(figures) < 2 or unit.row:
        return None
    own = [_own(text, figures, parts, i) for i in range(len(figures))]
    if not any(w.bares for w in own):
        return None
    out = [0.0] * len(own)
    for term in (t for t in terms if t.weight >= _LEAST and t.word.key not in _BOUNDS):
        held = [_holds(term, words, plain) for words in own]
        if any(held) and not all(held):
            for at, here in enumerate(held):
                out[at] += term.weight * here
    return out


def _own(text: str, figures: Sequence[Figure], parts: Sequence[tuple[int, int]], at: int) -> Words:
    """The words that belong to one figure alone; those before the first one are shared where no other has any."""
    start, end = parts[at]
    figure = figures[at]
    if at == 0:
        others = [text[parts[i][0] : figures[i].lead].strip() for i in range(1, len(figures))]
        if not all(others):
            start = figure.end
        else:
            until = start + len(text[start : figure.lead].rstrip(" :("))
            start = max([start, *(m.end() for m in _BORDER.finditer(text, start, until))])
    elif at == len(figures) - 1:
        before = [predicate_from(text, f.end, parts[i][1]) for i, f in enumerate(figures[:-1])]
        if all(stop == finish for stop, (_, finish) in zip(before, parts[:-1], strict=True)):
            end = predicate_from(text, figure.end, end)
        tails = [tokens(text[f.end : parts[i][1]]) for i, f in enumerate(figures[:-1])]
        longest = max(sum(w.bare not in _JOINTS for w in tail) for tail in tails)
        after = tokens(text[figure.end : end], figure.end)
        end = after[longest].start if 0 < longest < len(after) else end
    return words_of(w for w in tokens(text[start:end], start) if not figure.start <= w.start < figure.end)


def _holds(term: Term, words: Words, plain: bool) -> bool:
    if term.word.key in words.keys or (plain and term.word.bare in words.bares):
        return True
    return any(p in (words.bare if plain else words.keyed) for p in term.alike)


def labelled(question: Question) -> list[tuple[str, str]]:
    """The numbers of the question that name something, with the bare word that they follow; one that is measured
    ("tốc độ 15 km/h") names nothing.
    """
    return question.typed.once(_labelled)


def _labelled(typed: Typed) -> list[tuple[str, str]]:
    words = [w.bare for w in typed.words]
    named = [(a, b) for (a, b), after in zip(pairwise(words), [*words[2:], ""], strict=False) if after not in UNITS]
    found = [(a, _CLASSES.get(b, b) if a == "lop" else b) for a, b in named]
    return [(a, b) for a, b in found if a in _LABELS and b.isdigit() and len(b) < 3]


def stated_label(label: tuple[str, str], words: Words) -> bool:
    """Whether the words name that number, alone or in a row ("mức độ 3 và 4")."""
    name, number = label
    said = f"(?:{number}|{in_words})" if (in_words := _IN_WORDS.get(number)) else number
    return bool(re.search(rf" {name} (?:(?:\d+|va|hoac|den|{name}) )*{said} ", words.bare))


def other_label(label: tuple[str, str], words: Words) -> bool:
    """Whether the words name one other number, and not that one: "mức độ 4" where "mức độ 3" is asked."""
    return bool(re.search(rf" {label[0]} \d+ ", words.bare)) and not stated_label(label, words)


_IN_WORDS = {str(n): bare(word) for word, n in NUMERALS.items()}
"""Numbers as words: "lớp 6" is "lớp sáu"."""
_CLASSES = {word: number for number, word in _IN_WORDS.items() if word not in ("nam", "tu")}
"""Classes of a school by their words: "lớp một"; "năm" and "tư" are other words too."""
