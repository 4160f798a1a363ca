"""Evidence said in words, by the kind of the question; each reply is checked before it leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import compose
from assistant.answers.agencies import AGENCY, actor, assigned, names_agency, names_persons, subject_named
from assistant.answers.answer import Answer
from assistant.answers.closing import closed
from assistant.answers.compare import Side, difference
from assistant.answers.confidence import confidence
from assistant.answers.drafting import Draft
from assistant.answers.effect import day_of_effect
from assistant.answers.evidence import RANGE, Evidence
from assistant.answers.facts import Fact
from assistant.answers.figures import figures
from assistant.answers.finding import FIGURES
from assistant.answers.lists import Listing, below, beneath, listing
from assistant.answers.named import described, names_them
from assistant.answers.naming import name, place
from assistant.answers.parting import own_text
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question
from assistant.answers.reading import Reading
from assistant.answers.rows import is_row, row_said, rows
from assistant.answers.sentences import PLAIN
from assistant.answers.siblings import together
from assistant.answers.subjects import about
from assistant.answers.tallies import tally
from assistant.answers.verdict import verdict
from assistant.targets.target import Target
from corpus.document import Document, Span

__all__ = ["Replies", "as_question", "defines", "told_above"]

_PLURAL = Phrase(r"những|các|kể tên|liệt kê|gồm|bao gồm|nêu( \S+)?|danh sách|danh mục|mấy|bao nhiêu")
_PERSON = Phrase(r"ai là( \S+)*|là ai|ai (đang |hiện )?(giữ|làm)( \S+)*|tên (của )?(ông|bà|người)( \S+)*")
_NAME = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Mai|Đinh|Trịnh|Tô|Tạ|Hà|Cao"
    r"|Lương|Thái|Đoàn|Trương|Lưu|Đào|Châu|Tống|Lâm|Vương|Phùng|Chu|Quách|Triệu|Nông|Hứa|Kiều|La)"
    r"(?:\s+[^\W\d_a-z][^\W\d_]+){1,3}"
)
_DOCUMENT = re.compile(
    r"\d+\s*(?:/\s*\d{4})?\s*[/-]\s*[A-ZĐ]|(?<!\w)(?:TCVN|QCVN|ISO)[\s/:-]*[\w/:.\s-]*?\d"
    r"|(?<!\w)(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+[A-ZĐ]"
)
_SENTENCE, _DECREES = 420, 1500
"""Characters up to which the whole sentence is quoted; more where documents are asked for, which come in long rows."""
_EACH = Phrase(
    r"(tối thiểu|ít nhất|thấp nhất) (và |là bao nhiêu )?(tối đa|nhiều nhất|cao nhất)"
    r"|lần lượt|tương ứng|từng \S+|mỗi (bên|loại|nơi|nhóm|đợt|nhà mạng|cấp)"
)
"""Words that ask for the figures of several things at once."""
_HOW_MANY = re.compile(r"(?<!\w)(?:bao nhiêu|bao nhieu|mấy)(?!\w)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:19|20)\d\d\s*(?:-|–|đến|tới|den|toi)\s*(?:năm\s+|nam\s+)?(?:19|20)\d\d")
_FEW_ENOUGH = range(2, 101)
"""Things that a question may say there are; "độ cồn từ 5,5 độ" says of none how many."""
_ENDS = 2
"""Words by which the end of a term is known."""
_DEFINED = 5
"""Words after a term within which its definition begins."""
_REGISTERED = 0.9
"""The confidence of a list of rows of the register whose words all are as asked, times the least of their own."""
_FACT = 0.95
"""The confidence of a fact that a reader took from the text itself."""


@dataclass(frozen=True)
class Replies:
    """Makes the replies to one question; each is None when its check leaves nothing to say."""

    asked: Question
    question: str
    shown: str
    targets: Callable[[str], Sequence[Target]] | None = None

    def made(self, e: Evidence, against: Evidence | None = None) -> Answer | None:
        """The reply that `e` gives, None when it does not hold what the kind of the question needs.

        `against` is evidence that states another figure for the same thing, which is told too.
        """
        kind = self.asked.kind
        if kind in FIGURES or kind in (Kind.DATE, Kind.YEAR):
            return self.stated(e, against)
        if kind is Kind.LIST:
            return self.listed(e)
        if kind is Kind.WHO:
            return self.who(e)
        if kind is Kind.DOCUMENT and not _DOCUMENT.search(_text(e)):
            return None
        if kind is Kind.DOCUMENT and (several := together(self.asked, e)):
            return self._items(e, several)
        if self.asked.defining and not defines(self.asked, e):
            return None
        return self.quoted(e, verdict(self.asked, e) if kind is Kind.YESNO else "")

    def stated(self, e: Evidence, against: Evidence | None = None, opening: str = "") -> Answer | None:
        """The figure or date of `e`, with what it is of; `opening` says yes or no before it."""
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, e.unit.start, e.unit.end)
        words = compose.statement(e, self.asked.text) if e.figure else _dated(e, self.asked)
        if e.figure and _figure(e) not in words:
            words = _figure(e)
        if e.figure and not e.lead and not e.unit.row and self._several(e):
            words = compose.said(document, e.unit.start, e.unit.end)
        own = draft.cite(source, document)
        above = [draft.cite(compose.citation(document, *e.lead), document)] if e.lead else self._heading(draft, e)
        at = [own, *above]
        if e.unit.named:
            words = f"{compose.said(document, *e.unit.named)}; {words}"
            at.append(draft.cite(compose.citation(document, *e.unit.named), document))
        elif done := closed(self.asked, e):
            words = f"{compose.said(document, *done)}; {words}"
            at.append(draft.cite(compose.citation(document, *done), document))
        draft.claim(opening + compose.sentence(source, document, words), at)
        if (since := day_of_effect(e)) and self.asked.kind in (Kind.DATE, Kind.YEAR):
            source = compose.citation(document, *since)
            draft.claim(
                compose.sentence(source, document, compose.said(document, *since)), [draft.cite(source, document)]
            )
        if against is not None:
            other = against.reading.document
            place_ = compose.citation(other, against.unit.start, against.unit.end)
            said = compose.statement(against, self.asked.text)
            draft.claim("Nguồn khác ghi khác: " + compose.sentence(place_, other, said), [draft.cite(place_, other)])
        draft.targets = self._targets(e)
        return draft.finish(confidence(e))

    def _several(self, e: Evidence) -> bool:
        """Whether two figures are asked of one clause that is short enough to say whole: two counts, or two years."""
        if e.unit.end - e.unit.start > _SENTENCE:
            return False
        years, text = self.asked.years, self.asked.text
        apart = len(years) == 2 and years <= e.unit.years and not _PERIOD.search(text)
        return apart or len(_HOW_MANY.findall(own_text(self.asked))) > 1 or self.asked.typed in _EACH

    def listed(self, e: Evidence) -> Answer | None:
        """The items that `e` announces or names; a question for one thing is content with the clause."""
        if self.asked.defining:
            return self.quoted(e) if defines(self.asked, e) else None
        asked = {w.bare for w in self.asked.typed.words}
        whole = self._of_side(e) or together(self.asked, e)
        if whole is not None and len(whole.items) >= (self._wanted() or 1):
            return self._items(e, whole)
        found = listing(e.reading, e.unit, asked, self._wanted(), e.heading)
        if found is None:
            told = self.asked.typed not in _PLURAL or described(self.asked, e)
            return self.quoted(e) if told else None
        return self._items(e, found) if names_them(self.asked, e, found) else None

    def _of_side(self, e: Evidence) -> Listing | None:
        """The list that the evidence is an item of, where its heading is the side that is asked for: "b) Đối tượng"."""
        lead = e.unit.leads[-1] if e.unit.leads and not e.heading and not e.unit.row else None
        if not self.asked.side or lead is None or self.asked.side not in e.reading.pairs(lead):
            return None
        return beneath(e.reading, lead)

    def registered(self, told: Sequence[tuple[Reading, Sequence[Target]]]) -> Answer | None:
        """The targets of each document in the words that state them."""
        draft, sure = self._draft(), []
        for reading, targets in told:
            document = reading.document
            quotes = dict.fromkeys((t.citation.start, t.citation.end) for t in targets)
            at = [draft.cite(compose.citation(document, *span), document) for span in quotes]
            items = "\n".join(dict.fromkeys(f"- {_stated(reading, span)};" for span in quotes))[:-1]
            draft.claim(f"Theo {name(document)}:\n{items}.", at)
            draft.targets += targets
            sure += [t.confidence for t in targets]
        return draft.finish(_REGISTERED * min(sure))

    def tallied(self, e: Evidence) -> Answer | None:
        """How many numbered items stand under the heading `e`, which names what is counted; None where they are not."""
        found = tally(self.asked, e)
        if found is None:
            return None
        number, start, end = found
        draft, document = self._draft(), e.reading.document
        head = compose.citation(document, e.unit.start, e.unit.end)
        at = draft.cite(compose.citation(document, start, end), document)
        words = compose.said(document, e.unit.start, e.unit.end)
        draft.claim(f"Theo {place(head, document)}, “{words}” có {number} mục được đánh số.", [at])
        return draft.finish(confidence(e))

    def who(self, e: Evidence) -> Answer | None:
        """The clause when it names who; else the heading above it that does."""
        if e.unit.row:
            return self._cell(e)
        if self.asked.typed in _PERSON and not _NAME.search(_text(e)):
            return self.quoted(e) if defines(self.asked, e) else None
        text = e.reading.document.text
        above = None if subject_named(text, e.unit) else actor(text, e.unit)
        below_it = None if above or subject_named(text, e.unit) else assigned(e.reading, e.unit)
        if above or below_it:
            return self._under(e, above or below_it or (0, 0))
        if names_agency(text, e.unit, self.asked.text):
            return self.quoted(e)
        return self.quoted(e) if names_persons(text, e.unit, self.asked.text) else None

    def _under(self, e: Evidence, above: tuple[int, int]) -> Answer | None:
        """The clause after the heading that names who does it."""
        document = e.reading.document
        draft = self._draft()
        source = compose.citation(document, e.unit.start, e.unit.end)
        at = [draft.cite(source, document), draft.cite(compose.citation(document, *above), document)]
        words = compose.said(document, e.unit.start, e.unit.end)
        draft.claim(f"Theo {place(source, document)}: {compose.said(document, *above)} – {words}.", at)
        return draft.finish(confidence(e))

    def _cell(self, e: Evidence) -> Answer | None:
        """The cell of a table row that names who, after the name of the row."""
        cells = [c.strip() for c in _text(e).strip("| ").split("|") if c.strip()]
        named = [c for c in cells[1:] if AGENCY.match(c)]
        label = next((c for c in cells if sum(x.isalpha() for x in c) > 3), "")
        if not named or label == named[-1]:
            return None
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, e.unit.start, e.unit.end)
        draft.claim(compose.sentence(source, document, f"{label}: {named[-1]}"), [draft.cite(source, document)])
        return draft.finish(confidence(e))

    def quoted(self, e: Evidence, opening: str = "", whole: bool = True) -> Answer | None:
        """The clause or its sentence; for a heading, what stands under it."""
        under = below(e.reading, e.unit, least=1) if e.heading else None
        if under:
            return self._items(e, under)
        draft, document = self._draft(), e.reading.document
        start, end = self._whole(e) if whole else (e.unit.start, e.unit.end)
        source = compose.citation(document, start, end)
        words = compose.statement(e, self.asked.text) if e.unit.row and e.figure else compose.said(document, start, end)
        at = [draft.cite(source, document)]
        if (lead := told_above(self.asked, e)) and whole:
            words = f"{compose.said(document, *lead)}: {words}"
            at.append(draft.cite(compose.citation(document, *lead), document))
        draft.claim(opening + compose.sentence(source, document, words), at)
        draft.targets = self._targets(e)
        return draft.finish(confidence(e))

    def facts(self, told: Sequence[tuple[Document, Fact]]) -> Answer | None:
        """What is known of each document itself."""
        draft = self._draft()
        for document, known in told:
            source = compose.citation(document, known.span.start, known.span.end)
            at = draft.cite(source, document)
            draft.claim(f"{_capital(name(document))}: {known.label} là {known.value}.", [at])
        return draft.finish(_FACT)

    def cited(self, document: Document, span: Span) -> Answer | None:
        """How `document` cites another at `span`."""
        draft = self._draft()
        source = compose.citation(document, span.start, span.end)
        words = _capital(" ".join(span.of(document.text).split()))
        draft.claim(compose.sentence(source, document, words), [draft.cite(source, document)])
        return draft.finish(_FACT)

    def compared(self, sides: Sequence[Side]) -> Answer | None:
        """Each side in its own words, then the difference where it can be computed."""
        draft = self._draft()
        cited: list[int] = []
        told: set[tuple[str, int]] = set()
        for side in sides:
            e, document = side.evidence, side.evidence.reading.document
            start, end = self._whole(e)
            if (document.id, start) in told:
                continue
            told.add((document.id, start))
            source = compose.citation(document, start, end)
            cited.append(draft.cite(source, document))
            words = compose.statement(e, self.asked.text) if e.unit.row else compose.said(document, start, end)
            at = cited[-1:]
            if e.lead:
                words = f"{compose.said(document, *e.lead).rstrip(':')}: {words}"
                at.append(draft.cite(compose.citation(document, *e.lead), document))
            draft.claim(compose.sentence(source, document, words), at)
        outcome = difference(sides[0], sides[1])
        if outcome == "same":
            draft.claim(f"Không khác về con số: đều là {_figure(sides[0].evidence)}.", cited)
        elif outcome:
            draft.claim(_capital(outcome) + ".", cited)
        return draft.finish(min(confidence(s.evidence) for s in sides))

    def _items(self, e: Evidence, found: Listing) -> Answer | None:
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, found.start, found.end)
        cited = [compose.citation(document, *span) for span in found.spans]
        at = [draft.cite(one, document) for one in (source, *cited)]
        if len(found.items) == 1:
            draft.claim(compose.sentence(cited[0] if cited else source, document, found.items[0]), at)
        else:
            rows = "\n".join(f"- {item};" for item in found.items)[:-1] + "."
            at_place = _ROW.sub("bảng ", place(source, document))
            draft.claim(f"Theo {at_place}{' (một phần)' if found.cut else ''}:\n{rows}", at)
        return draft.finish(confidence(e))

    def _draft(self) -> Draft:
        return Draft(self.question, self.shown)

    def _wanted(self) -> int | None:
        """How many things the question says there are: "kể tên 7 khu"."""
        found = [f for f in figures(self.asked.text) if not f.unit and f.lead == f.start and f.value in _FEW_ENOUGH]
        return int(found[0].value) if found else None

    def _whole(self, e: Evidence) -> tuple[int, int]:
        """The sentence around the clause where it is short enough to quote, else the clause."""
        start, end = e.unit.clause.sentence
        longest = _DECREES if self.asked.kind is Kind.DOCUMENT else _SENTENCE
        return (start, end) if end - start <= longest and not e.unit.row else (e.unit.start, e.unit.end)

    def _heading(self, draft: Draft, e: Evidence) -> list[int]:
        """A citation of the heading that sets the year asked for, when the clause does not name it."""
        if not self.asked.years or self.asked.years & e.unit.years:
            return []
        document = e.reading.document
        for start, end in reversed(e.unit.leads):
            if any(str(year) in document.text[start:end] for year in self.asked.years):
                return [draft.cite(compose.citation(document, start, end), document)]
        return []

    def _targets(self, e: Evidence) -> list[Target]:
        """The rows of the register that quote the clause, with its figure where it has one."""
        if self.targets is None:
            return []
        near = [
            t
            for t in self.targets(e.reading.document.id)
            if t.citation.start < e.unit.end and e.unit.start < t.citation.end
        ]
        return [t for t in near if e.figure is None or t.value == e.figure.value][:3]


def as_question(e: Evidence) -> str:
    """A question that the figure of `e` answers, "" when it makes none that reads well."""
    if e.figure is None or e.unit.row:
        return ""
    before = compose.said(e.reading.document, e.part[0], e.span[0])
    after = re.split(r"[,;.(]", e.reading.document.text[e.span[1] : e.part[1]])[0].strip()
    if re.match(r"(?:từ|phạt|mức|đến|trên|dưới)\s", before, re.I) and re.search(r"\d", before):
        return ""
    if len(before.split()) >= 4:
        return f"{_capital(re.sub(r'(?:đạt|là|chiếm|khoảng|còn)$', '', before).strip())} là bao nhiêu?"
    if not 2 <= len(after.split()) <= 25 or re.search(r"\d", after):
        return ""
    return f"Bao nhiêu phần trăm {after}?" if e.figure.percent else f"Bao nhiêu {after}?"


def defines(asked: Question, e: Evidence) -> bool:
    """Whether the clause says what the asked thing is: its words, then "là" or "được hiểu là", or an abbreviation."""
    if about(e.reading.document.text, e.unit, asked):
        return True
    last, before = ([t.word.bare for t in asked.terms[: -_ENDS - 1 : -1]] + ["", ""])[:_ENDS]
    words = [w.bare for w in e.unit.words]
    ends = [i for i, w in enumerate(words) if w == last and (not before or before in words[max(0, i - _ENDS) : i])]
    ends = ends or [words.index(last)] if last in words else []
    return any({"la", "gom"} & set(words[i + 1 :][:_DEFINED]) for i in ends)


def told_above(asked: Question, e: Evidence) -> tuple[int, int] | None:
    """The line above of which the clause is an item, where it has asked words that the item lacks: what follows from
    the acts listed is told there ("Áp dụng hình thức khiển trách đối với:").
    """
    text, unit = e.reading.document.text, e.unit
    if unit.row or not unit.leads or unit.clause.line.rank >= PLAIN or unit.start > unit.clause.line.start + _MARKER:
        return None
    lead = unit.leads[-1]
    if not text[slice(*lead)].rstrip().endswith(":") or unit.clause.line.above[-1:] != (lead,):
        return None
    above = e.reading.words(lead).bares
    lacking = [t for t in asked.terms if t.word.bare not in unit.own.bares and t.word.bare in above]
    return lead if sum(t.weight for t in lacking) >= _TOLD_ABOVE else None


_MARKER, _TOLD_ABOVE = 5, 4.0
"""Characters of an item's marker, and the weight of the asked words from which the line above is told too."""


