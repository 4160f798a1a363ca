"""Comparison of two documents, years or places: the aligned evidence of each side, the difference computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from assistant.answers.columns import measure
from assistant.answers.evidence import Evidence
from assistant.answers.patterns import Phrase
from assistant.answers.question import Question

__all__ = ["Side", "aligned", "asks_figure", "difference", "restated", "sort"]


_ALIKE = 0.5
"""How much likeness of two sides weighs against how well each fits the question."""
_OTHER = 0.15
"""What it is worth that two years, or two things of one text, have figures of their own."""
_LISTED = 0.15
"""What it is worth that two things of one text stand in one clause: "(A: 22 trạm, B: 56 trạm)"."""
_NEAR = 60
"""Characters around a figure that say what it counts."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called and its evidence."""

    label: str
    evidence: Evidence


def asks_figure(asked: Question) -> bool:
    """Whether the outcome of a comparison can be a figure: grounds, manners and persons have none."""
    return asked.typed in _HOW_MUCH or asked.typed not in _MATTER


_MATTER = Phrase(r"(căn cứ|cơ sở pháp lý|cách|phương thức|hình thức|đối tượng|thẩm quyền|cơ quan|nội dung|thành phần)")
_HOW_MUCH = Phrase(r"bao nhiêu|mấy|bao lâu|mức|tỷ lệ|tỉ lệ|thời hạn|số (lượng|tiền|ngày)")


def aligned(sides: Sequence[Sequence[Evidence]], within: bool = False) -> list[Evidence]:
    """One evidence of each side: those that fit the question well and speak of the same thing; [] when a side "
    "has none.

    `within` says that years or things of one text are compared, which seldom state the same figure.
    """
    if not all(sides):
        return []
    apart = [list(chosen) for chosen in product(*sides) if _differ(chosen)]
    return max(apart, key=lambda chosen: _together(chosen) + (_inside(chosen) if within else 0), default=[])


def _inside(chosen: Sequence[Evidence]) -> float:
    """What it is worth that the sides stand in one list, and that they state figures of their own."""
    first = chosen[0]
    listed = all(e.figure and _row(e) == _row(first) for e in chosen)
    return _OTHER * _unlike(chosen) + _LISTED * listed


def _row(e: Evidence) -> tuple[str, int, int]:
    return e.reading.document.id, e.unit.start, e.unit.end


def _unlike(chosen: Sequence[Evidence]) -> bool:
    """Whether the sides state different figures."""
    return len({(e.figure.value, e.figure.value_max) if e.figure else None for e in chosen}) == len(chosen)


def _differ(chosen: Sequence[Evidence]) -> bool:
    """Whether each side rests on words of its own."""
    return len({(e.reading.document.id, e.span, e.unit.start) for e in chosen}) == len(chosen)


def _together(chosen: Sequence[Evidence]) -> float:
    return sum(e.score for e in chosen) + _ALIKE * _likeness(chosen)


def _likeness(chosen: Sequence[Evidence]) -> float:
    """How alike the first evidence is to the others: shared words of the figures' parts, same sort of figure."""
    first, rest = chosen[0], chosen[1:]
    return sum(_shared(first, e) - (sort(first) != sort(e)) for e in rest) / max(1, len(rest))


def _shared(a: Evidence, b: Evidence) -> float:
    one, two = _words(a), _words(b)
    return len(one & two) / max(1, min(len(one), len(two)))


def _words(e: Evidence) -> set[str]:
    """The words just before and after the figure, or those of the clause."""
    if e.figure is None or e.unit.row:
        return {word for word in e.unit.own.bares if not word[0].isdigit()}
    at = e.figure.start
    return {
        w.bare for w in e.unit.words if e.part[0] <= w.start < e.part[1] and abs(w.start - at) < _NEAR and w.start != at
    }


def sort(e: Evidence) -> str:
    """What sort of thing the evidence states: a share, an amount of money, a number, or a clause without one."""
    if e.figure is None:
        return "clause"
    if e.figure.money:
        return "money"
    text = e.reading.document.text[e.unit.start : e.unit.end]
    if e.figure.percent or (e.unit.row and "%" in text):
        each = _EACH.search(e.reading.document.text, *e.span)
        return f"percent {each.group(1).lower()}" if each else "percent"
    return "count"


def restated(e: Evidence) -> bool:
    """Whether the figure stands in brackets after the one that it says in other words: "8,4%/năm (0,70%/tháng)"."""
    return e.figure is not None and bool(_RESTATED.search(e.reading.document.text[max(0, e.span[0] - 20) : e.span[0]]))


def difference(first: Side, second: Side) -> str:
    """The outcome in words, "" when the two figures cannot be compared."""
    a, b = first.evidence.figure, second.evidence.figure
    if a is None or b is None or sort(first.evidence) != sort(second.evidence):
        return ""
    share = sort(first.evidence).startswith("percent")
    if not share and (a.unit != b.unit or not (a.unit or _alike_counted(first, second))):
        return ""
    if (a.value, a.value_max, a.comparator) == (b.value, b.value_max, b.comparator):
        return "same"
    if a.value == b.value or a.value_max or b.value_max:
        return ""
    gap = abs(a.value - b.value)
    unit = "điểm phần trăm" if share else a.unit or _unit(first, second)
    more, less = ("dài hơn", "ngắn hơn") if _LASTING.fullmatch(unit) else ("cao hơn", "thấp hơn")
    word = more if a.value > b.value else less
    return f"{first.label} {word} {second.label} {_number(gap)} {unit}".strip()


def _alike_counted(first: Side, second: Side) -> bool:
    """Whether the same word stands after both figures, or none does."""
    return _after(first.evidence).lower() == _after(second.evidence).lower()


def _unit(first: Side, second: Side) -> str:
    """The word after both figures, "" where it differs."""
    one, other = _after(first.evidence), _after(second.evidence)
    return one if one.lower() == other.lower() else ""


def _after(e: Evidence) -> str:
    """The word after the figure: what it counts."""
    found = _WORD.match(e.reading.document.text, e.span[1])
    if e.unit.row:
        return measure(e.reading.document.text, e.unit, e.figure) if e.figure else ""
    return found.group(1) if found else ""


_EACH = re.compile(r"%\s*/\s*(năm|tháng|quý|ngày)", re.IGNORECASE)
"""The time that a rate is for: what is paid by the year is not compared with what is paid by the month."""
_LASTING = re.compile(r"ngày(?: làm việc)?|tháng|năm|giờ|phút|tuần", re.IGNORECASE)
_RESTATED = re.compile(r"\d\s*%(?:\s*/\s*\w+)?\s*\(\s*$")
_AGREE = 0.5
"""The share of words around two figures from which they count the same in other words."""
_WORD = re.compile(r"\s+([^\W\d_]{2,})")


def _number(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped
