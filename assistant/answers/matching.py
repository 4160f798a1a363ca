"""How far a clause, with what surrounds it, covers the words of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answers.bags import Level, Words
from assistant.answers.question import Question, Term
from assistant.answers.reading import Reading
from assistant.answers.shortened import SHORTENED, is_short, shortens

__all__ = ["Cover", "cover"]

NAME, NAMED, IDEA, ROUNDED = 0.6, 0.85, 0.9, 0.9
"""Weights of a match in the document's name, in the name of a document that the question names, by synonym, of a
number without its fraction."""
MEANT = 2.0
"""The weight from which a word carries meaning of its own."""
_INITIALS = 4
"""Letters from which a word in capitals is read by its initials, vowels or not."""
FOUND = 0.4
"""A term matched at less than this counts as missing."""


@dataclass(slots=True)
class Cover:
    """Shares of the question's weight: `total` matched anywhere, `own` in the clause itself, `gap` the heaviest run of
    words missing, `pairs` the adjacent words that stand side by side there too.

    `entities` and `numbers` count names and figures of the question that are missing, `missing` the missing words
    that carry meaning, `absent` are their places; `must` says that all is there which the answer must hold.
    """

    total: float
    own: float
    gap: float
    pairs: float
    entities: int
    numbers: int
    must: bool
    missing: int
    absent: tuple[int, ...] = ()


def cover(
    question: Question,
    terms: Sequence[Term],
    own: Sequence[Level],
    around: Sequence[Level],
    reading: Reading,
    pairs: set[tuple[str, str]],
    firm: bool = False,
) -> Cover:
    """The cover of `terms` by `own` words, words `around`, and the name.

    `firm` says that the question names the document, so that words of its name need not be in the clause.
    """
    plain = question.typed.plain
    surrounding = [*around, (NAMED if firm else NAME, reading.name)]
    total = sum(t.weight for t in terms) or 1.0
    matched = inside = 0.0
    got: dict[int, float] = {}
    for term in terms:
        here = _match(term, own, plain, 0.0)
        if not here and (is_short(term.word.bare) or _in_capitals(question, term)):
            here = SHORTENED * (shortens(term.word.bare, pairs) or shortens(term.word.bare, reading.name_pairs))
        best = got[term.place] = _match(term, surrounding, plain, here)
        matched += term.weight * best
        inside += term.weight * here
    missing = [t for t in terms if got[t.place] < FOUND]
    return Cover(
        total=matched / total,
        own=inside / total,
        gap=_heaviest(missing) / total,
        pairs=_paired(terms, pairs, reading),
        entities=sum(_is_name(question, t.place) for t in missing),
        numbers=sum(t.word.bare[0].isdigit() for t in missing),
        must=_all_must(question, got),
        missing=sum(t.weight >= MEANT for t in missing),
        absent=tuple(t.place for t in missing if t.weight >= MEANT),
    )


def _match(term: Term, levels: Sequence[Level], plain: bool, best: float) -> float:
    """The best worth of `term` among `levels`, at least `best`."""
    key, bare, alike, loose = term.word.key, term.word.bare, term.alike, term.loose
    for weight, words in levels:
        if weight <= best:
            continue
        if key in words.keys:
            best = weight
        elif alike and IDEA * weight > best and _stated(alike, words.bare if plain else words.keyed):
            best = IDEA * weight
        elif bare in words.bares and loose * weight > best:
            best = loose * weight
        elif bare.isdigit() and len(bare) > 1 and ROUNDED * weight > best and _rounded(bare, words):
            best = ROUNDED * weight
    return best


def _in_capitals(question: Question, term: Term) -> bool:
    """Whether a word is written in capitals alone where others are not: "TANDTC"."""
    written = question.text[term.word.start : term.word.end]
    return len(written) >= _INITIALS and written.isalpha() and written.isupper() and not question.text.isupper()


def _rounded(number: str, words: Words) -> bool:
    """Whether a number without a fraction is one of `words` with its fraction left out: 427 of 427,21."""
    return any(key.startswith(f"{number},") for key in words.keys)


def _stated(phrases: Sequence[str], text: str) -> bool:
    """Whether one of `phrases` stands in `text`."""
    for phrase in phrases:  # noqa: SIM110 - a generator costs more than the search itself
        if phrase in text:
            return True
    return False


def _heaviest(missing: Sequence[Term]) -> float:
    """The weight of the heaviest run of adjacent missing words."""
    best = run = 0.0
    last = -9
    for term in missing:
        run = run + term.weight if term.place - last <= 1 else term.weight
        best, last = max(best, run), term.place
    return best


def _paired(terms: Sequence[Term], pairs: set[tuple[str, str]], reading: Reading) -> float:
    """Share of the question's adjacent words that stand side by side in the clause or the document's name."""
    asked = [((a.word.bare, b.word.bare), a.weight + b.weight) for a, b in pairwise(terms) if b.place == a.place + 1]
    whole = sum(w for _, w in asked)
    return sum(w for p, w in asked if p in pairs or p in reading.name_pairs) / whole if whole else 1.0


def _all_must(question: Question, got: dict[int, float]) -> bool:
    return all(got.get(place, 1.0) >= FOUND for place in question.must)


def _is_name(question: Question, place: int) -> bool:
    """Whether a word is capitalised inside the question, as names are and Roman numbers are not."""
    word = question.typed.words[place]
    if _written_out(question, place):
        return False
    written = question.text[word.start : word.end]
    if place == 0 or not written[:1].isupper() or question.text.isupper() or set(written) <= set("IVX"):
        return False
    return not question.text[: word.start].rstrip().endswith((".", "?", "!", ":"))


def _written_out(question: Question, place: int) -> bool:
    """Whether a word is one of those that an abbreviation stands for which is no name: "DN" for "doanh nghiệp"."""
    words = question.typed.words
    start = words[place].start
    beside = words[max(0, place - 1) : place] + words[place + 1 : place + 2]
    written = question.text[start : words[place].end].lower()
    return any(w.start == start for w in beside) and written not in _PLACES


_PLACES = frozenset(("vn", "hn", "hcm", "tphcm"))
"""Abbreviations of names of places."""
