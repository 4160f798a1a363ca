"""Tables of targets in pipe rows: header, unit column, result columns (also one a year), section rows, agencies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.targets.columns import Cell, Columns, header
from assistant.targets.comparators import comparator_before
from assistant.targets.confidence import Evidence
from assistant.targets.figure import Figure
from assistant.targets.figures import figures
from assistant.targets.folding import fold, rule
from assistant.targets.numerals import DIGITS, number
from assistant.targets.outline import Block
from assistant.targets.ranks import ranks
from assistant.targets.repeats import Found
from assistant.targets.sections import Outline
from assistant.targets.target import Status
from assistant.targets.time import When, times
from assistant.targets.units import unit_of_cell
from corpus.document import Span

__all__ = ["read_table"]

_RULER = re.compile(r"[\s|:\-–=+]+")
_NUMBER = rule(rf"(?<![\w.,/])(?P<low>{DIGITS})(?:\s?%?\s?(?:-|đến)\s?(?P<high>{DIGITS}))?(?:\s?%)?(?![\w])")
_INDEX = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*\.?|[IVX]{1,6}\.?|[a-zđA-H][.)]?|[-+*•])\)?")
_IN_NAME = re.compile(
    r"\s*\((?:đơn vị(?: tính)?\s?:\s?)?(?P<unit>%[^()]{0,20}|[^\W\d][^\d()]{0,24}(?:/[^()]{1,20})?)\)$"
)
_GENERIC = rule(r"^(?:chỉ số|hệ số|điểm|chỉ tiêu)\s\w")


_NONE = Cell(0, 0)


@dataclass(slots=True)
class _Table:
    """A table while it is read: its columns and what its section rows say of the rows below them."""

    text: str
    folded: str
    columns: Columns | None = None
    when: When | None = None
    section: str | None = None

    def cell(self, cells: list[Cell], index: int | None) -> Cell:
        """The cell of a column, an empty one where the row is too short."""
        return cells[index] if index is not None and index < len(cells) else _NONE


def read_table(
    text: str, folded: str, rows: list[Block], outline: Outline, draft: bool, programme: When | None
) -> list[Found]:
    """The targets of consecutive pipe rows; empty where no header names targets."""
    table = _Table(text, folded)
    found: list[Found] = []
    previous = rows[0].start
    for row in rows:
        cells = _cells(text, row)
        apart = "\n\n" in text[previous : row.start]
        previous = row.end
        if _RULER.fullmatch(text[row.start : row.end]) or not cells or _numbering(text, cells):
            continue
        if apart and not any(c.isdigit() for c in text[row.start : row.end]):
            table.columns = None
        if declared := header(folded, cells):
            table.columns, table.when, table.section = declared, None, None
        elif table.columns and not _section_row(table, cells):
            found += _row(table, table.columns, cells, (outline, programme, draft))
    return found


def _section_row(table: _Table, cells: list[Cell]) -> bool:
    """Whether the row only names the rows below it ("I | Đến năm 2030 | | |"); the table then remembers it."""
    filled = [c for c in cells if c.end > c.start]
    words = [c for c in filled if not _INDEX.fullmatch(table.text[c.start : c.end])]
    if len(words) > 1 or _figures_in(table, cells):
        return False
    if words:
        years = times(table.folded, words[0].start, words[0].end)
        table.when = years[0] if years else table.when
        table.section = ". ".join(c.of(table.text) for c in filled)
    return True


def _numbering(text: str, cells: list[Cell]) -> bool:
    """Whether a row only numbers the columns ("1 | 2 | 3")."""
    words = [text[c.start : c.end].strip("()") for c in cells if c.end > c.start]
    return len(words) > 2 and words == [str(i + int(words[0])) for i in range(len(words)) if words[0].isdigit()]


def _labelled(text: str, cells: list[Cell]) -> str:
    return ". ".join(text[c.start : c.end] for c in cells)


def _cells(text: str, row: Block) -> list[Cell]:
    line = text[row.start : row.end]
    edges = [i for i, c in enumerate(line) if c == "|"]
    if not line.startswith("|"):
        edges = [-1, *edges]
    if not line.rstrip().endswith("|"):
        edges = [*edges, len(line)]
    cells = []
    for a, b in pairwise(edges):
        inner = line[a + 1 : b]
        lead = len(inner) - len(inner.lstrip())
        start = row.start + a + 1 + lead
        cells.append(Cell(start, start + len(inner.strip())))
    return cells


def _figures_in(table: _Table, cells: list[Cell]) -> bool:
    results = table.columns.results if table.columns else []
    return any(any(c.isdigit() for c in table.cell(cells, i).of(table.text)) for i, _, _ in results)


def _row(table: _Table, columns: Columns, cells: list[Cell], above: tuple[Outline, When | None, bool]) -> list[Found]:
    """The targets of one row, one for each figure of each result column."""
    outline, programme, draft = above
    named = table.cell(cells, columns.indicator)
    if named.start == named.end:
        return []
    name, unit, unit_cell = _named(table, cells, columns, named)
    scope = table.cell(cells, columns.agency).of(table.text) or None
    out: list[Found] = []
    for index, column_when, past in columns.results:
        when = column_when or table.when or outline.when()
        firm = when is not None
        when = when or programme
        inherited = {"deadline": Span(start=when.start, end=when.end)} if when else {}
        if unit_cell and unit_cell.end <= named.start:
            inherited["unit"] = Span(start=unit_cell.start, end=unit_cell.end)
        status: Status | None = "baseline" if past else "draft" if draft else None
        for figure, tail, stop in _results(table.text, table.folded, table.cell(cells, index), unit):
            found = Found(
                figure=figure,
                evidence=Evidence(figure.kind, "goal", intent=True, dated=when is not None),
                start=min(named.start, figure.start),
                end=max(named.end, stop),
                indicator=f"{name} {tail}".strip(),
                when=when,
                firm=firm,
                inherited=dict(inherited),
                section=table.section or outline.label(),
                scope=scope,
                status=status,
            )
            out.append(found)
    return out


def _named(table: _Table, cells: list[Cell], columns: Columns, named: Cell) -> tuple[str, str | None, Cell | None]:
    """The indicator of a row, its unit, and the cell that states the unit."""
    name = named.of(table.text).rstrip(".;:")
    cell = table.cell(cells, columns.unit)
    words = cell.of(table.text)
    unit = unit_of_cell(words)
    if unit and _GENERIC.match(fold(words)):
        return words, "chỉ số", None
    if unit is None and (inside := _IN_NAME.search(name)):
        return name[: inside.start()].rstrip(), unit_of_cell(inside.group("unit")), None
    return name, unit, cell if unit else None


def _results(text: str, folded: str, cell: Cell, unit: str | None) -> list[tuple[Figure, str, int]]:
    """The figures of a result cell, the words beside each and where each ends; a state where there is none."""
    low = folded[cell.start : cell.end]
    if not low.strip(" -–x.…"):
        return []
    if unit == "thứ hạng" and not any(c.isdigit() for c in low):
        return [(_state(cell, text), "", cell.end)]
    parts: list[tuple[Figure, str, int]] = []
    at = cell.start
    for piece in re.split(r"(;)", low):
        start, stop = at, at + len(piece)
        at = stop
        if piece in (";", "") or not piece.strip():
            continue
        m = _NUMBER.search(folded, start, stop)
        if not m:
            continue
        parts.append(_result(text, folded, start, stop, m, unit))
    if parts:
        return parts
    return [(_state(cell, text), "", cell.end)] if len(low) > 6 else []


def _result(
    text: str, folded: str, start: int, stop: int, m: re.Match[str], unit: str | None
) -> tuple[Figure, str, int]:
    named = [f for f in figures(folded, start, stop) if f.digits == m.start("low")]
    ranked = ranks(folded, start, stop)
    if ranked and unit in (None, "thứ hạng"):
        figure = ranked[0]
        return figure, "", stop
    high = number(m.group("high")) if m.group("high") else None
    figure = Figure(
        m.start(),
        m.start(),
        m.end(),
        "percent" if (unit or "").startswith("%") else "measure",
        number(m.group("low")),
        high,
        unit,
    )
    before = comparator_before(folded, m.start())
    if before and before[1] >= start:
        figure = replace(figure, comparator=before[0], start=before[1], stated=True)
    end = m.end()
    if named and unit is None:
        figure, end = named[0], named[0].end
    elif named:
        figure = replace(figure, comparator=named[0].comparator if named[0].stated else figure.comparator)
    if figure.unit is None:
        figure = replace(figure, unit=None)
    tail = " ".join(text[end:stop].split()).strip(" .,%")
    short = tail if tail and len(tail) <= 40 and unit == "thứ hạng" else ""
    return figure, short, stop if short else end


def _state(cell: Cell, text: str) -> Figure:
    words = " ".join(text[cell.start : cell.end].lower().split())
    for lead in ("đạt ", "duy trì "):
        words = words.removeprefix(lead)
    return Figure(cell.start, cell.start, cell.end, "state", None, None, None, qualitative=words[:80])
