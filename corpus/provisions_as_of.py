"""Provisions as they stood on a day: which of them later documents had amended, replaced or repealed by then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from corpus.dates import day_before, earliest, latest
from corpus.document import Document, Frozen, Provision, RelationKind
from corpus.document import ProvisionKind as Kind
from corpus.validity import Change, Interval, changes, in_force, interval

__all__ = ["Standing", "provisions_as_of", "text_as_of"]

_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
_NAMED = re.compile(
    r"(?P<kind>phần|chương|tiểu\s+mục|mục|điều|khoản|điểm|phụ\s+lục)\s+(?P<labels>[0-9]{1,3}[a-zđ]?\b|[ivxlc]{1,6}\b|[a-zđ]\b)"
    r"(?P<more>(?:(?:\s*,\s*|\s+và\s+)(?:[0-9]{1,3}[a-zđ]?\b|[a-zđ]\b))*)",
    re.IGNORECASE,
)
_DEPTH = {Kind.DIEM: 0, Kind.KHOAN: 1, Kind.DIEU: 2, Kind.TIEU_MUC: 3, Kind.MUC: 4, Kind.CHUONG: 5, Kind.PHAN: 6}


class Standing(Frozen):
    """A provision that stored documents change: the days on which its words hold, and what changes it, by day.

    `at` is its place in `Document.provisions`. `held.end` is the day before it is replaced or repealed, or before
    its words are amended; `in_force` says whether it holds on the day asked for, in whatever words, and `amended`
    whether other words than those printed hold then.
    """

    at: int
    path: str
    held: Interval
    in_force: bool
    amended: bool
    changes: tuple[Change, ...]


def provisions_as_of(document: Document, day: str | date, others: Iterable[Document] = ()) -> tuple[Standing, ...]:
    """The provisions of `document` that `others` name in a change, in the order of the text, as they stand on `day`.

    A change that names no provision, or one that is not in the document, is left out; `interval` tells of the whole.
    A change without a date counts on no day.
    """
    last = day if isinstance(day, date) else latest(day)
    known = list(others)
    of: dict[int, list[Change]] = {}
    for change in changes(document, known):
        for at in _places(document, change.provision or ""):
            of.setdefault(at, []).append(change)
    whole = interval(document, known)
    return tuple(_standing(document, at, of[at], whole, last) for at in sorted(of))


def text_as_of(document: Document, day: str | date, others: Iterable[Document] = ()) -> str:
    """The text of `document` without the provisions that were replaced or repealed by `day`.

    Amended provisions keep their printed words, since amending documents give the new ones in a text of their own:
    `provisions_as_of` names them. Empty when the document as a whole did not hold on that day.
    """
    known = list(others)
    if not in_force(document, day, known):
        return ""
    out, at = [], 0
    for standing in provisions_as_of(document, day, known):
        span = document.provisions[standing.at].span
        if not standing.in_force and span.start >= at:
            out.append(document.text[at : span.start])
            at = span.end
    return "".join([*out, document.text[at:]])


def _standing(document: Document, at: int, made: list[Change], whole: Interval, day: date) -> Standing:
    begun = [c for c in made if c.effective_from and earliest(c.effective_from) <= day]
    changing = [c for c in made if c.effective_from and c.kind is not RelationKind.EXTENDS]
    first = min(changing, key=lambda c: earliest(c.effective_from or ""), default=None)
    held = whole
    if first is not None and first.effective_from is not None:
        end = day_before(first.effective_from)
        if whole.end is None or latest(end) < latest(whole.end):
            held = Interval(start=whole.start, end=end, ended_by=first.by)
    gone = any(c.kind in _ENDING for c in begun)
    over = whole.end is not None and day > latest(whole.end)
    early = whole.start is not None and day < earliest(whole.start)
    return Standing(
        at=at,
        path=document.provisions[at].path,
        held=held,
        in_force=not (gone or over or early),
        amended=any(c.kind is RelationKind.AMENDS for c in begun),
        changes=tuple(made),
    )


def _places(document: Document, named: str) -> list[int]:
    """Where the units that `named` speaks of ("điểm a, b khoản 2 Điều 5") stand in the document's own articles."""
    chains = _chains(named)
    if not chains:
        return []
    return [at for at, unit in enumerate(document.provisions) if any(_is(document, unit, chain) for chain in chains)]


def _chains(named: str) -> list[list[tuple[str, str]]]:
    """Each unit named, from the narrowest to the widest: [("điểm", "a"), ("khoản", "2"), ("điều", "5")]."""
    found: list[list[tuple[str, str]]] = []
    open_: list[list[tuple[str, str]]] = []
    depth = -1
    for match in _NAMED.finditer(named):
        kind = " ".join(match["kind"].lower().split())
        rank = _DEPTH.get(Kind(kind), 9)
        labels = [match["labels"], *re.findall(r"[0-9]{1,3}[a-zđ]?\b|(?<!\w)[a-zđ](?!\w)", match["more"], re.I)]
        if open_ and rank > depth and len(labels) == 1:
            for chain in open_:
                chain.append((kind, labels[0].lower()))
        else:
            open_ = [[(kind, label.lower())] for label in labels]
            found += open_
        depth = rank
    return found


def _is(document: Document, unit: Provision, chain: list[tuple[str, str]]) -> bool:
    """Whether `unit` is what `chain` names: its own kind and label, and the other names among what it lies in."""
    kind, label = chain[0]
    if unit.kind != kind or unit.label.lower() != label:
        return False
    around: list[Provision] = []
    at = unit.parent
    while at is not None:
        around.append(document.provisions[at])
        at = around[-1].parent
    named = [(u.kind.value, u.label.lower()) for u in around]
    attached = any(u.kind is Kind.PHU_LUC for u in around) and not any(k == "phụ lục" for k, _ in chain)
    nested = kind in ("khoản", "điểm") and len(chain) == 1
    return not attached and not nested and all(link in named for link in chain[1:])
