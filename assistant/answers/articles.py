"""What a clause takes over from elsewhere in its article: "hành vi quy định tại điểm a khoản 3 Điều này", and the
name of the thing that a row of labelled lines tells of ("1. Tên dự án: ... 4. Tổng mức đầu tư: ...").
"""

from __future__ import annotations

import re

from assistant.answers.sentences import Line, Lines

__all__ = ["named_by", "referred"]

Stretch = tuple[int, int]
_POINTS = r"(?:các\s+)?điểm\s+(?P<points>[a-zđ](?:(?:\s*,\s*|\s+và\s+|\s+hoặc\s+)[a-zđ](?!\w))*)\s+"
_CLAUSES = r"(?:các\s+)?khoản\s+(?P<numbers>\d{1,2}(?:(?:\s*,\s*|\s+và\s+|\s+hoặc\s+)\d{1,2}(?!\w))*)\s+"
_REFERENCE = re.compile(rf"(?<!\w)(?:{_POINTS})?(?:(?:{_CLAUSES})Điều này|khoản này)(?!\w)", re.IGNORECASE)
"""Where a clause points to another one of its own article."""
_HERE = ("Điều này", "khoản này", "điều này", "Khoản này")
"""What a clause that points to its own article says; looked for first, since few do."""
_BESIDE = re.compile(r"(?<!\w)(?:ngoài|khác|trừ|không thuộc|không phải|không áp dụng)(?!\w)", re.IGNORECASE)
_FAR = 60
"""Words before a reference that set apart what it points to, and how far before it they may stand."""
_ARTICLE, _CLAUSE = 4, 5
"""Ranks of the lines of an article and of a clause of it."""
_MOST = 6
"""Provisions that one clause may take over."""
_NAME = re.compile(
    r"\s*(?:[-+•]\s*|(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s*)?Tên\s+(?:gọi|của)?\s*(?:nhiệm vụ|dự án|đề án|chương trình"
    r"|công trình|kế hoạch|quy hoạch|đồ án|gói thầu|đề tài|sản phẩm|hoạt động|mô hình)[^:|\n]{0,40}:\s*\S",
    re.IGNORECASE,
)
_BACK = 24
"""Lines that the one with the name may stand before."""


def referred(text: str, lines: Lines, place: int, start: int, end: int) -> list[Stretch]:
    """The provisions of its own article that the clause between two places of the line at `place` points to."""
    if all(text.find(said, start, end) < 0 for said in _HERE):
        return []
    out: list[Stretch] = []
    for m in _REFERENCE.finditer(text, start, end):
        if _BESIDE.search(text, max(start, m.start() - _FAR), m.start()):
            continue
        wanted = re.findall(r"\d+", m.group("numbers") or "")
        points = re.findall(r"(?<!\w)[a-zđ](?!\w)", (m.group("points") or "").lower())
        for clause in _clauses(text, lines, place, wanted):
            out += _points(text, lines, clause, points) if points else [_span(lines[clause])]
    own = lines[place]
    return [span for span in out if not span[0] <= own.start < span[1]][:_MOST]


def named_by(text: str, lines: Lines, place: int) -> Stretch | None:
    """The line before the one at `place`, under the same heading, that names what both tell of; None without one."""
    own = lines[place]
    for at in range(place - 1, max(-1, place - _BACK), -1):
        line = lines[at]
        if line.above == own.above and line.rank == own.rank and _NAME.match(text, line.start, line.end):
            return _span(line)
        if line.rank < own.rank:
            return None
    return None


def _clauses(text: str, lines: Lines, place: int, wanted: list[str]) -> list[int]:
    """Places of the clauses with the numbers `wanted` in the article of the line at `place`; its own where none is."""
    first = place
    while first > 0 and lines[first].rank > (_ARTICLE if wanted else _CLAUSE):
        first -= 1
    if not wanted:
        return [first] if lines[first].rank == _CLAUSE else []
    found, at = [], first + 1
    while at < len(lines) and lines[at].rank > _ARTICLE:
        line = lines[at]
        if line.rank == _CLAUSE and any(re.match(rf"\s*{n}\s*[.)]", text[line.start : line.start + 8]) for n in wanted):
            found.append(at)
        at += 1
    return found


def _points(text: str, lines: Lines, clause: int, points: list[str]) -> list[Stretch]:
    """The points of the clause at a place that bear one of the letters `points`."""
    found, at = [], clause + 1
    while at < len(lines) and lines[at].rank > _CLAUSE:
        line = lines[at]
        if text[line.start] in points and text[line.start + 1 : line.start + 2] in (")", "."):
            found.append(_span(line))
        at += 1
    return found


def _span(line: Line) -> Stretch:
    return line.start, line.end
