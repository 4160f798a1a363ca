"""Paragraphs of a text with their markers: hard-wrapped lines joined, list levels told apart, table rows kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Block", "blocks"]

_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"(?:PHẦN|Phần)\s+(?:thứ\s+)?[\wÀ-ỹ]+\b[.:]?\s*")),
    ("chapter", re.compile(r"(?:CHƯƠNG|Chương)\s+[IVXLC\d]+\b[.:]?\s*")),
    ("annex", re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[IVXLC\d]+)?\b[.:]?\s*(?=$|[A-ZĐÀ-Ỹ(])")),
    ("article", re.compile(r"(?:ĐIỀU|Điều)\s+\d+[a-zđ]?\s*[.:]\s*")),
    ("roman", re.compile(r"[IVX]{1,6}\s*[.)/](?!\d)\s*|(?:MỤC|Mục)\s+[IVX\d]+[.:]?\s*")),
    ("letter", re.compile(r"[A-HĐ]\s*[.)]\s+(?=[A-ZĐÀ-Ỹ])")),
    ("deep", re.compile(r"\d{1,2}(?:\.\d{1,2}){2,3}\.?(?:\s+|(?=[A-ZĐÀ-Ỹ]))")),
    ("second", re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(?=[A-ZĐÀ-Ỹ])|\d{1,2}\.\d{1,2}\.\s*")),
    ("number", re.compile(r"\d{1,3}\s*[.)/](?![\d%])\s*(?=\D)")),
    ("bracket", re.compile(r"\(\d{1,2}\)\s*")),
    ("point", re.compile(r"[a-zđ]{1,2}\s?\d?\s*[.)]\s+|\(?[a-zđ]\)\s*")),
    ("small", re.compile(r"\((?:i{1,3}|iv|vi{0,3}|ix|x)\)\s*")),
    ("dash", re.compile(r"[-–—−]\s*(?=[^\d\s-])|[-–—−]\s+")),
    ("plus", re.compile(r"[+]\s*")),
    ("bullet", re.compile(r"[•*·▪○●◦■□➢✓o]\s+")),
)
_MARKDOWN = re.compile(r"#{1,6}\s+(?:\*\*)?|\*\*(?=\S)")
_HEAVY = ("part", "chapter", "annex", "article", "roman")
_CLOSED = re.compile(r"[.;:!?…/]\W*$")
_OPEN = re.compile(
    r"(?:[,\-–(]|\b(?:và|hoặc|của|các|những|cho|với|về|theo|được|là|tại|từ|đến|trong|để|có|"
    r"số|năm|trên|dưới|đạt|khoảng|tối thiểu|ít nhất))\s*$"
)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph `[start:end]`: `level` names its marker ("" for none), `body` is where the words start."""

    start: int
    end: int
    body: int
    level: str
    row: bool = False


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs and table rows of `text`, in order; blank lines separate and are left out."""
    wrap = _wrap_width(text)
    open_block: Block | None = None
    previous = 0
    for start, end in _lines(text):
        if start == end:
            if open_block:
                yield open_block
            open_block = None
            continue
        row = text[start] == "|" or text.count("|", start, end) >= 2
        level, body = ("", start) if row else _marker(text, start, end)
        if (
            open_block
            and not row
            and not open_block.row
            and _continues(text, open_block, previous, (start, end, level), wrap)
        ):
            open_block = Block(open_block.start, end, open_block.body, open_block.level)
        else:
            if open_block:
                yield open_block
            open_block = Block(start, end, body, level, row)
        previous = end - start
    if open_block:
        yield open_block


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        lead = len(line) - len(line.lstrip())
        yield (at + lead, at + lead + len(stripped)) if stripped else (at, at)
        at += len(line) + 1


def _marker(text: str, start: int, end: int) -> tuple[str, int]:
    if marks := _MARKDOWN.match(text, start, end):
        start = marks.end()
    for level, pattern in _MARKERS:
        m = pattern.match(text, start, end)
        if m:
            return level, m.end()
    return "", start


def _wrap_width(text: str) -> int:
    """The width that the lines of a hard-wrapped text run to, 0 for a text with one paragraph a line."""
    lengths = [len(line) for line in text[:60000].split("\n") if line.strip()]
    if len(lengths) < 4:
        return 0
    widest = sorted(lengths)[-max(1, len(lengths) // 8)]
    near = sum(1 for n in lengths if n >= 0.7 * widest)
    long = sum(1 for n in lengths if n > 170)
    return widest if widest <= 140 and long <= 0.04 * len(lengths) and near >= 0.3 * len(lengths) else 0


def _continues(text: str, block: Block, previous: int, line: tuple[int, int, str], wrap: int) -> bool:
    start, end, level = line
    del end
    if level and not (level == "number" and wrap and not _CLOSED.search(text, max(0, start - 12), start)):
        return False
    tail = text[max(block.start, block.end - 40) : block.end]
    if _CLOSED.search(tail):
        return False
    first = text[start]
    if first.islower():
        return True
    dangling = _OPEN.search(tail) is not None
    if not wrap:
        return dangling and not first.isalpha()
    if dangling or not first.isalpha():
        return True
    return previous >= 0.7 * wrap and not text[block.start : block.end].isupper()
