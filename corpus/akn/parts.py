"""Parts: which top-level provisions are the preface, the preamble, the body, the conclusions, the attachments."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.akn.names import Form
from corpus.document import Document, RelationKind
from corpus.document import ProvisionKind as Kind

__all__ = ["Parts", "is_ground", "parts"]

_GROUND = re.compile(r"[\W_]*(?:Căn\s+cứ|Theo\s+đề\s+nghị|Xét\s+(?:đề\s+nghị|tờ\s+trình))\b", re.IGNORECASE)
_ENDING = (Kind.SIGNATURE, Kind.RECIPIENTS)
_PLAIN = (Kind.PARAGRAPH, Kind.HEADER)


class Parts(NamedTuple):
    """Places in `Document.provisions` of the top-level provisions of each part, in document order."""

    preface: list[int]
    preamble: list[int]
    body: list[int]
    conclusions: list[int]
    attachments: list[int]


def parts(document: Document, form: Form) -> Parts:
    """The parts of `document`; the body has one provision at least, and the parts together hold all of them.

    The preface ends with the title, the preamble where the first unit opens. A text that has no units, as articles and
    most letters have none, has no preamble; one that opens with an annex is all body.
    """
    units = document.provisions
    top = [at for at, unit in enumerate(units) if unit.parent is None]
    kinds = [units[at].kind for at in top]
    annexed = next((n for n, kind in enumerate(kinds) if kind is Kind.PHU_LUC), len(top))
    if annexed == 0:
        annexed = len(top)
    first = next((n for n in range(annexed) if kinds[n] not in _PLAIN), annexed)
    ended = _conclusions(kinds, first, annexed)
    opened = _preface(document, top, first)
    begun = first if form == "act" and first < ended else opened
    if begun >= ended:
        begun = opened = next((n for n in range(ended) if kinds[n] is not Kind.HEADER), 0)
    if begun >= ended:
        begun = opened = 0
        ended = annexed
    return Parts(top[:opened], top[opened:begun], top[begun:ended], top[ended:annexed], top[annexed:])


def is_ground(document: Document, at: int) -> bool:
    """Whether the provision at `at` names what the document rests on."""
    span = document.provisions[at].span
    if _GROUND.match(span.of(document.text)):
        return True
    return any(r.kind is RelationKind.BASIS and span.holds(r.span) for r in document.relations)


def _conclusions(kinds: list[Kind], first: int, annexed: int) -> int:
    """Where the signature and the recipients begin that no unit follows before the annexes."""
    start = annexed
    for n in range(annexed - 1, first - 1, -1):
        if kinds[n] in _ENDING:
            start = n
        elif kinds[n] not in _PLAIN:
            break
    return start


def _preface(document: Document, top: list[int], first: int) -> int:
    """How many of the first `first` provisions stand before the grounds: header, kind, title."""
    named = [document.provenance[field].span for field in ("kind", "title") if field in document.provenance]
    last = max((span.end for span in named if span is not None), default=0)
    count = 0
    for n in range(first):
        unit = document.provisions[top[n]]
        if is_ground(document, top[n]):
            break
        if unit.kind is Kind.HEADER or unit.span.start < last:
            count = n + 1
    return count
