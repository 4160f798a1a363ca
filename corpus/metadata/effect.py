"""From which day a document holds, and until which, as its closing provisions say."""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.dates import DATE, iso
from corpus.document import ProvisionKind as Kind
from corpus.document import Span
from corpus.metadata.found import Found
from corpus.metadata.layout import Layout

__all__ = ["effect"]

_THIS = (
    r"(?:Bộ\s+luật|Luật|Nghị\s+định|Thông\s+tư(?:\s+liên\s+tịch)?|Quyết\s+định|Nghị\s+quyết(?:\s+liên\s+tịch)?|Pháp\s+lệnh|"
    r"Chỉ\s+thị|Kế\s+hoạch|Quy\s+chế|Quy\s+định|Văn\s+bản|Hướng\s+dẫn|Chương\s+trình|Quy\s+chuẩn(?:\s+kỹ\s+thuật)?)\s+này"
)
_IN_FORCE = re.compile(
    rf"(?:^|[.;:,]\s+|[.)]\s*|và\s+)(?P<this>{_THIS})\s+(?:(?:[^.;\n“”]|\d\.\d){{0,300}}?\s(?:và\s+)?)??"
    rf"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*(?P<when>(?:kể\s+)?(?:từ|sau)\b[^;\n]{{0,200}})",
    re.MULTILINE,
)
_SIGNING = re.compile(
    r"(?:kể\s+)?từ\s+(?:thời\s+điểm|ngày)\s+(?:được\s+)?(?:(?:ký|kí)(?:\s+ban\s+hành)?|thông\s+qua|ban\s+hành|Quốc\s+hội\s+thông\s+qua)",
    re.IGNORECASE,
)
_FROM = re.compile(rf"(?:kể\s+)?từ\s+(?:\S+\s+giờ(?:\s+\d+\s+phút)?,?\s+)?(?:ngày\s+)?(?P<date>{DATE})", re.IGNORECASE)
_AFTER = re.compile(
    r"sau\s+(?P<days>\d{1,3})\s*(?:\([^)]*\)\s*)?ngày\s*,?\s*(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua)",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"đến\s+(?:hết\s+)?(?:ngày\s+)?(?P<date>{DATE})", re.IGNORECASE)
_CLOSING = re.compile(r"hiệu\s+lực|thi\s+hành|thực\s+hiện|điều\s+khoản", re.IGNORECASE)


def effect(layout: Layout, issued: Found | None) -> dict[str, Found]:
    """`effective_from` and, for a document of limited life, `effective_to`.

    "Kể từ ngày ký" is the day of issue; "sau 45 ngày kể từ ngày ký" is counted from it. A day that hangs on
    the publication in Công báo, which the text does not date, is left out.
    """
    for start, words in _clauses(layout):
        match = _IN_FORCE.search(words)
        while match is not None:
            found = _read(start, match, issued)
            if found:
                return found
            match = _IN_FORCE.search(words, match.end("this"))
    return {}


def _clauses(layout: Layout) -> list[tuple[int, str]]:
    """The units to look in: closing articles first, then the other articles, then the rest outside annexes."""
    articles = [u for u in layout.body if u.kind is Kind.DIEU]
    closing = [u.span for u in articles if _CLOSING.search(u.heading)]
    others = [u.span for u in articles if not _CLOSING.search(u.heading)]
    loose = [u.span for u in layout.body if u.parent is None and u.kind is not Kind.DIEU]
    return [(s.start, s.of(layout.text)) for s in [*reversed(closing), *reversed(others), *loose]]


def _read(start: int, match: re.Match[str], issued: Found | None) -> dict[str, Found]:
    when, at = match.group("when"), start + match.start("when")
    begin = _begin(when, issued)
    if begin is None:
        return {}
    value, length = begin
    found = {"effective_from": Found(value=value, span=Span(start=start + match.start("this"), end=at + length))}
    until = _UNTIL.match(when[length:].lstrip(" ,"))
    last = iso(until.group("date")) if until else None
    if until and last and last >= value:
        skip = len(when) - len(when[length:].lstrip(" ,"))
        begin_at = at + skip
        found["effective_to"] = Found(value=last, span=Span(start=begin_at, end=begin_at + until.end()))
    return found


def _begin(when: str, issued: Found | None) -> tuple[str, int] | None:
    """The day that `when` names, and how many characters name it."""
    match = _FROM.match(when)
    if match:
        value = iso(match.group("date"))
        return (value, match.end()) if value and len(value) == 10 else None
    match = _SIGNING.match(when)
    if match and issued:
        return issued.value, match.end()
    match = _AFTER.match(when)
    if match and issued and len(issued.value) == 10:
        day = date.fromisoformat(issued.value) + timedelta(days=int(match.group("days")))
        return day.isoformat(), match.end()
    return None
