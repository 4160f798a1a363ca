"""Who acts, in words: from the clause, the heading above it, the line that assigns it, or a cell."""

from __future__ import annotations

import re

from assistant.answers import compose
from assistant.answers.agencies import AGENCY, actor, assigned, names_agency, names_persons, subject_named
from assistant.answers.answer import Answer
from assistant.answers.confidence import confidence
from assistant.answers.defining import defines
from assistant.answers.evidence import Evidence
from assistant.answers.naming import place
from assistant.answers.patterns import Phrase
from assistant.answers.saying import Saying, text_of

__all__ = ["Acting"]

_PERSON = Phrase(r"ai là( \S+)*|là ai|ai (đang |hiện )?(giữ|làm)( \S+)*|tên (của )?(ông|bà|người)( \S+)*")
_NAME = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Mai|Đinh|Trịnh|Tô|Tạ|Hà|Cao"
    r"|Lương|Thái|Đoàn|Trương|Lưu|Đào|Châu|Tống|Lâm|Vương|Phùng|Chu|Quách|Triệu|Nông|Hứa|Kiều|La)"
    r"(?:\s+[^\W\d_a-z][^\W\d_]+){1,3}"
)


class Acting(Saying):
    """Makes the replies that tell who."""

    def who(self, e: Evidence) -> Answer | None:
        """The clause when it names who; else the heading above it that does."""
        if e.unit.row:
            return self._cell(e)
        if self.asked.typed in _PERSON and not _NAME.search(text_of(e)):
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
        cells = [c.strip() for c in text_of(e).strip("| ").split("|") if c.strip()]
        named = [c for c in cells[1:] if AGENCY.match(c)]
        label = next((c for c in cells if sum(x.isalpha() for x in c) > 3), "")
        if not named or label == named[-1]:
            return None
        draft, document = self._draft(), e.reading.document
        source = compose.citation(document, e.unit.start, e.unit.end)
        draft.claim(compose.sentence(source, document, f"{label}: {named[-1]}"), [draft.cite(source, document)])
        return draft.finish(confidence(e))
