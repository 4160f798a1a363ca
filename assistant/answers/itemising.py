"""Lists in words: items that evidence announces, rows of the register, numbered items counted."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import compose
from assistant.answers.answer import Answer
from assistant.answers.confidence import confidence
from assistant.answers.defining import defines
from assistant.answers.evidence import Evidence
from assistant.answers.figures import figures
from assistant.answers.lists import Listing, beneath, listing
from assistant.answers.named import described, names_them
from assistant.answers.naming import name, place
from assistant.answers.patterns import Phrase
from assistant.answers.reading import Reading
from assistant.answers.rows import is_row, row_said, rows
from assistant.answers.saying import Saying
from assistant.answers.siblings import together
from assistant.answers.tallies import tally
from assistant.targets.target import Target

__all__ = ["Itemising"]

_PLURAL = Phrase(r"những|các|kể tên|liệt kê|gồm|bao gồm|nêu( \S+)?|danh sách|danh mục|mấy|bao nhiêu")
_FEW_ENOUGH = range(2, 101)
"""Things that a question may say there are; "độ cồn từ 5,5 độ" says of none how many."""
_REGISTERED = 0.9
"""The confidence of a list of rows of the register whose words all are as asked, times the least of their own."""


class Itemising(Saying):
    """Makes the replies that tell or count several things."""

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

    def _wanted(self) -> int | None:
        """How many things the question says there are: "kể tên 7 khu"."""
        found = [f for f in figures(self.asked.text) if not f.unit and f.lead == f.start and f.value in _FEW_ENOUGH]
        return int(found[0].value) if found else None


def _stated(reading: Reading, span: tuple[int, int]) -> str:
    """The words of `span`; of a table row, its cells."""
    document = reading.document
    line = reading.lines[reading.lines.touching(*span)[0]]
    if is_row(document.text, line):
        return row_said(document.text, rows(reading, line)[0], line)
    return compose.said(document, *span)
