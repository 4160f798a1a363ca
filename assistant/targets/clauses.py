"""Sentences, clauses and the part of a clause that belongs to each figure, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.targets.figure import Figure
from assistant.targets.folding import rule
from assistant.targets.words import CONNECTORS, HEADS, VERBS

__all__ = ["chunks", "sentences"]

_STOP = rule(r"[;…]+|\.{2,}|[.!?](?=\s|$|[/\"”’)\]])|/\.|\n")
_SHORT = rule(r"(?:\b(?:tp|tx|ths|pgs|gs|v\.v))\.$")
_SEPARATOR = rule(r",|;|:|\(|\)|(?<!\w)(?:và|với|đồng thời|trong đó|còn|nhưng|hoặc|hay)(?!\w)| - ")
_EMPTY = rule(
    rf"^\W*(?:(?:{CONNECTORS}|{VERBS}|năm \d{{4}}|(?:đến|vào|tới|trước|hết|cuối) (?:hết )?(?:năm )?\d{{4}}|"
    rf"giai đoạn \d{{4}}\s?-\s?\d{{4}}|bình quân|trung bình|tỷ lệ|mức|khoảng|từ|hằng năm|hàng năm|"
    rf"mỗi năm|các|số)\W*)*$"
)
_HEAD = rule(rf"^\W*(?:(?:{CONNECTORS})\W+)*(?:{HEADS})(?!\w)")
_ENUMERATION = rule(r"(?<!\w)(?:và|,)")
_LONGEST = 2400


def sentences(folded: str, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The sentences and `;`-clauses of a paragraph as (start, end, what ended it); brackets are not cut."""
    at = start
    for m in _STOP.finditer(folded, start, end):
        stop = m.start()
        if stop < at:
            continue
        if m.group() == ".":
            if _SHORT.search(folded, max(at, stop - 6), stop + 1) and folded[stop + 1 : stop + 3].strip() != "":
                continue
            following = text[m.end() : m.end() + 3].lstrip()
            if following and following[0].islower():
                continue
        if m.group() == "\n":
            continue
        if _open_bracket(folded, at, stop):
            continue
        yield from _pieces(folded, at, stop, m.group()[0])
        at = m.end()
    yield from _pieces(folded, at, end, "")


def _pieces(folded: str, start: int, stop: int, mark: str) -> Iterator[tuple[int, int, str]]:
    """The sentence in pieces that the rules read in bounded time; almost always one."""
    while stop - start > _LONGEST:
        cut = max(folded.rfind(", ", start, start + _LONGEST), folded.rfind(" ", start, start + _LONGEST) - 200)
        cut = cut if cut > start else start + _LONGEST
        if folded[start:cut].strip():
            yield start, cut, ","
        start = cut
    if folded[start:stop].strip():
        yield start, stop, mark


def _open_bracket(folded: str, start: int, stop: int) -> bool:
    opened = folded.rfind("(", start, stop)
    if opened < 0 or folded.rfind(")", start, stop) > opened or stop - opened > 400:
        return False
    closed = folded.find(")", stop, stop + 400)
    return closed >= 0 and folded.find("(", stop, closed) < 0


def chunks(folded: str, start: int, end: int, figures: list[Figure]) -> list[tuple[int, int]]:
    """For each of `figures` (in order) the part of the clause `[start:end]` that states it."""
    cuts = [start]
    for one, two in pairwise(figures):
        cuts.append(_cut(folded, one, two))
    cuts.append(end)
    return [(a, _closed(folded, a, b, f)) for a, b, f in zip(cuts, cuts[1:], figures, strict=False)]


def _closed(folded: str, start: int, end: int, figure: Figure) -> int:
    """The end of a chunk that opens with a bracket: where the bracket closes after its figure."""
    if folded[start : start + 1] != "(":
        return end
    close = folded.find(")", figure.end, end)
    return close if close >= 0 else end


def _cut(folded: str, one: Figure, two: Figure) -> int:
    """Where the words of figure `two` begin, after figure `one`; `one.end` when nothing separates them."""
    gap = [m for m in _SEPARATOR.finditer(folded, one.end, two.start)]
    if not gap:
        return one.end
    bracket = _bracket(folded, one.end, two.start)
    if bracket is not None:
        return bracket
    for m in reversed(gap):
        if _EMPTY.match(folded[m.end() : two.start]):
            return _leftmost(gap, _named(gap, m, folded), folded)
    for m in gap:
        if _HEAD.match(folded[m.start() : two.start]) or _HEAD.match(folded[m.end() : two.start]):
            return m.start()
    closed = [m for m in gap if m.group() == ")"]
    if closed and one.end <= closed[0].start():
        later = [m for m in gap if m.start() >= closed[0].start()]
        return later[1].start() if len(later) > 1 else later[0].end()
    commas = [m for m in gap if m.group() in ",:"]
    if commas:
        return (commas[0] if _short(folded, one) else commas[-1]).start()
    return gap[-1].start() if not _short(folded, one) else gap[0].start()


def _named(gap: list[re.Match[str]], m: re.Match[str], folded: str) -> re.Match[str]:
    """The separator before the name that a colon follows ("..., Viettel: 33 trạm"), else `m` itself."""
    at = gap.index(m)
    if m.group() == ":" and at and folded[gap[at - 1].end() : m.start()].strip():
        return gap[at - 1]
    return m


def _leftmost(gap: list[re.Match[str]], m: re.Match[str], folded: str) -> int:
    """The start of a run of separators ("; và", ", trong đó") that ends with `m`."""
    at = gap.index(m)
    while at and not folded[gap[at - 1].end() : gap[at].start()].strip():
        at -= 1
    return gap[at].start()


def _short(folded: str, figure: Figure) -> bool:
    """Whether the figure closes its statement: nothing but a comma or a bracket follows it."""
    return folded[figure.end : figure.end + 2].lstrip()[:1] in (",", "(", ":", "")


def _bracket(folded: str, start: int, end: int) -> int | None:
    opened = folded.rfind("(", start, end)
    return opened if opened >= 0 and folded.find(")", opened, end) < 0 else None
