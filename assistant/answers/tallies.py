"""How many things a numbered list or table holds, where a question asks that of the list and no clause says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.evidence import Evidence
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question
from assistant.answers.rows import is_row, rows
from assistant.answers.sentences import Line

__all__ = ["asks_tally", "tally"]

_OF_LIST = Phrase(
    r"liệt kê|danh mục|danh sách|phụ lục|bảng|(gồm|nêu|kể|đưa ra|ghi) (mấy|bao nhiêu)|(mấy|bao nhiêu) (mục|dòng)"
)
"""How a question says that what it counts stands in a list."""
_NUMBER = re.compile(r"\|?\s*(\d{1,3})(?:[.)]|\s*(?:\||$)|\s*$)")
"""The number of an item or row, before its text or in a cell of its own."""
_LEAST = 2


def asks_tally(question: Question) -> bool:
    """Whether the question asks how many things of one sort a list holds."""
    return question.kind is Kind.COUNT and bool(question.noun) and question.typed in _OF_LIST


def tally(question: Question, e: Evidence) -> tuple[int, int, int] | None:
    """The number of the items under the heading `e`, with the span from the heading to the last of them.

    They must be numbered from 1 on without a gap, and the heading must name what is counted: (number, start, end).
    """
    noun = tuple(w.bare for w in question.noun[:2])
    lead = (e.unit.clause.line.start, e.unit.clause.line.end)
    said = e.reading.pairs(lead) if len(noun) > 1 else e.reading.words(lead).bares
    if not e.heading or (noun if len(noun) > 1 else noun[0]) not in said:
        return None
    items = _items(e, lead)
    numbers = [int(m.group(1)) for o in items if (m := _NUMBER.match(e.reading.document.text, o.start, o.end))]
    if len(numbers) < _LEAST or numbers != list(range(1, len(numbers) + 1)):
        return None
    return len(numbers), lead[0], items[-1].end


def _items(e: Evidence, lead: tuple[int, int]) -> Sequence[Line]:
    """The lines right under the heading; of a table there, its rows."""
    text = e.reading.document.text
    under = [o for o in e.reading.lines if o.above[-1:] == (lead,)]
    table = next((o for o in under if is_row(text, o)), None)
    if table:
        return rows(e.reading, table)[1:]
    rank = min((o.rank for o in under), default=0)
    return [o for o in under if o.rank == rank]
