"""The check of each claim against its quotes: figures, units, comparators, years, negation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answers.answer import Claim
from assistant.answers.figures import figures, stated_numbers, years
from assistant.watch.call import stage
from corpus.document import Citation

__all__ = ["check", "problem"]

_NOT = re.compile(r"(?<!\w)(?:không|chưa|chẳng|chấm dứt|bãi bỏ|nghiêm cấm|cấm)(?!\w)", re.IGNORECASE)
_NOT_COMPARED = re.compile(r"không (?:quá|dưới|thấp hơn|ít hơn|vượt|dùng tiền mặt|gian|chỉ|trùng)", re.IGNORECASE)


@stage("verify")
def check(claim: Claim, citations: Sequence[Citation], known: str = "") -> Claim:
    """`claim` with the outcome of its check; `known` is text whose numbers may be repeated (question, naming)."""
    quotes = [citations[i].quote for i in claim.citations]
    found = problem(claim.text, quotes, known)
    return claim.model_copy(update={"verified": not found, "problem": found})


def problem(text: str, quotes: Sequence[str], known: str = "") -> str:
    """What `text` says that `quotes` do not carry, as a Vietnamese phrase; "" when they carry all of it."""
    if not quotes:
        return "không có trích dẫn"
    allowed = stated_numbers(known) | {n for q in quotes for n in stated_numbers(q)}
    extra = sorted(n for n in stated_numbers(text) if n not in allowed and not _is_difference(n, quotes, text))
    if extra:
        return f"số {extra[0]:g} không có trong trích dẫn"
    wrong = _comparators(text, quotes)
    if wrong:
        return wrong
    strange = (
        years(text) - {y for q in [*quotes, known] for y in years(q)} - {int(n) for n in allowed if n.is_integer()}
    )
    if strange:
        return f"năm {min(strange)} không có trong trích dẫn"
    return _negation(text, quotes)


def _is_difference(number: float, quotes: Sequence[str], text: str) -> bool:
    """Whether `number` is said to be the distance of two quoted figures and is."""
    if not re.search(r"(?:hơn|kém|chênh|cách|tăng|giảm)", text):
        return False
    values = {f.value for q in quotes for f in figures(q)}
    return any(abs(abs(a - b) - number) < 1e-9 for a in values for b in values)


def _comparators(text: str, quotes: Sequence[str]) -> str:
    """A figure of `text` that the quotes state only with another comparator or unit."""
    stated: dict[float, set[tuple[str, str]]] = {}
    for quote in quotes:
        for f in figures(quote):
            stated.setdefault(f.value, set()).add((f.unit, f.comparator))
    for f in figures(text):
        forms = stated.get(f.value)
        if forms and f.unit and not any(f.unit == unit or not unit for unit, _ in forms):
            return f"đơn vị của {text[f.start : f.end]} khác trích dẫn"
        if forms and f.comparator not in {sign for _, sign in forms} and f.comparator != "=":
            return f"so sánh của {text[f.start : f.end]} khác trích dẫn"
    return ""


def _negation(text: str, quotes: Iterable[str]) -> str:
    """A negation of `text` that no quote has."""
    if not _NOT.search(_NOT_COMPARED.sub("", text)):
        return ""
    if text.startswith("Không") or any(_NOT.search(q) for q in quotes):
        return ""
    return "phủ định không có trong trích dẫn"
