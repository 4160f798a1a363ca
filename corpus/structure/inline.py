"""Units printed on one line ("a) ...; b) ..."): where the line is cut, only where a whole series stands."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.structure.labels import follows, is_first
from corpus.structure.lines import Line
from corpus.structure.marks import mark

__all__ = ["pieces"]

_STOP = r"(?:(?<=[.;:,”])|(?<=/\.))\s{1,4}"
_SERIES = (
    (re.compile(rf"(?:^|{_STOP})(?=(?P<label>[a-zđ])\)\s)"), ")"),
    (re.compile(rf"(?:^|{_STOP})(?=\((?P<label>\d{{1,2}})\)\s)"), "("),
    (re.compile(rf"(?:^|{_STOP})(?=\((?P<label>[ivx]{{1,5}})\)\s)"), "("),
    (re.compile(r"(?:^|(?<=[.;:”])\s{1,4})(?=[ĐÐ]iều\s(?P<label>\d{1,3})\.\s+[A-ZĐ\d])"), "iều"),
)
"""How a member of each series opens, and what every member holds: a line with fewer than two has no series."""

_DASHES = re.compile(r"(?<=[;:.])\s{1,4}(?=[-–+]\s+[^\W\d_])")
_INSIDE = {
    "dieu": ("digit", "letter"),
    "alpha": ("roman", "digit"),
    "roman": ("digit",),
    "digit": ("letter", "digits1", "dash"),
    "letter": ("dash",),
    "digits1": ("letter", "dash"),
}


def pieces(text: str, line: Line) -> list[Line]:
    """`line` cut where further units of a series certainly start; the pieces tile it."""
    words = line.words
    cuts = sorted({*_opening(words), *_in_series(words)} - {0}) if len(words) > 8 else []
    if not cuts:
        return [line]
    bounds = [line.start, *(line.begin + cut for cut in cuts), line.end]
    return [Line.of(text, a, b) for a, b in pairwise(bounds)]


def _opening(words: str) -> list[int]:
    """Where the first words of a unit open a narrower one: "Điều 3. 1. ...", "2. a) ..."."""
    cuts: list[int] = []
    at, outer = 0, mark(words)
    while outer is not None and at + outer.size < len(words):
        at += outer.size
        inner = mark(words[at:])
        if inner is None or inner.style not in _INSIDE.get(outer.style, ()):
            break
        if inner.label and not is_first(inner.label):
            break
        cuts.append(at)
        outer = inner
    return cuts


def _in_series(words: str) -> list[int]:
    cuts: list[int] = []
    for series, sign in _SERIES:
        if words.count(sign) < 2:
            continue
        cuts += _run([(m.end(), m.group("label")) for m in series.finditer(words)])
    dashes = [m.end() for m in _DASHES.finditer(words)]
    if len(dashes) > 1 or (dashes and words[0] in "-–+"):
        cuts += dashes
    return cuts


def _run(found: list[tuple[int, str]]) -> list[int]:
    """The places of the longest run that starts the line or with a first label, when it has two or more members."""
    run: list[tuple[int, str]] = []
    for at, label in found:
        goes_on = follows(label, run[-1][1]) if run else at == 0 or is_first(label)
        if goes_on:
            run.append((at, label))
    return [at for at, _ in run] if len(run) > 1 else []
