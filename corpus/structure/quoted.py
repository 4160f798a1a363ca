"""Text quoted from another document: the new wording of an amended điều is not a điều of the amending one."""

from __future__ import annotations

import re

from corpus.structure.labels import follows
from corpus.structure.lines import Line
from corpus.structure.marks import mark

__all__ = ["quoted"]

_OPENS = re.compile(
    r"^[\s*]*(?P<quote>[“\"«'‘]{1,2})\s*\S|(?:như\s+sau|sau\s+đây|cụm\s+từ|là|vào)?\s*:\s*(?P<late>[“\"«])"
)
_PROMISE = re.compile(r"(?:như\s+sau|sau\s+đây|thành)\s*:?\s*$", re.IGNORECASE)
_AMENDS = re.compile(r"s[ửủ]a\s+đ[ổô]i|b[ổô]\s+sung|thay\s+thế|đính\s+chính", re.IGNORECASE)
_INSTRUCTION = re.compile(
    r"(?:Điều\s+)?(?:\d{1,3}[a-zđ]?\s*[.)]|[a-zđ]\))\s*(?:Sửa\s+đổi|Bổ\s+sung|Bãi\s+bỏ|Thay\s+(?:thế|cụm|đổi)|Hủy\s+bỏ|Bỏ\s+(?:cụm|từ|khoản|điểm|điều)|"
    r"Thay\s+từ|Đính\s+chính|Các\s+(?:cụm\s+từ|điều)|Tên\s+(?:điều|chương)|(?:Khoản|Điểm|Điều|Chương|Mục)\s.{1,80}(?:được\s+)?sửa\s+đổi)",
    re.IGNORECASE,
)
_CLOSING_ARTICLE = re.compile(
    r"(?:Hiệu\s+lực|Điều\s+khoản|Tổ\s+chức\s+thực\s+hiện|Trách\s+nhiệm|Quy\s+định\s+chuyển\s+tiếp|Bãi\s+bỏ|Thay\s+thế|Sửa\s+đổi|Bổ\s+sung|Ban\s+hành)",
    re.IGNORECASE,
)
_END = re.compile(r"[”\"»][\s.;,:)]*(?:\[\d+\])?\s*$")


def quoted(lines: list[Line]) -> list[bool]:
    """For each line, whether it is the wording of another document, set inside this one."""
    found = [False] * len(lines)
    article = ""
    at = 0
    while at < len(lines):
        words = lines[at].words
        unit = mark(words)
        if unit is not None and unit.style == "dieu":
            article = unit.label
        stop = _block(lines, at, article)
        if stop is None:
            at += 1
            continue
        first = at if _OPENS.match(words) and words[0] in "“\"«'‘*" else at + 1
        found[first:stop] = [True] * (stop - first)
        at = max(stop, at + 1)
    return found


def _block(lines: list[Line], at: int, article: str) -> int | None:
    """Where the quotation that opens at line `at` ends (exclusive); None when none opens there."""
    words = lines[at].words
    opening = _OPENS.match(words) or next((m for m in _OPENS.finditer(words) if m.group("late")), None)
    if opening is not None:
        quote = (opening.group("quote") or opening.group("late"))[0]
        return _closed(lines, at, quote, article)
    unit = mark(lines[at + 1].words) if at + 1 < len(lines) else None
    if unit is None or unit.style != "dieu" or not _PROMISE.search(words) or not _AMENDS.search(words):
        return None
    return _unmarked(lines, at, article)


def _closed(lines: list[Line], at: int, quote: str, article: str) -> int | None:
    depth = _depth(lines[at].words, quote)
    if depth <= 0:
        return at + 1 if lines[at].words[0] == quote else None
    for after in range(at + 1, len(lines)):
        words = lines[after].words
        if _is_own(words, article):
            return after
        depth = (depth + _depth(words, quote)) if quote == "“" else (depth + words.count(quote)) % 2
        if depth <= 0 or (quote == "“" and _END.search(words) and depth <= 1):
            return after + 1
    return None


def _depth(words: str, quote: str) -> int:
    if quote == "“":
        return words.count("“") - words.count("”")
    if quote == "«":
        return words.count("«") - words.count("»")
    return words.count(quote) % 2


def _unmarked(lines: list[Line], at: int, article: str) -> int | None:
    """A quotation without quotation marks: it lasts until the amending document speaks again."""
    first = mark(lines[at + 1].words)
    if first is None or (
        article and follows(first.label, article) and _CLOSING_ARTICLE.match(lines[at + 1].words[first.size :])
    ):
        return None
    for after in range(at + 2, len(lines)):
        if _is_own(lines[after].words, article):
            return after
    return None


def _is_own(words: str, article: str) -> bool:
    """Whether the amending document itself speaks at this line: an instruction, or its next điều."""
    if _INSTRUCTION.match(words):
        return True
    unit = mark(words)
    return (
        unit is not None
        and unit.style == "dieu"
        and bool(article)
        and follows(unit.label, article)
        and bool(_CLOSING_ARTICLE.match(words[unit.size :].lstrip()))
    )
