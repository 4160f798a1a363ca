"""What a comparison compares, and the evidence that each of its sides rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answers.actual import is_actual
from assistant.answers.compare import Side, aligned, restated, sort
from assistant.answers.dated import elliptic
from assistant.answers.entries import is_draft
from assistant.answers.evidence import Evidence
from assistant.answers.figures import years
from assistant.answers.finding import FIGURES
from assistant.answers.naming import name
from assistant.answers.parting import Rival, own_text, rivals
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question
from assistant.answers.scope import Scope
from corpus.document import Document

__all__ = ["Comparing", "Finding"]

Finding = Callable[[Kind | None, Scope | None, Question | None, str | None], list[Evidence]]
"""Evidence for a kind, documents, a question, and words to search for, each that of the question asked where None;
best first."""
Scoping = Callable[[str], Scope]
"""The documents that the words of a part of the question name."""

_COMPARED = ((Kind.PERCENT, 0.0), (Kind.FIGURE, 0.3), (Kind.TEXT, 0.8))
"""What is compared, with how much better it must fit than what stands before it."""
_DATES = ((Kind.DATE, 0.0), (Kind.TEXT, 0.5))
_FINES = ((Kind.MONEY, 0.0), (Kind.TEXT, 1.2))
_COUNTS = ((Kind.COUNT, 0.0), (Kind.FIGURE, 0.3), (Kind.TEXT, 0.8))
_DATED = Phrase(
    r"thời hạn|hạn (chót|cuối|nộp|gửi|trả|báo cáo|hoàn thành|đăng ký|cấp|xong)|ngày nào|khi nào|bao giờ|sớm hơn"
    r"|muộn hơn|ngày (có )?hiệu lực"
)
_HOW_MUCH = Phrase(r"bao nhiêu|mấy")
_FINED = Phrase(r"(xử )?phạt|mức phạt|tiền phạt")
_DIFFERENCE = Phrase(r"(chênh|hơn kém|hơn|kém)( nhau| lệch)?( \S+){0,2} (bao nhiêu|mấy)(?! (điểm nào|thứ))")
"""How a question asks for the difference of two figures, which a clause without one seldom tells."""
_UNLIKELY = (Kind.TEXT, 1.1)
_AT_PRESENT = Phrase(r"(đang|hiện)( \S+){0,3} (nhiều|ít|đông|cao|thấp|lớn|nhỏ)( \S+){0,6} hơn|hiện (nay|tại|có)")
_MORE = Phrase(r"(nhiều|ít|đông)( \S+){1,6} hơn")
_NOUN = 3
"""Words after "nhiều" at most that say what is counted."""
_JOINT = re.compile(
    r"\s(?:và|với|so với|hay|(?:còn )?cách|(?:cao|thấp|nhiều|ít|lớn|nhỏ|sớm|muộn|dài|ngắn) hơn(?: so với)?)\s",
    re.IGNORECASE,
)
_RIVALS, _NEARLY, _LEAST, _GAP = 8, 0.15, 0.6, 0.4
"""Evidence that a side of a comparison may rest on: how many, how much worse than the best, the least cover, the
widest gap."""
_AS_WELL = 0.05
"""How much worse a figure may fit a side than the other to be of both."""
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|–|đến)\s*(?:năm\s+)?((?:19|20)\d\d)(?!\d)")


@dataclass
class Comparing:
    """A question that compares, with what finds its evidence."""

    asked: Question
    scope: Scope
    find: Finding
    scoped: Scoping

    def sides(self) -> list[Side]:
        """The evidence of each group of documents, or of each of two years, of the kind that fits them all best."""
        found: list[tuple[float, list[Evidence]]] = []
        for kind, less in self._kinds():
            ranked = self._by_side(kind)
            within = len(self._groups) < 2
            own = _assigned(ranked) if within and kind in FIGURES else ranked
            chosen = aligned([self._rivals(r) for r in own], within) if len(ranked) > 1 else []
            if chosen:
                found.append((sum(e.score for e in chosen) - less, chosen))
        return self._labelled(max(found, key=lambda f: f[0])[1]) if found else []

    def _kinds(self) -> Sequence[tuple[Kind, float]]:
        """The kinds of what is compared, each with how much better it must fit than what stands before it."""
        if self.asked.typed in _DATED and self.asked.typed not in _HOW_MUCH:
            return _DATES
        if self.asked.typed in _FINED:
            return _FINES
        if self.asked.typed in _MORE:
            return _COUNTS
        kinds = _COMPARED[1:] if self.asked.counted else _COMPARED
        return (*kinds[:-1], _UNLIKELY) if self.asked.typed in _DIFFERENCE else kinds

    def _labelled(self, chosen: Sequence[Evidence]) -> list[Side]:
        if len(self._groups) > 1:
            names = [_label(e.reading.document) for e in chosen]
            years = [y for _, _, y in self._halves]
            dated = [f"{n} ({_of_years(y)})" if y else n for n, y in zip(names, years, strict=True)] if years else names
            return [Side(n, e) for n, e in zip(dated, chosen, strict=True)]
        if self._periods:
            return [Side(f"giai đoạn {a}-{b}", e) for (a, b), e in zip(self._periods, chosen, strict=True)]
        if len(self.asked.years) != 2:
            return [Side(r.label, e) for r, e in zip(self._named, chosen, strict=True)]
        return [Side(f"năm {year}", e) for year, e in zip(sorted(self.asked.years), chosen, strict=True)]

    def _by_side(self, kind: Kind) -> list[list[Evidence]]:
        asked = replace(self.asked, day=True) if kind is Kind.DATE else self.asked
        asked = self._counting(asked) if kind is Kind.COUNT else asked
        if self._halves:
            named = frozenset().union(*(n for _, n, _ in self._halves))
            return [
                self.find(kind, Scope(documents=g, named=set(named)), replace(asked, years=set(y)), None)
                for g, _, y in self._halves
            ]
        groups = self.scope.groups[:3]
        if len(groups) > 1:
            return [self.find(kind, Scope(documents=g, named=self.scope.named), asked, None) for g in groups]
        if self._periods:
            return [self._of(kind, replace(asked, years=set(period))) for period in self._periods]
        if len(self.asked.years) != 2 and self._named:
            return [self._of(kind, self._without(asked, r), self._said_without(r)) for r in reversed(self._named)]
        if len(self.asked.years) == 2:
            return [self._of(kind, replace(asked, years={year})) for year in sorted(self.asked.years)]
        return []

    def _of(self, kind: Kind, asked: Question, query: str | None = None) -> list[Evidence]:
        return self.find(kind, None, asked, query)

    @property
    def _groups(self) -> Sequence[frozenset[str]]:
        return [g for g, _, _ in self._halves] or self.scope.groups

    @cached_property
    def _halves(self) -> list[tuple[frozenset[str], frozenset[int], frozenset[int]]]:
        """The documents, the places of their names and the years of the two parts around a joint, where each part names
        documents of its own; [] otherwise.
        """
        text = own_text(self.asked)
        for joint in () if len(self.scope.groups) > 1 or elliptic(text) else _JOINT.finditer(text):
            parts = (text[: joint.start()], text[joint.end() :])
            one, other = (self.scoped(part) for part in parts)
            if not (one.documents and other.documents) or one.documents & other.documents:
                continue
            words = self.asked.typed.words
            until = sum(w.start < joint.start() for w in words)
            after = sum(w.start < joint.end() for w in words)
            bracketed = {i for i, w in enumerate(words) if w.bare.isdigit() and _in_brackets(text, w.start, w.end)}
            named = (
                frozenset({i for i in one.named if i < until} | bracketed),
                frozenset(i + after for i in other.named),
            )
            found = zip((one, other), named, parts, strict=True)
            return [(frozenset(s.documents or ()), n, frozenset(years(p) & self.asked.years)) for s, n, p in found]
        return []

    @cached_property
    def _periods(self) -> list[tuple[int, int]]:
        """The two periods that the question compares, the earlier first; [] where it names another number of them."""
        found = {(int(m.group(1)), int(m.group(2))) for m in _PERIOD.finditer(self.asked.text)}
        return sorted(found) if len(found) == 2 else []

    @cached_property
    def _named(self) -> list[Rival]:
        """The two things that the question compares within one document."""
        return rivals(self.asked)

    def _counting(self, asked: Question) -> Question:
        """The question with what it counts: "trạm" of "nơi nào nhiều trạm hơn"."""
        found = _MORE.find(asked.typed)
        if found is None:
            return asked
        noun = asked.typed.words[found[0] + 1 : found[1] - 1][:_NOUN]
        return replace(asked, noun=noun, counts=frozenset({noun[0].bare}))

    def _without(self, asked: Question, other: Rival) -> Question:
        """The question about one of two things, without the words of the other."""
        return replace(asked, terms=[t for t in asked.terms if t.place not in other.places])

    def _said_without(self, other: Rival) -> str:
        """The question without the words of one of two things."""
        text = self.asked.text
        for i in sorted(other.places, reverse=True):
            word = self.asked.typed.words[i]
            text = f"{text[: word.start]} {text[word.end :]}"
        return " ".join(text.split())

    def _rivals(self, ranked: list[Evidence]) -> list[Evidence]:
        """Those that one side of a comparison may rest on: nearly as good as its best."""
        if self.asked.actual or self.asked.typed in _AT_PRESENT:
            ranked = [e for e in ranked if is_actual(e)]
        fit = [e for e in ranked[:_RIVALS] if e.cover.total >= _LEAST and e.cover.gap <= _GAP and not restated(e)]
        best: dict[str, float] = {}
        for e in fit:
            best.setdefault(sort(e), e.score)
        return [e for e in fit if e.score >= best[sort(e)] - _NEARLY]


def _assigned(sides: Sequence[Sequence[Evidence]]) -> list[list[Evidence]]:
    """The evidence of each side without the figures that are the best of another side and fit it better."""
    best: dict[tuple[str, tuple[int, int]], float] = {}
    for side in sides:
        first: dict[str, Evidence] = {}
        for e in side:
            first.setdefault(sort(e), e)
        for e in first.values():
            best[_place(e)] = max(e.score, best.get(_place(e), e.score))
    return [[e for e in side if e.score >= best.get(_place(e), e.score) - _AS_WELL] for side in sides]


def _place(e: Evidence) -> tuple[str, tuple[int, int]]:
    return e.reading.document.id, e.span


def _in_brackets(text: str, start: int, end: int) -> bool:
    return text[:start].endswith("(") and text.startswith(")", end)


def _of_years(named: Collection[int]) -> str:
    """A year, or the period between two."""
    return f"năm {min(named)}" if len(named) == 1 else f"giai đoạn {min(named)}-{max(named)}"


def _label(document: Document) -> str:
    return "bản dự thảo" if is_draft(document) else name(document)
