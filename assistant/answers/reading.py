"""What the answerer keeps of a document: its lines, and of those looked at, the clauses with figures and surroundings.

A document is cut into lines at once (some milliseconds for 100,000 characters) and into clauses line by line when a
question touches them, so that a question over thousands of documents reads only what its search found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from assistant.answers.bags import Level, Words, words_of
from assistant.answers.figures import Figure, figures, years
from assistant.answers.normalise import Token, bare_words, tokens
from assistant.answers.sentences import PLAIN, Clause, Line, clauses, lines
from corpus.document import Document

__all__ = ["Reading", "Unit", "name_of", "read"]

Stretch = tuple[int, int]

HEAD, SIBLING, BEFORE, CONTINUED, OPENING, ABOVE = 0.85, 0.4, 0.45, 0.75, 0.5, 0.7
"""What a word counts that stands in the sentence's head, a sibling clause, the sentence before, the same where "
"this one goes on from it ("Trong đó, ..."), the opening of the
paragraph, the header or section of the table."""
OPENED, _BRIEF = 0.75, 12
"""What a word in the opening counts for a clause of so few words that it lives on what stands before it."""
LEADS = (0.8, 0.75, 0.65, 0.6, 0.55)
"""The same for the heading just above, the one above that, and so on."""
_KEPT = 320
"""Characters of a lead that are read; a heading longer than this is a paragraph of its own."""
_GOES_ON = re.compile(
    r"(?:Cùng với|Bên cạnh|Ngoài ra|Đồng thời|Trong đó|Theo đó|Mặt khác|Đặc biệt|Cụ thể|Tiếp đó|Song song|Hơn nữa)\b"
)
_ANY_YEAR = re.compile(r"[12](?<!\d[12])(?:(?<=1)9[5-9]|(?<=2)0\d)\d(?!\d)")
"""A year; begun with its first figure, which the engine finds ten times as fast as a place without a figure before."""
_PERIOD_END = re.compile(r"\s*(?:-|–|đến)\s*(?:năm\s+)?((?:19[5-9]|20\d)\d)(?!\d)")
_VISION = re.compile(r"tầm nhìn\s+(?:đến\s+)?(?:năm\s+)?(20\d\d)", re.IGNORECASE)
_PIECE_END = re.compile(r"[.\n]")
_NAMES = re.compile(r"phê duyệt|ban hành|Kế hoạch|KẾ HOẠCH|Chương trình|CHƯƠNG TRÌNH")
_COMMA = re.compile(r"[,;]|\d+\s*%")
_FIRST_STOP = re.compile(r"[,:;.]\s")


@dataclass(slots=True)
class Unit:
    """One clause or table row with what stands around it; `figures` have offsets of the document."""

    clause: Clause
    words: list[Token]
    own: Words
    around: list[Level]
    pairs: set[tuple[str, str]]
    figures: list[Figure]
    years: set[int]
    years_above: set[int]
    leads: tuple[Stretch, ...]
    row: bool = False

    @property
    def start(self) -> int:
        """First character."""
        return self.clause.start

    @property
    def end(self) -> int:
        """Past the last character."""
        return self.clause.end

    def near(self, bare: str) -> float:
        """What a bare word counts around the clause, 0 when it is not there."""
        return max((weight for weight, words in self.around if bare in words.bares), default=0.0)


@dataclass
class Reading:
    """A document read for answering; `leading` are the lines that stand above others.

    `vision` are the years that its name gives as a vision only, beside the year of its targets.
    """

    document: Document
    lines: list[Line]
    name: Words
    name_pairs: set[tuple[str, str]]
    years: set[int]
    leading: set[Stretch]
    vision: frozenset[int] = frozenset()
    _units: dict[int, list[Unit]] = field(default_factory=dict)
    _words: dict[Stretch, tuple[list[Token], Words]] = field(default_factory=dict)
    _bare: dict[int, frozenset[str]] = field(default_factory=dict)
    _tables: dict[int, int] = field(default_factory=dict)

    def units(self, places: Iterable[int]) -> Iterator[Unit]:
        """The units of the lines at `places`."""
        for place in places:
            found = self._units.get(place)
            if found is None:
                found = self._units[place] = list(_units(self, place))
            yield from found

    def near(self, spans: Iterable[Stretch]) -> list[int]:
        """Places of the lines that touch one of `spans`."""
        starts = [line.start for line in self.lines]
        out: set[int] = set()
        for start, end in spans:
            at = max(0, bisect_right(starts, start) - 1)
            while at < len(self.lines) and self.lines[at].start < end:
                if self.lines[at].end > start:
                    out.add(at)
                at += 1
        return sorted(out)

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
        """The bare words of the line at `place`; of a table row, those of the table's first row too."""
        found = self._bare.get(place)
        if found is None:
            line = self.lines[place]
            found = bare_words(self.document.text[line.start : line.end])
            above = place and self._is_row(place) and self._is_row(place - 1)
            found = self._bare[place] = found | self._headers(place) if above else found
        return found

    def _is_row(self, place: int) -> bool:
        return self.document.text.startswith("|", self.lines[place].start)

    def _headers(self, place: int) -> frozenset[str]:
        """The bare words of the first row of the table that the row at `place` stands in."""
        first = self._tables.get(place - 1)
        if first is None:
            first = place
            while first > 0 and self._is_row(first - 1):
                first -= 1
        self._tables[place] = first
        line = self.lines[first]
        return bare_words(self.document.text[line.start : line.end])

    def read(self, span: Stretch) -> tuple[list[Token], Words]:
        """The words of `span`, with offsets of the document."""
        found = self._words.get(span)
        if found is None:
            start, end = span
            listed = tokens(self.document.text[start:end], start)
            found = self._words[span] = (listed, words_of(listed))
        return found


