"""Documents enacted with the decision: regulations, plans, lists "ban hành kèm theo"."""

from __future__ import annotations

import re

from corpus.document import ProvisionKind as Kind
from corpus.structure.lines import Line
from corpus.structure.zones import is_upper

__all__ = ["attachments"]

_ENACTED = re.compile(r"\(\s*(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm|theo)\s+(?:theo\s+)?", re.IGNORECASE)
_BACK = 7


def attachments(lines: list[Line], zones: list[Kind | None]) -> dict[int, str]:
    """The lines that open an attached document, with its title."""
    found: dict[int, str] = {}
    closed = False
    for at, line in enumerate(lines):
        if zones[at] in (Kind.SIGNATURE, Kind.RECIPIENTS):
            closed = True
        elif zones[at] is None:
            start = _title_start(lines, zones, at) if _ENACTED.match(line.words) else None
            if start is None and closed and line.unit is None and is_upper(line.words) and " " in line.words:
                start = at
            if start is not None and not any(start - _BACK <= seen <= start for seen in found):
                found[start] = _title(lines, zones, start)
            closed = False
    return found


def _title_start(lines: list[Line], zones: list[Kind | None], at: int) -> int | None:
    """The first line of the title above "(Kèm theo ...)"; None when an annex's number stands there."""
    start = None
    for back in range(at - 1, max(-1, at - 1 - _BACK), -1):
        words = lines[back].words
        if zones[back] is not None or len(words) > 300 or words[-1] in ".;:":
            break
        if lines[back].unit is not None:
            return None
        if is_upper(words):
            start = back
    return start


def _title(lines: list[Line], zones: list[Kind | None], start: int) -> str:
    words: list[str] = []
    for at in range(start, min(len(lines), start + _BACK)):
        if zones[at] is not None or _ENACTED.match(lines[at].words) or lines[at].unit is not None:
            break
        if words and not is_upper(lines[at].words):
            break
        words.append(lines[at].words)
    return " ".join(words)
