"""Lists: the items under a heading or lead, those after a colon, or those that a clause names one after another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answers.evidence import Evidence
from assistant.answers.reading import Reading

__all__ = ["Listing", "listing"]

_MOST = 40
"""Items given at most; longer lists are cut and the answer says so."""
_LONGEST = 4000
_AFTER_COLON = re.compile(r"[:：]\s*(?=\S)")
_ORDINAL = re.compile(r"^(?:STT|TT|\d{1,3}|[IVX]+)[.)]?$")


@dataclass(frozen=True, slots=True)
class Listing:
    """The items with the span that holds them all; `cut` when there were more."""

    items: tuple[str, ...]
    start: int
    end: int
    cut: bool = False


def listing(e: Evidence, wanted: int | None = None) -> Listing | None:
    """The list that `e` announces or holds; None when it only mentions things without naming them.

    `wanted` is how many the question says there are ("7 khu"): fewer names than that are no answer.
    """
    found = _after_colon(e) or _below(e.reading, e) or _named(e)
    if found and wanted and wanted > 1 and len(found.items) < wanted:
        return None
    return found


def _after_colon(e: Evidence) -> Listing | None:
    """The items that follow a colon in the sentence of the evidence."""
    text, (start, end) = e.reading.document.text, e.unit.clause.sentence
    line_end = e.unit.clause.line.end
    colon = _AFTER_COLON.search(text, e.unit.start, end)
    if colon is None or colon.start() > e.unit.end:
        return None
    body = text[colon.end() : end]
    parts = _split(body)
    if len(parts) < 2:
        return None
    return Listing(tuple(parts[:_MOST]), start, min(end, line_end), len(parts) > _MOST)


def _below(reading: Reading, e: Evidence) -> Listing | None:
    """The lines that stand directly under the line of the evidence."""
    text, line = reading.document.text, e.unit.clause.line
    own = (line.start, line.end)
    if e.unit.row:
        return None
    under = [other for other in reading.lines if own in other.above]
    if not under:
        return None
    rank = min(other.rank for other in under)
    top = [other for other in under if other.rank == rank and other.above and other.above[-1] == own]
    items = [text[o.start : o.end].strip() for o in top]
    items = [i for i in (_clean(i) for i in items) if i and not _ORDINAL.match(i) and not i.lower().startswith("tên ")]
    if len(items) < 2 or sum(map(len, items)) > _LONGEST * 2:
        return None
    kept = items[:_MOST]
    last = next(o for o in reversed(top) if _clean(text[o.start : o.end]) == kept[-1])
    return Listing(tuple(kept), line.start, last.end, len(items) > _MOST)


def _named(e: Evidence) -> Listing | None:
    """The clause itself, when it names two things or more."""
    text = e.reading.document.text[e.unit.start : e.unit.end]
    plain = re.sub(r"\d[.,]\d|ngày [\d/ ]+|\([^)]*\)", " ", text)
    commas = len(re.findall(r"[,;]\s", plain)) + len(re.findall(r"\s(?:và|hoặc)\s", plain))
    if e.unit.row or commas < 1:
        return None
    return Listing((_clean(text),), e.unit.start, e.unit.end)


def _split(body: str) -> list[str]:
    mark = ";" if ";" in body else ","
    depth, at, parts = 0, 0, []
    for i, c in enumerate(body):
        depth += (c == "(") - (c == ")")
        if c == mark and depth <= 0:
            parts.append(body[at:i])
            at = i + 1
    parts.append(body[at:])
    return [p for p in (_clean(p) for p in parts) if p]


def _clean(item: str) -> str:
    item = re.sub(r"^\s*(?:[-–+•*]+|\(?\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*\.|[a-zđ]\))\s+", "", item)
    return re.sub(r"\s+", " ", item).strip(" .;,/")
