"""Goals stated more than once in a document: one target each, at the fullest statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.targets.confidence import Evidence
from assistant.targets.figure import Figure
from assistant.targets.target import Status
from assistant.targets.time import When
from corpus.document import Span

__all__ = ["Found", "without_repeats"]

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Found:
    """A target before it is written out: figure, quote `[start:end]`, wording, year and where each came from.

    `firm` says that the year stands in the clause, its sentence or a heading; `borrowed` that the subject does not
    stand in the quote, `aside` why the place is not the statement proper (a caption, a headline, a run-together table).
    """

    figure: Figure
    evidence: Evidence
    start: int
    end: int
    indicator: str
    when: When | None
    firm: bool
    inherited: dict[str, Span] = field(default_factory=dict)
    borrowed: bool = False
    section: str | None = None
    scope: str | None = None
    status: Status | None = None
    aside: str = ""
    block: int = -1


def without_repeats(found: list[Found]) -> list[Found]:
    """`found` in text order with each repeated goal kept once: the fuller statement, the later one of equals."""
    words = {id(f): frozenset(_WORD.findall(f.indicator.lower())) for f in found}
    groups: dict[tuple[object, ...], list[Found]] = {}
    dropped: set[int] = set()
    for one in found:
        f = one.figure
        key = (f.value, f.value_max, f.unit, f.qualitative if f.value is None else None, one.evidence.baseline)
        group = groups.setdefault(key, [])
        for i, other in enumerate(group):
            if id(other) not in dropped and _same(one, other, words):
                if one.block != other.block and _fullness(one, words) >= _fullness(other, words):
                    dropped.add(id(other))
                    group[i] = one
                    _keep_year(one, other)
                else:
                    dropped.add(id(one))
                    _keep_year(other, one)
                break
        else:
            group.append(one)
    return [f for f in found if id(f) not in dropped]


def _keep_year(kept: Found, dropped: Found) -> None:
    """Lets the kept statement have the year that only the dropped one names."""
    if dropped.firm and not kept.firm and dropped.when:
        kept.when, kept.firm = dropped.when, True
        kept.inherited["deadline"] = Span(start=dropped.when.start, end=dropped.when.end)


def _same(one: Found, two: Found, words: dict[int, frozenset[str]]) -> bool:
    year, other = (one.when.year if one.when else None), (two.when.year if two.when else None)
    if one.firm and two.firm and year != other:
        return False
    a, b = words[id(one)], words[id(two)]
    if one.evidence.section == two.evidence.section == "goal" and not (one.aside or two.aside):
        return a == b and one.section == two.section
    shorter = min(len(a), len(b))
    if a == b or shorter < 4:
        return a == b
    return one.block != two.block and len(a & b) >= 0.8 * shorter and max(len(a), len(b)) <= 4 * shorter


def _fullness(one: Found, words: dict[int, frozenset[str]]) -> tuple[bool, bool, bool, int]:
    return (not one.aside, one.evidence.section == "goal", one.firm, len(words[id(one)]))
