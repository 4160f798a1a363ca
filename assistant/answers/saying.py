"""A clause said in its own words, or with the items that stand under it; the base of all replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers import compose
from assistant.answers.answer import Answer
from assistant.answers.confidence import confidence
from assistant.answers.drafting import Draft
from assistant.answers.evidence import Evidence
from assistant.answers.lists import Listing, below
from assistant.answers.naming import place
from assistant.answers.question import Kind, Question
from assistant.answers.sentences import PLAIN
from assistant.targets.target import Target

__all__ = ["SENTENCE", "Saying", "capital", "figure_of", "text_of", "told_above"]

SENTENCE, _DECREES = 420, 1500
"""Characters up to which the whole sentence is quoted; more where documents are asked for, which come in long rows."""
_ROW = re.compile(r"^dòng (?:thứ )?\d+ bảng ")
"""How the place of a table's row is told; of the rows of a table, the table is."""
_MARKER, _TOLD_ABOVE = 5, 4.0
"""Characters of an item's marker, and the weight of the asked words from which the line above is told too."""


@dataclass(frozen=True)
class Saying:
    """Says the evidence for one question; None when nothing that may be said is left of it."""

    asked: Question
    question: str
    shown: str
    targets: Callable[[str], Sequence[Target]] | None = None

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

    def _whole(self, e: Evidence) -> tuple[int, int]:
        """The sentence around the clause where it is short enough to quote, else the clause."""
        start, end = e.unit.clause.sentence
        longest = _DECREES if self.asked.kind is Kind.DOCUMENT else SENTENCE
        return (start, end) if end - start <= longest and not e.unit.row else (e.unit.start, e.unit.end)

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


def text_of(e: Evidence) -> str:
    """The words of the clause as they stand."""
    return e.reading.document.text[e.unit.start : e.unit.end]


def figure_of(e: Evidence) -> str:
    """The figure or date as it stands."""
    return e.reading.document.text[slice(*e.span)].strip()


def capital(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]
