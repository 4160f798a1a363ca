"""One question on its way to an answer: which evidence, how sure, said how, or declined why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answers.actual import is_actual
from assistant.answers.answer import Answer, Reason
from assistant.answers.citing import cited_day
from assistant.answers.claims import claimed
from assistant.answers.compare import Side
from assistant.answers.comparing import Comparing
from assistant.answers.confidence import confidence
from assistant.answers.conflicts import dissent
from assistant.answers.contrast import labelled, other_label
from assistant.answers.decline import refusal
from assistant.answers.defining import defines
from assistant.answers.evidence import Evidence
from assistant.answers.facts import Fact, asks_day, asks_fact, fact, is_fact_word, reports_issue, successor
from assistant.answers.figures import figures
from assistant.answers.finding import DEPTH, FIGURES, find, terms_of
from assistant.answers.followup import Standalone
from assistant.answers.growing import of_change
from assistant.answers.library import Library, Search
from assistant.answers.mentions import mentioned, named_in, refers_only
from assistant.answers.naming import day, name
from assistant.answers.nearest import deadlines, elsewhere
from assistant.answers.normalise import bare_words
from assistant.answers.patterns import Phrase
from assistant.answers.provinces import of_another_province
from assistant.answers.question import Kind, Question, understand
from assistant.answers.registered import registered
from assistant.answers.replies import Replies
from assistant.answers.scope import Scope
from assistant.answers.stating import as_question
from assistant.answers.tallies import asks_tally
from assistant.answers.usual import with_usual
from assistant.answers.wholes import beside_whole
from assistant.targets.target import Target
from assistant.watch.call import of_kind, stage
from corpus.document import Citation, Document

__all__ = ["Answering"]

_TRIED = 6
"""Evidence tried, best first, until one makes an answer that holds."""
_SUGGESTED, _NEAR = 3, 0.45
"""Questions suggested with a refusal, and the least cover of the evidence that they are made of."""
_NAMED = 6
"""Documents of a question that asks for a fact about them, at most."""
_MORE = 5.0
"""Weight of words beyond names from which a question is about more than the documents themselves."""
_LEAST = 0.6
"""The least cover of evidence that tells another figure for the same thing."""
_NOW = Phrase(r"hiện nay|hiện hành|hiện tại|bây giờ|đang có hiệu lực|còn hiệu lực|đến nay")
_OWN_EFFECT = re.compile(r"(?:Quyết định|Nghị định|Thông tư|Luật|Nghị quyết|Văn bản) này (?:có hiệu lực|được ban hành)")
"""What a document says of itself, which tells nothing of another that the question names."""
_SAYS = "bắt buộc|quy định|yêu cầu|đặt|nêu|cho phép|hướng dẫn|giao|đòi hỏi|cấm|ghi|nói|liệt kê"
"""How a question goes on after the name of the document whose content it asks for."""
_TODAY = re.compile(r"(?<!\w)(?:[Hh]iện nay|[Hh]iện có|[Hh]iện tại|[Đđ]ến nay)(?!\w)")
_FAR_BEHIND = 0.2
"""How far behind what was found to be of something else the evidence stands that nobody asked for."""
_CLEARLY = 0.12
"""The share of the asked words by which a clause has clearly more of them."""
_ENDED = 3
"""Documents that are named as not in force, at most."""


@dataclass
class Answering:
    """A question understood, with all that is needed to answer it."""

    library: Library
    search: Search
    targets: Callable[[str], Sequence[Target]] | None
    threshold: float
    question: str
    alone: Standalone
    asked: Question
    scope: Scope
    as_of: str | None

    def run(self) -> Answer:
        """The answer, or the refusal."""
        of_kind(self.asked.kind.name)
        if self._allowed is not None and self.scope.documents and not self.scope.documents & self._allowed:
            return self._ended(sorted(self.scope.documents))
        if self.alone.same:
            return self._same_figure()
        told = self._facts()
        if told:
            return told
        if self._fact_only():
            dated = [e for e in self._find(Kind.DATE) if reports_issue(e.reading.document, e.unit.start, e.unit.end)]
            if not dated and (cited := self._cited_day()):
                return cited
            return self._found(dated) if self.asked.kind is Kind.DATE else self._declined(Reason.FIGURE_NOT_STATED, [])
        if self.asked.kind is Kind.COMPARISON:
            sides = self._sides()
            compared = self._replies.compared(sides) if len(sides) > 1 else None
            if compared or len(self.scope.groups) > 1 or with_usual(self.asked.text):
                return compared or self._declined(Reason.FIGURE_NOT_STATED, self._find(Kind.FIGURE))
        return self._ambiguous() or self._checked() or self._registered() or self._found(self._find())

    @property
    def guessed(self) -> bool:
        """Whether the documents meant were told by a name or a place alone, without a number or a year of issue."""
        dated = understand(self.alone.text, self.library.lexicon, self.alone.background).years - self.asked.years
        return self.scope.documents is not None and not self.scope.firm and not dated

    def weighed(self) -> Evidence | None:
        """The best evidence that holds, however unsure; None for a comparison or where nothing was found."""
        if self.alone.same or (self.asked.kind is Kind.COMPARISON and len(self._sides()) > 1):
            return None
        ranked = self._find()
        return next(filter(self._holds, ranked[:_TRIED]), ranked[0] if ranked else None)

    def _checked(self) -> Answer | None:
        """Yes or no to a question that states a figure or a day, with what the documents state."""
        said = claimed(self.alone.text)
        if said is None:
            return None
        asked = understand(said.question, self.library.lexicon, self.alone.background)
        ranked = self._find(None, self.library.catalogue.scope(asked), asked)
        sure = [e for e in ranked[:_TRIED] if confidence(e) >= self.threshold]
        best = next(filter(self._holds, sure), None)
        if best is None:
            return None
        verdict = "Có. " if said.agrees(best) else "Không. "
        return Replies(asked, self.question, self.alone.shown, self.targets).stated(best, opening=verdict)

    def _holds(self, e: Evidence) -> bool:
        """Whether the evidence is of the time asked for and names what the question names."""
        if self.asked.actual and not is_actual(e, self.asked.existing):
            return False
        if self._is_not_yet(e) or self._is_of_other_level(e):
            return False
        if of_change(self.asked, e.reading.document.text, e.unit.start, e.figure):
            return False
        return self._mentions(e) and not self._at_other_time(e) and not of_another_province(self.asked, e)

    @cached_property
    def _allowed(self) -> frozenset[str] | None:
        """The documents that count on the day asked for, or now where the question asks for now; None for all."""
        if self.as_of:
            return self.library.counting(self.as_of)
        return self.library.standing() if self.asked.typed in _NOW else None

    def _ended(self, ids: Sequence[str]) -> Answer:
        """The refusal that names what is not in force and what took its place."""
        told = []
        for id in ids[:_ENDED]:
            held = self.library.intervals[id]
            by = self.library.documents(held.ended_by) if held.ended_by else None
            since = f", hết hiệu lực sau ngày {day(held.end)}" if day(held.end) and by is None else ""
            taken = f" đã được thay thế hoặc bãi bỏ bởi {name(by)}" if by else f" không có hiệu lực vào ngày đó{since}"
            told.append(f"{_capital(name(self.library.documents(id)))}{taken}.")
        return self._declined(Reason.NOT_IN_FORCE, [], " ".join(dict.fromkeys(told)))

    def _ambiguous(self) -> Answer | None:
        """The refusal that asks back which of the works is meant that share the number, where several would answer."""
        works = self.library.catalogue.works(self.scope, self.asked)
        if len(works) < 2:
            return None
        best = []
        for work in works:
            ranked = self._find(scope=replace(self.scope, documents=work, groups=[work]))
            if ranked and confidence(ranked[0]) >= self.threshold:
                best.append(ranked[0])
        if len(best) < 2:
            return None
        choices = " hay ".join(dict.fromkeys(name(e.reading.document) for e in best))
        near = [f"{self.question.rstrip(' ?')} theo {name(e.reading.document)}?" for e in best]
        return self._declined(Reason.AMBIGUOUS, [], f"Ý bạn hỏi {choices}?", near)

    @cached_property
    def _replies(self) -> Replies:
        asked = self._unnamed if self.asked.defining else self.asked
        return Replies(asked, self.question, self.alone.shown, self.targets)

    @cached_property
    def _unnamed(self) -> Question:
        """The question without the words that only name documents."""
        return replace(self.asked, terms=terms_of(self.asked, self.scope))

    def _find(
        self,
        kind: Kind | None = None,
        scope: Scope | None = None,
        asked: Question | None = None,
        query: str | None = None,
    ) -> list[Evidence]:
        question = asked or self.asked
        query = query or question.text
        return find(question, scope or self.scope, self.library, self.search, self._allowed, kind, query)

    def _found(self, ranked: list[Evidence]) -> Answer:
        tried = [e for e in ranked if defines(self._unnamed, e)] if self.asked.defining else ranked
        tried = beside_whole(tried, self.alone.counted)
        refused = 0.0
        for e in tried[:_TRIED]:
            if confidence(e) < self.threshold or e.score < refused - _FAR_BEHIND:
                break
            if not self._holds(e):
                refused = max(refused, e.score)
                continue
            if self._is_of_other_year(e, ranked):
                break
            with stage("compose"):
                made = self._replies.made(e, dissent(e, ranked, _LEAST))
            if made:
                return made
        if self._allowed is not None:
            before = find(self.asked, self.scope, self.library, self.search, None, None, self.asked.text)
            if before and confidence(before[0]) >= self.threshold and self._gone(before[0]):
                return self._ended([before[0].reading.document.id])
        return self._tallied() or self._declined(self._reason(ranked), ranked)

    def _registered(self) -> Answer | None:
        """The rows of the register that are asked for together, None where the question asks for something else."""
        told = registered(self.asked, self.scope, self.targets) if self.targets and self._allowed is None else []
        return self._replies.registered([(self.library.reading(id), rows) for id, rows in told]) if told else None

    def _tallied(self) -> Answer | None:
        """How many numbered items a list holds, where that is asked of a list and no clause states it."""
        if not asks_tally(self.asked):
            return None
        sure = [e for e in self._find(Kind.LIST)[:_TRIED] if confidence(e) >= self.threshold]
        return next((made for e in sure if (made := self._replies.tallied(e))), None)

    def _at_other_time(self, e: Evidence) -> bool:
        """Whether the register keeps the figure for other years than those aimed at, which the clause does not name."""
        if not self.asked.aimed or e.year >= 1 or e.figure is None:
            return False
        kept = deadlines(e, self.targets)
        return bool(kept) and not kept & self.asked.years

    def _is_of_other_year(self, e: Evidence, ranked: Sequence[Evidence]) -> bool:
        """Whether just what is asked is stated elsewhere for another year than the one aimed at."""
        if not self.asked.aimed or e.figure is None:
            return False
        own, total = e.cover.own + _CLEARLY, e.cover.total
        others = (f for f in ranked if f.year == 0 and f.figure and f.unit.start != e.unit.start)
        fitting = (f for f in others if f.cover.own >= own and f.cover.total >= total)
        return any(set(f.cover.absent) <= set(e.cover.absent) for f in fitting)

    def _is_of_other_level(self, e: Evidence) -> bool:
        """Whether the clause of a figure names another level, class or round than the question."""
        return e.figure is not None and any(other_label(label, e.unit.own) for label in labelled(self.asked))

    def _is_not_yet(self, e: Evidence) -> bool:
        """Whether a later year is aimed at and the clause tells what is now, and no year."""
        text = e.reading.document.text
        now = _TODAY.search(text, e.unit.start, e.unit.end)
        return self.asked.aimed and e.figure is not None and now is not None and not e.unit.years

    def _gone(self, e: Evidence) -> bool:
        return self._allowed is not None and e.reading.document.id not in self._allowed

    def _mentions(self, e: Evidence) -> bool:
        """Whether the evidence, or its document by its title, names each document that the question names and the
        catalogue does not have.
        """
        document = e.reading.document
        text = f"{document.title or ''} {document.text[e.unit.clause.sentence[0] : e.unit.end]}"
        if (
            self.scope.unknown
            and self.asked.kind is Kind.DATE
            and _OWN_EFFECT.search(document.text, e.unit.start, e.unit.end)
        ):
            return False
        if any(self._rules(mention) and refers_only(mention, text) for mention in self.scope.unknown):
            return False
        return all(named_in(mention, text) for mention in self.scope.unknown)

    def _rules(self, mention: str) -> bool:
        """Whether the question is for what the document that `mention` names says itself."""
        return bool(re.search(rf"{re.escape(mention)}\s+(?:{_SAYS})(?!\w)", self.asked.text, re.IGNORECASE))

    def _facts(self) -> Answer | None:
        """What is asked of the documents themselves: once for each decision that the question names."""
        named = self._meant
        if not named or len(named) > _NAMED or self._says_more():
            return None
        told: dict[tuple[str, str], tuple[Document, Fact]] = {}
        for id in sorted(named, key=lambda d: (not self.library.catalogue[d].summary.number, d)):
            document = self.library.documents(id)
            work = (document.number or document.about or id, (document.issued_on or "")[:4])
            known = fact(self.asked, document) if work not in told else None
            if known:
                told[work] = (document, known)
            by = self.library.intervals[id].ended_by
            if by and (known := successor(self.asked, document, self.library.documents(by))):
                told[work] = (self.library.documents(by), known)
        return self._replies.facts(list(told.values())) if told else None

    @cached_property
    def _meant(self) -> frozenset[str]:
        """The documents that the question names: those of its numbers, where it also has words of many names."""
        few = [g for g in self.scope.groups if len(g) <= _NAMED]
        if self.scope.firm and few and len(few) < len(self.scope.groups):
            return frozenset().union(*few)
        return frozenset(self.scope.documents or ())

    def _fact_only(self) -> bool:
        """Whether nothing is asked but a fact about named documents, which they were found not to state."""
        named = (self.scope.firm and self.scope.documents) or self.scope.unknown
        return bool(asks_fact(self.asked) and named and not self._says_more())

    def _cited_day(self) -> Answer | None:
        """The day of issue of the one document that the question names, as another that cites it gives it."""
        mentions = mentioned(self.asked.text)
        if not asks_day(self.asked) or len(mentions) != 1:
            return None
        places = self.search(f"{mentions[0]} ngày", DEPTH, self._allowed)
        found = cited_day(mentions[0], places, self.library.documents)
        return self._replies.cited(*found) if found else None

    def _says_more(self) -> bool:
        """Whether words are left that belong neither to the names of the documents nor to the asking for a fact."""
        left = [t for t in self.asked.terms if t.place not in self.scope.named]
        left = [t for t in left if not is_fact_word(self.asked, t.place)]
        entries = [self.library.catalogue[d] for d in self._meant]
        names = [{*entry.name, *bare_words(entry.summary.issuer or "")} for entry in entries]
        return sum(t.weight for t in left if not any(t.word.bare in n for n in names)) > _MORE

    def _same_figure(self) -> Answer:
        """Whether another part of the document states the figure of the earlier answer."""
        before = understand(self.alone.background, self.library.lexicon)
        ranked = self._find(None, self.library.catalogue.scope(before), before)
        own = {w.bare for w in understand(self.question, self.library.lexicon).typed.words}
        sure = [e for e in ranked if confidence(e) >= self.threshold and e.figure]
        there = [e for e in sure if sum(e.unit.near(b) >= _NEAR for b in own) >= 2]
        told = {f.value for f in figures(self.alone.same)}
        other = [e for e in there if e.figure and e.figure.value not in told]
        best = max(other or there, key=lambda e: (sum(e.unit.near(b) > 0 for b in own), e.score), default=None)
        opening = "Không" if other else "Có"
        said = self._replies.quoted(best, f"{opening}. ", whole=False) if best else None
        return said or self._declined(Reason.FIGURE_NOT_STATED, ranked)

    def _sides(self) -> list[Side]:
        """What a comparison compares, each side with its evidence; [] where they are not found."""
        return Comparing(self.asked, self.scope, self._find, self._scoped).sides()

    def _scoped(self, words: str) -> Scope:
        """The documents that a part of the question names."""
        return self.library.catalogue.scope(understand(words, self.library.lexicon))

    def _reason(self, ranked: list[Evidence]) -> Reason:
        if ranked and ranked[0].cover.total >= 0.35:
            return Reason.FIGURE_NOT_STATED
        strange = sum(t.weight >= 6 for t in self.asked.terms)
        return Reason.OUT_OF_SCOPE if self.scope.documents is None and strange >= 2 else Reason.NO_EVIDENCE

    def _declined(
        self, reason: Reason, ranked: list[Evidence], detail: str = "", choices: Sequence[str] = ()
    ) -> Answer:
        unknown = next(iter(self.scope.unknown), "")
        if unknown and not self.scope.groups and not detail:
            detail = f"Trong hệ thống không có {unknown}."
        near = [e for e in ranked if e.cover.total >= _NEAR][: 4 * _SUGGESTED]
        asked = list(choices) or list(dict.fromkeys(q for e in near if (q := as_question(e))))[:_SUGGESTED]
        best = confidence(ranked[0]) if ranked else 0.0
        cited: list[Citation] = []
        if reason is Reason.FIGURE_NOT_STATED and not detail:
            detail, cited = self._elsewhere()
        return refusal(self.question, self.alone.shown, reason, asked, detail, best, cited)

    def _elsewhere(self) -> tuple[str, list[Citation]]:
        """What is stated for another year than the one asked for."""
        if self.asked.kind not in FIGURES or not self.asked.years or self.asked.actual:
            return "", []
        ranked = self._find(asked=replace(self.asked, years=set(), aimed=False))
        return elsewhere(ranked, self.asked.years, self.asked.text, self.threshold, self.targets)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
