"""Question in, verified and cited answer or honest refusal out; no language model."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.answers import compose
from assistant.answers.answer import Answer, Reason, Turn
from assistant.answers.compare import Side, aligned, difference
from assistant.answers.confidence import THRESHOLD, confidence
from assistant.answers.decline import refusal
from assistant.answers.drafting import Draft
from assistant.answers.evidence import Evidence
from assistant.answers.facts import fact, is_fact_word
from assistant.answers.figures import Figure, figures
from assistant.answers.finding import FIGURES, find
from assistant.answers.followup import Standalone, stand_alone
from assistant.answers.library import Library, Search, from_index
from assistant.answers.lists import Listing, below, listing
from assistant.answers.naming import name, place
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question, understand
from assistant.answers.scope import Scope, Summary, is_draft
from assistant.answers.smalltalk import reply
from assistant.answers.validity import in_force
from assistant.targets.target import Target
from corpus.document import Document, Span

__all__ = ["Answerer"]

_PLURAL = Phrase(r"những|các|kể tên|liệt kê|gồm|bao gồm|nêu( \S+)?|danh sách|danh mục|mấy|bao nhiêu")
_AGENCY = re.compile(
    r"(?<!\w)(?:Bộ|Sở|Ủy ban|Uỷ ban|UBND|Ban|Cục|Vụ|Chi cục|Tổng cục|Văn phòng|Công an|Ngân hàng|Hội|Đoàn|Thủ tướng|Phó Thủ tướng|Chủ tịch"
    r"|Chính phủ|Quốc hội|Kho bạc|Bảo hiểm|Tòa án|Viện|Trung tâm|Doanh nghiệp|doanh nghiệp|Tổng công ty|Tập đoàn|Thành ủy|Tỉnh ủy|Viettel|VNPT|MobiFone"
    r"|các bộ|Các bộ|các sở|Các sở|nhà mạng|ủy ban|sở|bộ|cơ quan|đơn vị|Bộ trưởng|Giám đốc|Thủ trưởng|Mặt trận|Báo|Liên đoàn)(?!\w)"
)
_DOCUMENT = re.compile(r"\d+\s*(?:/\s*\d{4})?\s*[/-]\s*[A-ZĐ]|(?<!\w)(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+[A-ZĐ]")
_ASSESSED: weakref.WeakKeyDictionary[Any, Library] = weakref.WeakKeyDictionary()
_SUGGESTED = 3
_FEW, _SURE, _MORE = 6, 0.95, 5.0
_COMPARED = ((Kind.PERCENT, 0.0), (Kind.FIGURE, 0.3), (Kind.TEXT, 0.8))
"""What is compared, with how much better it must fit than what stands before it."""
_ALIKE, _NEARLY = 8, 0.15
_LEAST = 0.4
"""Share of the question's words that either side of a comparison must hold."""
_ACTUAL = re.compile(
    r"hiện nay|hiện có|hiện đang|hiện tại|đến nay|tính đến|đã đạt|thực tế|hiện trạng|thời gian qua|trong đó có|năm qua|đã có|thực hiện được|hiện",
    re.IGNORECASE,
)


class Answerer:
    """Answers questions over the documents of an index; many may share one index cheaply."""

    def __init__(
        self,
        search: Any,
        documents: Callable[[str], Document],
        targets: Callable[[str], Sequence[Target]] | None = None,
        summaries: Iterable[Summary] | None = None,
        threshold: float = THRESHOLD,
    ) -> None:
        """`search` is an `indexer.search.Index` or a `Search`; `documents` gives a document by id.

        `summaries` default to the documents that the index holds. What is learnt of the documents (word counts,
        names, readings) is kept as long as `search` lives. `threshold` is the least confidence of an answer.
        """
        self._search: Search = from_index(search) if hasattr(search, "search") else search
        self._targets = targets
        self._threshold = threshold
        self._library = _library(search, documents, summaries)

    def answer(self, question: str, history: Sequence[Turn] = (), as_of: str | None = None) -> Answer:
        """The cited answer to `question`, or a refusal, as of the ISO date `as_of`."""
        talk = reply(question)
        if talk is not None:
            return Answer(question=question, standalone=question, answer=talk, confidence=1.0)
        alone = stand_alone(question, history)
        asked = understand(alone.text, self._library.lexicon, alone.background)
        scope = self._scope(alone, asked)
        return _Answering(self, question, alone, asked, scope, as_of).run()

    def _scope(self, alone: Standalone, asked: Question) -> Scope:
        """The documents meant by the question itself, else by the one that it follows."""
        if alone.background:
            own = self._library.catalogue.scope(understand(alone.text, self._library.lexicon))
            if own.documents is not None:
                return own
        return self._library.catalogue.scope(asked)


