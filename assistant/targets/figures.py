"""Figures in a text: a numeral or a range with its unit and comparator. Whether it is a target is decided later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.targets.comparators import comparator_after, comparator_before
from assistant.targets.exclusions import named_number
from assistant.targets.folding import rule
from assistant.targets.numerals import DIGITS, WORDS, number, spelled
from assistant.targets.target import Comparator
from assistant.targets.units import Unit, unit_after

__all__ = ["Figure", "figures", "per_year"]

_JOIN = r"\s?(?:-|đến|tới)\s?"
_NUMERAL = rule(
    rf"(?<![\w/.,])(?<!\w-)(?<!\w- )(?P<low>{DIGITS})(?P<first>\s?%|\s(?:tỷ|triệu|nghìn|mw|"
    rf"usd|kwh|tấn|ha|người)(?: đồng| usd| kwh| tấn| người)?(?=\s?(?:-|đến|tới)\s?\d))?"
    rf"(?:{_JOIN}(?P<high>{DIGITS}))?(?![\d])"
)
_FRACTION = rule(r"(?<![\w/.,-])(?P<low>1/2|1/3|2/3|1/4|3/4|1/5|2/5|3/5|4/5|1/10)(?![\d/])")
_SPELLED_PERCENT = rule(rf"(?<!\w)(?P<low>{WORDS})\s(?=phần trăm)")
_SPELLED_COUNT = rule(
    rf"(?:tối thiểu|ít nhất|tối đa|không quá|không dưới|trên|hơn|khoảng)\s(?:có\s|đạt\s)?(?P<low>{WORDS})(?=\s)"
)
_PER_ONE = rule(r"trên một$")
_HALF = rule(r"(?<!\w)(?P<low>một nửa|phân nửa|(?:một|hai|ba|bốn) phần (?:hai|ba|tư|bốn|năm|mười))(?!\w)")
_TIMES = rule(
    rf"(?<!\w)(?:(?P<lead>gấp(?: lên)?|tăng(?: lên)?(?: gấp)?|bằng|đạt(?: từ)?|còn|xuống|xuống còn|"
    rf"giảm(?: đi| còn)?|từ|cao hơn|cao gấp|thấp hơn)\s)(?P<about>[^\W\d]+\s){{0,3}}?(?P<low>đôi|"
    rf"ba(?= lần)|{DIGITS}|{WORDS})(?:{_JOIN}(?P<high>{DIGITS}))?(?P<lần>\slần)?(?!\w)"
)
_PARTS = {"một nửa": 0.5, "phân nửa": 0.5, "hai": 0.5, "ba": 1 / 3, "tư": 0.25, "bốn": 0.25, "năm": 0.2, "mười": 0.1}
_YEARLY = rule(r"(?:mỗi năm|hằng năm|hàng năm)(?:\s(?!đến)[^\W\d]+){0,7}\s?$")
_CHANGES = rule(r"[^,;.]{0,60}?(?<!trở )(?:xuống|lên|đến|còn)(?!\w)")
_BARE = rule(
    r"(?:(?<!\w)(?:số|chỉ số|hệ số|hdi|gini|icor|điểm số|điểm|tỷ số|mức sinh|tổng tỷ suất sinh)(?!\w)(?:[^,;.:]|"
    r"\d[.,]\d){0,140}\s(?:đạt|là|còn|ở mức|xuống|lên|duy trì|giảm còn|trên|dưới|khoảng|tối thiểu|"
    r"ít nhất|không quá|không dưới)"
    r"(?:\s(?:từ|mức|khoảng|trên|dưới|tối thiểu|ít nhất|là|còn|xuống|đến|không quá|bình quân|hơn))*\s)$"
)
_BARE_END = rule(r"\s*(?:[,;.)]|$|(?:vào|đến|trong|năm|trở lên|và|so với)(?!\w))")
_ZERO = rule(r"(?<!\w)không còn\s(?!là|phù hợp|hiệu lực|được|giá trị|thuộc)(?=[^\W\d])")
_EACH_YEAR = rule(r"^\W*(?:hằng|hàng|mỗi) năm,?\s[^\d]*(?:tăng|giảm)[^\d]*$")
_PEOPLE = rule(
    r"(?<!\w)mỗi\s(?P<noun>(?:trường|xã|phường|huyện|tỉnh|thôn|lớp|cơ sở|đơn vị|địa phương|"
    r"hộ|ngành|doanh nghiệp|trạm|quý|tháng))(?:[^,;.]{0,40})$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `[start:end]` of the folded text; `start` is its comparator's, `digits` where the number starts.

    `kind` is percent, money, measure, ratio, count, time, scale, rank, multiple, fraction, zero or word (a
    quantifier). `stated` says that a comparator is written; `weak` that no known unit follows.
    """

    start: int
    digits: int
    end: int
    kind: str
    value: float | None
    value_max: float | None
    unit: str | None
    comparator: Comparator = "="
    stated: bool = False
    qualitative: str | None = None
    after: int = -1

    @property
    def noun(self) -> int:
        """Where the words after the numeral start: after the unit of a percentage, before that of a count."""
        return self.after if self.after >= 0 and self.kind in ("count", "word", "zero") else self.end


def figures(text: str, start: int, end: int) -> list[Figure]:
    """The figures of the folded `text[start:end]`, in order, without overlaps."""
    found = _numerals(text, start, end)
    taken = [(f.start, f.end) for f in found]
    for extra in (*_multiples(text, start, end), *_fractions(text, start, end), *_in_words(text, start, end)):
        clash = [f for f in found if f.start < extra.end and extra.start < f.end]
        if not clash:
            found.append(extra)
        elif extra.kind == "multiple" and all(f.kind in ("scale", "count", "bare", "time") for f in clash):
            found = [f for f in found if f not in clash] + [extra]
    del taken
    return sorted(found, key=lambda f: f.digits)


