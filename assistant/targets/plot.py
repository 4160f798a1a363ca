"""Where the marks and labels of a chart go, in pixels from the top left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["COLUMN", "Box", "Frame", "Scale", "frame", "place", "ticks", "wrapped"]

CHARACTERS, LINE = (7.2, 6.2), 15.0
"""The mean widths of a character in the first line of a label and in those under it, and the height of a line."""

COLUMN = 160.0
"""The width of the column for points without a year."""


class Scale(NamedTuple):
    """Maps [`low`, `high`] of the data to [`start`, `end`] of the page; turned round when `start` > `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where `value` lies; in the middle when the data have no extent."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.start + share * (self.end - self.start)


class Box(NamedTuple):
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Frame(NamedTuple):
    """The plot: its scales, the numbers and years to mark, and the column for points without a year, if any."""

    x: Scale
    y: Scale
    values: tuple[float, ...]
    years: tuple[int, ...]
    undated: float | None


def frame(years: Sequence[int], values: Sequence[float], share: bool, undated: bool, area: Box) -> Frame:
    """The scales for `years` and `values` in `area`; shares go up to 100, everything starts at 0."""
    top = 100.0 if share and max(values, default=0) <= 100 else max(values, default=1)
    marks = ticks(top)
    last = area.right - COLUMN if undated and years else area.right
    span = (min(years), max(years)) if years else (0, 0)
    x = Scale(span[0], span[1], area.left + 60, last - 60)
    column = (area.right - COLUMN / 2 if years else (area.left + area.right) / 2) if undated else None
    step = max(1, math.ceil((span[1] - span[0] + 1) / 12))
    shown = sorted({*years} if len(set(years)) <= 12 else {*range(span[0], span[1] + 1, step)})
    return Frame(x, Scale(0, marks[-1], area.bottom, area.top), marks, tuple(shown), column)


def ticks(top: float) -> tuple[float, ...]:
    """From 0 to `top` or just above, in four to six round steps of 1, 2, 2.5 or 5 times a power of ten."""
    if top <= 0:
        return (0.0, 1.0)
    power = 10 ** math.floor(math.log10(top / 5))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power * 5 >= top * (1 - 1e-9))
    count = math.ceil(top / step - 1e-9)
    return tuple(round(step * n, 12) for n in range(count + 1))


def place(lines: Sequence[str], x: float, y: float, taken: list[Box], area: Box) -> tuple[float, float]:
    """The middle of the first baseline for a label beside the mark at (`x`, `y`), clear of `taken`, which it joins.

    Where no place is clear, the label stands above the mark.
    """
    wide = max(len(line) * CHARACTERS[min(at, 1)] for at, line in enumerate(lines))
    half, height = wide / 2, LINE * len(lines)
    above, below = -height + 2, LINE + 8
    offers = [(0.0, above), (0.0, below), (half + 12, 4 - height / 4), (-half - 12, 4 - height / 4)]
    offers += [(0.0, above - height), (0.0, below + height), (half, above - height), (-half, above - height)]
    boxes = []
    for dx, dy in offers:
        middle = min(max(x + dx, area.left + half), area.right - half)
        boxes.append((middle, y + dy, Box(middle - half, y + dy - LINE + 4, middle + half, y + dy - LINE + 4 + height)))
    clear = (spot for spot in boxes if _inside(spot[2], area) and not any(spot[2].meets(other) for other in taken))
    middle, top, box = next(clear, boxes[0])
    taken.append(box)
    return middle, top


def _inside(box: Box, area: Box) -> bool:
    return area.top - 2 * LINE <= box.top and box.bottom <= area.bottom


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """`text` in at most `lines` lines of `width` characters; what is left out is shown by an ellipsis."""
    out = [""]
    for word in text.split():
        if out[-1] and len(out[-1]) + len(word) + 1 > width:
            if len(out) == lines:
                return [*out[:-1], out[-1][: width - 1].rstrip(" ,;") + "…"]
            out.append(word)
        else:
            out[-1] = f"{out[-1]} {word}".strip()
    return out
