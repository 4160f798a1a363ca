"""Printed lines joined to paragraphs; running heads, page numbers and signature stamps taken away."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.readers.pdf_lines import GAZETTE, Line
from corpus.structure.zones import is_name, is_upper

__all__ = ["Block", "footnotes_apart", "glued", "paragraphs", "without_running_heads"]


@dataclass(slots=True)
class Block:
    """What stands on a page between two others: a printed line, or the rows of a table."""

    top: float
    line: Line | None = None
    rows: list[list[list[str] | None]] = field(default_factory=list)
    borders: tuple[float, ...] = ()


_NUMBER = re.compile(r"^[-–—\s]*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.I)
_STAMP = re.compile(
    r"^\W*(?:Người ký|Ký bởi|Được ký bởi|Email|Cơ quan|Thời gian ký|Ngày ký|Chữ ký số|Digitally signed by|DN:|Reason|"
    r"Location|Date|Foxit|Signature Not Verified)\s*:?.*(?:@|\d{1,2}[./:-]\d{1,2}|CỔNG|VĂN PHÒNG|=|signed|Verified|$)",
    re.I,
)
_MARGIN = frozenset({0, 9, 10})
"""Tenths of the page, from the top, in which running heads and feet stand."""
_EDGE = 3
"""Lines at the top and at the bottom of a page among which running heads are looked for."""


def without_running_heads(pages: list[list[Block]], heights: list[float]) -> list[list[Block]]:
    """`pages` without what repeats on them at the same height: heads, feet, page numbers; and without stamps."""
    seen = Counter(
        key
        for page, height in zip(pages, heights, strict=True)
        for key in {_key(b.line, height) for b in _edges(page) if b.line}
    )
    often = max(3, len(pages) // 4)
    repeated = {key for key, count in seen.items() if count >= often and key[0].strip("# ") and key[1] in _MARGIN}
    out = []
    for page, height in zip(pages, heights, strict=True):
        edges = {id(b) for b in _edges(page)}
        gone = {
            id(b)
            for b in page
            if b.line and id(b) in edges and (_key(b.line, height) in repeated or GAZETTE.match(b.line.text))
        }
        kept = [b for b in page if id(b) not in gone]
        outer = {id(b) for b in [*kept[:1], *kept[-1:]]} | (edges & {id(b) for b in [*kept[:2], *kept[-2:]]})
        out.append([b for b in kept if not (b.line and id(b) in outer and _page_number(b.line, height))])
    return _without_stamps(out)


def _edges(page: list[Block]) -> list[Block]:
    return [*page[:_EDGE], *page[_EDGE:][-_EDGE:]]


def _key(line: Line, height: float) -> tuple[str, int]:
    """A line's text with figures masked and the tenth of the page it stands in."""
    return re.sub(r"\d+", "#", line.text).strip(), int(10 * line.y0 / max(height, 1))


def _page_number(line: Line, height: float) -> bool:
    margin = line.y0 < 0.13 * height or line.y1 > 0.87 * height
    return margin and bool(_NUMBER.match(line.text))


def _without_stamps(pages: list[list[Block]]) -> list[list[Block]]:
    """`pages` without the lines of a digital signature's stamp, where two or more stand together."""
    out = []
    for page in pages:
        marked = [bool(b.line and _STAMP.match(b.line.text)) for b in page]
        gone = [m and (sum(marked[max(i - 2, 0) : i + 3]) >= 2) for i, m in enumerate(marked)]
        out.append([b for b, g in zip(page, gone, strict=True) if not g])
    return out


_NOTE = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}|\*{1,3}|\(\d{1,3}\))\s*[^\W\d_]")


