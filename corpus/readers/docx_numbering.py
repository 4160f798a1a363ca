"""Word's automatic numbers as the text that is printed: "Điều 1.", "a)", "2.1", "-"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.readers.docx_styles import W

__all__ = ["Numbering"]

_BULLET = "-"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]


class Numbering:
    """The lists of one document and how far each has counted; call `label` once for each paragraph, in order."""

    def __init__(self, root: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._met: set[str] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        abstract = {a.get(f"{W}abstractNumId"): _levels(a) for a in root.iterfind(f"{W}abstractNum")}
        links = {
            link.get(f"{W}val"): abstract[a.get(f"{W}abstractNumId")]
            for a in root.iterfind(f"{W}abstractNum")
            if (link := a.find(f"{W}styleLink")) is not None
        }
        for a in root.iterfind(f"{W}abstractNum"):
            link = a.find(f"{W}numStyleLink")
            if link is not None and link.get(f"{W}val") in links:
                abstract[a.get(f"{W}abstractNumId")] = links[link.get(f"{W}val")]
        for number in root.iterfind(f"{W}num"):
            base = number.find(f"{W}abstractNumId")
            key = base.get(f"{W}val") if base is not None else ""
            levels, starts = dict(abstract.get(key, {})), {}
            for override in number.iterfind(f"{W}lvlOverride"):
                depth = _integer(override.get(f"{W}ilvl"), 0)
                start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if level is not None:
                    levels[depth] = _level(level)
                if start is not None:
                    starts[depth] = _integer(start.get(f"{W}val"), 1)
            self._lists[number.get(f"{W}numId") or ""] = _List(key, starts, levels)

    def label(self, number: str, depth: int) -> str:
        """The number printed before the next paragraph of list `number` at level `depth`; "" where none is."""
        chain = self._lists.get(number)
        if chain is None or depth not in chain.levels:
            return ""
        counts = self._counts.setdefault(chain.abstract, {})
        if number not in self._met:
            self._met.add(number)
            for level, start in chain.starts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, chain.levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _printed(chain, counts, depth)


def _printed(chain: _List, counts: dict[int, int], depth: int) -> str:
    level = chain.levels[depth]
    if level.form == "bullet":
        return _BULLET

    def figure(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = chain.levels.get(at)
        if other is None:
            return ""
        form = "decimal" if level.legal else other.form
        return _figure(counts.get(at, other.start), form)

    return re.sub(r"%([1-9])", figure, level.text).strip()


def _levels(abstract: Any) -> dict[int, _Level]:
    return {_integer(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.iterfind(f"{W}lvl")}


def _level(level: Any) -> _Level:
    def value(name: str, default: str) -> str:
        element = level.find(W + name)
        return element.get(f"{W}val", default) if element is not None else default

    legal = level.find(f"{W}isLgl") is not None
    return _Level(_integer(value("start", "1"), 1), value("numFmt", "decimal"), value("lvlText", ""), legal)


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else default


def _figure(n: int, form: str) -> str:
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and n > 0:
        letters = chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 9)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < n < 4000:
        return _roman(n) if form == "upperRoman" else _roman(n).lower()
    if form == "decimalZero":
        return f"{n:02}"
    return str(n)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(n: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        count, n = divmod(n, value)
        out += sign * count
    return out
