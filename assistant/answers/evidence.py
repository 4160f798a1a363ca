"""Figures, dates and clauses of the documents that may answer a question, with how well each fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answers.agencies import names_one
from assistant.answers.bags import Level, words_of
from assistant.answers.cells import clause_of
from assistant.answers.columns import behind as column_behind
from assistant.answers.columns import heading
from assistant.answers.conditions import stated
from assistant.answers.contrast import shares
from assistant.answers.figures import Figure, date_spans, years
from assistant.answers.fitting import INNER, fits, inner
from assistant.answers.lasting import asks_how_long, lengths
from assistant.answers.matching import Cover, cover
from assistant.answers.normalise import tokens
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question, Term
from assistant.answers.ranges import measures, within
from assistant.answers.reading import Reading
from assistant.answers.segments import bracket, goes_on, part, weighted
from assistant.answers.tabling import label_of
from assistant.answers.timing import agreement
from assistant.answers.unit import Unit

__all__ = ["RANGE", "Evidence", "Sought", "clause_evidence", "date_evidence", "figure_evidence"]


@dataclass(frozen=True, slots=True)
class Sought:
    """A question with the terms to look for; `firm` says that it names the document."""

    question: Question
    terms: Sequence[Term]
    firm: bool = False


@dataclass(slots=True)
class Evidence:
    """A figure, date or clause with how well it fits: `year` is 1 agreed, 0 contradicted, between when not said.

    `part` is the span of the clause that belongs to the figure; `span` the characters that state the figure; `close`
    is the share of the words just before the figure that the question has too. `behind` is 0 unless another figure of
    the clause has, of the words that tell them apart, more that were asked: up to 1 for all of them. `margin` is how
    far the best evidence of a question stands above the best that says something else, `found` the logarithm of the
    place of its passage among those that the search found (0: the first), `barred` how many things tell that it is of
    something else than was asked. `lead` is the line above that states the figure or year for the clause ("Phạt tiền
    từ ... đối với một trong các hành vi sau đây:").
    """

    reading: Reading
    unit: Unit
    cover: Cover
    year: float
    kind: float
    span: tuple[int, int]
    part: tuple[int, int]
    figure: Figure | None = None
    lead: tuple[int, int] | None = None
    score: float = 0.0
    heading: bool = False
    close: float = 1.0
    behind: float = 0.0
    margin: float = 0.0
    found: float = 0.0
    barred: int = 0


Finder = Callable[[Sought, Reading, Iterable[Unit]], Iterator[Evidence]]


def figure_evidence(sought: Sought, reading: Reading, units: Iterable[Unit]) -> Iterator[Evidence]:
    """One evidence for each figure of the asked type in `units`."""
    text = reading.document.text
    asked = {t.word.bare for t in sought.terms}
    for unit in units:
        yield from _led(sought, reading, unit)
        compared: dict[tuple[Figure, ...], tuple[dict[Figure, float] | None, bool]] = {}
        for figure in unit.figures:
            kind = fits(sought.question, unit, figure, text)
            if not kind:
                continue
            others = stated(sought.question, text, unit, figure)
            alone = tuple(others)
            if alone not in compared:
                compared[alone] = _compared(sought, text, unit, others)
            told, level = compared[alone]
            own = _part(text, unit, figure, others)
            behind = (told.get(figure, 0.0) if told else 0.0) * (_EXACT if kind > 1 and level else 1.0)
            if unit.row:
                behind = column_behind(text, unit, figure, asked)
            meant = told is not None and told.get(figure) == 0
            if meant and inner(text, unit, figure):
                kind /= INNER
            words = weighted(text, unit, own, others, meant)
            clause = clause_of(text, unit, figure)
            if clause:
                words = _of_cell(text, unit, clause)
            elif unit.row:
                words = [*words, (LED, words_of(tokens(heading(text, unit, figure))))]
            held = _within(sought.question, text, unit, own if len(others) > 1 else (unit.start, unit.end))
            words = [*words, *unit.lent, *held]
            found = cover(sought.question, sought.terms, words, unit.around, reading, unit.pairs, sought.firm)
            year = agreement(sought.question, reading, unit, figure, own)
            close = _closeness(sought.question, unit, own, figure)
            yield Evidence(
                reading, unit, found, year, kind, (figure.lead, figure.end), own, figure, close=close, behind=behind
            )


def _compared(sought: Sought, text: str, unit: Unit, others: list[Figure]) -> tuple[dict[Figure, float] | None, bool]:
    """How far each figure lags behind, and whether all of them stand in one bracket or in none."""
    return contrasts(sought, text, unit, others), len({bracket(text, unit, f) for f in others}) == 1


def _part(text: str, unit: Unit, figure: Figure, others: list[Figure]) -> tuple[int, int]:
    """The characters that belong to `figure` among `others`, told once for all questions."""
    found = unit.parts.get((figure, *others))
    if found is None:
        found = unit.parts[figure, *others] = part(text, unit, figure, others)
    return found


def _within(question: Question, text: str, unit: Unit, span: tuple[int, int]) -> list[Level]:
    """The numbers of the question that a bracket in `span` or in a line above holds, as words that count as found."""
    return within(question, [text[slice(*span)], *_above(text, unit)]) if measures(question) else []


def _led(sought: Sought, reading: Reading, unit: Unit) -> Iterator[Evidence]:
    """The evidence of a figure that the line above states for the clause and its siblings."""
    text = reading.document.text
    if unit.row or not unit.leads or not text[slice(*unit.leads[-1])].rstrip().endswith(":"):
        return
    start, end = unit.leads[-1]
    told = reading.figures((start, end))
    fit = [(f, kind) for f in told if (kind := fits(sought.question, unit, f, text))]
    if len(fit) != 1 or not _FOR_EACH.search(text, fit[0][0].end, end):
        return
    if any(fits(sought.question, unit, f, text) for f in unit.figures):
        return
    figure, kind = fit[0]
    words, own = reading.read((start, end))
    levels = [(1.0, unit.own), (LED, own)]
    if measures(sought.question):
        levels += within(sought.question, [text[unit.start : unit.end]])
    pairs = unit.pairs | {(a.bare, b.bare) for a, b in pairwise(words)}
    found = cover(sought.question, sought.terms, levels, unit.around, reading, pairs, sought.firm)
    year = agreement(sought.question, reading, unit, None, (unit.start, unit.end))
    span = (figure.lead, figure.end)
    yield Evidence(reading, unit, found, year, kind, span, (start, end), figure, lead=(start, end))


def _of_cell(text: str, unit: Unit, clause: tuple[int, int]) -> list[Level]:
    """The words of a row for a figure in a cell of text: those of its clause, of the row's name, of the rest."""
    levels = ((1.0, clause), (LED, label_of(text[unit.start : unit.end], unit.start)))
    return [*((weight, words_of(tokens(text[slice(*span)]))) for weight, span in levels), (_REST, unit.own)]


_REST = 0.75
"""What a word of another cell counts for a figure in a cell of text."""
_FOR_EACH = re.compile(
    r"(?:đối với|một trong|áp dụng|khi|nếu|cho|trong)\s[^:]*(?:sau|sau đây|dưới đây)\s*:\s*$", re.IGNORECASE
)
"""What follows a figure in a line above that holds for each clause under it, and not for them together."""
_EXACT = 0.4
"""What is left of being behind for a figure that counts just what is asked for."""
LED = 0.95
"""What a word of the line above counts that states the figure for the clause."""


def contrasts(sought: Sought, text: str, unit: Unit, others: list[Figure]) -> dict[Figure, float] | None:
    """How far each figure of the clause lags behind the one that the asked words choose, None where none is chosen."""
    opened = {f: bracket(text, unit, f) for f in others}
    out: dict[Figure, float] = {}
    named = False
    for place in set(opened.values()):
        group = [f for f in others if opened[f] == place]
        if len(group) == 1 and place >= 0 and _of_bracket(sought, unit, place, group[0]) >= _NAMES:
            out[group[0]], named = 0.0, True
            continue
        if any(goes_on(text, a, b) for a, b in pairwise(group)):
            continue
        parts = [_part(text, unit, f, others) for f in group]
        outside = unit.words.within(0, place)
        terms = [t for t in sought.terms if t.word.bare not in outside]
        found = shares(text, unit, parts, group, terms, sought.question.typed.plain)
        best = max(found or [0.0])
        if not best:
            heads = [t for t in sought.terms if t.place in sought.question.head]
            found = shares(text, unit, parts, group, heads, sought.question.typed.plain)
            best = max(found or [0.0])
        if not best and place >= 0:
            found = shares(text, unit, parts, group, sought.terms, sought.question.typed.plain)
            best = max(found or [0.0])
        if found and best:
            out |= {f: (best - share) / best for f, share in zip(group, found, strict=True)}
            named |= place >= 0 and best >= _NAMES
    if named:
        out |= {f: 1.0 for f in others if opened[f] < 0}
    return out or None


def _of_bracket(sought: Sought, unit: Unit, place: int, figure: Figure) -> float:
    """The weight of the asked words that stand only in the bracket before its one figure: "(riêng đảo: 20 người)"."""
    only = set(unit.words.within(place, figure.lead)).difference(unit.words.within(0, place))
    return sum(t.weight for t in sought.terms if t.word.bare in only)


def _closeness(question: Question, unit: Unit, own: tuple[int, int], figure: Figure) -> float:
    """How much of what is said of the figure was asked: less than 1 for a narrower subject than the question's."""
    asked = question.typed.bares
    before = unit.words.within(own[0], figure.lead)[-_NEAR:]
    said = before or unit.words.within(figure.end, own[1])[:_NEAR]
    return sum(word in asked for word in said) / len(said) if said else 1.0


def date_evidence(sought: Sought, reading: Reading, units: Iterable[Unit]) -> Iterator[Evidence]:
    """One evidence for each of `units` that states a date, or a period after one."""
    text = reading.document.text
    for unit in units:
        body = text[unit.start : unit.end]
        dates = date_spans(body)
        spans = [d for d in dates if not _dates_document(body, *d)]
        if dates and not spans and not _PERIOD.search(body) and not lengths(body):
            continue
        rhythm = not dates and sought.question.day and not _SHORT_DAY.search(body)
        spans += [m.span() for m in _PERIOD.finditer(body) if not (rhythm and _RHYTHM.fullmatch(m.group()))]
        if not spans and asks_how_long(sought.question.typed):
            spans = lengths(body)
        only_years = not spans and bool(unit.years) and not sought.question.day
        if only_years:
            spans = [(0, len(body))]
        if not spans and sought.question.kind is Kind.YEAR and not unit.row:
            yield from _dated_above(sought, reading, unit)
        if spans:
            whole = (unit.start + min(s for s, _ in spans), unit.start + max(e for _, e in spans))
            found = _of_clause(sought, reading, unit, whole)
            found.kind = _YEARS_ONLY if only_years and sought.question.kind is Kind.DATE else 1.0
            if sought.question.typed in RANGE:
                found.kind = 1.0 if len(spans) > 1 or "–" in body or "-" in body else _ONE_END
            yield found


def _dates_document(text: str, start: int, end: int) -> bool:
    """Whether the date between two places of `text` is that of a document that is cited."""
    cut_off = not re.search(r"\d\s*/", text[:start]) and _ISSUED_BY.match(text, end)
    return bool(_OF_DOCUMENT.search(text, max(0, start - 40), start) or cut_off)


def _dated_above(sought: Sought, reading: Reading, unit: Unit) -> Iterator[Evidence]:
    """The evidence of a clause under a heading that sets one year for it."""
    text = reading.document.text
    lead = next((s for s in reversed(unit.leads) if years(text[slice(*s)])), None)
    if lead and len(years(text[slice(*lead)])) == 1 and lead[1] - lead[0] < _HEADING:
        found = _of_clause(sought, reading, unit, (unit.start, unit.end))
        found.lead = lead
        yield found


def clause_evidence(sought: Sought, reading: Reading, units: Iterable[Unit]) -> Iterator[Evidence]:
    """One evidence for each of `units`."""
    who = sought.question.kind is Kind.WHO
    for unit in units:
        found = _of_clause(sought, reading, unit, (unit.start, unit.end))
        if who and not names_one(reading, unit, sought.question.text):
            found.kind = _NOBODY
        yield found


_NOBODY = 0.4
"""How well a clause that names nobody answers who does something."""


_NEAR = 12
_NAMES = 3.0
"""The weight of asked words from which a part in brackets is meant, and not the whole before them."""
_OF_DOCUMENT = re.compile(r"\d\s*/[^\s,;]{2,30},?\s+$")
"""What stands before the date of a document: its number."""
_ISSUED_BY = re.compile(r"\s+của\s+(?:Chính phủ|Thủ tướng|Quốc hội|Bộ|Ủy ban|UBND|Hội đồng|HĐND|Chủ tịch)(?!\w)")
"""What stands after it where the number was cut off: who issued it."""
RANGE = Phrase(r"từ (ngày|tháng|năm) nào( \S+){0,3} (đến|tới)( \S+)*|kéo dài|diễn ra .* (đến|tới)( \S+)*")
_ONE_END = 0.5
"""How well a clause with one day answers a question for the first and the last."""
_YEARS_ONLY = 0.8
"""How well a clause with years alone answers a question for a date."""
_HEADING = 220
_SHORT_DAY = re.compile(r"\d\s*/\s*\d")
_RHYTHM = re.compile(r"(?:hằng|hàng)\s+(?:năm|quý|tháng)", re.IGNORECASE)
"""How often, which is no day."""
_PERIOD = re.compile(
    r"(?:sau|trong|trước|trong thời hạn|trong vòng)\s+(?:thời hạn\s+)?\d+\s+(?:ngày|tháng|năm)[^.;,]*"
    r"|(?:không quá|tối đa|tối thiểu|ít nhất|khoảng|là)\s+\d+\s+(?:giờ|ngày|tuần|tháng|năm)(?!\s+\d{4})[^.;,]*"
    r"|(?:kể\s+)?từ ngày (?:ký|ban hành|công bố)[^.;,]*|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng"
    r"|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)(?!\w)(?:\s+(?:hằng|hàng|mỗi|đầu|cuối)\s+\w+)?|chủ nhật"
    r"|quý\s+[IVX\d]+(?:[/\s]+(?:năm\s+)?\d{4})?",
    re.IGNORECASE,
)


def _of_clause(sought: Sought, reading: Reading, unit: Unit, span: tuple[int, int]) -> Evidence:
    text = reading.document.text
    own = [(1.0, unit.own), *_within(sought.question, text, unit, (unit.start, unit.end)), *unit.lent]
    found = cover(sought.question, sought.terms, own, unit.around, reading, unit.pairs, sought.firm)
    year = agreement(sought.question, reading, unit, None, span)
    heading = _announces(reading, unit)
    return Evidence(reading, unit, found, year, 1.0, span, (unit.start, unit.end), heading=heading)


def _above(text: str, unit: Unit) -> list[str]:
    """The lines above that hold for the clause."""
    return [text[slice(*lead)] for lead in unit.leads]


def _announces(reading: Reading, unit: Unit) -> bool:
    """Whether the clause is a heading or lead with something under it."""
    line = unit.clause.line
    if unit.row or unit.end < line.end or line.end - line.start > _HEADING:
        return False
    text = reading.document.text[line.start : line.end]
    return not text.endswith((".", ";")) and (line.start, line.end) in reading.leading
