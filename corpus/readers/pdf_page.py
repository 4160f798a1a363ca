"""What stands on one PDF page: characters with boxes and ruling lines, upright, in points from the top left."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

__all__ = ["Char", "Edge", "Page", "page_of"]


class Char(NamedTuple):
    """One printed character; `size` is the height of its line, `bold` whether its font is."""

    c: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool


class Edge(NamedTuple):
    """A ruling line: from `a` to `b` along its direction, at `at` across it."""

    at: float
    a: float
    b: float


@dataclass(slots=True)
class Page:
    """A page of `width` and `height` points; `pictures` is the share of it that images cover, 0 to 1."""

    width: float
    height: float
    chars: list[Char]
    level: list[Edge]
    upright: list[Edge]
    pictures: float


_MAX_CHARS = 200_000
_MAX_OBJECTS = 50_000
_LINE = 3.0
"""Points up to which a filled rectangle is a line."""


def page_of(page: Any) -> Page:
    """The content of a pypdfium2 `page`."""
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    text = page.get_textpage()
    raw, turn = _chars(text)
    level, upright, pictures = _objects(page, width * height)
    if turn in (90, 270):
        raw = [_turned(c, turn, width, height) for c in raw]
        level, upright = _turned_edges(level, upright, turn, width, height)
        width, height = height, width
    flipped = [Char(c.c, c.x0, height - c.y1, c.x1, height - c.y0, c.size, c.bold) for c in raw]
    across = [Edge(height - e.at, e.a, e.b) for e in level]
    down = [Edge(e.at, height - e.b, height - e.a) for e in upright]
    return Page(width, height, flipped, across, down, pictures)


def _chars(text: Any) -> tuple[list[Char], int]:
    """The characters of a text page in PDF coordinates, in the order of the content, and how they are turned.

    A character turned otherwise than most is a watermark or a seal and is left out.
    """
    import pypdfium2.raw as pdfium

    handle = text.raw
    count = min(text.count_chars(), _MAX_CHARS)
    box = pdfium.FS_RECTF()
    found: list[tuple[Char, int]] = []
    bold = _Bold(handle)
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, i)
        if code in (13, 10, 0):
            continue
        # pdfium gives a hyphen at the end of a line as U+0002.
        code = 0x2D if code == 2 else code
        c = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"
        if not pdfium.FPDFText_GetLooseCharBox(handle, i, box) or box.right <= box.left:
            if found and c in " \u00a0":
                found.append((found[-1][0]._replace(c=" ", x0=found[-1][0].x1), found[-1][1]))
            continue
        angle = round(math.degrees(pdfium.FPDFText_GetCharAngle(handle, i))) % 360 if code > 32 else -1
        size = box.top - box.bottom if angle in (0, 180, -1) else box.right - box.left
        found.append((Char(c, box.left, box.bottom, box.right, box.top, size, bold.at(i)), angle))
    angles = [angle for _, angle in found if angle >= 0]
    turn = max(set(angles), key=angles.count, default=0)
    return [char for char, angle in found if angle in (turn, -1)], turn


class _Bold:
    """Whether a character's font is bold, asked anew only where the font size or weight may have changed."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def at(self, index: int) -> bool:
        import pypdfium2.raw as pdfium

        size = pdfium.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags)
        return size > 0 and b"bold" in self._name.raw[: min(size, 128)].lower()


def _turned(c: Char, turn: int, width: float, height: float) -> Char:
    """`c` of a page whose text runs upwards (270) or downwards (90), as on the page turned upright."""
    if turn == 270:
        return Char(c.c, c.y0, width - c.x1, c.y1, width - c.x0, c.size, c.bold)
    return Char(c.c, height - c.y1, c.x0, height - c.y0, c.x1, c.size, c.bold)


def _turned_edges(
    level: list[Edge], upright: list[Edge], turn: int, width: float, height: float
) -> tuple[list[Edge], list[Edge]]:
    if turn == 270:
        return [Edge(width - e.at, e.a, e.b) for e in upright], [Edge(e.at, width - e.b, width - e.a) for e in level]
    return [Edge(e.at, height - e.b, height - e.a) for e in upright], [Edge(height - e.at, e.a, e.b) for e in level]


def _objects(page: Any, area: float) -> tuple[list[Edge], list[Edge], float]:
    """The level and upright ruling lines of `page`, and the share of its `area` under images."""
    import pypdfium2.raw as pdfium

    level: list[Edge] = []
    upright: list[Edge] = []
    covered = 0.0
    for seen, item in enumerate(page.get_objects(max_depth=4)):
        if seen > _MAX_OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(right - left, 0) * max(top - bottom, 0)
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            _rules(item, level, upright)
    return level, upright, min(covered / max(area, 1), 1)


_Point = tuple[float, float]


def _rules(item: Any, level: list[Edge], upright: list[Edge]) -> None:
    """Adds the straight lines of a path: thin filled shapes as their middle, stroked ones side by side.

    What is only filled and not thin is a background, of a cell or of words, and rules nothing.
    """
    if _is_white(item):
        return
    for points, stroked in _shapes(item):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) <= _LINE or max(ys) - min(ys) <= _LINE:
            _add((min(xs), min(ys)), (max(xs), max(ys)), level, upright)
        elif stroked:
            for one, other in pairwise(points):
                _add(one, other, level, upright)


def _is_white(item: Any) -> bool:
    """Whether a path is drawn in the colour of paper: it hides, and rules nothing."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    ask = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(item.raw, red, green, blue, alpha):
        return False
    return alpha.value < 10 or min(red.value, green.value, blue.value) > 245


def _add(one: _Point, other: _Point, level: list[Edge], upright: list[Edge]) -> None:
    (x0, y0), (x1, y1) = one, other
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if high <= _LINE < wide:
        level.append(Edge((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif wide <= _LINE < high:
        upright.append(Edge((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _shapes(item: Any) -> Iterator[tuple[list[_Point], bool]]:
    """The corners of each separate shape of a path, and whether its outline is drawn."""
    import pypdfium2.raw as pdfium

    matrix = item.get_matrix()
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
    for i in range(min(pdfium.FPDFPath_CountSegments(item.raw), 4000)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, bool(stroke.value)
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, bool(stroke.value)
