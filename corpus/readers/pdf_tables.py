"""Ruled tables of a PDF page: ruling lines make a grid of cells, characters fall into them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf_page import Char, Edge

__all__ = ["Ruled", "inside", "ruled_tables"]

_NEAR = 2.5
"""Points within which two lines are the same, or touch."""
_MAX_LINES = 400


@dataclass(slots=True)
class Ruled:
    """A grid: column borders `xs`, row borders `ys`, and for each place the place where its cell starts."""

    xs: list[float]
    ys: list[float]
    owner: list[list[tuple[int, int]]]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The first place (row, column) of the cell at a point; None outside."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return None


def ruled_tables(level: Sequence[Edge], upright: Sequence[Edge]) -> list[Ruled]:
    """The tables that ruling lines draw, from the top down; a lone box or underline is none."""
    across, down = _merged(level), _merged(upright)
    if len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return []
    tables = []
    for rows, columns in _groups(across, down):
        columns = columns + _open_sides(rows, columns)
        xs, ys = _positions(e.at for e in columns), _positions(e.at for e in rows)
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > 20_000:
            continue
        tables.append(Ruled(xs, ys, _owners(xs, ys, rows, columns)))
    return sorted(tables, key=lambda t: t.ys[0])


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """Lines on the same track that overlap or touch, as one; specks left out."""
    tracks: list[list[Edge]] = []
    for edge in sorted(edges):
        if tracks and edge.at - tracks[-1][0].at <= _NEAR:
            tracks[-1].append(edge)
        else:
            tracks.append([edge])
    return [e for track in tracks for e in _joined(track) if e.b - e.a > 4]


def _joined(track: list[Edge]) -> list[Edge]:
    at = median(e.at for e in track)
    out: list[Edge] = []
    for edge in sorted(track, key=lambda e: e.a):
        if out and edge.a <= out[-1].b + _NEAR:
            out[-1] = Edge(at, out[-1].a, max(out[-1].b, edge.b))
        else:
            out.append(Edge(at, edge.a, edge.b))
    return out


def _groups(across: list[Edge], down: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Level and upright lines that touch one another, group by group."""
    left = set(range(len(down)))
    groups = []
    while left:
        columns, rows, waiting = set(), set(), {left.pop()}
        while waiting:
            columns |= waiting
            rows |= {i for i, r in enumerate(across) if i not in rows and any(_touch(r, down[c]) for c in waiting)}
            waiting = {c for c in left if any(_touch(across[i], down[c]) for i in rows)}
            left -= waiting
        groups.append(([across[i] for i in sorted(rows)], [down[c] for c in sorted(columns)]))
    return groups


def _touch(row: Edge, column: Edge) -> bool:
    level = row.a - _NEAR <= column.at <= row.b + _NEAR
    return level and column.a - _NEAR <= row.at <= column.b + _NEAR


def _open_sides(rows: list[Edge], columns: list[Edge]) -> list[Edge]:
    """The sides that a table leaves open: where most of its row borders reach past its first or last column border."""
    if len(rows) < 3:
        return []
    top, bottom = min(e.at for e in rows), max(e.at for e in rows)
    first, last = min(e.at for e in columns), max(e.at for e in columns)
    left, right = median(e.a for e in rows), median(e.b for e in rows)
    sides = [Edge(left, top, bottom)] if first - left > 12 else []
    return sides + ([Edge(right, top, bottom)] if right - last > 12 else [])


def _positions(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _owners(xs: list[float], ys: list[float], rows: list[Edge], columns: list[Edge]) -> list[list[tuple[int, int]]]:
    """For each place of the grid the top left place of its cell: places without a line between are one cell."""
    owner = [[(r, c) for c in range(len(xs) - 1)] for r in range(len(ys) - 1)]
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            middle = ((xs[c] + xs[c + 1]) / 2, (ys[r] + ys[r + 1]) / 2)
            if c and not _covered(columns, xs[c], middle[1]):
                owner[r][c] = owner[r][c - 1]
            elif r and not _covered(rows, ys[r], middle[0]):
                owner[r][c] = owner[r - 1][c]
    return owner


def _covered(edges: list[Edge], at: float, along: float) -> bool:
    return any(abs(e.at - at) <= _NEAR and e.a - 1 <= along <= e.b + 1 for e in edges)


def inside(table: Ruled, char: Char) -> tuple[int, int] | None:
    """The cell of `table` in which the middle of `char` lies."""
    return table.place((char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2)
