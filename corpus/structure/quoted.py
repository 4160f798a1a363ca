"""Text quoted from another document: the new wording of an amended điều is not a điều of the amending one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.structure.labels import follows
from corpus.structure.lines import Line

__all__ = ["quoted"]

_QUOTES = '“"«'
_CLOSES = {"“": "”", "«": "»"}
_OPENS = re.compile(r'(?P<quote>[“"«])\s?\S')
_LATE = re.compile(r'(?:như\s+sau|sau\s+đây|cụm\s+từ|là|vào)?\s{0,3}:\s{0,3}(?P<quote>[“"«])')
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

_REACH = 1200
_BUDGET = 8
"""Lines looked at for a closing mark: at most `_REACH` a quotation, and `_BUDGET` a line over the whole text."""


def quoted(lines: list[Line]) -> list[bool]:
    """For each line, whether it is the wording of another document, set inside this one."""
    found = [False] * len(lines)
    reader = _Reader(lines)
    at = 0
    while at < len(lines):
        stop = reader.block(at)
        if stop is None:
            at += 1
            continue
        first = at if lines[at].words[0] in _QUOTES else at + 1
        found[first:stop] = [True] * (stop - first)
        at = max(stop, at + 1)
    return found


class _Reader:
    """Goes through the lines once and remembers the last điều that the document itself opened."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._article = ""
        self._left = _BUDGET * len(lines) + _REACH

    def block(self, at: int) -> int | None:
        """Where the quotation that opens at line `at` ends (exclusive); None when none opens there."""
        line = self._lines[at]
        if line.unit is not None and line.unit.style == "dieu":
            self._article = line.unit.label
        has_quote = any(quote in line.words for quote in _QUOTES)
        opening = (_OPENS.match(line.words) or _LATE.search(line.words)) if has_quote else None
        if opening is not None:
            return self._closed(at, opening.group("quote"))
        after = self._lines[at + 1].unit if at + 1 < len(self._lines) else None
        if after is None or after.style != "dieu" or not _PROMISE.search(line.words[-60:]):
            return None
        return self._unmarked(at) if _AMENDS.search(line.words) else None

    def _closed(self, at: int, quote: str) -> int | None:
        depth = _depth(self._lines[at].words, quote)
        if depth <= 0:
            return at + 1 if self._lines[at].words[0] == quote else None
        for after in self._ahead(at + 1):
            words = self._lines[after].words
            if self._is_own(after):
                return after
            depth = depth + _depth(words, quote) if quote != '"' else (depth + words.count(quote)) % 2
            if depth <= 0 or (depth == 1 and quote == "“" and _END.search(words[-12:])):
                return after + 1
        return None

    def _unmarked(self, at: int) -> int | None:
        """A quotation without quotation marks: it lasts until the amending document speaks again."""
        if self._is_own(at + 1):
            return None
        return next((after for after in self._ahead(at + 2) if self._is_own(after)), None)

    def _ahead(self, start: int) -> Iterator[int]:
        for after in range(start, min(len(self._lines), start + _REACH)):
            self._left -= 1
            if self._left < 0:
                return
            yield after

    def _is_own(self, at: int) -> bool:
        """Whether the amending document itself speaks at this line: an instruction, or its next điều."""
        line = self._lines[at]
        unit = line.unit
        if unit is None:
            return False
        if unit.style == "dieu" and self._article and follows(unit.label, self._article):
            return bool(_CLOSING_ARTICLE.match(line.words[unit.size :].lstrip()))
        return bool(_INSTRUCTION.match(line.words))


def _depth(words: str, quote: str) -> int:
    if quote == '"':
        return words.count(quote) % 2
    return words.count(quote) - words.count(_CLOSES.get(quote, quote))
