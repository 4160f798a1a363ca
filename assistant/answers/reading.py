"""What the answerer keeps of a document: its lines, and of those looked at, the clauses with figures and surroundings.

A document is cut into lines at once (some milliseconds for 100,000 characters) and into clauses line by line when a
question touches them, so that a question over thousands of documents reads only what its search found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile

from assistant.answers.articles import named_by, referred
from assistant.answers.bags import Level, Run, Words, words_of
from assistant.answers.figures import Figure, figures, years
from assistant.answers.normalise import Token, bare_words, tokens
from assistant.answers.sentences import PLAIN, Clause, Line, Lines, clauses, lines
from assistant.answers.tabling import above_row, header, label_of
from corpus.document import Document

__all__ = ["Reading", "Unit", "name_of", "read"]

Stretch = tuple[int, int]

HEAD, SIBLING, BEFORE, CONTINUED, OPENING, ABOVE = 0.85, 0.4, 0.45, 0.75, 0.5, 0.7
"""What a word counts that stands in the sentence's head, a sibling clause, the sentence before, the same where "
"this one goes on from it ("Trong đó, ..."), the opening of the
paragraph, the header or section of the table."""
_BARE = 8
"""Words of an item from which it is more than what its heading is completed by: "Phạt tiền đến ... đồng"."""
REFERRED = 0.75
"""What a word counts of a provision that the clause points to."""
OPENED, _BRIEF = 0.75, 12
"""What a word in the opening counts for a clause of so few words that it lives on what stands before it."""
LISTED, _NOUNS = 0.95, 14
"""What a word counts of the list that a clause begins, and the most words of one of its items."""
_FOR_WHOM = re.compile(r"(?<!\w)(?:áp dụng (?:cho|đối với)|đối với|dành cho)(?!\w)")
LEADS = (0.8, 0.75, 0.65, 0.6, 0.55)
"""The same for the heading just above, the one above that, and so on."""
_LABEL = re.compile(
    r"\s*(?:[-–+•*]\s*|(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s*)?(?:Thời (?:gian|hạn|điểm)"
    r"|Tiến độ|Kinh phí|Nguồn|Địa điểm|Đối tượng|Phạm vi|Chủ đề|Mục đích|Mục tiêu|Yêu cầu"
    r"|Nội dung|Hình thức|Quy mô|Số lượng|Thành phần|Chủ trì|Phối hợp|Cơ quan|Đơn vị|Sản phẩm"
    r"|Kết quả|Tổng (?:số|mức|vốn|kinh phí)|Nhu cầu|Mức)[^:.;|]{0,50}:\s*\S"
)
"""A label that says which side of the thing in the heading is told."""
_LABELLED = 240
"""Characters of a line that a label opens, which lives on the heading above it."""
_UNDER = 0.95
"""What a word of that heading counts for it."""
_KEPT = 320
"""Characters of a lead that are read; a heading longer than this is a paragraph of its own."""
_GOES_ON = re.compile(
    r"(?:Cùng với|Bên cạnh|Ngoài ra|Đồng thời|Trong đó|Theo đó|Mặt khác|Đặc biệt|Cụ thể|Tiếp đó|Song song|Hơn nữa)\b"
)
_DEADLINE = re.compile(
    r"(?:Dự kiến|Thời (?:hạn|gian|điểm)|Tiến độ|Hoàn thành|Kinh phí|Chủ trì|Đơn vị (?:chủ trì|thực hiện)"
    r"|Cơ quan chủ trì)(?!\w)"
)
"""How a short sentence opens that says when, by whom or for how much what the one before sets is done."""
_DONE = re.compile(
    r"(?:và\s+)?(?:phải\s+)?(?:hoàn thành|xong|thời (?:gian|hạn)(?:\s+hoàn thành|\s+thực hiện)?)\s*"
    r"(?::|trước|trong|chậm nhất|vào|là)\s*(?:ngày|tháng|năm|quý|\d)",
    re.IGNORECASE,
)
"""How a clause says no more than when what the clauses before it set is done."""
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
    """One clause or table row of `text` with what stands around it.

    `lent` are words that belong to the clause as if they stood in it: of the lead that it is one of the cases of ("...
    nếu đạt: cấp xã 65 điểm; cấp tỉnh 75 điểm"), of the heading whose side it tells ("Thời gian: ..."). `nearby` are
    the stretches that tell the year of a clause without one, the nearest first, `telling` one that tells more of it
    than these. Figures, years and pairs are read when they are first asked for: few questions ask for all. `brackets`
    and `parts` keep what was found out of the figures. `completes` is the heading whose pairs of words the clause has
    too, `named` the line that names what the clause is a labelled line of ("Tên dự án: ..."); `closes` says that it
    tells no more than when what the clauses before it set is done.
    """

    text: str = field(repr=False)
    clause: Clause
    words: Run
    own: Words
    around: list[Level]
    leads: tuple[Stretch, ...]
    nearby: tuple[Stretch | None, ...]
    row: bool = False
    lent: tuple[Level, ...] = ()
    run_on: Run | None = None
    brackets: dict[int, int] = field(default_factory=dict)
    parts: dict[tuple[Figure, ...], Stretch] = field(default_factory=dict)
    telling: tuple[Stretch, ...] = ()
    completes: AbstractSet[tuple[str, str]] = frozenset()
    named: Stretch | None = None
    closes: bool = False
    _pairs: set[tuple[str, str]] | None = None
    _figures: list[Figure] | None = None
    _years: set[int] | None = None
    _years_above: set[int] | None = None

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The bare words that stand side by side, in a short clause that says when the sentence before is done also
        those of that sentence.
        """
        if self._pairs is None:
            pairs = self.words.pairs()
            pairs = pairs if self.run_on is None else pairs | self.run_on.pairs()
            self._pairs = {*pairs, *self.completes} if self.completes else pairs
        return self._pairs

    @property
    def figures(self) -> list[Figure]:
        """The figures of the clause, with offsets of the document."""
        if self._figures is None:
            self._figures = _figures(self.text, self.start, self.end)
        return self._figures

    @property
    def years(self) -> set[int]:
        """The years that the clause names."""
        if self._years is None:
            self._years = years(self.text[self.start : self.end])
        return self._years

    @property
    def years_above(self) -> set[int]:
        """The years of the nearest surroundings that name any."""
        if self._years_above is None:
            found = _years_above(self.text, self.nearby)
            for span in self.telling:
                found = years(self.text[slice(*span)]) or found
            self._years_above = found
        return self._years_above

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


def _figures(text: str, start: int, end: int) -> list[Figure]:
    found = figures(text[start:end])
    return [f._replace(start=f.start + start, end=f.end + start, lead=f.lead + start) for f in found]


@dataclass
class Reading:
    """A document read for answering.

    `vision` are the years that its name gives as a vision only, beside the year of its targets.
    """

    document: Document
    lines: Lines
    name: Words
    name_pairs: set[tuple[str, str]]
    years: set[int]
    vision: frozenset[int] = frozenset()
    _units: dict[int, list[Unit]] = field(default_factory=dict)
    _words: dict[Stretch, Words] = field(default_factory=dict)
    _pairs: dict[Stretch, set[tuple[str, str]]] = field(default_factory=dict)
    _figures: dict[Stretch, list[Figure]] = field(default_factory=dict)
    _bare: dict[int, frozenset[str]] = field(default_factory=dict)
    _tables: dict[int, int] = field(default_factory=dict)
    _above: dict[Stretch, frozenset[str]] = field(default_factory=dict)
    _tops: dict[int, frozenset[str]] = field(default_factory=dict)

    def units(self, places: Iterable[int]) -> Iterator[Unit]:
        """The units of the lines at `places`."""
        for place in places:
            found = self._units.get(place)
            if found is None:
                found = self._units[place] = list(_units(self, place))
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
                if line.above and line.end - line.start <= _LABELLED:
                    found = found | self._heads(line.above[-1])
            elif labelled(self.document.text, line):
                named = named_by(self.document.text, self.lines, place) if line.rank < PLAIN else None
                found = found.union(*map(self._heads, (*line.above[-1:], *([named] if named else ()))))
            elif line.above and _sets(self.document.text, line):
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

    def words(self, span: Stretch) -> Words:
        """The words of `span`."""
        found = self._words.get(span)
        if found is None:
            text = self.document.text[slice(*span)]
            found = Run.of(text, 0, len(text)).words()
            self._words[span] = found
        return found

    def figures(self, span: Stretch) -> list[Figure]:
        """The figures of `span`, with offsets of the document."""
        found = self._figures.get(span)
        if found is None:
            found = self._figures[span] = _figures(self.document.text, *span)
        return found

    def pairs(self, span: Stretch) -> set[tuple[str, str]]:
        """The bare words of `span` that stand side by side."""
        found = self._pairs.get(span)
        if found is None:
            found = self._pairs[span] = set(pairwise(self.words(span).bare.split()))
        return found

    def read(self, span: Stretch) -> tuple[list[Token], Words]:
        """The words of `span` in order, with offsets of the document, and as `words` gives them."""
        start, end = span
        return tokens(self.document.text[start:end], start), self.words(span)


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


def _units(reading: Reading, place: int) -> Iterator[Unit]:
    line, text = reading.lines[place], reading.document.text
    if text.startswith("|", line.start):
        yield _row(reading, place)
        return
    goes_on = _gone_on(reading, place)
    cut = _Cut(text, line.start, line.end)
    made = [_unit(reading, clause, goes_on, cut) for clause in clauses(text, line)]
    named = named_by(text, reading.lines, place) if labelled(text, line) else None
    for at, unit in enumerate(made):
        unit.around += _listed(text, unit, made[at + 1 :])
        points_to = referred(text, reading.lines, place, unit.start, unit.end)
        unit.around += [(REFERRED, reading.words((s, min(e, s + _KEPT)))) for s, e in points_to]
        if named:
            unit.named = named
            unit.lent += ((_UNDER, reading.words(named)),)
            unit.around.append((_UNDER, reading.words(named)))
        yield unit


def _listed(text: str, unit: Unit, following: Sequence[Unit]) -> list[Level]:
    """The words of the clauses after the one that says for whom a figure is: "giảm 90% đối với thương binh; bệnh binh".

    They go on with the list as long as they have no figure of their own.
    """
    if not _FOR_WHOM.search(text, unit.start, unit.end):
        return []
    if not unit.figures or not _FOR_WHOM.search(text, unit.figures[0].end, unit.end):
        return []
    rest = takewhile(lambda u: not u.figures and u.clause.sentence == unit.clause.sentence, following)
    return [(LISTED, u.own) for u in rest if len(u.words) <= _NOUNS]


class _Cut:
    """The words of a line, cut once for all stretches of it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._run = Run.of(text, start, end)
        self._whole = "CNTT" not in text[start:end]
        self._words: dict[Stretch, Words] = {}

    def run(self, start: int, end: int) -> Run:
        """The words of a stretch of the line; those that it cuts through are read by themselves."""
        if start == self._start and end == self._end:
            return self._run
        if not self._whole or start < self._start or end > self._end:
            return Run.of(self._text, start, end)
        starts, ends = self._run.starts, self._run.ends
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        through = (first and ends[first - 1] > start) or (last and ends[last - 1] > end)
        return Run.of(self._text, start, end) if through else self._run.part(first, last)

    def words(self, span: Stretch) -> Words:
        """The words of a stretch as `Words`."""
        found = self._words.get(span)
        if found is None:
            found = self._words[span] = self.run(*span).words()
        return found


def _row(reading: Reading, place: int) -> Unit:
    """A table row, with the words of the header and of the section row above it."""
    line, text = reading.lines[place], reading.document.text
    cut = _Cut(text, line.start, line.end)
    unit = _unit(reading, Clause(line.start, line.end, (line.start, line.end), None, line), None, cut, row=True)
    *above, whole = above_row(text, reading.lines, place) or (None,)
    for span in above:
        if span:
            unit.leads += (span,)
            unit.around.append((ABOVE, reading.words(span)))
            unit.telling += (span,)
    if whole:
        unit.leads += (whole,)
        unit.lent += ((_UNDER, reading.words(whole)),)
        unit.around += unit.lent
        unit.completes = reading.pairs(whole)
        unit.named = label_of(text[slice(*whole)], whole[0])
    return unit


def labelled(text: str, line: Line) -> bool:
    """Whether a line is short and tells one side of what its heading names: "b) Thời gian: từ ... đến ..."."""
    return line.end - line.start <= _LABELLED and bool(_LABEL.match(text, line.start, line.end))


def _sets(text: str, line: Line) -> bool:
    """Whether a line is short, stands under a heading with a colon and has a figure: "b) Phạt tiền đến 1.000 đồng"."""
    if line.end - line.start > _LABELLED or text[line.above[-1][1] - 1] != ":":
        return False
    return bool(_FIGURE.search(text, line.start + _NUMBERED, line.end))


_FIGURE, _NUMBERED = re.compile(r"\d"), 3
"""A figure, and the characters of a line that may be its own number."""


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


def _unit(reading: Reading, clause: Clause, goes_on: Stretch | None, cut: _Cut, row: bool = False) -> Unit:
    text = reading.document.text
    words, own = cut.run(clause.start, clause.end), cut.words((clause.start, clause.end))
    head, opening = _head(text, clause), _opening(text, clause)
    leads = tuple((s, min(e, s + _KEPT)) for s, e in clause.line.above)
    brief = len(words) <= _BRIEF
    around = [(HEAD, cut.words(head))] if head[1] > head[0] else []
    around += [(LEADS[min(i, len(LEADS) - 1)], reading.words(span)) for i, span in enumerate(reversed(leads))]
    lent = [(_UNDER, reading.words(leads[-1]))] if leads and labelled(text, clause.line) else []
    if head[1] > head[0] and text[head[1] : head[1] + 1] == ":":
        lent.append((_UNDER, cut.words(head)))
    elif not row and clause.start > clause.sentence[0] and _ELLIPTIC.match(text, clause.start, clause.end):
        lent.append((_UNDER, cut.words((clause.sentence[0], clause.start))))
    elif clause.start == clause.sentence[0] and clause.end < clause.sentence[1]:
        colon = text.find(":", clause.start, clause.end)
        if colon >= 0:
            lent.append((_UNDER, cut.words((clause.start, colon))))
            own = cut.words((colon + 1, clause.end))
    around += lent
    if opening[1] > opening[0]:
        around.append((OPENED if brief else OPENING, cut.words(opening)))
    if goes_on:
        around.append((OPENING, reading.words(goes_on)))
    if clause.before:
        on = brief or _GOES_ON.match(text, clause.sentence[0])
        around.append((CONTINUED if on else BEFORE, cut.words(clause.before)))
    if clause.sentence != (clause.start, clause.end):
        around.append((SIBLING, cut.words(clause.sentence)))
    closes = brief and clause.start > clause.sentence[0] and bool(_DONE.match(text, clause.start))
    from_ = _runs_on_from(text, clause, closes) if brief else clause.start
    run_on = cut.run(from_, clause.end) if from_ < clause.start else None
    own = own if run_on is None else cut.words((from_, clause.end))
    nearby = (head, (clause.sentence[0], clause.start), *reversed(leads), opening, goes_on, clause.before)
    completed = leads and len(words) <= _BARE and clause.line.rank < PLAIN and not row
    completes = reading.pairs(leads[-1]) if completed else frozenset()
    return Unit(
        text, clause, words, own, around, leads, nearby, row, tuple(lent), run_on, completes=completes, closes=closes
    )


def _runs_on_from(text: str, clause: Clause, closes: bool) -> int:
    """Where what a brief clause lives on begins: the sentence before for a deadline of its own sentence, its own
    sentence for one that closes it; the clause itself where it stands alone.
    """
    if clause.before and _DEADLINE.match(text, clause.start):
        return clause.before[0]
    return clause.sentence[0] if closes else clause.start


_ELLIPTIC = re.compile(
    r"[\s,;]*(?:và\s+|còn\s+)?(?:(?:tối thiểu|ít nhất|khoảng|trên|hơn|đạt)\s+)*\d+(?:[.,]\d+)?\s*%?\s+"
    r"(?:tại|ở|đối với|cho|với|trong|thuộc)(?!\w)"
)
"""How a clause begins that leaves out what it counts, since the one before has said it: "80% tại cấp huyện"."""


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
