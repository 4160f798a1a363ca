"""What the answerer keeps of a document: clauses with their words, figures, years and surroundings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.answers.figures import Figure, figures, years
from assistant.answers.normalise import Token, tokens
from assistant.answers.sentences import PLAIN, Clause, Line, clauses, lines
from assistant.answers.synonyms import concepts
from corpus.document import Document

__all__ = ["Bag", "Reading", "Unit", "read"]

HEAD, SIBLING, BEFORE, OPENING = 0.85, 0.4, 0.45, 0.5
"""How much a word counts that stands in the sentence's head, a sibling clause, the sentence before, the line's first."""
LEADS = (0.8, 0.75, 0.65, 0.6, 0.55)
"""The same for the heading just above, the one above that, and so on."""
_KEPT = 320
"""Characters of a lead that are read; a heading longer than this is a paragraph of its own."""


@dataclass(slots=True)
class Bag:
    """Words with the best weight that each was seen at: by key, by bare form, by concept."""

    keys: dict[str, float] = field(default_factory=dict)
    bares: dict[str, float] = field(default_factory=dict)
    ideas: dict[int, float] = field(default_factory=dict)

    def add(self, words: list[Token], weight: float) -> None:
        """Take `words` in at `weight`."""
        for w in words:
            if self.keys.get(w.key, 0.0) < weight:
                self.keys[w.key] = weight
            if self.bares.get(w.bare, 0.0) < weight:
                self.bares[w.bare] = weight
        for idea, _, _ in concepts(words):
            if self.ideas.get(idea, 0.0) < weight:
                self.ideas[idea] = weight


@dataclass(slots=True)
class Unit:
    """One clause or table row: `bag` holds the words around it, `figures` have offsets of the document."""

    clause: Clause
    words: list[Token]
    bag: Bag
    pairs: set[tuple[str, str]]
    figures: list[Figure]
    years: set[int]
    years_above: set[int]
    leads: tuple[tuple[int, int], ...]
    row: bool = False

    @property
    def start(self) -> int:
        """First character."""
        return self.clause.start

    @property
    def end(self) -> int:
        """Past the last character."""
        return self.clause.end


@dataclass(slots=True)
class Reading:
    """A document read for answering: its units, where each word occurs among them, and the words of its name."""

    document: Document
    lines: list[Line]
    units: list[Unit]
    places: dict[str, list[int]]
    name: Bag
    name_pairs: set[tuple[str, str]]
    years: set[int]
    leading: set[tuple[int, int]]

    def near(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """Places in `units` of those that touch one of `spans`."""
        wanted = list(spans)
        return [i for i, u in enumerate(self.units) if any(s < u.end and u.start < e for s, e in wanted)]


def read(document: Document) -> Reading:
    """The reading of `document`; linear in its length, about 0.2 s for 100,000 characters."""
    text = document.text
    rows = lines(text)
    cache: dict[tuple[int, int], list[Token]] = {}
    units = [u for line in rows for u in _units(text, line, cache)]
    _continue(text, units, cache)
    _tables(text, units, cache)
    places: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        for word in {w.bare for w in unit.words}:
            places[word].append(i)
    leading = {span for line in rows for span in line.above}
    name = Bag()
    title = tokens(name_of(document))
    name.add(title, 1.0)
    return Reading(document, rows, units, dict(places), name, _pairs(title), years(name_of(document)), leading)


def name_of(document: Document) -> str:
    """The words that a person may call `document` by: title, number, issuer, and the sentence that names it."""
    head = document.text[:2500]
    named = [
        m.group()[:300]
        for m in re.finditer(r"[^.\n]*(?:phê duyệt|ban hành|Kế hoạch|KẾ HOẠCH|Chương trình|CHƯƠNG TRÌNH)[^.\n]*", head)
    ]
    first = head.split("\n", 1)[0][:200]
    about = [document.title, document.kind, document.number or document.about, document.issuer, first, *named[:3]]
    capitals = [
        line for line in head.split("\n") if len(line) > 20 and line.upper() == line and not line.startswith("|")
    ]
    return "\n".join(part for part in [*about, *capitals[:3]] if part)


def _units(text: str, line: Line, cache: dict[tuple[int, int], list[Token]]) -> Iterator[Unit]:
    if text.startswith("|", line.start):
        whole = Clause(line.start, line.end, (line.start, line.end), None, line)
        yield _unit(text, whole, cache, row=True)
        return
    for clause in clauses(text, line):
        yield _unit(text, clause, cache)


def _unit(text: str, clause: Clause, cache: dict[tuple[int, int], list[Token]], row: bool = False) -> Unit:
    own = _words(text, (clause.start, clause.end), cache)
    bag = Bag()
    head = _head(text, clause)
    leads = tuple((s, min(e, s + _KEPT)) for s, e in clause.line.above)
    around = [(HEAD, head), (SIBLING, clause.sentence), (OPENING, _opening(text, clause))]
    around += [(BEFORE, clause.before)] if clause.before else []
    around += [(LEADS[min(i, len(LEADS) - 1)], span) for i, span in enumerate(reversed(leads))]
    for weight, span in around:
        bag.add(_words(text, span, cache), weight)
    found = [f._replace(start=f.start + clause.start, end=f.end + clause.start, lead=f.lead + clause.start)
             for f in figures(text[clause.start : clause.end])]  # fmt: skip
    local = years(text[clause.start : clause.end])
    return Unit(clause, own, bag, _pairs(own), found, local, _years_above(text, head, clause, leads), leads, row)


def _words(text: str, span: tuple[int, int], cache: dict[tuple[int, int], list[Token]]) -> list[Token]:
    if span not in cache:
        start, end = span
        cache[span] = [t._replace(start=t.start + start, end=t.end + start) for t in tokens(text[start:end])]
    return cache[span]


def _head(text: str, clause: Clause) -> tuple[int, int]:
    """The part of the sentence that its clauses share: up to the colon, or to the first comma or figure."""
    start, end = clause.sentence
    if clause.start == start:
        return start, start
    stop = text.rfind(":", start, clause.start)
    if stop < 0:
        first = re.compile(r"[,;]|\d+\s*%").search(text, start, clause.start)
        stop = first.start() if first else start
    return start, max(start, min(stop, start + _KEPT))


def _opening(text: str, clause: Clause) -> tuple[int, int]:
    start = clause.line.start
    stop = re.compile(r"[,:;.]\s").search(text, start, min(clause.start, start + _KEPT))
    return start, stop.start() if stop else start


def _years_above(text: str, head: tuple[int, int], clause: Clause, leads: tuple[tuple[int, int], ...]) -> set[int]:
    """The years of the nearest surroundings that name any."""
    for span in [head, *reversed(leads), _opening(text, clause), clause.before]:
        if span and (found := years(text[span[0] : span[1]])):
            return found
    return set()


def _pairs(words: list[Token]) -> set[tuple[str, str]]:
    return {(a.bare, b.bare) for a, b in zip(words, words[1:], strict=False)}


_GOES_ON = re.compile(
    r"(?:Cùng với|Bên cạnh|Ngoài ra|Đồng thời|Trong đó|Theo đó|Mặt khác|Đặc biệt|Cụ thể|Tiếp đó|Song song|Hơn nữa)\b"
)


def _continue(text: str, units: list[Unit], cache: dict[tuple[int, int], list[Token]]) -> None:
    """Give the plain lines that open with "Cùng với đó" and its like the opening of the paragraph that they go on."""
    opening: tuple[int, int] | None = None
    line: Line | None = None
    for unit in units:
        if unit.clause.line is not line:
            line = unit.clause.line
            if not _GOES_ON.match(text, line.start):
                opening = (unit.start, min(unit.end, unit.start + 160)) if line.rank == PLAIN else None
        if opening and _GOES_ON.match(text, unit.clause.line.start):
            unit.bag.add(_words(text, opening, cache), OPENING)
            unit.years_above = unit.years_above or years(text[slice(*opening)])


def _tables(text: str, units: list[Unit], cache: dict[tuple[int, int], list[Token]]) -> None:
    """Give each table row the words of its header and of the section rows above it."""
    header: Unit | None = None
    section: Unit | None = None
    for i, unit in enumerate(units):
        if not unit.row:
            header = section = None
            continue
        if i == 0 or not units[i - 1].row:
            header = unit
            continue
        cells = [c for c in text[unit.start : unit.end].split("|") if c.strip()]
        above = [u for u in (header, section) if u is not None]
        unit.leads += tuple((u.start, u.end) for u in above)
        for u in above:
            unit.bag.add(_words(text, (u.start, u.end), cache), 0.7)
            unit.years_above = years(text[u.start : u.end]) or unit.years_above
        if len(cells) <= 2:
            section = unit


def frequencies(readings: Iterable[Reading]) -> tuple[Counter[str], int]:
    """How many units each bare word stands in, and how many units there are."""
    count: Counter[str] = Counter()
    total = 0
    for reading in readings:
        total += len(reading.units)
        for word, where in reading.places.items():
            count[word] += len(where)
    return count, total


def is_plain(line: Line) -> bool:
    """Whether no marker opens `line`."""
    return line.rank == PLAIN
