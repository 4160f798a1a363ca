"""Which documents a question is about: by number, by name of the programme, by place, by draft or final."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from assistant.answers.dated import of_period
from assistant.answers.entries import LITTLE, Entry, Summary, entry, named, run_along
from assistant.answers.little import little
from assistant.answers.mentions import agrees, mentions, parts
from assistant.answers.normalise import Token, bare
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question
from corpus.document import Document

__all__ = ["Catalogue", "Scope"]


@dataclass(slots=True)
class Scope:
    """The documents meant: None for any. `named` are tokens of the question that only name them.

    `groups` keeps apart the documents of each mention, for comparisons; `unknown` is a number that no document has.
    """

    documents: frozenset[str] | None = None
    named: set[int] = field(default_factory=set)
    groups: list[frozenset[str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    firm: bool = False


_PROGRAMME = Phrase(
    r"(chương trình|kế hoạch|chiến lược|đề án|dự án|quy hoạch|phong trào|lộ trình|danh mục|mạng lưới)( \S+){2,}"
)
_LEGAL = Phrase(r"(bộ luật|luật|pháp lệnh|nghị định|thông tư|nghị quyết|quyết định|chỉ thị)(?= (?!\d)\S+ \S)")
_AFTER_TITLE = little(
    "có yêu bao khi nào gì phạt là thì áp giao đặt hiệu bắt buộc phải mấy ai như thế hết thay ngày đối từ nếu còn hiểu"
)
_BEFORE_VERB = frozenset(("phai", "duoc", "se", "quyen", "xet", "viec", "de", "tu", "da", "chua", "tham"))
"""Bare words after which "quyết định" is what somebody does."""
_FEW_TITLED = 3
"""Documents that a title may name at most."""
_SMALL = 500
"""Documents of a catalogue that are opened to learn all that they may be called."""
_NAMED = 3.5
"""The least run of words that names a document."""
_NO_LAW = frozenset(("nghi quyet", "nq"))
"""Kinds whose numbers may look like those of laws ("95/2031/QH16")."""
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_ISSUED_IN, _AS_FAR = frozenset(("duoc", "ban", "hanh", "ky", "phe", "duyet", "nam", "tu", "hoi")), 7
"""Bare words between a name and its year of issue, and how many they may be."""
_ONE_WORK = 0.6
"""The least share of words that the names of two documents on one decision have in common."""
_FINAL = Phrase(
    r"(đã |vừa |mới |được )*(phê duyệt|ban hành|thông qua)(?! (tại|theo|bởi|ngày|năm|khi|bao|nào|trước|kèm))"
    r"( \(?(bản|văn bản) chính thức)?|(ở |trong )?(bản |văn bản )?chính thức"
)
_LATER = Phrase(r"(chương trình|kế hoạch|quyết định|văn bản)( \S+){0,5} (sau|tiếp theo|kế tiếp|mới hơn)( này| đó)?")
_EARLIER = Phrase(r"(chương trình|kế hoạch|quyết định|văn bản)( \S+){0,5} (trước|cũ|trước đó|cũ hơn)( này| đó)?")


class Catalogue:
    """The documents that questions can name."""

    def __init__(self, summaries: Iterable[Summary], documents: Callable[[str], Document]) -> None:
        """Names are read from titles and first lines; in a large catalogue, from the first lines where there "
        "is no title.
        """
        listed = list(summaries)
        whole = len(listed) <= _SMALL
        self.entries = [entry(s, named(s, documents, whole)) for s in listed]
        self._by_id = {e.summary.id: e for e in self.entries}

    def __getitem__(self, id: str) -> Entry:
        return self._by_id[id]

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def scope(self, question: Question) -> Scope:
        """The documents that `question` is about."""
        scope = Scope()
        self._numbers(question, scope)
        if question.draft or question.final:
            self._drafts(question, scope)
        if not scope.groups:
            self._places(question, scope)
            self._programmes(question, scope)
            if scope.documents is None:
                self._titled(question, scope)
            open_ = scope.documents is None or (question.final and not scope.named)
            if open_ and (called := of_period(question, self.entries)):
                scope.documents, scope.firm = frozenset(self._same_work(set(called[0]))), True
                scope.named |= called[1]
        else:
            if len(scope.groups) == 1:
                self._relative(question, scope)
            if len(scope.groups) == 1 and question.kind is Kind.COMPARISON:
                self._other_place(question, scope)
            self._name_places(question, scope)
        if scope.groups and scope.documents is None:
            scope.documents = frozenset().union(*scope.groups)
        return scope

    def works(self, scope: Scope, question: Question) -> list[frozenset[str]]:
        """The documents that one number in the question may mean, work by work; one work where the question tells.

        Works that share a number differ in year and in name; an article goes with the decision that it is about.
        """
        if len(scope.groups) != 1 or not scope.firm or question.draft:
            return []
        works: dict[str, set[str]] = {}
        for e in sorted((self._by_id[d] for d in scope.groups[0]), key=lambda e: e.summary.issued_on or "9"):
            kin = next((k for k, ids in works.items() if self._one_work(self._by_id[min(ids)], e)), e.summary.id)
            works.setdefault(kin, set()).add(e.summary.id)
        listed = [frozenset(ids) for ids in works.values()]
        dated = [w for w in listed if any(question.years & self._own_years(self._by_id[d]) for d in w)]
        return dated if len(dated) == 1 else listed

    def naming_years(self, question: Question, scope: Scope) -> set[int]:
        """The years of the question that only tell the documents by their year of issue: "Chiến lược CNTT 2005"."""
        words = question.typed.words
        after: set[int] = set()
        for i in scope.named:
            said = list(takewhile(lambda w: w.bare in _ISSUED_IN, words[i + 1 : i + _AS_FAR]))
            year = words[i + 1 + len(said) : i + 2 + len(said)]
            if not said or any(w.bare in ("hanh", "ky", "duyet") for w in said):
                after |= {int(w.bare) for w in year if _A_YEAR.fullmatch(w.bare)}
        issued = {(self._by_id[d].summary.issued_on or "")[:4] for d in scope.documents or ()}
        return {year for year in after if str(year) in issued}

    def _one_work(self, a: Entry, b: Entry) -> bool:
        if a.number != b.number:
            return False
        years = [(e.summary.issued_on or "")[:4] for e in (a, b)]
        if a.summary.number and b.summary.number:
            return years[0] == years[1] or not all(years)
        shared = len(set(a.name) & set(b.name)) / max(1, min(len(set(a.name)), len(set(b.name))))
        return years[0] == years[1] or not all(years) or shared >= _ONE_WORK

    def _own_years(self, e: Entry) -> set[int]:
        issued = (e.summary.issued_on or "")[:4]
        return set(e.years) | ({int(issued)} if issued else set())

    def _numbers(self, question: Question, scope: Scope) -> None:
        for m in mentions(question.text):
            found = self._numbered(m)
            if found:
                scope.groups.append(found)
                scope.firm = True
                scope.named |= _tokens_in(question.typed.words, m.span())
            else:
                scope.unknown.append(m.group())

    def _numbered(self, m: re.Match[str]) -> frozenset[str]:
        kind = bare(" ".join((m.groupdict().get("kind") or "").split()))
        wanted = parts(m.group("no") + (m.group("rest") or ""))
        found = [e for e in self.entries if e.number and agrees(wanted, kind, parts(e.number)) and not e.draft]
        return frozenset(e.summary.id for e in found if not (kind in _NO_LAW and _of_kind("luat", e)))

    def _drafts(self, question: Question, scope: Scope) -> None:
        drafts = frozenset(e.summary.id for e in self.entries if e.draft)
        if question.draft and question.final:
            numbers = frozenset().union(*scope.groups) if scope.groups else None
            finals = numbers or self._finals_of(drafts)
            scope.groups = [drafts, finals]
        elif question.draft and drafts:
            scope.groups = (
                [*scope.groups, drafts] if len(scope.groups) and question.kind is Kind.COMPARISON else [drafts]
            )
        elif question.final:
            scope.documents = frozenset(e.summary.id for e in self.entries if not e.draft)
        scope.firm = scope.firm or question.draft

    def _finals_of(self, drafts: frozenset[str]) -> frozenset[str]:
        """The documents whose names share most with the drafts': what the drafts became."""
        names = [self._by_id[d] for d in drafts]
        about = {n for e in names if (n := e.number)}
        same = frozenset(e.summary.id for e in self.entries if not e.draft and e.number and e.number in about)
        if same or not names:
            return same
        begun = min((d.summary.issued_on or "")[:4] for d in names)
        later = [e for e in self.entries if not e.draft and (e.summary.issued_on or "9")[:4] >= begun]
        scores = {e.summary.id: max(len(e.pairs & d.pairs) for d in names) for e in later}
        best = max(scores.values(), default=0)
        close = [self._by_id[d] for d, score in scores.items() if best and score >= 0.6 * best]
        first = min(((e.summary.issued_on or "9")[:4] for e in close), default="")
        return frozenset(e.summary.id for e in close if (e.summary.issued_on or "9")[:4] == first)

    def _places(self, question: Question, scope: Scope) -> None:
        found = []
        for e in self.entries:
            at = _where(e.place, question) if e.place else None
            if at is not None:
                found.append((e.summary.id, e.place, at))
        if not found:
            return
        groups: dict[tuple[str, ...], set[str]] = {}
        for id, place, at in found:
            groups.setdefault(place, set()).add(id)
            scope.named |= set(range(at, at + len(place)))
        scope.groups = [frozenset(g) for g in groups.values()]
        scope.documents = frozenset().union(*scope.groups)

    def _other_place(self, question: Question, scope: Scope) -> None:
        """Compare what a number names with the documents of a place that the question names beside it."""
        beside = Scope()
        self._places(question, beside)
        others = [g - scope.groups[0] for g in beside.groups if not g & scope.groups[0]]
        if len(others) == 1:
            scope.groups = [*others, scope.groups[0]]
            scope.named |= beside.named

    def _name_places(self, question: Question, scope: Scope) -> None:
        """Count the places of issuers as part of the name where a number names the document already."""
        for e in self.entries:
            at = _where(e.place, question) if e.place and any(e.summary.id in g for g in scope.groups) else None
            if at is not None:
                scope.named |= set(range(at, at + len(e.place)))

    def _programmes(self, question: Question, scope: Scope) -> None:
        for a, b in _PROGRAMME.all(question.typed)[:1]:
            words = self._phrase(question, a, b)
            allowed = [e for e in self.entries if scope.documents is None or e.summary.id in scope.documents]
            reach = {e.summary.id: run_along([w for _, w in words], e) for e in allowed}
            finals = {d: run for d, run in reach.items() if not self._by_id[d].draft}
            if not question.draft and max((run for run, _ in finals.values()), default=0.0) >= _NAMED:
                reach = finals
            best = max((run for run, _ in reach.values()), default=0.0)
            if best < _NAMED:
                return
            most = max(n for run, n in reach.values() if run == best)
            alike = {d for d, (run, n) in reach.items() if n == most and run >= _NAMED}
            dated = {d for d in alike if question.years & self._by_id[d].years}
            chosen = self._same_work(dated or {d for d in alike if reach[d][0] >= best - 0.3})
            scope.documents = frozenset(chosen) if scope.documents is None else scope.documents & chosen
            scope.named |= {i for i, _ in words[:most]}
            scope.named |= _approved(question, max(scope.named, default=-1) + 1)

    def _titled(self, question: Question, scope: Scope) -> None:
        """The laws, decrees and circulars of one kind whose titles have the words that the question calls them by."""
        found = _LEGAL.find(question.typed)
        if found is None or question.typed.words[max(0, found[0] - 1)].bare in _BEFORE_VERB:
            return
        kind = " ".join(w.bare for w in question.typed.words[found[0] : found[1]])
        words = self._phrase(question, found[1], len(question.typed.words))
        own = [e for e in self.entries if _of_kind(kind, e)] if len(words) > 1 else []
        words = list(takewhile(lambda w: not _past_title(question, w[0], own), words))
        for least in range(len(words), 1, -1):
            called = {w for _, w in words[:least]}
            chosen = {e.summary.id for e in own if called <= e.title}
            if chosen and len(chosen) <= _FEW_TITLED:
                scope.documents = frozenset(self._same_work(chosen))
                scope.named |= {i for i, _ in words[:least]} | set(range(*found))
                scope.firm = True
                return
            if chosen:
                return

    def _phrase(self, question: Question, first: int, end: int) -> list[tuple[int, str]]:
        """The words of a programme's name with their places, without the little ones, up to the first figure."""
        out: list[tuple[int, str]] = []
        for i in range(first, end):
            word = question.typed.words[i]
            if word.bare[0].isdigit():
                break
            if not LITTLE.holds(word, question.typed.plain):
                out.append((i, word.bare))
        return out

    def _same_work(self, chosen: set[str]) -> set[str]:
        """`chosen` with the other documents on the same decisions."""
        numbers = {(e.number, (e.summary.issued_on or "")[:4]) for d in chosen if (e := self._by_id[d]).number}
        return chosen | {e.summary.id for e in self.entries if (e.number, (e.summary.issued_on or "")[:4]) in numbers}

    def _relative(self, question: Question, scope: Scope) -> None:
        """Add "the later programme" and "the earlier plan" as a second group beside a numbered document."""
        later, earlier = question.typed in _LATER, question.typed in _EARLIER
        if not (later or earlier) or not scope.groups[0]:
            return
        anchor = self._by_id[next(iter(scope.groups[0]))]
        day = anchor.summary.issued_on or ""
        related = {
            e.summary.id: len(e.pairs & anchor.pairs)
            for e in self.entries
            if not e.draft
            and e.summary.issued_on
            and ((e.summary.issued_on > day) if later else (e.summary.issued_on < day))
        }
        best = max(related.values(), default=0)
        near = frozenset(d for d, n in related.items() if best and n >= 0.5 * best)
        if near:
            scope.groups.append(near)


def _past_title(question: Question, place: int, entries: Sequence[Entry]) -> bool:
    """Whether the word at `place` follows a title: one that no title has, unless "Giao dịch" opens one."""
    typed = question.typed
    pair = tuple(w.bare for w in typed.words[place : place + 2])
    return _AFTER_TITLE.holds(typed.words[place], typed.plain) and not any(pair in e.pairs for e in entries)


def _of_kind(kind: str, entry: Entry) -> bool:
    """Whether a document is of the asked kind, by its own or by how its title opens; a decree on a law is no law."""
    return entry.kind.startswith(kind) or entry.kind.startswith(f"luat {kind} ")


def _approved(question: Question, start: int) -> set[int]:
    """The places of the words after a name that only say that it is the final text: "đã được phê duyệt"."""
    return {i for a, b in _FINAL.all(question.typed) if a <= start < b or a == start for i in range(start, b)}


def _where(place: Sequence[str], question: Question) -> int | None:
    words = [w.bare for w in question.typed.words]
    return next((i for i in range(len(words)) if tuple(words[i : i + len(place)]) == tuple(place)), None)


def _tokens_in(words: list[Token], span: tuple[int, int]) -> set[int]:
    return {i for i, w in enumerate(words) if span[0] <= w.start < span[1]}