def _numerals(text: str, start: int, end: int) -> list[Figure]:
    found: list[Figure] = []
    at = start
    while m := _NUMERAL.search(text, at, end):
        at = m.end()
        low, high = m.group("low"), m.group("high")
        stop = m.end()
        if high is None:
            stop = m.end("low")
        unit = unit_after(text, stop)
        if unit is None and high is not None:
            unit = unit_after(text, m.end("low"))
            if unit and not (m.group("first") or "").strip():
                high, stop = None, m.end("low")
        if unit is None:
            at = max(m.end("low"), m.start() + 1)
            if _BARE.search(text[start : m.start()]) and _BARE_END.match(text, m.end(), end):
                found.append(_figure(text, m.start(), low, high, Unit("", "ratio", m.end()), start, end))
                at = m.end()
            continue
        if unit.end > end or named_number(text, m.start(), unit):
            at = max(stop, m.start() + 1)
            continue
        figure = replace(_figure(text, m.start(), low, high, unit, start, end), after=stop)
        found.append(figure)
        at = max(unit.end, at)
    return found


def _figure(text: str, at: int, low: str, high: str | None, unit: Unit, start: int, end: int) -> Figure:
    value, value_max = number(low), number(high) if high else None
    if value_max is not None and value_max <= value:
        value_max = None
    figure = Figure(at, at, unit.end, unit.kind, value, value_max, unit.text or None)
    return _compared(text, figure, start, end)


def _compared(text: str, figure: Figure, start: int, end: int) -> Figure:
    before = comparator_before(text, figure.digits)
    if before and before[1] >= start:
        figure = replace(figure, comparator=before[0], start=before[1], stated=True)
    after = comparator_after(text, figure.end, end)
    lead = text[max(start, figure.start - 4) : figure.start]
    if after and not text[figure.end : after[1]].count(","):
        figure = replace(figure, comparator=after[0], stated=True)
    elif (
        not figure.stated
        and figure.value_max is None
        and lead == " từ "
        and not _CHANGES.match(text, figure.end)
        and figure.kind in ("count", "percent")
    ):
        figure = replace(figure, comparator=">=", start=figure.start - 3, stated=True)
    return figure


def _fractions(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _FRACTION.finditer(text, start, end):
        found.append(
            _compared(
                text, Figure(m.start(), m.start(), m.end(), "fraction", number(m.group()), None, "lần"), start, end
            )
        )
    for m in _ZERO.finditer(text, start, end):
        unit = unit_after(text, m.end() - 1)
        counted = unit.text if unit and unit.kind == "count" else None
        found.append(Figure(m.start(), m.start(), m.end() - 1, "zero", 0.0, None, counted, after=m.end() - 1))
    for m in _HALF.finditer(text, start, end):
        part = _part(m.group())
        found.append(_compared(text, Figure(m.start(), m.start(), m.end(), "fraction", part, None, "lần"), start, end))
    return found


def _part(words: str) -> float:
    """The value of a fraction in words ("một nửa", "hai phần ba")."""
    whole = _PARTS.get(words)
    if whole is not None:
        return whole
    above, _, below = words.split(" ")
    return round(spelled(above) * _PARTS[below], 4)


def _multiples(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _TIMES.finditer(text, start, end):
        low = m.group("low")
        if not m.group("lần") and not (
            low == "đôi" or (m.group("lead") or "").startswith("gấp") or "gấp" in m.group("lead")
        ):
            continue
        if low == "đôi" and "gấp" not in m.group("lead"):
            continue
        value = 2.0 if low == "đôi" else number(low) if low[0].isdigit() else spelled(low)
        high = number(m.group("high")) if m.group("high") else None
        figure = Figure(m.start("low"), m.start("low"), m.end(), "multiple", value, high, "lần")
        found.append(_compared(text, figure, start, end))
    return found


def _in_words(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _SPELLED_PERCENT.finditer(text, start, end):
        unit = unit_after(text, m.end("low"))
        if unit and unit.end <= end:
            found.append(
                _compared(
                    text,
                    Figure(m.start(), m.start(), unit.end, unit.kind, spelled(m.group("low")), None, unit.text),
                    start,
                    end,
                )
            )
    for m in _SPELLED_COUNT.finditer(text, start, end):
        unit = unit_after(text, m.end("low"))
        if (
            unit
            and unit.kind in ("count", "money", "measure", "ratio")
            and unit.end <= end
            and text[m.end("low") : m.end("low") + 4] != " năm"
            and not m.group().startswith("trên một")
        ):
            at = m.start("low")
            found.append(
                _compared(
                    text, Figure(at, at, unit.end, unit.kind, spelled(m.group("low")), None, unit.text), start, end
                )
            )
    return found


def per_year(text: str, figure: Figure, start: int) -> Figure:
    """`figure` with its unit per year or per holder where the words before it say so (`mỗi năm ... 05 bộ`)."""
    before = text[start : figure.start]
    yearly = _YEARLY.search(before) or (_EACH_YEAR.match(before) and figure.kind == "percent")
    if figure.unit and "/" not in figure.unit and yearly and figure.kind in ("percent", "money", "count", "measure"):
        return replace(figure, unit=f"{figure.unit}/năm")
    holder = _PEOPLE.search(before)
    if figure.kind == "count" and figure.unit and holder and "/" not in figure.unit:
        return replace(figure, unit=f"{figure.unit}/{holder.group('noun')}")
    return figure
