"""Figures and clauses of the documents that may answer a question, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.figures import Figure, date_spans, years
from assistant.answers.matching import Cover, cover, own_bag
from assistant.answers.normalise import bare, tokens
from assistant.answers.question import Kind, Question, Term
from assistant.answers.reading import Bag, Reading, Unit

__all__ = ["Evidence", "clause_evidence", "date_evidence", "figure_evidence"]

SHARED, OTHER, TAIL = 0.85, 0.4, 0.75
"""How much a word of the clause counts for a figure that stands outside the figure's own part of it."""
_BEFORE = re.compile(
    r"(?:đạt|là|còn|lên|xuống|chiếm|bằng|tăng|giảm|mức|đến|tới|hút|thêm|[:(=|,]|trưởng|quân|khoảng|ở|có|năm|thấp nhất|cao nhất"
    r"|dự kiến|ước|tổng|về|thành|chính thức|tính)(?:\s+(?:được|thêm|mức|tỷ lệ|khoảng|từ|hơn|bình quân|trung bình))*\s*$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(slots=True)
class Evidence:
    """A figure, date or clause with how well it fits: `year` is 1 agreed, 0 contradicted, between when not said.

    `part` is the span of the clause that belongs to the figure; `span` the characters that state the figure.
    """

    reading: Reading
    unit: Unit
    cover: Cover
    year: float
    kind: float
    span: tuple[int, int]
    part: tuple[int, int]
    figure: Figure | None = None
    score: float = 0.0


def figure_evidence(question: Question, terms: Sequence[Term], reading: Reading, places: Iterable[int]) -> Iterator[Evidence]:  # fmt: skip
    """One evidence for each figure of the asked type in the units at `places`."""
    for i in places:
        unit = reading.units[i]
        fitting = [(f, fit) for f in unit.figures if (fit := _fits(question, unit, f, reading.document.text)) > 0]
        if not fitting:
            continue
        for figure, fit in fitting:
            alike = [f for f in unit.figures if f.percent == figure.percent and f.money == figure.money]
            part = _part(reading.document.text, unit, figure, alike)
            own = _weighted(unit, part, alike, figure)
            found = cover(question, terms, own, unit.bag, reading, unit.pairs)
            year = _year(question, reading, unit, figure, part)
            yield Evidence(reading, unit, found, year, fit, (figure.lead, _end(reading, figure)), part, figure)


def date_evidence(question: Question, terms: Sequence[Term], reading: Reading, places: Iterable[int]) -> Iterator[Evidence]:  # fmt: skip
    """One evidence for each clause at `places` that states a date, or a period after one."""
    text = reading.document.text
    for i in places:
        unit = reading.units[i]
        body = text[unit.start : unit.end]
        spans = [(a + unit.start, b + unit.start) for a, b in date_spans(body)]
        spans += [m for m in _periods(body, unit.start)] or ([(unit.start, unit.end)] if unit.years and question.kind is Kind.YEAR else [])  # fmt: skip
        if spans:
            found = cover(question, terms, own_bag(unit.words), unit.bag, reading, unit.pairs)
            whole = (min(s for s, _ in spans), max(e for _, e in spans))
            yield Evidence(
                reading, unit, found, _year(question, reading, unit, None, whole), 1.0, whole, (unit.start, unit.end)
            )


def clause_evidence(question: Question, terms: Sequence[Term], reading: Reading, places: Iterable[int]) -> Iterator[Evidence]:  # fmt: skip
    """One evidence for each clause at `places`."""
    for i in places:
        unit = reading.units[i]
        found = cover(question, terms, own_bag(unit.words), unit.bag, reading, unit.pairs)
        whole = (unit.start, unit.end)
        yield Evidence(reading, unit, found, _year(question, reading, unit, None, whole), 1.0, whole, whole)


_PERIOD = re.compile(
    r"(?:sau|trong|trước|trong thời hạn|trong vòng)\s+(?:thời hạn\s+)?\d+\s+(?:ngày|tháng|năm)[^.;,]*"
    r"|(?:kể\s+)?từ ngày (?:ký|ban hành|công bố)[^.;,]*|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng"
    r"|quý\s+[IVX\d]+(?:[/\s]+(?:năm\s+)?\d{4})?",
    re.IGNORECASE,
)


def _periods(body: str, offset: int) -> list[tuple[int, int]]:
    return [(m.start() + offset, m.end() + offset) for m in _PERIOD.finditer(body)]


def _fits(question: Question, unit: Unit, figure: Figure, text: str) -> float:
    """How well the figure's type suits what is asked: 0 not at all, 1 quite."""
    row_percent = unit.row and "%" in text[unit.start : unit.end]
    percent = figure.percent or (row_percent and not figure.unit)
    kind = question.kind
    if kind is Kind.PERCENT:
        return 1.0 if percent else 0.0
    if kind is Kind.MONEY:
        return 1.0 if figure.money else 0.0
    if kind is Kind.COUNT:
        return _counted(question, unit, figure, percent, text)
    if kind is Kind.FIGURE and _wants_money(question):
        return 1.0 if figure.money or percent else 0.3
    return 0.5 if figure.unit == "tuổi" else 1.0


def _wants_money(question: Question) -> bool:
    return any(
        " ".join(w.bare for w in phrase) in {"kinh phi", "ngan sach", "von", "tong muc dau tu"}
        for phrase in question.must
    )


def _counted(question: Question, unit: Unit, figure: Figure, percent: bool, text: str) -> float:
    """Whether what is counted follows the figure, is its unit, or stands in its table row."""
    if not question.noun:
        return 0.5
    after = tokens(text[figure.end : min(unit.end, figure.end + 60)])[:5]
    wanted = question.noun[0]
    units = {w.bare for w in tokens(figure.unit)}
    if wanted.bare in units:
        return 1.0
    near = [w.bare for w in after]
    if wanted.bare in near[:3] or (unit.row and wanted.bare in {w.bare for w in unit.words}):
        return 0.85 if percent else 1.0
    if wanted.bare in near and percent:
        return 0.8
    return 0.0


def _part(text: str, unit: Unit, figure: Figure, alike: list[Figure]) -> tuple[int, int]:
    """The characters of the clause that belong to `figure`: what it counts, before or after it."""
    if unit.row:
        return unit.start, unit.end
    at = alike.index(figure)
    left = alike[at - 1].end if at else unit.start
    right = alike[at + 1].lead if at + 1 < len(alike) else unit.end
    if not _stands_after(text[left : figure.lead]):
        return figure.lead, right
    if at and len([w for w in tokens(text[left : figure.lead]) if len(w.bare) > 1]) < 6:
        left = _part(text, unit, alike[at - 1], alike)[0]
    stop = re.compile(r"[,;.](?!\d)|\bvà\b").search(text, figure.end, right)
    return left, stop.start() if stop else right


def _stands_after(before: str) -> bool:
    """Whether a figure closes its statement ("tỷ lệ ... đạt 80%") instead of opening it ("80% số cổng ...")."""
    return bool(_BEFORE.search(before)) and len(tokens(before)) >= 4


def _weighted(unit: Unit, part: tuple[int, int], alike: list[Figure], figure: Figure) -> Bag:
    """The words of the clause, each at what it is worth for `figure`."""
    bag = Bag()
    if len(alike) == 1 or unit.row:
        bag.add(unit.words, 1.0)
        return bag
    first, last = alike[0].lead, alike[-1].lead
    groups: dict[float, list] = {1.0: [], SHARED: [], TAIL: [], OTHER: []}
    for w in unit.words:
        inside = part[0] <= w.start < part[1]
        weight = 1.0 if inside else SHARED if w.start < first else TAIL if w.start >= last else OTHER
        groups[weight].append(w)
    for weight, words in groups.items():
        bag.add(words, weight)
    return bag


def _year(question: Question, reading: Reading, unit: Unit, figure: Figure | None, part: tuple[int, int]) -> float:
    """Agreement of the years asked for with those nearest to the figure."""
    if not question.years:
        return 0.9
    text = reading.document.text
    levels: list[tuple[set[int], float]] = []
    if figure:
        levels.append((years(text[figure.end : part[1]]), 1.0))
        levels.append((years(text[part[0] : figure.lead]), 1.0))
        levels.append((years(text[unit.start : figure.lead]), 1.0))
    levels += [(unit.years, 1.0), (unit.years_above, 1.0), (reading.years, 0.9)]
    for found, worth in levels:
        if found:
            if question.years & found:
                return worth
            return 0.55 if found is reading.years else 0.0
    return 0.6


def _end(reading: Reading, figure: Figure) -> int:
    """The end of the figure with the unit that follows it in words ("tỷ đồng" is in it, "khu" is not)."""
    return figure.end


def worth(question: Question, e: Evidence) -> float:
    """A first score, for ranking."""
    c = e.cover
    score = 0.72 * c.total + 0.18 * c.own + 0.10 * c.pairs
    score -= 0.25 * (c.entities > 0) + 0.15 * min(c.numbers, 2) + 0.3 * c.gap
    score -= 0.35 * (1 - e.year)
    score -= 0.2 * (1 - e.kind)
    if not c.must:
        score -= 0.4
    return score


def is_heading(text: str) -> bool:
    """Whether a clause only announces what follows."""
    return text.rstrip().endswith(":") or bare(text).startswith(("theo do", "cu the nhu sau"))
