"""Terms that are extended: "kéo dài thời gian thực hiện Nghị quyết số ... đến hết ngày ..."."""

from __future__ import annotations

import re

from corpus.dates import DATE, iso
from corpus.document import Span

__all__ = ["extended_until", "extends_next", "is_extended"]

_TERM = (
    r"(?:hiệu\s+lực(?:\s+thi\s+hành)?|thời\s+(?:gian|hạn|hiệu)\s+(?:(?:có\s+)?hiệu\s+lực|thực\s+hiện|áp\s+dụng|thi\s+hành)"
    r"(?:\s+thi\s+hành)?|(?:việc\s+)?(?:thực\s+hiện|áp\s+dụng|thi\s+hành))"
)
_LONGER = r"(?:kéo\s+dài|gia\s+hạn)(?:\s+thêm)?"
_END = rf"đến\s+(?:hết\s+)?(?:{DATE}|(?:ngày\s+)?(?:cuối\s+)?năm\s+\d{{4}})"
_NEXT = re.compile(
    rf"\b{_LONGER}\s+{_TERM}(?:\s*,?\s*{_END})?(?:\s+(?:các|của|đối\s+với|một\s+số|quy\s+định|chính\s+sách|cơ\s+chế|tại))*\s*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"[^.;\n]{{0,200}}?\b(?:được|tiếp\s+tục)\s+{_LONGER}(?:\s+{_TERM})?(?:\s+cho)?\s*,?\s*{_END}(?P<rest>[^.;\n]{{0,80}})",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:theo|bởi|tại)\b[^.;\n]*\d/", re.IGNORECASE)
_UNTIL = re.compile(
    rf"đến\s+(?:hết\s+)?(?:(?P<date>{DATE})|(?:ngày\s+)?(?:cuối\s+)?năm\s+(?P<year>\d{{4}}))", re.IGNORECASE
)


def extends_next(left: str) -> bool:
    """Whether `left`, the words of a sentence before a document is named, extend the term of that document."""
    act = _NEXT.search(left)
    return act is not None and not re.search(r"\b(?:được|đã|không)\s*$", left[: act.start()])


def is_extended(right: str) -> bool:
    """Whether `right`, the words after a document is named, say that this document extends its term.

    A term that was extended by a third document ("được kéo dài ... theo Nghị quyết số ...") does not count.
    """
    said = _PASSIVE.match(right)
    return said is not None and not _OTHERS.search(said["rest"])


def extended_until(text: str, span: Span) -> str | None:
    """The last day, in ISO 8601, to which the sentence around `span` extends the document named there.

    The first end after the name counts, else the last one before it; None where the sentence gives none.
    """
    begin = max(text.rfind(mark, 0, span.start) for mark in ("\n", ";", ". ")) + 1
    after = re.split(r"[;\n]|\.\s", text[span.end : span.end + 600], maxsplit=1)[0]
    behind = _UNTIL.search(after)
    before = list(_UNTIL.finditer(text, begin, span.start))
    match = behind or (before[-1] if before else None)
    if match is None:
        return None
    return f"{match['year']}-12-31" if match["year"] else iso(match["date"])
