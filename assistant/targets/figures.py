"""Figures in a text: numerals and ranges with unit and comparator. Whether they are targets is decided later."""

from __future__ import annotations

from dataclasses import replace

from assistant.targets.exclusions import named_number
from assistant.targets.figure import Figure, bounded
from assistant.targets.folding import rule
from assistant.targets.forms import forms
from assistant.targets.numerals import DIGITS, number
from assistant.targets.units import Unit, unit_after

__all__ = ["figures", "per_year"]

_JOIN = r"\s?(?:-|đến|tới)\s?"
_NUMERAL = rule(
    rf"(?<![\w/.,])(?<!\w-)(?<!\w- )(?P<low>{DIGITS})(?P<first>\s?%|\s(?:tỷ|triệu|nghìn|mw|"
    rf"usd|kwh|tấn|ha|người)(?: đồng| usd| kwh| tấn| người)?(?=\s?(?:-|đến|tới)\s?\d))?"
    rf"(?:{_JOIN}(?P<high>{DIGITS}))?(?![\d])"
)
_YEARLY = rule(r"(?:mỗi năm|hằng năm|hàng năm)(?:\s(?!đến)[^\W\d]+){0,7}\s?$")
_BARE = rule(
    r"(?:(?<!\w)(?:số|chỉ số|hệ số|hdi|gini|icor|điểm số|điểm|tỷ số|mức sinh|tổng tỷ suất sinh)(?!\w)(?:[^,;.:]|"
    r"\d[.,]\d){0,140}\s(?:đạt|là|còn|ở mức|xuống|lên|duy trì|giảm còn|trên|dưới|khoảng|tối thiểu|"
    r"ít nhất|không quá|không dưới)"
    r"(?:\s(?:từ|mức|khoảng|trên|dưới|tối thiểu|ít nhất|là|còn|xuống|đến|không quá|bình quân|hơn))*\s)$"
)
_BARE_END = rule(r"\s*(?:[,;.)]|$|(?:vào|đến|trong|năm|trở lên|và|so với)(?!\w))")
_MOVES = rule(r"(?:mỗi|hằng|hàng) năm[^,;]*(?:tăng|giảm)")
_EACH_YEAR = rule(r"^\W*(?:hằng|hàng|mỗi) năm,?\s[^\d]*(?:tăng|giảm)[^\d]*$")
_PEOPLE = rule(
    r"(?<!\w)mỗi\s(?P<noun>(?:trường|xã|phường|huyện|tỉnh|thôn|lớp|cơ sở|đơn vị|địa phương|"
    r"hộ|ngành|doanh nghiệp|trạm|quý|tháng))(?:[^,;.]{0,40})$"
)
_FAR = 240


def figures(text: str, start: int, end: int) -> list[Figure]:
    """The figures of the folded `text[start:end]`, in order, without overlaps."""
    found = _numerals(text, start, end)
    for extra in forms(text, start, end):
        clash = [f for f in found if f.start < extra.end and extra.start < f.end]
        if not clash:
            found.append(extra)
        elif extra.kind == "multiple" and all(f.kind in ("scale", "count", "time") for f in clash):
            found = [f for f in found if f not in clash] + [extra]
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
            if _BARE.search(text[max(start, m.start() - _FAR) : m.start()]) and _BARE_END.match(text, m.end(), end):
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
    return bounded(text, figure, start, end)


def per_year(text: str, figure: Figure, start: int) -> Figure:
    """`figure` with its unit per year or per holder where the words before it say so (`mỗi năm ... 05 bộ`)."""
    before = text[max(start, figure.start - _FAR) : figure.start]
    yearly = (_YEARLY.search(before) and (figure.kind != "percent" or _MOVES.search(before))) or (
        _EACH_YEAR.match(before) and figure.kind == "percent"
    )
    if figure.unit and "/" not in figure.unit and yearly and figure.kind in ("percent", "money", "count", "measure"):
        return replace(figure, unit=f"{figure.unit}/năm")
    holder = _PEOPLE.search(before)
    if figure.kind == "count" and figure.unit and holder and "/" not in figure.unit:
        return replace(figure, unit=f"{figure.unit}/{holder.group('noun')}")
    return figure