def _dated(e: Evidence, asked: Question) -> str:
    whole = compose.said(e.reading.document, e.unit.start, e.unit.end)
    if e.lead:
        return f"{compose.said(e.reading.document, *e.lead)}: {whole}"
    if len(whole) > _SENTENCE:
        return compose.said(e.reading.document, *_around(e))
    whole_too = e.unit.row or asked.typed in RANGE or asked.typed in _SEVERAL
    return whole if whole_too else compose.dated(e, asked.text) or whole


_ROW = re.compile(r"^dòng (?:thứ )?\d+ bảng ")
"""How the place of a table's row is told; of the rows of a table, the table is."""
_SEVERAL = Phrase(r"(những|các|mấy) (ngày|dịp|tháng|thời điểm|đợt|năm|mốc)( \S+){0,2} nào")


def _around(e: Evidence) -> tuple[int, int]:
    """The part of a long clause between commas in which its date stands."""
    text = e.reading.document.text
    borders = [m.end() for m in _BORDER.finditer(text, e.unit.start, e.span[0])]
    after = _BORDER.search(text, e.span[1], e.unit.end)
    return (borders[-1] if borders else e.unit.start), (after.start() if after else e.unit.end)


_BORDER = re.compile(r"[,;:](?=\s)")


def _stated(reading: Reading, span: tuple[int, int]) -> str:
    """The words of `span`; of a table row, its cells."""
    document = reading.document
    line = reading.lines[reading.lines.touching(*span)[0]]
    if is_row(document.text, line):
        return row_said(document.text, rows(reading, line)[0], line)
    return compose.said(document, *span)


def _text(e: Evidence) -> str:
    return e.reading.document.text[e.unit.start : e.unit.end]


def _figure(e: Evidence) -> str:
    return e.reading.document.text[slice(*e.span)].strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
