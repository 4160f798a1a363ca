"""How far a clause, with what surrounds it, covers the words of a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answers.normalise import Token
from assistant.answers.question import Question, Term
from assistant.answers.reading import Bag, Reading

__all__ = ["Cover", "cover", "own_bag"]

NAME, NAMED, IDEA, LOOSE, UNMARKED = 0.6, 0.85, 0.9, 0.35, 0.6
"""Weights of a match in the document's name, in the name of a document that the question names, by synonym, by bare form only, and of a word typed without its mark."""
FOUND = 0.4
"""A term matched at less than this counts as missing."""


@dataclass(slots=True)
class Cover:
    """Shares of the question's weight: `total` matched anywhere, `own` in the clause itself, `gap` the heaviest
    run of words missing; `entities` and `numbers` count names and figures of the question that are missing."""

    total: float
    own: float
    gap: float
    pairs: float
    entities: int
    numbers: int
    must: bool
    words: int


def own_bag(words: Iterable[Token], weight: float = 1.0) -> Bag:
    """A bag of `words` alone."""
    bag = Bag()
    bag.add(list(words), weight)
    return bag


def cover(question: Question, terms: Sequence[Term], own: Bag, around: Bag, reading: Reading,
          pairs: set[tuple[str, str]], firm: bool = False) -> Cover:  # fmt: skip
    """The cover of `terms` by `own` words, words `around`, and the name.

    `firm` says that the question names the document, so that words of its name need not be in the clause.
    """
    plain = question.typed.plain
    named = NAMED if firm else NAME
    total = sum(t.weight for t in terms) or 1.0
    matched = inside = 0.0
    missing: list[tuple[int, float]] = []
    got: dict[int, float] = {}
    entities = numbers = 0
    for term in terms:
        place = term.place
        here = _match(term, own, plain)
        best = max(here, _match(term, around, plain), named * _match(term, reading.name, plain))
        got[place] = best
        matched += term.weight * best
        inside += term.weight * here
        if best < FOUND:
            missing.append((place, term.weight))
            entities += _is_name(question, place)
            numbers += term.word.bare[0].isdigit()
    return Cover(
        total=matched / total,
        own=inside / total,
        gap=_heaviest(missing) / total,
        pairs=_paired(terms, pairs, reading),
        entities=entities,
        numbers=numbers,
        must=_all_must(question, got),
        words=sum(1 for t in terms if got and t.weight > 1.0),
    )


def _match(term: Term, bag: Bag, plain: bool) -> float:
    word = term.word
    best = bag.keys.get(word.key, 0.0)
    for idea in term.ideas:
        best = max(best, IDEA * bag.ideas.get(idea, 0.0))
    if best < 1.0:
        loose = 1.0 if plain else UNMARKED if word.key == word.bare else LOOSE
        best = max(best, loose * bag.bares.get(word.bare, 0.0))
    return best


def _heaviest(missing: list[tuple[int, float]]) -> float:
    """The weight of the heaviest run of adjacent missing words."""
    best = run = 0.0
    last = -9
    for place, weight in missing:
        run = run + weight if place - last <= 1 else weight
        best, last = max(best, run), place
    return best


def _paired(terms: Sequence[Term], pairs: set[tuple[str, str]], reading: Reading) -> float:
    """Share of the question's adjacent words that stand side by side in the clause or the document's name."""
    asked = [
        ((a.word.bare, b.word.bare), a.weight + b.weight)
        for a, b in zip(terms, terms[1:], strict=False)
        if b.place == a.place + 1
    ]
    whole = sum(w for _, w in asked)
    return sum(w for p, w in asked if p in pairs or p in reading.name_pairs) / whole if whole else 1.0


def _all_must(question: Question, got: dict[int, float]) -> bool:
    starts = {id(w): i for i, w in enumerate(question.typed.words)}
    places = [starts[id(w)] for phrase in question.must for w in phrase]
    return all(got.get(p, 1.0) >= FOUND for p in places)


def _is_name(question: Question, place: int) -> bool:
    """Whether a word is capitalised inside the question, as names are."""
    word = question.typed.words[place]
    written = question.text[word.start : word.end]
    if place == 0 or not written[:1].isupper() or question.text.isupper():
        return False
    return not question.text[: word.start].rstrip().endswith((".", "?", "!", ":"))
