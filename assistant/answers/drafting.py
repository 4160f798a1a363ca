"""An answer being written: sentences with the citations that carry them, checked before they are said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answers.answer import Answer, Claim
from assistant.answers.naming import place
from assistant.answers.verify import check
from assistant.targets.target import Target
from corpus.document import Citation, Document

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """Claims in order with their citations; `finish` checks each and keeps those that hold."""

    question: str
    standalone: str
    citations: list[Citation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def cite(self, citation: Citation, document: Document) -> int:
        """The place of `citation` among those of the answer; the same quote is cited once."""
        for i, known in enumerate(self.citations):
            if (known.document, known.start, known.end) == (citation.document, citation.start, citation.end):
                return i
        self.citations.append(citation)
        self.named.append(place(citation, document))
        return len(self.citations) - 1

    def claim(self, text: str, citations: Sequence[int]) -> None:
        """Add the sentence `text` on the authority of `citations`."""
        self.claims.append(Claim(text=text, citations=tuple(citations)))

    def finish(self, confidence: float, suggestions: Sequence[str] = ()) -> Answer | None:
        """The answer of the claims that hold, or None when none does."""
        known = " ".join([self.question, self.standalone, *self.named])
        checked = [check(c, self.citations, known) for c in self.claims]
        kept = [c for c in checked if c.verified]
        if not kept:
            return None
        return Answer(
            question=self.question,
            standalone=self.standalone,
            answer="\n".join(c.text for c in kept),
            citations=tuple(self.citations),
            targets=tuple(self.targets),
            confidence=confidence,
            claims=tuple(checked),
            suggestions=tuple(suggestions),
        )
