"""Items of one list or rows of one table that answer together: all of them, or those that hold what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.answers.evidence import Evidence
from assistant.answers.lists import Listing, beneath, clean
from assistant.answers.patterns import Phrase, Typed
from assistant.answers.question import Kind, Question, Term
from assistant.answers.reading import Reading
from assistant.answers.rows import is_header, is_row, row_said, rows
from assistant.answers.sentences import Line

__all__ = ["kin", "noun_asked", "together"]

Stretch = tuple[int, int]

_NOUN = Phrase(
    r"(những|các)(?= \S+( \S+){0,9} (nào|gì))|có(?= (?!thể|được|phải|những|các)\S+( \S+){0,3} nào)"
    r"|(kể|liệt kê|nêu)( tên)?( ra)?( tất cả)?( các| những| \d+)?(?= \S)"
)
_CLASS, _CATALOGUE = frozenset(("loai", "nhom", "dang", "kieu", "ten")), ["danh", "muc"]
"""Words before the noun that say no more than that there are several sorts of it."""
_STOPS = frozenset(("nao", "gi"))
_MOST, _LONGEST = 40, 400
"""Items given at most, and the characters of a line that is an item and no paragraph."""
_MARKER = 6
"""Characters of an item's marker."""


def noun_asked(typed: Typed) -> tuple[str, ...]:
    """The bare words, two at most, of the things that are asked for: "những dịch vụ công nào", "kể tên các đảo"."""
    found = _NOUN.find(typed)
    words = [w.bare for w in typed.words[found[1] :]] if found else []
    while words and (words[0] in _CLASS or words[:2] == _CATALOGUE):
        words = words[2 if words[:2] == _CATALOGUE else 1 :]
    stop = next((i for i, word in enumerate(words) if word in _STOPS), len(words))
    return tuple(words[: min(stop, 2)])


def kin(question: Question, a: Evidence, b: Evidence) -> bool:
    """Whether both are items of one list of the things asked for: then neither says something else than the other."""
    if question.kind is not Kind.LIST or a.reading is not b.reading or a.heading or b.heading:
        return False
    if any(not e.unit.row and e.unit.clause.line.end - e.unit.clause.line.start > _LONGEST for e in (a, b)):
        return False
    lead = _lead(question, a)
    return lead is not None and lead == _lead(question, b)


def together(question: Question, e: Evidence) -> Listing | None:
    """The items that answer with `e`, which is one of them or their heading; None where there is no list of what is
    asked for.

    Where items hold asked words that the list as a whole does not, only those that hold them are taken.
    """
    line, lead = e.unit.clause.line, _lead(question, e)
    if e.heading or (e.unit.row and is_header(e.reading, line)):
        below = _table(e.reading, line)
        own = _told_below(question, e, below) if below else []
        return _listed(e, _span(line), _narrowed(question, e.reading, own, below), 1) if own else None
    if lead is None or e.unit.start > line.start + _MARKER:
        return None
    own = _own(question, e)
    if not own:
        return None if e.unit.row else _all_under(e.reading, lead)
    return _listed(e, lead, _narrowed(question, e.reading, own, _items(e, lead)), 1 if e.unit.row else 2)


def _listed(e: Evidence, lead: Stretch, held: Sequence[Line], least: int) -> Listing | None:
    """The lines `held` as a list under `lead`, None where there are fewer than `least`."""
    if len(held) < least:
        return None
    text, kept = e.reading.document.text, held[:_MOST]
    header = rows(e.reading, kept[0])[0]
    said = [row_said(text, header, o) if is_row(text, o) else clean(text[o.start : o.end]) for o in kept]
    return Listing(tuple(said), *lead, len(held) > _MOST, tuple(map(_span, kept)))