def read(document: Document) -> Reading:
    """The reading of `document`."""
    rows = lines(document.text)
    name = name_of(document)
    title = tokens(name)
    leading = {span for line in rows for span in line.above}
    return Reading(document, rows, words_of(title), _pairs(title), years(name), leading, _vision(name))


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


def _units(reading: Reading, place: int) -> Iterator[Unit]:
    line, text = reading.lines[place], reading.document.text
    if text.startswith("|", line.start):
        yield _row(reading, place)
        return
    goes_on = _gone_on(reading, place)
    for clause in clauses(text, line):
        yield _unit(reading, clause, goes_on)


def _row(reading: Reading, place: int) -> Unit:
    """A table row, with the words of the header and of the section row above it."""
    line, text = reading.lines[place], reading.document.text
    unit = _unit(reading, Clause(line.start, line.end, (line.start, line.end), None, line), None, row=True)
    section, header = _above_row(reading, place)
    for span in (header, section):
        if span:
            unit.leads += (span,)
            unit.around.append((ABOVE, reading.read(span)[1]))
            unit.years_above = years(text[slice(*span)]) or unit.years_above
    return unit


def _above_row(reading: Reading, place: int) -> tuple[Stretch | None, Stretch | None]:
    """The nearest section row (two cells filled at most) above a row, and the first row of the table."""
    text, section, at = reading.document.text, None, place
    while at > 0 and text.startswith("|", reading.lines[at - 1].start):
        at -= 1
        line = reading.lines[at]
        filled = [c for c in text[line.start : line.end].split("|") if c.strip()]
        if section is None and len(filled) <= 2:
            section = (line.start, line.end)
    first = reading.lines[at]
    return section, (first.start, first.end) if at < place else None


def _gone_on(reading: Reading, place: int) -> Stretch | None:
    """The opening of the paragraph that a line beginning "Cùng với đó" and its like goes on."""
    text = reading.document.text
    if not _GOES_ON.match(text, reading.lines[place].start):
        return None
    while place > 0:
        place -= 1
        line = reading.lines[place]
        if not _GOES_ON.match(text, line.start):
            return (line.start, min(line.end, line.start + 160)) if line.rank == PLAIN else None
    return None


def _unit(reading: Reading, clause: Clause, goes_on: Stretch | None, row: bool = False) -> Unit:
    text = reading.document.text
    words, own = reading.read((clause.start, clause.end))
    head, opening = _head(text, clause), _opening(text, clause)
    leads = tuple((s, min(e, s + _KEPT)) for s, e in clause.line.above)
    spans: list[tuple[float, Stretch | None]] = [(HEAD, head)]
    spans += [(LEADS[min(i, len(LEADS) - 1)], span) for i, span in enumerate(reversed(leads))]
    brief = len(words) <= _BRIEF
    spans += [
        (OPENED if brief else OPENING, opening),
        (OPENING, goes_on),
        (CONTINUED if brief or _GOES_ON.match(text, clause.sentence[0]) else BEFORE, clause.before),
    ]
    spans += [(SIBLING, clause.sentence)] if clause.sentence != (clause.start, clause.end) else []
    around = [(weight, reading.read(span)[1]) for weight, span in spans if span and span[1] > span[0]]
    body = text[clause.start : clause.end]
    at = clause.start
    found = [f._replace(start=f.start + at, end=f.end + at, lead=f.lead + at) for f in figures(body)]
    earlier = (clause.sentence[0], clause.start)
    above = _years_above(text, [head, earlier, *reversed(leads), opening, goes_on, clause.before])
    return Unit(clause, words, own, around, _pairs(words), found, years(body), above, leads, row)


def _head(text: str, clause: Clause) -> Stretch:
    """The part of the sentence that its clauses share: up to the colon, or to the first comma or figure."""
    start = clause.sentence[0]
    if clause.start == start:
        return start, start
    stop = text.rfind(":", start, clause.start)
    if stop < 0:
        first = _COMMA.search(text, start, clause.start)
        stop = first.start() if first else start
    return start, max(start, min(stop, start + _KEPT))


def _opening(text: str, clause: Clause) -> Stretch:
    start = clause.line.start
    stop = _FIRST_STOP.search(text, start, min(clause.start, start + _KEPT))
    return start, stop.start() if stop else start


def _years_above(text: str, spans: Sequence[Stretch | None]) -> set[int]:
    """The years of the nearest surroundings that name any; of a stretch before the clause, those named last."""
    for span in spans:
        if span and (found := years(text[slice(*span)])):
            return found
    return set()


def _pairs(words: list[Token]) -> set[tuple[str, str]]:
    return {(a.bare, b.bare) for a, b in pairwise(words)}