class _Answering:
    """One question on its way to an answer."""

    def __init__(
        self, door: Answerer, question: str, alone: Standalone, asked: Question, scope: Scope, as_of: str | None
    ) -> None:
        self.library, self.search, self.threshold = door._library, door._search, door._threshold
        self.targets = door._targets
        self.question, self.alone, self.asked, self.scope = question, alone, asked, scope
        self.as_of = as_of
        self.allowed = in_force(self.library.summaries, as_of) if as_of else None

    def run(self) -> Answer:
        if self.allowed is not None and self.scope.documents and not self.scope.documents & self.allowed:
            return self._declined(Reason.NOT_IN_FORCE, [])
        if self.alone.same:
            return self._same_figure()
        told = self._fact()
        if told:
            return told
        if self.asked.kind is Kind.COMPARISON:
            compared = self._compared()
            if compared:
                return compared
        return self._found(self._find())

    # evidence

    def _find(self, kind: Kind | None = None, scope: Scope | None = None) -> list[Evidence]:
        return find(self.asked, scope or self.scope, self.library, self.search, self.allowed, kind, self.asked.text)

    def _found(self, ranked: list[Evidence]) -> Answer:
        for e in ranked[:6]:
            if confidence(e) < self.threshold:
                break
            if self.asked.actual and not self._is_actual(e):
                continue
            made = self._made(e, ranked)
            if made:
                return made
        return self._declined(self._reason(ranked), ranked)

    def _made(self, e: Evidence, ranked: list[Evidence]) -> Answer | None:
        kind = self.asked.kind
        if kind in FIGURES or kind in (Kind.DATE, Kind.YEAR):
            return self._stated(e)
        if kind is Kind.LIST:
            return self._listed(e)
        if kind is Kind.WHO:
            return self._who(e)
        if kind is Kind.DOCUMENT and not _DOCUMENT.search(self._text(e)):
            return None
        if kind is Kind.YESNO:
            return self._yes_no(e)
        return self._quoted(e)

    # answers by kind

    def _stated(self, e: Evidence) -> Answer | None:
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, e.unit.start, e.unit.end)
        words = compose.statement(e, self.asked.text)
        if e.figure and _figure_text(e) not in words:
            words = _figure_text(e)
        if e.figure is None:
            words = self._date_words(e)
        at = [draft.cite(source, document), *self._heading(draft, e)]
        draft.claim(compose.sentence(source, document, words), at)
        draft.targets = self._targets_at(e)
        return draft.finish(confidence(e))

    def _date_words(self, e: Evidence) -> str:
        document = e.reading.document
        whole = compose.said(document, e.unit.start, e.unit.end)
        return whole if len(whole) <= 300 else compose.said(document, *e.span)

    def _listed(self, e: Evidence) -> Answer | None:
        asked = {w.bare for w in self.asked.typed.words}
        found = listing(e.reading, e.unit, asked, _count_in(self.asked))
        if found is None:
            return None if self.asked.typed in _PLURAL else self._quoted(e)
        return self._items(e, found)

    def _items(self, e: Evidence, found: Listing) -> Answer | None:
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, found.start, found.end)
        at = draft.cite(source, document)
        if len(found.items) == 1:
            draft.claim(compose.sentence(source, document, found.items[0]), [at])
        else:
            rows = "\n".join(f"- {item};" for item in found.items)[:-1] + "."
            more = " (một phần)" if found.cut else ""
            draft.claim(f"Theo {place(source, document)}{more}:\n{rows}", [at])
        return draft.finish(confidence(e))

    def _who(self, e: Evidence) -> Answer | None:
        text = self._text(e)
        asked = self.asked.text
        if any(m.group() not in asked for m in _AGENCY.finditer(text)):
            return self._quoted(e)
        document = e.reading.document
        for start, end in reversed(e.unit.leads):
            heading = compose.said(document, start, end)
            if _AGENCY.search(heading) and len(heading) < 160:
                draft = self._draft()
                source = compose.citation(document, e.unit.start, e.unit.end)
                above = compose.citation(document, start, end)
                at = [draft.cite(source, document), draft.cite(above, document)]
                draft.claim(
                    f"Theo {place(source, document)}: {heading} – {compose.said(document, e.unit.start, e.unit.end)}.",
                    at,
                )
                return draft.finish(confidence(e))
        return None

    def _yes_no(self, e: Evidence) -> Answer | None:
        asked = {f.value for f in figures(self.asked.text)}
        stated = {f.value for f in e.unit.figures}
        negated = re.search(r"(?<!\w)(?:không|chưa)(?!\w)(?! quá| dưới| dùng| gian)", self._text(e))
        word = "Không" if (asked and stated and not asked & stated) or negated else "Có"
        return self._quoted(e, f"{word}. ")

    def _quoted(self, e: Evidence, opening: str = "") -> Answer | None:
        under = below(e.reading, e.unit, least=1) if e.heading else None
        if under:
            return self._items(e, under)
        draft, document = self._draft(), e.reading.document
        start, end = self._whole(e)
        source = compose.citation(document, start, end)
        words = compose.said(document, start, end)
        draft.claim(opening + compose.sentence(source, document, words), [draft.cite(source, document)])
        draft.targets = self._targets_at(e)
        return draft.finish(confidence(e))

    def _fact(self) -> Answer | None:
        """What is asked of the documents themselves: once for each decision that the question names."""
        if not self.scope.documents or len(self.scope.documents) > _FEW or self._says_more():
            return None
        draft, told = self._draft(), set[str]()
        for id in sorted(self.scope.documents, key=lambda d: not self.library.catalogue[d].summary.number):
            document = self.library.documents(id)
            number = document.number or document.about or id
            known = fact(self.asked, document) if number not in told else None
            if known:
                told.add(number)
                source = compose.citation(document, known.span.start, known.span.end)
                at = draft.cite(source, document)
                draft.claim(f"{_capital(name(document))}: {known.label} là {known.value}.", [at])
        return draft.finish(_SURE) if told else None

    def _says_more(self) -> bool:
        """Whether the question is about more than its documents: words are left that do not belong to their names."""
        left = [t for t in self.asked.terms if t.place not in self.scope.named and not is_fact_word(self.asked, t.place)]
        names = [self.library.catalogue[d].name for d in self.scope.documents or ()]
        return sum(t.weight for t in left if not any(t.word.bare in n for n in names)) > _MORE

    def _same_figure(self) -> Answer:
        """Whether another part of the document states the figure of the earlier answer."""
        before = understand(self.alone.background, self.library.lexicon)
        scope = self.library.catalogue.scope(before)
        ranked = find(before, scope, self.library, self.search, self.allowed, None, self.alone.background)
        own = {w.bare for w in understand(self.question, self.library.lexicon).typed.words}
        told = {f.value for f in figures(self.alone.same)}
        there = [e for e in ranked if confidence(e) >= self.threshold and e.figure]
        part = [e for e in there if sum(e.unit.near(b) >= 0.4 for b in own) >= 2]
        best = max(part, key=lambda e: (sum(e.unit.near(b) > 0 for b in own), e.score), default=None)
        if best is None or best.figure is None:
            return self._declined(Reason.FIGURE_NOT_STATED, ranked)
        other = [e for e in part if e.figure and e.figure.value not in told]
        best = other[0] if other else best
        draft, document = self._draft(), best.reading.document
        source = compose.citation(document, best.unit.start, best.unit.end)
        words = compose.said(document, best.unit.start, best.unit.end)
        opening = "Có" if best.figure and best.figure.value in told else "Không"
        draft.claim(f"{opening}. {compose.sentence(source, document, words)}", [draft.cite(source, document)])
        return draft.finish(confidence(best)) or self._declined(Reason.FIGURE_NOT_STATED, ranked)

    def _compared(self) -> Answer | None:
        sides = self._sides()
        if len(sides) < 2:
            return None
        draft = self._draft()
        outcome = difference(sides[0], sides[1])
        cited = []
        for side in sides:
            e, document = side.evidence, side.evidence.reading.document
            start, end = self._whole(e)
            source = compose.citation(document, start, end)
            at = draft.cite(source, document)
            cited.append(at)
            words = compose.statement(e, self.asked.text) if e.unit.row else compose.said(document, start, end)
            draft.claim(_capital(compose.sentence(source, document, words)), [at])
        if outcome == "same":
            figure = _figure_text(sides[0].evidence)
            draft.claim(f"Không khác về con số: đều là {figure}.", cited)
        elif outcome:
            draft.claim(_capital(outcome) + ".", cited)
        return draft.finish(min(confidence(s.evidence) for s in sides))

    def _sides(self) -> list[Side]:
        """The best evidence of each group of documents, of the kind that fits both best."""
        groups = self.scope.groups[:3]
        if len(groups) < 2:
            return []
        found: list[tuple[float, list[Evidence]]] = []
        for kind, less in _COMPARED:
            ranked = [self._find(kind, Scope(documents=g, named=self.scope.named)) for g in groups]
            chosen = aligned([self._rivals(r) for r in ranked])
            if chosen:
                found.append((sum(e.score for e in chosen) - less, chosen))
        if not found:
            return []
        best = max(found, key=lambda f: f[0])[1]
        return [Side(_label(e.reading.document), e) for e in best]

    def _rivals(self, ranked: list[Evidence]) -> list[Evidence]:
        """Those that one side of a comparison may rest on: nearly as good as its best."""
        if self.asked.actual:
            ranked = [e for e in ranked if self._is_actual(e)]
        return [e for e in ranked[:_ALIKE] if e.cover.total >= _LEAST and e.score >= ranked[0].score - _NEARLY]

    # pieces

    def _draft(self) -> Draft:
        return Draft(self.question, self.alone.shown)

    def _text(self, e: Evidence) -> str:
        return e.reading.document.text[e.unit.start : e.unit.end]

    def _whole(self, e: Evidence) -> tuple[int, int]:
        """The clause, or the sentence where it is short or its clause opens with what only the whole explains."""
        start, end = e.unit.clause.sentence
        longest = 1500 if self.asked.kind is Kind.DOCUMENT else 420
        return (start, end) if end - start <= longest and not e.unit.row else (e.unit.start, e.unit.end)

    def _heading(self, draft: Draft, e: Evidence) -> list[int]:
        """A citation of the heading that sets the year asked for, when the clause does not name it."""
        text, document = e.reading.document.text, e.reading.document
        if not self.asked.years or self.asked.years & e.unit.years:
            return []
        for start, end in reversed(e.unit.leads):
            if any(str(y) in text[start:end] for y in self.asked.years):
                return [draft.cite(compose.citation(document, start, end), document)]
        return []

    def _targets_at(self, e: Evidence) -> list[Target]:
        if self.targets is None:
            return []
        own = Span(start=e.unit.start, end=e.unit.end)
        near = [
            t for t in self.targets(e.reading.document.id) if t.citation.start < own.end and own.start < t.citation.end
        ]
        figure = e.figure
        return [t for t in near if figure is None or t.value == figure.value][:3]

    def _is_actual(self, e: Evidence) -> bool:
        """Whether the evidence reports what is, and not what is to be."""
        text = e.reading.document.text
        around = text[e.unit.clause.sentence[0] : e.unit.end]
        above = " ".join(text[s:t] for s, t in e.unit.leads[-2:])
        return bool(_ACTUAL.search(around) or re.search(r"hiện trạng|thực trạng|tình hình", above, re.IGNORECASE))

    def _reason(self, ranked: list[Evidence]) -> Reason:
        if not ranked or ranked[0].cover.total < 0.35:
            unknown = [t for t in self.asked.terms if t.weight >= 6]
            return (
                Reason.OUT_OF_SCOPE if not self.scope.firm and len(unknown) >= 2 and not ranked else Reason.NO_EVIDENCE
            )
        return Reason.FIGURE_NOT_STATED

    def _declined(self, reason: Reason, ranked: list[Evidence]) -> Answer:
        near = [e for e in ranked if e.cover.total >= 0.45][:12]
        said = list(dict.fromkeys(q for e in near if (q := _as_question(e))))[:_SUGGESTED]
        best = confidence(ranked[0]) if ranked else 0.0
        return refusal(self.question, self.alone.shown, reason, said, confidence=best)


