"""Matching extracted targets to annotated ones in a document, and what differs between a pair."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from assistant.targets.target import Target
from corpus.document import Document, Frozen

__all__ = ["ALIKE", "Annotated", "Counts", "Miss", "compared", "word_f1"]

ALIKE = 0.6
"""The word F1 from which two indicators say the same."""

Span = tuple[int, int]


class Annotated(BaseModel):
    """A target annotated by hand; offsets are characters of the raw text, `also_at` its repetitions."""

    model_config = ConfigDict(extra="ignore")

    quote: str
    start: int
    end: int
    indicator: str
    comparator: str = "="
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    qualitative: str | None = None
    deadline: int | str | None = None
    status: str = "target"
    target_class: str = "numeric"
    also_at: list[Span] | None = None
    note: str | None = None

    def accepts(self, alternative: str) -> bool:
        """Whether the annotator's note accepts `alternative` too."""
        _, said, rest = (self.note or "").partition("chấp nhận")
        return bool(said) and alternative in rest


class Counts(Frozen):
    """What one document (or several) adds to the scores; milestones stand apart from `gold` and `predicted`."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    strict: int = 0
    comparator: int = 0
    deadline: int = 0
    status: int = 0
    indicator: int = 0
    milestones: int = 0
    milestones_found: int = 0
    quotes: int = 0
    verbatim: int = 0

    @property
    def f1(self) -> float:
        """F1 of the match; 0 where there is nothing to find or found."""
        return 2 * self.matched / (self.gold + self.predicted) if self.gold + self.predicted else 0.0

    @property
    def strict_f1(self) -> float:
        """F1 of the pairs that agree in comparator, year, status and wording too."""
        return 2 * self.strict / (self.gold + self.predicted) if self.gold + self.predicted else 0.0

    @classmethod
    def sum(cls, parts: Iterable[Self]) -> Self:
        """The counts of several documents together."""
        total: Counter[str] = Counter()
        for part in parts:
            total.update(part.model_dump())
        return cls(**total)


class Miss(Frozen):
    """A target that was missed, invented, not in the text, or different in the fields that `kind` names."""

    document: str
    kind: str
    figure: str
    year: str | None
    quote: str


def compared(
    document: Document, gold: Sequence[Annotated], found: Sequence[Target], ranges: Sequence[Span] | None
) -> tuple[Counts, list[Miss]]:
    """The counts of a document and its list of errors; without `ranges` the whole text was annotated."""
    text = document.text
    covered = list(ranges) if ranges is not None else [(0, len(text) + 1)]
    spans = [(t.citation.start, t.citation.end) for t in found]
    whole = [text[a:b] == t.citation.quote for (a, b), t in zip(spans, found, strict=True)]
    pairs = _paired(gold, found, spans, whole)
    taken = set(pairs.values())
    n: Counter[str] = Counter(quotes=len(found), verbatim=sum(whole))
    misses: list[Miss] = []
    for i, g in enumerate(gold):
        if g.target_class == "milestone":
            n.update(milestones=1, milestones_found=int(i in pairs))
            continue
        n["gold"] += 1
        if i not in pairs:
            misses.append(_miss(document, "bỏ sót", g))
            continue
        agreed = _agreement(g, found[pairs[i]])
        n.update({"matched": 1, "strict": int(all(agreed.values())), **{k: int(v) for k, v in agreed.items()}})
        if not all(agreed.values()):
            differing = ", ".join(k for k, v in agreed.items() if not v)
            misses.append(_miss(document, f"khác ở {differing}", g))
    counted = {j: gold[i].target_class != "milestone" for i, j in pairs.items()}
    n["predicted"] = sum(counted.values())
    for j, target in enumerate(found):
        if j not in taken and (not whole[j] or _extra(gold, target, spans[j], covered)):
            n["predicted"] += 1
            misses.append(_miss(document, "thừa" if whole[j] else "không có trong văn bản", target))
    return Counts(**n), misses


def _paired(
    gold: Sequence[Annotated], found: Sequence[Target], spans: Sequence[Span], whole: Sequence[bool]
) -> dict[int, int]:
    """Annotated target -> prediction, each once, the pairs with the most alike indicators first."""
    candidates = sorted(
        (
            (word_f1(g.indicator, t.indicator), i, j)
            for i, g in enumerate(gold)
            for j, t in enumerate(found)
            if whole[j] and _overlap((g.start, g.end), spans[j]) >= 0.5 and _same_figures(g, t)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in candidates:
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def _extra(gold: Sequence[Annotated], target: Target, span: Span, covered: Sequence[Span]) -> bool:
    """Whether an unmatched prediction is wrong: inside the annotated ranges, no repetition, no milestone."""
    if not any(a <= span[0] < b for a, b in covered) or target.target_class == "milestone":
        return False
    return not any(_overlap(place, span) >= 0.5 and _same_figures(g, target) for g in gold for place in g.also_at or [])


def _agreement(g: Annotated, t: Target) -> dict[str, bool]:
    return {
        "comparator": g.comparator == t.comparator or g.accepts(f'"{t.comparator}"'),
        "deadline": (str(g.deadline)[:4] if g.deadline else None) == (t.deadline[:4] if t.deadline else None),
        "status": g.status == t.status,
        "indicator": word_f1(g.indicator, t.indicator) >= ALIKE,
    }


def _same_figures(g: Annotated, t: Target) -> bool:
    if t.value is None and g.accepts("value=null"):
        return True
    if g.value is None:
        return t.value is None
    if t.value is None or round(g.value, 6) != round(t.value, 6):
        return False
    highs = [None if high is None else round(high, 6) for high in (g.value_max, t.value_max)]
    return highs[0] == highs[1] and _same_unit(_unit(g.unit), _unit(t.unit))


def _same_unit(a: str, b: str) -> bool:
    if a.startswith("%") or b.startswith("%"):
        return a.startswith("%") and b.startswith("%")
    return a in b or b in a


def _unit(name: str | None) -> str:
    folded = " ".join(unicodedata.normalize("NFC", name or "").lower().split())
    return {"phần trăm": "%", "tỉ đồng": "tỷ đồng"}.get(folded, folded)


def _overlap(a: Span, b: Span) -> float:
    """The share of the shorter span that the other one covers."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(both, 0) / max(1, min(a[1] - a[0], b[1] - b[0]))


def word_f1(a: str, b: str) -> float:
    """F1 of the words of two wordings, each word as often as it stands there."""
    one, two = (Counter(re.findall(r"\w+", unicodedata.normalize("NFC", s).lower())) for s in (a, b))
    if not one and not two:
        return 1.0
    same = sum((one & two).values())
    return 2 * same / (sum(one.values()) + sum(two.values()))


def _miss(document: Document, kind: str, record: Annotated | Target) -> Miss:
    bound: Any = "" if record.comparator == "=" else record.comparator
    figure = f"{bound}{record.value:g} {record.unit or ''}" if record.value is not None else record.qualitative or ""
    quote = record.quote if isinstance(record, Annotated) else record.citation.quote
    year = str(record.deadline)[:4] if record.deadline else None
    return Miss(document=document.id, kind=kind, figure=figure.strip(), year=year, quote=quote[:160])
