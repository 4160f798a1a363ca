"""Pages printed in two columns, as the old gazettes were: cut apart before OCR, which reads straight across."""

from __future__ import annotations

from typing import Any

__all__ = ["parts"]

_DARK = 128
_GUTTER = 30
"""Pixels at 300 dpi of white between two columns; between words of one column they never stand above one another."""
_WHITE = 0.006
"""Share of dark pixels up to which a column of pixels is white, specks allowed."""


def parts(picture: Any) -> list[Any]:
    """The parts of a page, an (rows, columns) uint8 array, in reading order.

    A page in columns has its head, its left and its right column; another is its only part.
    """
    rows, columns = picture.shape
    ink = picture < _DARK
    body = ink[int(0.12 * rows) : int(0.95 * rows)]
    gutter = _gutter(body.mean(axis=0), columns)
    if gutter is None:
        return [picture]
    cut = _widest_gap(ink[: int(0.12 * rows)].mean(axis=1))
    return [picture[:cut], picture[cut:, :gutter], picture[cut:, gutter:]]


def _gutter(density: Any, columns: int) -> int | None:
    """The middle of a white strip near the middle of the page, with print on both sides; None where there is none."""
    left, right = int(0.4 * columns), int(0.6 * columns)
    run = best = at = 0
    for x in range(left, right):
        run = run + 1 if density[x] <= _WHITE else 0
        if run > best:
            best, at = run, x - run // 2
    printed = density[int(0.1 * columns) : left].mean() > 0.02 and density[right : int(0.9 * columns)].mean() > 0.02
    return at if best >= _GUTTER and printed else None


def _widest_gap(density: Any) -> int:
    """The middle of the widest white strip under the first print in the head of a page; 0 where there is none."""
    run = best = at = 0
    begun = False
    for y, share in enumerate(density):
        begun = begun or share > 2 * _WHITE
        run = run + 1 if begun and share <= _WHITE else 0
        if run > best:
            best, at = run, y - run // 2
    return at
