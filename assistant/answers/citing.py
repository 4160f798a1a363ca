"""What documents say of one that they cite: the day of its issue, where it is not at hand or does not say so itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from assistant.answers.library import Place
from assistant.answers.mentions import CITED, named_in
from corpus.document import Document, Span

__all__ = ["cited_day"]

_DAY = re.compile(
    r"\s*,?\s*(?:(?:được\s+)?(?:ký|ban hành)\s+)?ngày\s+"
    r"(?:(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4})|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))"
)
_KIND = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Công văn|Kế hoạch"
    r"|Thông báo|Kết luận|Tờ trình|Văn bản)\s+(?:số\s+)?:?\s*$",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters before a number in which its kind stands."""


def cited_day(
    mention: str, places: Iterable[Place], documents: Callable[[str], Document]
) -> tuple[Document, Span] | None:
    """Who cites the document that `mention` names with its day, and the span that does.

    Where documents give it different days, the day that most of them give.
    """
    found: list[tuple[Document, Span, str]] = []
    seen: set[tuple[str, int]] = set()
    for place in places:
        document = documents(place.document)
        for m in CITED.finditer(document.text, place.start, place.end):
            dated = _DAY.match(document.text, m.end())
            if dated is None or (document.id, m.start()) in seen:
                continue
            kind = _KIND.search(document.text, max(0, m.start() - _BEFORE), m.start())
            start = kind.start() if kind else m.start()
            if named_in(mention, document.text[start : m.end()]):
                seen.add((document.id, m.start()))
                found.append((document, Span(start=start, end=dated.end()), _iso(dated)))
    if not found:
        return None
    most = Counter(told for _, _, told in found).most_common(1)[0][0]
    return next((document, span) for document, span, told in found if told == most)


def _iso(dated: re.Match[str]) -> str:
    day, month, year = (g for g in dated.groups() if g)
    return f"{year}-{int(month):02}-{int(day):02}"
