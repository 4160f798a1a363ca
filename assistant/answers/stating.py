"""A figure or date in words, with what it is of, and the question that it answers."""

from __future__ import annotations

import re

from assistant.answers import compose
from assistant.answers.answer import Answer
from assistant.answers.closing import closed
from assistant.answers.confidence import confidence
from assistant.answers.drafting import Draft
from assistant.answers.effect import day_of_effect
from assistant.answers.evidence import RANGE, Evidence
from assistant.answers.parting import own_text
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question
from assistant.answers.saying import SENTENCE, Saying, capital, figure_of

__all__ = ["Stating", "as_question"]

_EACH = Phrase(
    r"(tối thiểu|ít nhất|thấp nhất) (và |là bao nhiêu )?(tối đa|nhiều nhất|cao nhất)"
    r"|lần lượt|tương ứng|từng \S+|mỗi (bên|loại|nơi|nhóm|đợt|nhà mạng|cấp)"
)
"""Words that ask for the figures of several things at once."""
_HOW_MANY = re.compile(r"(?<!\w)(?:bao nhiêu|bao nhieu|mấy)(?!\w)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:19|20)\d\d\s*(?:-|–|đến|tới|den|toi)\s*(?:năm\s+|nam\s+)?(?:19|20)\d\d")
_SEVERAL = Phrase(r"(những|các|mấy) (ngày|dịp|tháng|thời điểm|đợt|năm|mốc)( \S+){0,2} nào")
_BORDER = re.compile(r"[,;:](?=\s)")


class Stating(Saying):
    """Makes the replies that tell one figure or date."""

    def stated(self, e: Evidence, against: Evidence | None = None, opening: str = "") -> Answer | None:
        """The figure or date of `e`, with what it is of; `opening` says yes or no before it."""
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, e.unit.start, e.unit.end)
        words = compose.statement(e, self.asked.text) if e.figure else _dated(e, self.asked)
        if e.figure and figure_of(e) not in words:
            words = figure_of(e)
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
        if e.unit.end - e.unit.start > SENTENCE:
            return False
        years, text = self.asked.years, self.asked.text
        apart = len(years) == 2 and years <= e.unit.years and not _PERIOD.search(text)
        return apart or len(_HOW_MANY.findall(own_text(self.asked))) > 1 or self.asked.typed in _EACH

    def _heading(self, draft: Draft, e: Evidence) -> list[int]:
        """A citation of the heading that sets the year asked for, when the clause does not name it."""
        if not self.asked.years or self.asked.years & e.unit.years:
            return []
        document = e.reading.document
        for start, end in reversed(e.unit.leads):
            if any(str(year) in document.text[start:end] for year in self.asked.years):
                return [draft.cite(compose.citation(document, start, end), document)]
        return []


def as_question(e: Evidence) -> str:
    """A question that the figure of `e` answers, "" when it makes none that reads well."""
    if e.figure is None or e.unit.row:
        return ""
    before = compose.said(e.reading.document, e.part[0], e.span[0])
    after = re.split(r"[,;.(]", e.reading.document.text[e.span[1] : e.part[1]])[0].strip()
    if re.match(r"(?:từ|phạt|mức|đến|trên|dưới)\s", before, re.I) and re.search(r"\d", before):
        return ""
    if len(before.split()) >= 4:
        return f"{capital(re.sub(r'(?:đạt|là|chiếm|khoảng|còn)$', '', before).strip())} là bao nhiêu?"
    if not 2 <= len(after.split()) <= 25 or re.search(r"\d", after):
        return ""
    return f"Bao nhiêu phần trăm {after}?" if e.figure.percent else f"Bao nhiêu {after}?"


def _dated(e: Evidence, asked: Question) -> str:
    whole = compose.said(e.reading.document, e.unit.start, e.unit.end)
    if e.lead:
        return f"{compose.said(e.reading.document, *e.lead)}: {whole}"
    if len(whole) > SENTENCE:
        return compose.said(e.reading.document, *_around(e))
    whole_too = e.unit.row or asked.typed in RANGE or asked.typed in _SEVERAL
    return whole if whole_too else compose.dated(e, asked.text) or whole


def _around(e: Evidence) -> tuple[int, int]:
    """The part of a long clause between commas in which its date stands."""
    text = e.reading.document.text
    borders = [m.end() for m in _BORDER.finditer(text, e.unit.start, e.span[0])]
    after = _BORDER.search(text, e.span[1], e.unit.end)
    return (borders[-1] if borders else e.unit.start), (after.start() if after else e.unit.end)
