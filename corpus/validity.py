"""Validity: from which day to which a document holds, as it says itself and as later documents say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus.dates import day_before, earliest, latest
from corpus.document import Document, Frozen, IsoDate, Relation, RelationKind
from corpus.extensions import extended_until
from corpus.numbers import same

__all__ = ["Change", "Interval", "changes", "contradictions", "in_force", "interval"]

_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
_CHANGING = (*_ENDING, RelationKind.AMENDS, RelationKind.EXTENDS)


class Interval(Frozen):
    """First and last day in force, both inclusive, as exactly as they are known; None where nothing is known.

    `ended_by` is the id of the document that ends it, None when it ends by its own words or not at all; `extended_by`
    the id of the one that put the end off, where that end holds.
    """

    start: IsoDate | None = None
    end: IsoDate | None = None
    ended_by: str | None = None
    extended_by: str | None = None


class Change(Frozen):
    """What another document does to this one: to a `provision` of it, or to all of it where that is None.

    `until` is the last day of a term that is extended.
    """

    kind: RelationKind
    by: str
    number: str
    provision: str | None = None
    effective_from: IsoDate | None = None
    until: IsoDate | None = None


def interval(document: Document, others: Iterable[Document] = ()) -> Interval:
    """The days on which `document` holds.

    It begins on its day of effect, else of issue. It ends on the day it states, put off where one of `others` extends
    it, or the day before the first that replaces or repeals all of it takes effect, whichever comes first. An
    article holds as the decision that it speaks of does. Dates known to the month or year only stay so.
    """
    start = document.effective_from or document.issued_on
    made = changes(document, others)
    end, extended_by = _put_off(document.effective_to, start, made)
    ended_by = None
    for change in made:
        if change.kind not in _ENDING or change.provision is not None or change.effective_from is None:
            continue
        last = day_before(change.effective_from)
        if start and latest(last) < earliest(start):
            continue
        if end is None or latest(last) < latest(end):
            end, ended_by, extended_by = last, change.by, None
    return Interval(start=start, end=end, ended_by=ended_by, extended_by=extended_by)


def _put_off(end: str | None, start: str | None, made: Iterable[Change]) -> tuple[str | None, str | None]:
    """The last day after all extensions of the whole document, and by whom; an earlier day extends nothing."""
    by = None
    for change in made:
        if change.kind is not RelationKind.EXTENDS or change.provision is not None or change.until is None:
            continue
        later = end is None or latest(change.until) > latest(end)
        if later and not (start and latest(change.until) < earliest(start)):
            end, by = change.until, change.by
    return end, by


def in_force(document: Document, day: str | date, others: Iterable[Document] = ()) -> bool:
    """Whether `document` may be in force on `day`: a day that is not excluded by what is known counts.

    `day` is a date or an ISO date; one shortened to month or year asks whether it held on any day of that time. A
    document whose dates are unknown is taken to hold.
    """
    first, last = (day, day) if isinstance(day, date) else (earliest(day), latest(day))
    held = interval(document, others)
    return (held.start is None or earliest(held.start) <= last) and (held.end is None or first <= latest(held.end))


def changes(document: Document, others: Iterable[Document]) -> tuple[Change, ...]:
    """What `others` do to `document`, by day: replace it, repeal it or parts, amend provisions, extend it."""
    number = document.number or document.about
    if number is None:
        return ()
    found = [
        Change(
            kind=relation.kind,
            by=other.id,
            number=other.number,
            provision=relation.provision,
            effective_from=other.effective_from or other.issued_on,
            until=extended_until(other.text, relation.span) if relation.kind is RelationKind.EXTENDS else None,
        )
        for other in others
        if other.id != document.id and other.number and not same(other.number, number)
        for relation in other.relations
        if relation.kind in _CHANGING and _means(relation, document, number)
    ]
    return tuple(sorted(found, key=lambda c: (c.effective_from or "9999", c.by, c.provision or "")))


def contradictions(document: Document, others: Iterable[Document] = ()) -> tuple[str, ...]:
    """Dates that cannot all be true, in words for the person who keeps the store."""
    found: list[str] = []
    issued, start, end = document.issued_on, document.effective_from, document.effective_to
    if issued and start and latest(start) < earliest(issued):
        found.append(f"có hiệu lực từ {start}, trước ngày ban hành {issued}")
    if start and end and latest(end) < earliest(start):
        found.append(f"hết hiệu lực ngày {end}, trước ngày có hiệu lực {start}")
    for change in changes(document, others):
        began = document.effective_from or issued
        if change.effective_from and began and latest(change.effective_from) < earliest(began):
            found.append(
                f"{change.number} {change.kind} văn bản này từ {change.effective_from}, trước khi nó có hiệu lực"
            )
    return tuple(dict.fromkeys(found))


def _means(relation: Relation, document: Document, number: str) -> bool:
    """Whether the relation is to this document: the numbers agree and, where both give one, the dates overlap."""
    if not same(relation.number, number):
        return False
    said, known = relation.issued_on, document.issued_on
    if said is None or known is None:
        return True
    return earliest(said) <= latest(known) and earliest(known) <= latest(said)
