"""Figures that are not plain numerals: `gấp 2 lần`, `1/2`, `một nửa`, `không còn`, numbers in words."""

from __future__ import annotations

from assistant.targets.figure import Figure, bounded
from assistant.targets.folding import rule
from assistant.targets.numerals import DIGITS, WORDS, number, spelled
from assistant.targets.units import unit_after

__all__ = ["forms"]

_JOIN = r"\s?(?:-|đến|tới)\s?"
_FRACTION = rule(r"(?<![\w/.,-])(?P<low>1/2|1/3|2/3|1/4|3/4|1/5|2/5|3/5|4/5|1/10)(?![\d/])")
_SPELLED_PERCENT = rule(rf"(?<!\w)(?P<low>{WORDS})\s(?=phần trăm)")
_SPELLED_COUNT = rule(
    rf"(?:tối thiểu|ít nhất|tối đa|không quá|không dưới|trên|hơn|khoảng)\s(?:có\s|đạt\s)?(?P<low>{WORDS})(?=\s)"
)
_HALF = rule(r"(?<!\w)(?P<low>một nửa|phân nửa|(?:một|hai|ba|bốn) phần (?:hai|ba|tư|bốn|năm|mười))(?!\w)")
_TIMES = rule(
    rf"(?<!\w)(?:(?P<lead>gấp(?: lên)?|tăng(?: lên)?(?: gấp)?|bằng|đạt(?: từ)?|còn|xuống|xuống còn|"
    rf"giảm(?: đi| còn)?|từ|cao hơn|cao gấp|thấp hơn)\s)(?P<about>[^\W\d]+\s){{0,3}}?(?P<low>đôi|"
    rf"ba(?= lần)|{DIGITS}|{WORDS})(?:{_JOIN}(?P<high>{DIGITS}))?(?P<lần>\slần)?(?!\w)"
)
_PARTS = {"một nửa": 0.5, "phân nửa": 0.5, "hai": 0.5, "ba": 1 / 3, "tư": 0.25, "bốn": 0.25, "năm": 0.2, "mười": 0.1}
_ZERO = rule(r"(?<!\w)không còn\s(?!là|phù hợp|hiệu lực|được|giá trị|thuộc)(?=[^\W\d])")
_AGAIN = rule(rf"(?:và|,)\s(?P<low>{DIGITS})(?:{_JOIN}(?P<high>{DIGITS}))?\slần(?!\w)")
_COUNTABLE = ("count", "money", "measure", "ratio")


def forms(text: str, start: int, end: int) -> list[Figure]:
    """The figures of other forms in the folded `text[start:end]`; some may overlap plain numerals."""
    found = _multiples(text, start, end)
    if text.find("/", start, end) >= 0:
        found += _fractions(text, start, end)
    if text.find("phần", start, end) >= 0 or text.find("nửa", start, end) >= 0:
        found += [*_parts(text, start, end), *_spelled_percents(text, start, end)]
    if text.find("không còn", start, end) >= 0:
        found += _zeros(text, start, end)
    return found + _spelled_counts(text, start, end)


def _plain(text: str, span: tuple[int, int], kind: str, value: float | None, sentence: tuple[int, int]) -> Figure:
    """A figure of `span` in the unit "lần", compared."""
    return bounded(text, Figure(span[0], span[0], span[1], kind, value, None, "lần"), *sentence)


def _fractions(text: str, start: int, end: int) -> list[Figure]:
    matches = _FRACTION.finditer(text, start, end)
    return [_plain(text, m.span(), "fraction", number(m.group()), (start, end)) for m in matches]


def _parts(text: str, start: int, end: int) -> list[Figure]:
    matches = _HALF.finditer(text, start, end)
    return [_plain(text, m.span(), "fraction", _part(m.group()), (start, end)) for m in matches]


def _part(words: str) -> float:
    """The value of a fraction in words ("một nửa", "hai phần ba")."""
    whole = _PARTS.get(words)
    if whole is not None:
        return whole
    above, _, below = words.split(" ")
    return round(spelled(above) * _PARTS[below], 4)


def _zeros(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _ZERO.finditer(text, start, end):
        at = m.end() - 1
        unit = unit_after(text, at)
        counted = unit.text if unit and unit.kind == "count" else None
        found.append(Figure(m.start(), m.start(), at, "zero", 0.0, None, counted, after=at))
    return found


def _multiples(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _TIMES.finditer(text, start, end):
        lead, low = m.group("lead"), m.group("low")
        if not (m.group("lần") or "gấp" in lead) or (low == "đôi" and "gấp" not in lead):
            continue
        value = 2.0 if low == "đôi" else number(low) if low[0].isdigit() else spelled(low)
        high = number(m.group("high")) if m.group("high") else None
        figure = Figure(m.start("low"), m.start("low"), m.end(), "multiple", value, high, "lần")
        found.append(bounded(text, figure, start, end))
    for m in _AGAIN.finditer(text, found[0].end, end) if found else ():
        high = number(m.group("high")) if m.group("high") else None
        figure = Figure(m.start("low"), m.start("low"), m.end(), "multiple", number(m.group("low")), high, "lần")
        found.append(bounded(text, figure, start, end))
    return found


def _spelled_percents(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _SPELLED_PERCENT.finditer(text, start, end):
        unit = unit_after(text, m.end("low"))
        if unit and unit.end <= end:
            value = spelled(m.group("low"))
            figure = Figure(m.start(), m.start(), unit.end, unit.kind, value, None, unit.text, after=m.end("low"))
            found.append(bounded(text, figure, start, end))
    return found


def _spelled_counts(text: str, start: int, end: int) -> list[Figure]:
    found = []
    for m in _SPELLED_COUNT.finditer(text, start, end):
        at, after = m.span("low")
        unit = unit_after(text, after)
        # "trên một đơn vị diện tích", "hơn một năm": not a number of things.
        named = m.group().startswith("trên một") or text.startswith(" năm", after)
        if unit and unit.kind in _COUNTABLE and unit.end <= end and not named:
            figure = Figure(at, at, unit.end, unit.kind, spelled(m.group("low")), None, unit.text, after=after)
            found.append(bounded(text, figure, start, end))
    return found