def _table(reading: Reading, line: Line) -> list[Line]:
    """The rows of the table that `line` is the header of or the heading above; [] where it is of none."""
    text = reading.document.text
    first = line if is_row(text, line) else next((o for o in reading.lines if _span(line) in o.above[-1:]), None)
    return rows(reading, first)[1:] if first and is_row(text, first) else []


def _told_below(question: Question, e: Evidence, below: Sequence[Line]) -> list[Term]:
    """The asked words that rows under `e` hold, and neither it, the columns, nor the document's name."""
    reading, plain = e.reading, question.typed.plain
    columns = _words(reading, rows(reading, below[0])[0], plain)
    shared = _shared(e, plain) | columns | (e.unit.own.bares if plain else e.unit.own.keys)
    told = frozenset[str]().union(*(_words(reading, o, plain) for o in below))
    return [t for t in question.terms if _form(t, plain) in told - shared]


def _shared(e: Evidence, plain: bool) -> frozenset[str]:
    """The words of the lines above and of the name of the document."""
    above = [e.reading.name, *(e.reading.words(lead) for lead in e.unit.leads)]
    return frozenset[str]().union(*(w.bares if plain else w.keys for w in above))


def _span(line: Line) -> Stretch:
    return line.start, line.end


def _all_under(reading: Reading, lead: Stretch) -> Listing | None:
    text = reading.document.text
    return beneath(reading, lead) if text[slice(*lead)].rstrip().endswith(":") else None


def _lead(question: Question, e: Evidence) -> Stretch | None:
    """The line above that names the things asked for: the heading, the lead, or the header of the table."""
    noun = noun_asked(question.typed)
    if not noun:
        return None
    above = e.unit.clause.line.above[-1:]
    if e.unit.row:
        above = (*above, *e.unit.leads[-1:], *_header(e))
    for lead in reversed(above):
        said = e.reading.words(lead).bares if len(noun) < 2 else e.reading.pairs(lead)
        if (noun if len(noun) > 1 else noun[0]) in said:
            return lead
    return None


def _header(e: Evidence) -> tuple[Stretch, ...]:
    """The first row of the table that the row stands in."""
    rows = [lead for lead in e.unit.leads if e.reading.document.text.startswith("|", lead[0])]
    return tuple(rows[:1])


def _own(question: Question, e: Evidence) -> list[Term]:
    """The asked words that the item holds, and neither the lines above it nor the name of the document."""
    plain = question.typed.plain
    mine = e.unit.own.bares if plain else e.unit.own.keys
    return [t for t in question.terms if _form(t, plain) in mine - _shared(e, plain)]


def _items(e: Evidence, lead: Stretch) -> list[Line]:
    """The lines under `lead` of the rank of the item; of a table, its rows."""
    reading, line = e.reading, e.unit.clause.line
    if e.unit.row:
        return rows(reading, line)[1:]
    under = [o for o in reading.lines if lead in o.above and o.rank == line.rank]
    return [o for o in under if o.end - o.start <= _LONGEST]


def _narrowed(question: Question, reading: Reading, own: Sequence[Term], items: Sequence[Line]) -> list[Line]:
    """Those of the items that hold all of `own`, side by side where any item has them as the question does."""
    plain, wanted = question.typed.plain, {t.place for t in own}
    held = [o for o in items if all(_form(t, plain) in _words(reading, o, plain) for t in own)]
    beside = [p for p in pairwise(question.terms) if p[0].place + 1 == p[1].place]
    pairs = {(a.word.bare, b.word.bare) for a, b in beside if {a.place, b.place} & wanted}
    said = [reading.pairs(_span(o)) for o in held]
    pairs &= set[tuple[str, str]]().union(*said)
    return [o for o, there in zip(held, said, strict=True) if pairs <= there]


def _form(term: Term, plain: bool) -> str:
    return term.word.bare if plain else term.word.key


def _words(reading: Reading, line: Line, plain: bool) -> frozenset[str]:
    words = reading.words(_span(line))
    return words.bares if plain else words.keys