def footnotes_apart(pages: list[list[Block]]) -> tuple[list[list[Block]], list[Line]]:
    """`pages` without the notes in small print at their feet, and the lines of those notes."""
    sizes = [b.line.size for page in pages for b in page if b.line for _ in range(len(b.line.text) // 20 + 1)]
    small = 0.87 * median(sizes) if sizes else 0.0
    kept, notes = [], []
    for page in pages:
        at = len(page)
        while at and (line := page[at - 1].line) is not None and line.size < small:
            at -= 1
        first = page[at].line if at < len(page) else None
        if first is None or not at or not _NOTE.match(first.text):
            at = len(page)
        kept.append(page[:at])
        notes += [b.line for b in page[at:] if b.line]
    return kept, notes


_MARK = re.compile(
    r"(?:Phần|Chương|Mục|Tiểu mục|Điều|Phụ lục|PHẦN|CHƯƠNG|MỤC|ĐIỀU|PHỤ LỤC|Mẫu số|MẪU SỐ|Biểu số)\s+(?:thứ\s+)?\w+|"
    r"\d{1,3}(?:\.\d{1,3}){0,4}[.)]\s|\d{1,2}(?:\.\d{1,3}){1,4}\s|[a-zđ][.)]\s|[IVX]{1,5}[.)]\s|[A-ZĐ][.)]\s|[-–+•*]\s|"
    r"\(\d{1,2}\)\s|Căn cứ\s|Theo đề nghị\s|Xét đề nghị\s|Nơi nhận|(?:TM|KT|TL|TUQ)\.\s|Kính gửi"
)
_SUBJECT = re.compile(r"V/[vV]\b")
_ANNEX = re.compile(
    r"(?:(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?(?:\d{1,3}|[IVXLC]{1,6}|[A-ZĐ]))?|(?:MẪU|Mẫu|BIỂU|Biểu) số\s.*)\W*$"
)
_MOTTO = re.compile(r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc\W*$", re.I)
_FULL_STOP = re.compile(r"[.:!?…]['\"”’)\]]*$")
_STOP = re.compile(r"[.;:!?…]['\"”’)\]]*$")


def paragraphs(lines: list[tuple[Line, bool]], left: float, right: float) -> list[str]:
    """`lines` joined to paragraphs; each comes with whether a new page starts with it.

    `left` and `right` are where the body text starts and ends, in points.
    """
    out: list[str] = []
    pitch = _pitch([line for line, _ in lines])
    above: Line | None = None
    begun: Line | None = None
    for line, turned in lines:
        if above is None or begun is None or _starts(begun, above, line, turned, (left, right, pitch)):
            out.append(line.text)
            begun = line
        else:
            out[-1] = glued(out[-1], line.text)
        above = line
    return out


def _pitch(lines: list[Line]) -> float:
    steps = [b.y0 - a.y0 for a, b in pairwise(lines) if 0 < b.y0 - a.y0 < 4 * max(a.size, 1)]
    return median(steps) if steps else 16.0


def _starts(begun: Line, above: Line, line: Line, turned: bool, page: tuple[float, float, float]) -> bool:
    """Whether `line` starts a paragraph; `above` is the line before it, `begun` the first of that paragraph."""
    left, right, pitch = page
    room = right - above.x1
    marked = bool(_MARK.match(line.text))
    ended = bool(_STOP.search(above.text))
    if not turned and line.y0 - above.y0 > 1.9 * pitch:
        return True
    if (turned and _parted(begun, above, line)) or _SUBJECT.match(line.text):
        return True
    if _MOTTO.search(above.text) or not any(c.isalnum() for c in above.text):
        return True
    if _flows_on(begun, above, line, left):
        return False
    if room > line.first_word + 0.6 * line.size + 4:
        return True
    if _centred(line, left, right) or _centred(above, left, right):
        return True
    if above.bold != line.bold and (marked or ended or line.text[:1].isupper()) and not _hangs(begun, line):
        return True
    if marked and (ended or line.x0 > left + 8 or above.bold):
        return not _hangs(begun, line) or ended
    if not turned and ended and line.y0 - above.y0 > 1.22 * pitch:
        return True
    indented = line.x0 > above.x0 + 8 if above is not begun else line.x0 > begun.x0 + 8
    return indented and line.x0 > left + 8 and not _hangs(begun, line)


def _parted(begun: Line, above: Line, line: Line) -> bool:
    """Whether a page ends with `above`: a name under a signature, or before a heading in capitals or an annex."""
    if _ANNEX.match(line.text) or (above is begun and is_name(above.text) and not line.text[:1].islower()):
        return True
    return is_upper(line.text) and not is_upper(above.text) and len(line.text.split()) > 1


def _flows_on(begun: Line, above: Line, line: Line, left: float) -> bool:
    """Whether a line in small letters at the margin goes on with a paragraph whose first line is set in."""
    if not line.text[:1].islower() or _MARK.match(line.text) or _FULL_STOP.search(above.text):
        return False
    return begun.x0 > left + 8 and abs(line.x0 - left) < 4 and abs(above.size - line.size) < 1


def _hangs(begun: Line, line: Line) -> bool:
    """Whether `line` stands under the text of a marked first line, as in a hanging list item."""
    return begun.text_at > begun.x0 + 3 and abs(line.x0 - begun.text_at) < 4


def _centred(line: Line, left: float, right: float) -> bool:
    before, after = line.x0 - left, right - line.x1
    return before > 30 and after > 30 and abs(before - after) < 0.25 * (before + after)


def glued(text: str, more: str) -> str:
    """Two lines of a paragraph as one; inside a number ("66-" and "NQ/TW") no space comes between."""
    if text.endswith("\u00ad"):
        return text[:-1] + more
    if re.search(r"[\w/]-$", text) and re.match(r"[\w]", more):
        return text + more
    if text.endswith("/") and re.search(r"\d/$", text) and more[:1].isalnum():
        return text + more
    return f"{text} {more}"
