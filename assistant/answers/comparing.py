"""What a comparison compares, and the evidence that each of its sides rests on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answers.actual import is_actual
from assistant.answers.compare import Side, aligned
from assistant.answers.entries import is_draft
from assistant.answers.evidence import Evidence
from assistant.answers.naming import name
from assistant.answers.parting import Rival, rivals
from assistant.answers.question import Kind, Question
from assistant.answers.scope import Scope
from corpus.document import Document

__all__ = ["Comparing", "Finding"]

Finding = Callable[[Kind | None, Scope | None, Question | None], list[Evidence]]
"""Evidence for a kind, documents and a question, each that of the question asked where None; best first."""

_COMPARED = ((Kind.PERCENT, 0.0), (Kind.FIGURE, 0.3), (Kind.TEXT, 0.8))
"""What is compared, with how much better it must fit than what stands before it."""
_RIVALS, _NEARLY, _LEAST, _GAP = 8, 0.15, 0.6, 0.4
"""Evidence that a side of a comparison may rest on: how many, how much worse than the best, the least cover, the
widest gap."""
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|đến)\s*(?:năm\s+)?((?:19|20)\d\d)(?!\d)")


@dataclass
class Comparing:
    """A question that compares, with what finds its evidence."""

    asked: Question
    scope: Scope
    find: Finding

    def sides(self) -> list[Side]:
        """The evidence of each group of documents, or of each of two years, of the kind that fits them all best."""
        found: list[tuple[float, list[Evidence]]] = []
        for kind, less in _COMPARED[1:] if self.asked.counted else _COMPARED:
            ranked = self._by_side(kind)
            within = len(self.scope.groups) < 2
            chosen = aligned([self._rivals(r) for r in ranked], within) if len(ranked) > 1 else []
            if chosen:
                found.append((sum(e.score for e in chosen) - less, chosen))
        if not found:
            return []
        best = max(found, key=lambda f: f[0])[1]
        if len(self.scope.groups) > 1:
            return [Side(_label(e.reading.document), e) for e in best]
        if self._periods:
            return [Side(f"giai đoạn {a}-{b}", e) for (a, b), e in zip(self._periods, best, strict=True)]
        if len(self.asked.years) != 2:
            return [Side(r.label, e) for r, e in zip(self._named, best, strict=True)]
        return [Side(f"năm {year}", e) for year, e in zip(sorted(self.asked.years), best, strict=True)]

    def _by_side(self, kind: Kind) -> list[list[Evidence]]:
        groups = self.scope.groups[:3]
        if len(groups) < 2 and self._periods:
            return [self._of(kind, replace(self.asked, years=set(period))) for period in self._periods]
        if len(groups) < 2 and len(self.asked.years) != 2 and self._named:
            return [self._of(kind, self._without(r)) for r in reversed(self._named)]
        if len(groups) > 1:
            return [self.find(kind, Scope(documents=g, named=self.scope.named), None) for g in groups]
        if len(self.asked.years) == 2:
            return [self._of(kind, replace(self.asked, years={year})) for year in sorted(self.asked.years)]
        return []

    def _of(self, kind: Kind, asked: Question) -> list[Evidence]:
        return self.find(kind, None, asked)

    @cached_property
    def _periods(self) -> list[tuple[int, int]]:
        """The two periods that the question compares, the earlier first; [] where it names another number of them."""
        found = {(int(m.group(1)), int(m.group(2))) for m in _PERIOD.finditer(self.asked.text)}
        return sorted(found) if len(found) == 2 else []

    @cached_property
    def _named(self) -> list[Rival]:
        """The two things that the question compares within one document."""
        return rivals(self.asked)

    def _without(self, other: Rival) -> Question:
        """The question about one of two things, without the words of the other."""
        return replace(self.asked, terms=[t for t in self.asked.terms if t.place not in other.places])

    def _rivals(self, ranked: list[Evidence]) -> list[Evidence]:
        """Those that one side of a comparison may rest on: nearly as good as its best."""
        if self.asked.actual:
            ranked = [e for e in ranked if is_actual(e)]
        fit = [e for e in ranked[:_RIVALS] if e.cover.total >= _LEAST and e.cover.gap <= _GAP]
        return [e for e in fit if e.score >= ranked[0].score - _NEARLY]


def _label(document: Document) -> str:
    return "bản dự thảo" if is_draft(document) else name(document)
