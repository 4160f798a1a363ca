"""Quantifier words that stand for a number in a goal: hầu hết, tất cả, đa số, toàn bộ."""

from __future__ import annotations

from assistant.targets.figure import Figure
from assistant.targets.folding import alternation, rule

__all__ = ["quantifiers"]

QUANTIFIERS = ("hầu hết", "tất cả", "đa số", "đại đa số", "phần lớn", "toàn bộ", "đại bộ phận", "hầu như tất cả")
_WORD = rule(rf"(?<!\w){alternation(QUANTIFIERS)}(?!\w)(?!\s(?:là|mọi mặt|về|nhằm))")
_TOGETHER = rule(r"(?:của|trong|cho|trên|với|lên|tới|đến|ở|qua|về|bao gồm|từ)\s$")


def quantifiers(text: str, start: int, end: int) -> list[Figure]:
    """The quantifiers of the folded `text[start:end]` as figures without a value."""
    return [
        Figure(m.start(), m.start(), m.end(), "word", None, None, None, qualitative=m.group(), after=m.end())
        for m in _WORD.finditer(text, start, end)
        if not _TOGETHER.search(text, max(start, m.start() - 12), m.start())
    ]
