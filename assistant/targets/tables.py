"""Tables of targets in pipe rows: header, unit column, result columns (also one a year), section rows, agencies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.targets.comparators import comparator_before
from assistant.targets.confidence import Evidence
from assistant.targets.figures import Figure, figures
from assistant.targets.folding import rule
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

_INDICATOR = rule(r"(?:chỉ tiêu|mục tiêu|chỉ số|tiêu chí|nội dung|tên|danh mục|kết quả cần đạt|sản phẩm|lĩnh vực|loại)")
_UNIT = rule(r"(?:đơn vị tính|đơn vị đo|đơn vị|đvt|đv tính|đv)\W*$|đơn vị tính")
_RESULT = rule(
    r"(?:kết quả|mục tiêu|chỉ tiêu|kế hoạch|giá trị|mức|đến năm|năm \d{4}|\d{4}|giai đoạn|"
    r"phấn đấu|định mức|số lượng|chỉ tiêu giao|quy mô|công suất)"
)
_BASELINE = rule(r"(?:hiện trạng|thực hiện|ước|kết quả năm|thực trạng|hiện nay|đã đạt|cơ sở|gốc)")
_AGENCY = rule(r"(?:cơ quan|đơn vị|bộ, ngành|trách nhiệm|chủ trì|phụ trách|theo dõi|địa phương)")
_ORDER = rule(r"(?:tt|stt|số tt|số thứ tự|thứ tự|no|#)\W*$")
_NOTE = rule(
    r"(?:ghi chú|tài liệu|căn cứ|nguồn|thời gian|thời hạn|hoàn thành|tiến độ|phối hợp|giải pháp|"
    r"điểm|phương pháp|công thức|hướng dẫn|cách)"
)
_RULER = re.compile(r"[\s|:\-–=+]+")
_NUMBER = rule(rf"(?<![\w.,/])(?P<low>{DIGITS})(?:\s?%?\s?(?:-|đến)\s?(?P<high>{DIGITS}))?(?:\s?%)?(?![\w])")
_INDEX = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*\.?|[IVX]{1,6}\.?|[a-zđA-H][.)]?|[-+*•])\)?")
_IN_NAME = re.compile(
    r"\s*\((?:đơn vị(?: tính)?\s?:\s?)?(?P<unit>%[^()]{0,20}|[^\W\d][^\d()]{0,24}(?:/[^()]{1,20})?)\)$"
)
_GENERIC = rule(r"^(?:chỉ số|hệ số|điểm|chỉ tiêu)\s\w")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int


@dataclass(slots=True)
class _Columns:
    indicator: int
    unit: int | None
    results: list[tuple[int, When | None, bool]]
    agency: int | None


def read_table(
    text: str, folded: str, rows: list[Block], outline: Outline, draft: bool, programme: When | None
) -> list[Found]:
    """The targets of consecutive pipe rows; empty where no header names targets."""
    columns: _Columns | None = None
    when: When | None = None
    section: str | None = None
    parent: str | None = None
    found: list[Found] = []
    previous = rows[0].start
    for row in rows:
        cells = _cells(text, row)
        apart = "\n\n" in text[previous : row.start]
        previous = row.end
        if _RULER.fullmatch(text[row.start : row.end]) or not cells or _numbering(text, cells):
            continue
        if apart and not any(c.isdigit() for c in text[row.start : row.end]):
            columns = None
        header = _header(folded, cells, outline)
        if header:
            columns, when, section = header, None, None
            continue
        if columns is None:
            continue
        filled = [c for c in cells if c.end > c.start]
        named = cells[columns.indicator] if columns.indicator < len(cells) else None
        words = [c for c in filled if not _INDEX.fullmatch(text[c.start : c.end])]
        if len(words) <= 1 and not _figures_in(folded, cells, columns):
            if words:
                label = text[words[0].start : words[0].end]
                years = times(folded, words[0].start, words[0].end)
                if years:
                    when, section = years[0], _labelled(text, filled)
                    parent = None
                else:
                    parent = label
            continue
        if named is None or named.start == named.end:
            continue
        found += _row(text, folded, cells, named, columns, when, section, parent, outline, draft, programme)
    return found


def _numbering(text: str, cells: list[_Cell]) -> bool:
    """Whether a row only numbers the columns ("1 | 2 | 3")."""
    words = [text[c.start : c.end].strip("()") for c in cells if c.end > c.start]
    return len(words) > 2 and words == [str(i + int(words[0])) for i in range(len(words)) if words[0].isdigit()]


def _labelled(text: str, cells: list[_Cell]) -> str:
    return ". ".join(text[c.start : c.end] for c in cells)


def _cells(text: str, row: Block) -> list[_Cell]:
    line = text[row.start : row.end]
    edges = [i for i, c in enumerate(line) if c == "|"]
    if not line.startswith("|"):
        edges = [-1, *edges]
    if not line.rstrip().endswith("|"):
        edges = [*edges, len(line)]
    cells = []
    for a, b in zip(edges, edges[1:], strict=False):
        inner = line[a + 1 : b]
        lead = len(inner) - len(inner.lstrip())
        start = row.start + a + 1 + lead
        cells.append(_Cell(start, start + len(inner.strip())))
    return cells


def _header(folded: str, cells: list[_Cell], outline: Outline) -> _Columns | None:
    names = [" ".join(folded[c.start : c.end].split()) for c in cells]
    if len(names) < 2 or any(len(n) > 90 for n in names):
        return None
    unit = next(
        (
            i
            for i, n in enumerate(names)
            if _UNIT.match(n) and not _AGENCY.match(n.replace("đơn vị", "", 1).strip() or "x")
        ),
        None,
    )
    indicator = next(
        (i for i, n in enumerate(names) if _INDICATOR.search(n) and i != unit and not _ORDER.match(n)), None
    )
    if indicator is None:
        return None
    results: list[tuple[int, When | None, bool]] = []
    agency = None
    for i, n in enumerate(names):
        if i in (indicator, unit) or not n or _ORDER.match(n):
            continue
        if _AGENCY.search(n) and not re.search(r"\d{4}", n):
            agency = i if agency is None else agency
            continue
        year = re.search(r"(?:19|20)\d\d", n)
        if year or (_RESULT.search(n) and not _NOTE.search(n)):
            found = times(folded, cells[i].start, cells[i].end)
            when = found[-1] if found else None
            if when is None and year:
                at = cells[i].start
                when = When(at, cells[i].end, int(year.group()))
            results.append((i, when, bool(_BASELINE.search(n))))
    if not results or (unit is None and not _INDICATOR.match(names[indicator])):
        return None
    if unit is None and not any("chỉ tiêu" in n or "mục tiêu" in n or "chỉ số" in n for n in names):
        return None
    return _Columns(indicator, unit, results, agency)


def _figures_in(folded: str, cells: list[_Cell], columns: _Columns) -> bool:
    return any(
        i < len(cells) and any(c.isdigit() for c in folded[cells[i].start : cells[i].end])
        for i, _, _ in columns.results
    )


def _row(
    text: str, folded: str, cells: list[_Cell], named: _Cell, columns: _Columns, when: When | None, section: str | None,
    parent: str | None, outline: Outline, draft: bool, programme: When | None,
) -> list[Found]:  # fmt: skip
    unit_cell = (
        text[cells[columns.unit].start : cells[columns.unit].end]
        if columns.unit is not None and columns.unit < len(cells)
        else ""
    )
    unit = unit_of_cell(unit_cell)
    name = " ".join(text[named.start : named.end].split()).rstrip(".;:")
    if unit and unit_cell and _GENERIC.match(folded[cells[columns.unit].start : cells[columns.unit].end]):  # type: ignore[index]
        name, unit = " ".join(unit_cell.split()), "chỉ số"
    if unit is None and (inside := _IN_NAME.search(name)):
        unit, name = unit_of_cell(inside.group("unit")), name[: inside.start()].rstrip()
    scope = None
    if columns.agency is not None and columns.agency < len(cells):
        scope = " ".join(text[cells[columns.agency].start : cells[columns.agency].end].split()) or None
    out: list[Found] = []
    for index, column_when, past in columns.results:
        if index >= len(cells):
            continue
        cell = cells[index]
        own = column_when or when
        inherited: dict[str, Span] = {}
        firm = own is not None
        if own is None:
            own, firm = outline.when(), True
        if own is None:
            own, firm = programme, False
        if own:
            inherited["deadline"] = Span(start=own.start, end=own.end)
        for figure, tail, stop in _results(text, folded, cell, unit):
            status: Status | None = "baseline" if past else "draft" if draft else None
            evidence = Evidence(
                figure.kind if figure.kind != "state" else "state", "goal", intent=True, dated=own is not None
            )
            wording = f"{name} {tail}".strip() if tail else name
            stated = {
                **inherited,
                **(
                    {"unit": Span(start=cells[columns.unit].start, end=cells[columns.unit].end)}
                    if unit and columns.unit is not None and cells[columns.unit].start < named.start
                    else {}
                ),
            }
            start, end = min(named.start, figure.start), max(named.end, stop)
            out.append(
                Found(
                    figure,
                    evidence,
                    start,
                    end,
                    wording,
                    own,
                    firm,
                    stated,
                    False,
                    section or outline.label(),
                    scope,
                    status,
                )
            )
    return out


def _results(text: str, folded: str, cell: _Cell, unit: str | None) -> list[tuple[Figure, str, int]]:
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


def _state(cell: _Cell, text: str) -> Figure:
    words = " ".join(text[cell.start : cell.end].lower().split())
    for lead in ("đạt ", "duy trì "):
        words = words.removeprefix(lead)
    return Figure(cell.start, cell.start, cell.end, "state", None, None, None, qualitative=words[:80])
