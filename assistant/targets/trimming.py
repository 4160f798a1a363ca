"""Edges of words and spans: white space, punctuation and brackets that belong to no statement."""

from __future__ import annotations

import re

from assistant.targets.time import When

__all__ = ["clean", "trim", "without_times"]

_SPACES = re.compile(r"\s+")
_OPENERS = ("và ", "đồng thời, ", "đồng thời ", "trong đó, ", "trong đó ", "ngoài ra, ")


def clean(words: str) -> str:
    """`words` on one line, without punctuation at its edges or brackets that do not close."""
    words = _SPACES.sub(" ", words).strip(" ,;:.-–…/")
    if words.startswith("(") and ")" not in words:
        words = words[1:].lstrip()
    if words.endswith(")") and words.count("(") < words.count(")"):
        words = words[:-1].rstrip()
    if words.count("(") > words.count(")"):
        words = (
            words[: words.rfind("(")].rstrip(" ,")
            if words.endswith("(") or words.rfind("(") > len(words) - 3
            else words + ")"
        )
    return words


def trim(folded: str, start: int, end: int) -> tuple[int, int]:
    """`[start:end]` without connectors, punctuation and brackets at its edges; never empty."""
    while start < end and folded[start] in " ,;:-–().•+*":
        start += 1
    for word in _OPENERS:
        if folded.startswith(word, start):
            start += len(word)
    while end > start and folded[end - 1] in " ,;:-–(.…/":
        end -= 1
    if folded[end - 1 : end] == ")" and folded.count("(", start, end) < folded.count(")", start, end):
        end -= 1
    return start, max(end, start + 1)


def without_times(text: str, start: int, stop: int, whens: list[When]) -> str:
    """`text[start:stop]` without the years in it."""
    out, at = [], start
    for when in whens:
        if at <= when.start and when.end <= stop:
            out.append(text[at : when.start].rstrip(" ,("))
            at = when.end
    out.append(text[at:stop])
    return " ".join(out)
