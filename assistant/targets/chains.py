"""Coordination: what the members of a chain share ("55% A, 65% B và 75% C biết bơi vào năm 2030")."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.targets.figure import Figure
from assistant.targets.folding import rule
from assistant.targets.reading import Member
from assistant.targets.statements import predicate
from assistant.targets.time import When
from assistant.targets.trimming import clean
from corpus.document import Span

__all__ = ["share", "year_of"]

_AND = rule(r"(?:,| và)\s")
_PREDICATE = rule(r"\s+(?!và |hoặc |với )\w+\s+\w")
_LED = ("percent", "word", "count", "thing")


def share(members: list[Member], text: str, folded: str) -> None:
    """Completes the members of one sentence, in place, by what they share: predicate, comparator, year."""
    _nouns(members, text, folded)
    _predicates(members, text, folded)
    _comparators(members, text, folded)
    _years(members)


def _predicates(members: list[Member], text: str, folded: str) -> None:
    """Gives the predicate of the last member of a chain to those before it that have none."""
    shared = ""
    for i in range(len(members) - 1, -1, -1):
        member = members[i]
        if not member.statement.leading or member.figure.kind not in _LED:
            shared = ""
            continue
        own = predicate(member.statement, text, folded)
        if own:
            shared = own
        elif shared and i + 1 < len(members) and _continues(member, members[i + 1]):
            indicator = f"{member.statement.indicator} {shared}"
            member.statement = replace(member.statement, indicator=indicator)


def _continues(one: Member, two: Member) -> bool:
    """Whether `two` goes on counting under the verb of `one`: the same kind of figure, nothing said before it."""
    alike = two.figure.kind == one.figure.kind or "word" in (one.figure.kind, two.figure.kind)
    return two.statement.leading and alike and two.statement.start >= two.figure.start


def _nouns(members: list[Member], text: str, folded: str) -> None:
    """Gives a figure without a noun the noun phrase of the next ("đạt 60% và đến năm 2030 đạt 75% các cơ quan")."""
    for one, two in reversed(list(pairwise(members))):
        bare = one.statement.borrowed and not one.statement.leading and one.figure.kind == two.figure.kind == "percent"
        joined = _AND.match(folded, one.statement.end) is not None
        if bare and two.statement.leading and joined:
            one.statement = replace(one.statement, indicator=two.statement.indicator)
        elif joined and _same_thing(one, two):
            thing = clean(text[two.statement.noun : two.statement.stop])
            one.statement = replace(one.statement, indicator=f"{one.statement.indicator} {thing}")


def _same_thing(one: Member, two: Member) -> bool:
    """Whether two amounts in one unit measure the thing named after the second ("12 km và cải tạo 3 km đường dây")."""
    measured = one.figure.kind == "measure" and one.figure.unit == two.figure.unit
    unnamed = one.statement.noun >= one.statement.stop and not one.statement.leading
    return measured and unnamed and two.statement.noun < two.statement.stop and not two.statement.link


def _comparators(members: list[Member], text: str, folded: str) -> None:
    """Carries a leading "tối thiểu" or "không quá" over the members that share its predicate."""
    for before, member in pairwise(members):
        alike = member.statement.leading and before.statement.leading and member.figure.kind == before.figure.kind
        if not alike or member.figure.stated or before.figure.comparator not in (">=", "<="):
            continue
        # "tối thiểu 80% A và 100% B": one hundred per cent cannot be exceeded.
        if predicate(before.statement, text, folded) or member.figure.value == 100:
            continue
        member.figure = replace(member.figure, comparator=before.figure.comparator)
        member.carried = Span(start=before.figure.start, end=before.figure.digits)


def _years(members: list[Member]) -> None:
    """Carries a leading year forward over the sentence, and a closing year back to members that have none."""
    current: When | None = None
    for member in members:
        if member.when is None:
            member.when = current
        elif member.when.end <= member.figure.digits:
            current = member.when
    closing: When | None = None
    for member in reversed(members):
        if member.when is None and not member.evidence.baseline:
            member.when = closing
        elif member.when and member.when.start >= member.figure.end:
            closing = member.when


def year_of(figure: Figure, whens: list[When], text: str, start: int, end: int) -> When | None:
    """The year that the part `text[start:end]` of a sentence gives for `figure` itself."""
    inside = [w for w in whens if start <= w.start and w.end <= end]
    after = [w for w in inside if w.start >= figure.end and w.firm and not w.opening]
    before = [w for w in inside if w.end <= figure.digits and not w.opening]
    if after and not (before and before[-1].firm and _opens_clause(text, after[0], end)):
        return after[0]
    if before:
        return before[-1]
    loose = [w for w in inside if w.start >= figure.end and not w.opening]
    if loose and loose[0].start - figure.end < 3:
        return loose[0]
    return next((w for w in inside if w.opening), None)


def _opens_clause(text: str, when: When, end: int) -> bool:
    """Whether the year opens a clause with a predicate of its own: "..., đến năm 2030 đạt mục tiêu toàn dân"."""
    before = text[max(0, when.start - 3) : when.start].rstrip()
    return before.endswith((",", ";")) and bool(_PREDICATE.match(text, when.end, end))
