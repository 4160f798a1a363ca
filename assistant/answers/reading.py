"""What the answerer keeps of a document: its lines, and of those looked at, the clauses with figures and surroundings.

A document is cut into lines at once (some milliseconds for 100,000 characters) and into clauses line by line when a
question touches them, so that a question over thousands of documents reads only what its search found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from assistant.answers.articles import named_by
from assistant.answers.bags import Run, Words, words_of
from assistant.answers.figures import years
from assistant.answers.labels import LABELLED, labelled, sets_figure
from assistant.answers.normalise import bare_words, tokens
from assistant.answers.sentences import PLAIN, lines
from assistant.answers.stretches import Stretch, Stretches
from assistant.answers.surroundings import units_at
from assistant.answers.tabling import header
from assistant.answers.unit import Unit
from corpus.document import Document

__all__ = ["Reading", "name_of", "read"]

_ANY_YEAR = re.compile(r"[12](?<!\d[12])(?:(?<=1)9[5-9]|(?<=2)0\d)\d(?!\d)")
"""A year; begun with its first figure, which the engine finds ten times as fast as a place without a figure before."""
_PERIOD_END = re.compile(r"\s*(?:-|–|đến)\s*(?:năm\s+)?((?:19[5-9]|20\d)\d)(?!\d)")
_VISION = re.compile(r"tầm nhìn\s+(?:đến\s+)?(?:năm\s+)?(20\d\d)", re.IGNORECASE)
_PIECE_END = re.compile(r"[.\n]")
_NAMES = re.compile(r"phê duyệt|ban hành|Kế hoạch|KẾ HOẠCH|Chương trình|CHƯƠNG TRÌNH")


@dataclass
class Reading(Stretches):
    """A document read for answering.

    `vision` are the years that its name gives as a vision only, beside the year of its targets.
    """

    name: Words
    name_pairs: set[tuple[str, str]]
    years: set[int]
    vision: frozenset[int] = frozenset()
    _units: dict[int, list[Unit]] = field(default_factory=dict)
    _bare: dict[int, frozenset[str]] = field(default_factory=dict)
    _tables: dict[int, int] = field(default_factory=dict)
    _above: dict[Stretch, frozenset[str]] = field(default_factory=dict)
    _tops: dict[int, frozenset[str]] = field(default_factory=dict)

    def units(self, places: Iterable[int]) -> Iterator[Unit]:
        """The units of the lines at `places`."""
        for place in places:
            found = self._units.get(place)
            if found is None:
                found = self._units[place] = list(units_at(self, place))
            yield from found

    def near(self, spans: Iterable[Stretch]) -> list[int]:
        """Places of the lines that touch one of `spans`."""
        out: set[int] = set()
        for start, end in spans:
            out.update(self.lines.touching(start, end))
        return sorted(out)

    @cached_property
    def leading(self) -> set[Stretch]:
        """The lines that stand above others."""
        return self.lines.leading()

    @cached_property
    def all_years(self) -> frozenset[int]:
        """Every year that the text or the data of the document names, and those within a period that it names."""
        document = self.document
        dates = (document.issued_on, document.effective_from, document.effective_to, document.number, document.title)
        text = "\n".join([document.text, *(d for d in dates if d)])
        found: set[int] = set()
        for year in _ANY_YEAR.finditer(text):
            end = _PERIOD_END.match(text, year.end())
            first = int(year.group())
            found.update(range(first, int(end.group(1)) + 1) if end else ())
            found.add(first)
        return frozenset(found)

    def holds(self, place: int) -> frozenset[str]:
        """The bare words of the line at `place`; of a table row, those of the table's header too; of a short row and of
        a short line after a label ("Thời gian: ...") or with a figure, those of the heading that it stands under.
        """
        found = self._bare.get(place)
        if found is None:
            line = self.lines[place]
            found = bare_words(self.document.text[line.start : line.end])
            if place and self._is_row(place) and self._is_row(place - 1):
                found = found | self._headers(place)
                if line.above and line.end - line.start <= LABELLED:
                    found = found | self._heads(line.above[-1])
            elif labelled(self.document.text, line):
                named = named_by(self.document.text, self.lines, place) if line.rank < PLAIN else None
                found = found.union(*map(self._heads, (*line.above[-1:], *([named] if named else ()))))
            elif line.above and sets_figure(self.document.text, line):
                found = found | self._heads(line.above[-1])
            self._bare[place] = found
        return found

    def _heads(self, span: Stretch) -> frozenset[str]:
        """The bare words of a line that stands above others."""
        found = self._above.get(span)
        if found is None:
            found = self._above[span] = bare_words(self.document.text[slice(*span)])
        return found

    def _is_row(self, place: int) -> bool:
        return self.document.text.startswith("|", self.lines[place].start)

    def _headers(self, place: int) -> frozenset[str]:
        """The bare words of the header of the table that the row at `place` stands in."""
        first = self._tables.get(place - 1)
        if first is None:
            first = place
            while first > 0 and self._is_row(first - 1):
                first -= 1
        self._tables[place] = first
        found = self._tops.get(first)
        if found is None:
            start, end = header(self.document.text, self.lines, first, len(self.lines))
            found = self._tops[first] = bare_words(self.document.text[start:end])
        return found


def read(document: Document) -> Reading:
    """The reading of `document`."""
    rows = lines(document.text)
    name = name_of(document)
    title = Run(tokens(name))
    return Reading(document, rows, words_of(title), title.pairs(), years(name), _vision(name))


def _vision(name: str) -> frozenset[int]:
    """The years that `name` gives as a vision, where it gives others too."""
    seen = frozenset(int(m.group(1)) for m in _VISION.finditer(name))
    return seen if years(name) - seen else frozenset()


def name_of(document: Document) -> str:
    """The words that a person may call `document` by: title, number, issuer, and the sentences that name it."""
    head = document.text[:2500]
    named = [piece[:300] for piece in _PIECE_END.split(head) if _NAMES.search(piece)]
    first = head.split("\n", 1)[0][:200]
    about = [document.title, document.kind, document.number or document.about, document.issuer, first, *named[:3]]
    capitals = [line for line in head.split("\n") if len(line) > 20 and line.upper() == line and line[0] != "|"]
    return "\n".join(part for part in [*about, *capitals[:3]] if part)
