"""Lists: the items under a heading or lead, those after a colon, or those that a clause names one after another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answers.little import little
from assistant.answers.normalise import tokens
from assistant.answers.reading import Reading
from assistant.answers.rows import is_header, is_row, row_said, rows
from assistant.answers.sentences import Line
from assistant.answers.unit import Unit

__all__ = ["Listing", "below", "beneath", "clean", "listing"]

_MOST = 40
"""Items given at most; longer lists are cut and the answer says so."""
_LONGEST = 3500
"""Characters of a list that are said; of a longer one the first items are."""
_ARTICLE = 4
"""The rank of an article: what holds several is a chapter."""
_SHORT = 9
"""Words of an item, on average, for a clause to be read as a list of names and not as running text."""
_TITLE = 100
"""Characters of a line that may be the heading of further items."""
_AFTER_COLON = re.compile(r"[:：]\s*(?=\S)")
_IN_BRACKETS = re.compile(r"\(([^()]{8,400})\)")
_NAMING = 12
_COMMON = little("trong của và các những gồm theo được cho đến về có là năm với").bares
"""Words before a bracket that say what it lists."""
_ORDINAL = re.compile(r"^(?:STT|TT|\d{1,3}|[IVX]+)[.)]?$")


@dataclass(frozen=True, slots=True)
class Listing:
    """The items with the span that holds them all; `cut` when there were more. `spans` are those of the items where
    others stand between them, under the heading from `start` to `end`.
    """

    items: tuple[str, ...]
    start: int
    end: int
    cut: bool = False
    spans: tuple[tuple[int, int], ...] = ()


def listing(
    reading: Reading, unit: Unit, asked: set[str], wanted: int | None = None, heading: bool = False
) -> Listing | None:
    """The list that `unit` announces or holds; None when it only mentions things without naming them.

    `asked` are the bare words of the question: an item made of these alone names nothing. `wanted` is how many the
    question says there are ("7 khu"): fewer names than that are no answer. A `heading` names nothing itself: what
    stands under it does.
    """
    ways: tuple[Callable[[], Listing | None], ...] = (
        lambda: _after_colon(reading, unit),
        lambda: below(reading, unit, 1 if heading else 2),
        lambda: None if heading else _named(reading, unit, asked),
        lambda: _bracketed(reading, unit, asked),
    )
    enough = wanted or 1
    return next((found for way in ways if (found := way()) and len(found.items) >= enough), None)


def below(reading: Reading, unit: Unit, least: int = 2) -> Listing | None:
    """The lines that stand directly under the line of `unit`."""
    line = unit.clause.line
    return None if unit.row else beneath(reading, (line.start, line.end), least)


def beneath(reading: Reading, own: tuple[int, int], least: int = 2) -> Listing | None:
    """The lines that stand directly under the line `own`."""
    under = [other for other in reading.lines if own in other.above]
    if not under:
        return None
    top = _top(under, own)
    if len(top) == 1 and reading.document.text[top[0].end - 1] == ":":
        return beneath(reading, (top[0].start, top[0].end), least)
    items = [(o, _with_children(reading, o)) for o in top]
    items = [(o, i) for o, i in items if i and not _ORDINAL.match(i) and not i.lower().startswith("tên ")]
    if len(items) < least or (under[-1].end - own[0] > _LONGEST and top[0].rank <= _ARTICLE):
        return None
    kept = [p for i, p in enumerate(items[:_MOST]) if i < least or p[0].end - own[0] <= _LONGEST]
    end = max(o.end for o in under if o.start <= kept[-1][0].start or (kept[-1][0].start, kept[-1][0].end) in o.above)
    return Listing(tuple(i for _, i in kept), own[0], end, len(items) > len(kept))


def _with_children(reading: Reading, line: Line) -> str:
    """A line as an item; one that is itself a heading takes what stands under it along."""
    text = reading.document.text
    if is_row(text, line):
        return "" if is_header(reading, line) else row_said(text, rows(reading, line)[0], line)
    own, item = (line.start, line.end), clean(text[line.start : line.end])
    if own not in reading.leading or (len(item) > _TITLE and not item.endswith(":")):
        return item
    inner = [o for o in reading.lines if o.above and o.above[-1] == own]
    told = (_with_children(reading, o) if text[o.end - 1] == ":" else clean(text[o.start : o.end]) for o in inner)
    return f"{item.rstrip(':')}: " + "; ".join(told)


def _top(under: list[Line], own: tuple[int, int]) -> list[Line]:
    """Those of the lines under a heading that are not under one another."""
    direct = [o for o in under if o.above[-1] == own]
    rank = min(o.rank for o in direct) if direct else 0
    return [o for o in direct if o.rank == rank]


def _after_colon(reading: Reading, unit: Unit) -> Listing | None:
    """The items that follow a colon in the sentence; where it ends with another, what it lists stands below."""
    text, (start, end) = reading.document.text, unit.clause.sentence
    colon = _AFTER_COLON.search(text, unit.start, end)
    if colon is None or colon.start() > unit.end or text[end - 1] == ":":
        return None
    parts = _split(text[colon.end() : end])
    if len(parts) < 2:
        return None
    return Listing(tuple(parts[:_MOST]), start, end, len(parts) > _MOST)


def _bracketed(reading: Reading, unit: Unit, asked: set[str]) -> Listing | None:
    """The items in the brackets that follow asked words: "nguyên tắc “ba sẵn sàng” (..., ..., ...)"."""
    text = reading.document.text
    for m in _IN_BRACKETS.finditer(text, unit.start, unit.end):
        before = {w.bare for w in tokens(text[max(unit.start, m.start() - 90) : m.start()])[-_NAMING:]}
        parts = [p for p in (clean(p) for p in re.split(r"[,;]\s|\s(?:và|hoặc|[-–])\s", m.group(1))) if p]
        if len(parts) > 2 and len({w for w in before & asked if len(w) > 1} - _COMMON) > 1:
            return Listing(tuple(parts[:_MOST]), unit.start, unit.end, len(parts) > _MOST)
    return None


def _named(reading: Reading, unit: Unit, asked: set[str]) -> Listing | None:
    """The clause itself, when it names things one after another that the question does not name."""
    text = reading.document.text[unit.start : unit.end]
    plain = re.sub(r"\d[.,]\d|ngày [\d/ ]+|\([^)]*\)", " ", text)
    pieces = [p for p in re.split(r"[,;]\s|\s(?:và|hoặc)\s", plain) if p.strip()]
    new = [p for p in pieces if any(w.bare not in asked and len(w.bare) > 1 for w in tokens(p))]
    inner = pieces[1:-1] or pieces
    short = sum(len(tokens(p)) for p in inner) / len(inner) <= _SHORT if inner else False
    announced = _ANNOUNCED.search(plain)
    told = announced is not None and {w.bare for w in tokens(announced.group("noun"))} <= asked
    if unit.row or len(new) < 2 or not (short or told):
        return None
    return Listing((clean(text),), unit.start, unit.end)


_ANNOUNCED = re.compile(r"(?<!\w)0?[2-9]\s+(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s+(?:về|là|gồm)\s", re.IGNORECASE)
"""How a clause says how many things it goes on to name: "2 biểu mẫu về ..., ..."."""


def _split(body: str) -> list[str]:
    mark = ";" if ";" in body else ","
    depth, at, parts = 0, 0, []
    for i, c in enumerate(body):
        depth += (c == "(") - (c == ")")
        if c == mark and depth <= 0:
            parts.append(body[at:i])
            at = i + 1
    parts.append(body[at:])
    return [p for p in (clean(p) for p in parts) if p]


def clean(item: str) -> str:
    """An item without its marker, blanks and final stop."""
    item = re.sub(r"^\s*(?:[-–+•*]+|\(?\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*\.|[a-zđ]\))\s+", "", item)
    return re.sub(r"\s+", " ", item).strip(" .;,/")