def _library(search: Any, documents: Callable[[str], Document], summaries: Iterable[Summary] | None) -> Library:
    try:
        known = _ASSESSED.get(search)
    except TypeError:
        known = None
    if known is not None and summaries is None:
        return known
    if summaries is None:
        summaries = [documents(source.id) for source in search.manifest.documents]
    made = Library(documents, summaries)
    try:
        _ASSESSED[search] = made
    except TypeError:
        pass
    return made


def _count_in(question: Question) -> int | None:
    """The number of things that the question says there are: "kể tên 7 khu"."""
    found: list[Figure] = [f for f in figures(question.text) if not f.unit and 1 < f.value <= 100]
    return int(found[0].value) if found and question.kind is Kind.LIST else None


def _figure_text(e: Evidence) -> str:
    return e.reading.document.text[slice(*e.span)].strip()


def _label(document: Document) -> str:
    if is_draft(document):
        return "bản dự thảo"
    return name(document)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _as_question(e: Evidence) -> str:
    """A question that the figure of `e` answers."""
    if e.figure is None or e.unit.row:
        return ""
    text = e.reading.document.text
    before = compose.said(e.reading.document, e.part[0], e.span[0])
    after = re.split(r"[,;.(]", text[e.span[1] : e.part[1]])[0].strip()
    if len(before.split()) >= 4:
        return f"{_capital(re.sub(r'(?:đạt|là|chiếm|khoảng|còn)$', '', before).strip())} là bao nhiêu?"
    if not 2 <= len(after.split()) <= 25 or re.search(r"\d", after):
        return ""
    return f"Bao nhiêu phần trăm {after}?" if e.figure.percent else f"Bao nhiêu {after}?"
