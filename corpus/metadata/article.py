"""Articles about a decision: which one they speak of, and whether it is still a draft."""

from __future__ import annotations

import re
from collections import Counter

from corpus.dates import DATE, iso
from corpus.document import Span
from corpus.metadata.found import Found
from corpus.metadata.layout import Layout
from corpus.numbers import NUMBER, normal

__all__ = ["about"]

_KIND = (
    r"(?:[Qq]uyết\s+định|[Nn]ghị\s+quyết|[Nn]ghị\s+định|[Cc]hỉ\s+thị|[Tt]hông\s+tư|[Kk]ế\s+hoạch|[Cc]hương\s+trình|"
    r"[Cc]ông\s+văn|[Ll]uật)"
)
_CITED = re.compile(rf"(?:{_KIND}\s+)?(?:(?:phê\s+duyệt\s+)?số\s*:?\s*)?(?P<number>{NUMBER})")
_REPORTS = re.compile(
    rf"(?:ban\s+hành|ký|phê\s+duyệt|có|thông\s+qua)\s+(?:kèm\s+theo\s+)?(?:\S+\s+){{0,4}}?{_KIND}\s+(?:\S+\s+){{0,3}}?(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"(?P<date>{DATE})[^.\n]{{0,120}}(?:ban\s+hành|ký|có|phê\s+duyệt)[^.\n]{{0,60}}$", re.IGNORECASE)
_DRAFT = re.compile(rf"dự\s+thảo\s+(?:{_KIND})", re.IGNORECASE)
_HEADLINE = re.compile(r"[^\n]{15,180}")
_LEAD = 1_500
_CLEAR = 2
"""Weight that a number must reach: cited twice, or reported once."""


def about(layout: Layout) -> dict[str, Found]:
    """What an article says of the decision that it reports: `about`, `issued_on`, `kind`, `title`.

    The number is given when one stands out: reported in the lead, or cited more often than any other. A text that
    speaks of a draft is marked so, and has no number.
    """
    text = layout.text
    found: dict[str, Found] = {}
    draft = _DRAFT.search(text, 0, _LEAD)
    spoken = _spoken_of(text)
    if draft is not None:
        found["kind"] = Found(value="bài viết về dự thảo", span=Span(start=draft.start(), end=draft.end()))
    elif spoken is not None:
        at, value = spoken
        end = at + len(re.match(NUMBER, text[at:]).group())  # type: ignore[union-attr]
        found["about"] = Found(value=value, span=Span(start=at, end=end))
        found["kind"] = Found(value="bài viết", span=found["about"].span)
        dated = _DATED.search(text, max(0, at - 250), at)
        day = iso(dated.group("date")) if dated else None
        if dated and day:
            found["issued_on"] = Found(value=day, span=Span(start=dated.start("date"), end=dated.end("date")))
    if found:
        found |= _headline(text)
    return found


def _spoken_of(text: str) -> tuple[int, str] | None:
    scores: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in _CITED.finditer(text):
        value = normal(match.group("number"))
        at = match.start("number")
        first.setdefault(value, at)
        opens = at < _LEAD and match.start() < at and text[match.start() - 1 : match.start()] in ("", "\n")
        reported = opens or bool(_REPORTS.search(text[max(0, at - 80) : at]))
        scores[value] += 1 + (2 if reported else 0) + (2 if reported and at < _LEAD else 0)
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < _CLEAR or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return first[ranked[0][0]], ranked[0][0]


def _headline(text: str) -> dict[str, Found]:
    """The first line, when it stands alone and does not end a sentence."""
    at = len(text) - len(text.lstrip())
    line = _HEADLINE.match(text, at)
    if line is None or line.end() >= len(text) or text[line.end()] != "\n":
        return {}
    words = line.group().rstrip()
    if words[-1] in ".:;,…" or words[0] in "-+•|(":
        return {}
    return {"title": Found(value=words, span=Span(start=at, end=at + len(words)))}
