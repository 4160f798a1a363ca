"""Evidence said in words, by the kind of the question; each reply is checked before it leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import compose
from assistant.answers.acting import Acting
from assistant.answers.answer import Answer
from assistant.answers.compare import Side, asks_figure, difference
from assistant.answers.confidence import confidence
from assistant.answers.defining import defines
from assistant.answers.evidence import Evidence
from assistant.answers.facts import Fact
from assistant.answers.finding import FIGURES
from assistant.answers.itemising import Itemising
from assistant.answers.naming import name
from assistant.answers.question import Kind
from assistant.answers.saying import capital, figure_of, text_of
from assistant.answers.siblings import together
from assistant.answers.stating import Stating
from assistant.answers.verdict import verdict
from corpus.document import Document, Span

__all__ = ["Replies"]

_DOCUMENT = re.compile(
    r"\d+\s*(?:/\s*\d{4})?\s*[/-]\s*[A-ZĐ]|(?<!\w)(?:TCVN|QCVN|ISO)[\s/:-]*[\w/:.\s-]*?\d"
    r"|(?<!\w)(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+[A-ZĐ]"
)
_FACT = 0.95
"""The confidence of a fact that a reader took from the text itself."""


class Replies(Itemising, Stating, Acting):
    """Makes the replies to one question; each is None when its check leaves nothing to say."""

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
        if kind is Kind.DOCUMENT and not _DOCUMENT.search(text_of(e)):
            return None
        if kind is Kind.DOCUMENT and (several := together(self.asked, e)):
            return self._items(e, several)
        if self.asked.defining and not defines(self.asked, e):
            return None
        return self.quoted(e, verdict(self.asked, e) if kind is Kind.YESNO else "")

    def facts(self, told: Sequence[tuple[Document, Fact]]) -> Answer | None:
        """What is known of each document itself."""
        draft = self._draft()
        for document, known in told:
            source = compose.citation(document, known.span.start, known.span.end)
            at = draft.cite(source, document)
            draft.claim(f"{capital(name(document))}: {known.label} là {known.value}.", [at])
        return draft.finish(_FACT)

    def cited(self, document: Document, span: Span) -> Answer | None:
        """How `document` cites another at `span`."""
        draft = self._draft()
        source = compose.citation(document, span.start, span.end)
        words = capital(" ".join(span.of(document.text).split()))
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
        outcome = difference(sides[0], sides[1]) if asks_figure(self.asked) else ""
        if outcome == "same":
            draft.claim(f"Không khác về con số: đều là {figure_of(sides[0].evidence)}.", cited)
        elif outcome:
            draft.claim(capital(outcome) + ".", cited)
        return draft.finish(min(confidence(s.evidence) for s in sides))
