"""Whether two targets speak of the same indicator, by meaning, and groups of those that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.targets.dimensions import compatible
from assistant.targets.target import Target
from assistant.targets.terms import Terms, terms
from assistant.targets.thesaurus import PARTS_OF_THE_WORLD

if TYPE_CHECKING:
    from indexer.embedding import Encoder

__all__ = ["SAME", "Likeness", "compare", "groups", "same_indicator"]

SAME = 0.6
"""From this score on two targets are taken for the same indicator; chosen on pairs of real decisions."""

APART = 0.4
"""The most that two indicators with a conflict (another level, direction, negation, place) can score."""

TWO_SIDED = 0.6
"""What it costs when neither indicator's words hold the other's, at the most."""

INSIDE, FULL = 0.25, 6.0
"""How far an indicator that lies wholly inside the other is the same one, and the mass from which on that holds:
"tăng trưởng kinh tế" lies inside many others."""

EVIDENCE = 2.5
"""The mass of shared words from which on they tell; "vốn đầu tư" alone says nothing."""

ONE_SIDED = 0.85
"""A level or threshold that only one of the two names may be a detail or another indicator."""

COSINE_FLOOR = 0.8
"""Vectors of the bundled encoder are this alike even for unrelated texts."""


class Likeness(NamedTuple):
    """How alike two indicators are: `score` in [0, 1], its parts, and what told apart those that looked alike."""

    score: float
    words: float
    unit: float
    conflicts: tuple[str, ...] = ()


def same_indicator(a: Target, b: Target, encoder: Encoder | None = None) -> float:
    """How surely `a` and `b` are figures of one indicator, in [0, 1]; symmetric, 1 for the same wording and unit."""
    return compare(a, b, encoder).score


def compare(a: Target, b: Target, encoder: Encoder | None = None) -> Likeness:
    """The likeness of two indicators with its reasons; values, deadlines and documents play no part.

    With an `encoder` its cosine counts for a third of the words' likeness.
    """
    one, other = terms(a.indicator), terms(b.indicator)
    alike = _words(one, other)
    if encoder is not None:
        alike = (2 * alike + _cosine(a.indicator, b.indicator, encoder)) / 3
    unit = compatible(a, b)
    score = alike * unit * (ONE_SIDED if bool(one.numbers) != bool(other.numbers) else 1)
    conflicts = tuple(_conflicts(a, b, one, other)) if score > APART else ()
    return Likeness(APART if conflicts else score, alike, unit, conflicts)


def _words(a: Terms, b: Terms) -> float:
    """Weighted overlap of words and of neighbouring words.

    What one side adds is detail and costs little; what each side has and the other lacks is another subject.
    """
    if not a.weights or not b.weights:
        return 0.0
    both = sum(min(w, b.weights[k]) for k, w in a.weights.items() if k in b.weights)
    shorter, longer = sorted((_mass(a.weights), _mass(b.weights)))
    detail = min(1.0, shorter / FULL)
    alike = _overlap(both, shorter, longer, INSIDE * detail)
    if a.pairs and b.pairs:
        few, many = sorted((len(a.pairs), len(b.pairs)))
        alike = 0.7 * alike + 0.3 * _overlap(len(a.pairs & b.pairs), few, many, 2 * INSIDE * detail)
    return min(1.0, alike * min(1.0, both / EVIDENCE) * (1 - TWO_SIDED * (shorter - both) / shorter))


def _overlap(both: float, shorter: float, longer: float, inside: float) -> float:
    """Between the share of both (0) and the share of the shorter one (1) that is common, as `inside` says."""
    return (1 - inside) * 2 * both / (shorter + longer) + inside * both / shorter


def _mass(weights: dict[str, float]) -> float:
    return sum(weights.values())


def _conflicts(a: Target, b: Target, one: Terms, other: Terms) -> Iterator[str]:
    if one.numbers and other.numbers and one.numbers.isdisjoint(other.numbers):
        yield "khác mức, ngưỡng"
    if one.direction != other.direction and compatible(a, b) == 1:
        yield "khác chiều tăng, giảm"
    if _negated(one, other) or _negated(other, one):
        yield "một bên phủ định"
    if one.levels and other.levels and one.levels.isdisjoint(other.levels):
        yield "khác cấp"
    for row in {at for at, _ in one.contrasts} & {at for at, _ in other.contrasts}:
        if {w for at, w in one.contrasts if at == row}.isdisjoint(w for at, w in other.contrasts if at == row):
            yield "khác đối tượng"
    if _regions(one) != _regions(other):
        yield "khác khu vực xếp hạng"
    here, there = _places(a, one), _places(b, other)
    if here and there and here.isdisjoint(there):
        yield "khác địa phương"


def _negated(a: Terms, b: Terms) -> bool:
    """Whether `a` denies a word that `b` affirms."""
    return any(word in b.weights and word not in b.negated for word in a.negated)


def _regions(found: Terms) -> set[str]:
    """The parts of the world that an indicator is confined to; the world itself is the default."""
    return {word for _, word in found.contrasts if word in PARTS_OF_THE_WORLD}


def _places(target: Target, of_indicator: Terms) -> frozenset[str]:
    return of_indicator.places | (terms(target.scope).places if target.scope else frozenset())


def _cosine(a: str, b: str, encoder: Encoder) -> float:
    vectors = encoder.passages([a, b])
    return max(0.0, (float(vectors[0] @ vectors[1]) - COSINE_FLOOR) / (1 - COSINE_FLOOR))


def groups(targets: Iterable[Target], threshold: float = SAME, encoder: Encoder | None = None) -> list[list[Target]]:
    """The targets by indicator, groups and their members in the order given; one with no like is a group of its own.

    Two different figures that one decision sets for one year are never one indicator. Only targets that share
    telling words are compared, so the work grows with the number of likes, not with the square of the targets.
    """
    rows = list(targets)
    scored = [
        (score, i, j)
        for i, j in _candidates(rows)
        if (score := same_indicator(rows[i], rows[j], encoder)) >= threshold and not _rival(rows[i], rows[j])
    ]
    return [
        [rows[i] for i in members] for members in _clusters(rows, sorted(scored, key=lambda s: (-s[0], s[1], s[2])))
    ]


def _rival(a: Target, b: Target) -> bool:
    """Whether one decision states the two side by side: not one indicator, unless the figure is only repeated."""
    decisions = {t.citation.number or t.citation.document for t in (a, b)}
    if len(decisions) > 1 or a.status != b.status or a.deadline != b.deadline:
        return False
    return (a.value, a.value_max, a.qualitative) != (b.value, b.value_max, b.qualitative)


def _candidates(rows: Sequence[Target]) -> Iterator[tuple[int, int]]:
    """Pairs that share at least half the mass of the shorter indicator's words, each once.

    Such a pair shares one of the rarest words that make up half of the shorter one, so only those are looked up.
    """
    known = [terms(row.indicator) for row in rows]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(known):
        for word in found.weights:
            holders[word].append(at)
    for at, found in enumerate(known):
        near = {other for word in _rarest(found, holders) for other in holders[word]}
        for other in sorted(near):
            longer = known[other]
            if (_mass(longer.weights), other) > (_mass(found.weights), at) and _half(found, longer):
                yield min(at, other), max(at, other)


def _rarest(found: Terms, holders: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """The rarest words that make up at least half of the mass."""
    left = _mass(found.weights) / 2
    for word in sorted(found.weights, key=lambda w: (len(holders[w]), w)):
        if left < 0:
            return
        left -= found.weights[word]
        yield word


def _half(shorter: Terms, longer: Terms) -> bool:
    both = sum(weight for word, weight in shorter.weights.items() if word in longer.weights)
    return 2 * both >= _mass(shorter.weights)


def _clusters(rows: Sequence[Target], scored: Sequence[tuple[float, int, int]]) -> list[list[int]]:
    """Joins pairs from the surest on; two groups join only when most of their pairs are alike and none are rivals."""
    alike = {(i, j) for _, i, j in scored}
    home = list(range(len(rows)))
    members = {at: [at] for at in home}
    for _, i, j in scored:
        a, b = sorted((home[i], home[j]))
        if a == b or not _may_join(rows, members[a], members[b], alike):
            continue
        members[a] = sorted(members[a] + members.pop(b))
        for at in members[a]:
            home[at] = a
    return [members[at] for at in sorted(members)]


def _may_join(rows: Sequence[Target], a: list[int], b: list[int], alike: set[tuple[int, int]]) -> bool:
    pairs = [(min(i, j), max(i, j)) for i in a for j in b]
    if any(_rival(rows[i], rows[j]) for i, j in pairs):
        return False
    return 2 * sum(pair in alike for pair in pairs) >= len(pairs)
