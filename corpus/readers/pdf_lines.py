"""Characters of a PDF page as lines of text, in the order in which a person reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf_page import Char

__all__ = ["GAZETTE", "Line", "lines_of", "reading_order"]

GAZETTE = re.compile(r"^(?:\d{1,4}\s+)?C[ÔO]NG\s+B[ÁA]O\s*/\s*S[ốôo].{0,40}Ng[àa]y\s+[\d-]+(?:\s+\d{1,4})?$", re.I)
"""The running head of Công báo, the official gazette."""

_SIDES = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*-|^Nơi nhận|^(?:TM|KT|TL|TUQ)\.\s|"
    r"^[^\W\d][^\d,.;]{1,40},\s*ngày\b.{0,12}\btháng\b",
    re.I,
)

_COLUMN_GAP = 1.6
"""Line heights of empty space between two characters that part two columns."""


@dataclass(slots=True)
class Line:
    """A line as printed: its text, box, character height, and whether all of it is bold."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    first_word: float = 0.0
    """Width of the first word, in points."""
    text_at: float = 0.0
    """Where the text after a leading mark ("-", "a)") starts; `x0` where there is none."""


def lines_of(chars: list[Char]) -> list[Line]:
    """`chars`, in the order of the content, cut where the line or the column changes."""
    parts: list[list[Char]] = []
    for char in chars:
        if not parts or (char.c != " " and _breaks(parts[-1], char)):
            parts.append([])
        if parts[-1] or char.c not in " \u00a0":
            parts[-1].append(char)
    return [line for part in parts if (line := _line(part)) is not None]


def _breaks(part: list[Char], char: Char) -> bool:
    last = next((c for c in reversed(part) if c.c != " "), None)
    if last is None:
        return False
    size = max(min(last.size, char.size), 1)
    overlap = min(last.y1, char.y1) - max(last.y0, char.y0)
    if overlap < 0.4 * min(last.y1 - last.y0, char.y1 - char.y0):
        return True
    return char.x0 - last.x1 > _COLUMN_GAP * size or char.x0 < last.x0 - size


def _line(part: list[Char]) -> Line | None:
    solid = [c for c in part if not c.c.isspace()]
    if not solid:
        return None
    text = " ".join("".join(c.c for c in part).split())
    first = next((i for i, c in enumerate(part) if i and c.c.isspace()), len(part))
    mark = re.match(r"(?:[-+•–*]|\(?\w{1,4}[.)])\s+", text)
    rest = part[first:] if mark else []
    start = next((c.x0 for c in rest if not c.c.isspace()), solid[0].x0)
    return Line(
        text=text,
        x0=min(c.x0 for c in solid),
        y0=min(c.y0 for c in solid),
        x1=max(c.x1 for c in solid),
        y1=max(c.y1 for c in solid),
        size=median(c.size for c in solid),
        bold=sum(c.bold for c in solid) > 0.8 * len(solid),
        first_word=part[first - 1].x1 - part[0].x0,
        text_at=start,
    )


def reading_order(lines: list[Line]) -> list[Line]:
    """`lines` of a page from the top down; side by side blocks one after the other, left before right.

    Blocks side by side are the head of a decision (agency, motto) and its foot (recipients, signature).
    """
    rows = [_two_sided(row) for row in _rows(lines)]
    out: list[Line] = []
    at = 0
    while at < len(rows):
        stop, gutter = _band(rows, at)
        if gutter is None:
            out.append(_joined(rows[at]))
            at += 1
            continue
        band = [line for row in rows[at:stop] for line in row]
        for side in ([s for s in band if s.x1 <= gutter], [s for s in band if s.x1 > gutter]):
            out += [_joined(row) for row in _rows(side)]
        at = stop
    return out


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand on the same height, from the top down, each row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda s: ((s.y0 + s.y1) / 2, s.x0)):
        if rows and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _two_sided(row: list[Line]) -> list[Line]:
    """A row of the head with more than two parts as two: what stands before the motto, and the motto."""
    at = next((i for i, line in enumerate(row) if i and _SIDES.search(line.text)), None)
    return row if at is None or len(row) < 3 else [_joined(row[:at]), _joined(row[at:])]


def _level(one: Line, other: Line) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def _band(rows: list[list[Line]], at: int) -> tuple[int, float | None]:
    """Where the side by side blocks that start at row `at` end, and the x that parts them; None where none start."""
    if len(rows[at]) != 2 or GAZETTE.match(_joined(rows[at]).text):
        return at + 1, None
    low, high = rows[at][0].x1, rows[at][1].x0
    stop, pairs = at, 0
    while stop < len(rows):
        row = rows[stop]
        left = max((s.x1 for s in row if s.x0 < (low + high) / 2), default=low)
        right = min((s.x0 for s in row if s.x0 >= (low + high) / 2), default=high)
        if len(row) > 2 or max(low, left) >= min(high, right) - 4 or (stop > at and _far(rows[stop - 1], row)):
            break
        low, high = max(low, left), min(high, right)
        pairs += len(row) == 2
        stop += 1
    known = any(_SIDES.search(line.text) for row in rows[at:stop] for line in row)
    return (stop, (low + high) / 2) if pairs >= 2 or known else (at + 1, None)


def _far(above: list[Line], below: list[Line]) -> bool:
    """Whether a new block starts: more than four lines of empty space."""
    return min(s.y0 for s in below) - max(s.y1 for s in above) > 7 * max(s.size for s in above)


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return Line(
        text=" ".join(s.text for s in row),
        x0=row[0].x0,
        y0=min(s.y0 for s in row),
        x1=row[-1].x1,
        y1=max(s.y1 for s in row),
        size=row[0].size,
        bold=all(s.bold for s in row),
        first_word=row[0].first_word,
        text_at=row[0].text_at,
    )
