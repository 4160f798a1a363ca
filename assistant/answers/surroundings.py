"""What stands around a clause or table row and what it is lent, which make a unit of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from assistant.answers.articles import named_by, referred
from assistant.answers.bags import Level
from assistant.answers.cutting import Cut
from assistant.answers.labels import labelled
from assistant.answers.sentences import PLAIN, Clause, clauses
from assistant.answers.stretches import Stretch, Stretches
from assistant.answers.tabling import above_row, label_of
from assistant.answers.unit import Unit

__all__ = ["units_at"]

HEAD, SIBLING, BEFORE, CONTINUED, OPENING, ABOVE = 0.85, 0.4, 0.45, 0.75, 0.5, 0.7
"""What a word counts that stands in the sentence's head, a sibling clause, the sentence before, the same where this one
goes on from it ("Trong đó, ..."), the opening of the paragraph, the header or section of the table."""
LEADS = (0.8, 0.75, 0.65, 0.6, 0.55)
"""The same for the heading just above, the one above that, and so on."""
_BARE = 8
"""Words of an item from which it is more than what its heading is completed by: "Phạt tiền đến ... đồng"."""
REFERRED = 0.75
"""What a word counts of a provision that the clause points to."""
OPENED, _BRIEF = 0.75, 12
"""What a word in the opening counts for a clause of so few words that it lives on what stands before it."""
LISTED, _NOUNS = 0.95, 14
"""What a word counts of the list that a clause begins, and the most words of one of its items."""
_FOR_WHOM = re.compile(r"(?<!\w)(?:áp dụng (?:cho|đối với)|đối với|dành cho)(?!\w)")
_UNDER = 0.95
"""What a word of the heading counts for a line that a label opens, which lives on it."""
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
_ELLIPTIC = re.compile(
    r"[\s,;]*(?:và\s+|còn\s+)?(?:(?:tối thiểu|ít nhất|khoảng|trên|hơn|đạt)\s+)*\d+(?:[.,]\d+)?\s*%?\s+"
    r"(?:tại|ở|đối với|cho|với|trong|thuộc)(?!\w)"
)
"""How a clause begins that leaves out what it counts, since the one before has said it: "80% tại cấp huyện"."""
_COMMA = re.compile(r"[,;]|\d+\s*%")
_FIRST_STOP = re.compile(r"[,:;.]\s")


def units_at(reading: Stretches, place: int) -> Iterator[Unit]:
    """The units of the line at `place`: its clauses, or the table row that it is."""
    line, text = reading.lines[place], reading.document.text
    if text.startswith("|", line.start):
        yield _row(reading, place)
        return
    goes_on = _gone_on(reading, place)
    cut = Cut(text, line.start, line.end)
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


def _row(reading: Stretches, place: int) -> Unit:
    """A table row, with the words of the header and of the section row above it."""
    line, text = reading.lines[place], reading.document.text
    cut = Cut(text, line.start, line.end)
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


def _gone_on(reading: Stretches, place: int) -> Stretch | None:
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


def _unit(reading: Stretches, clause: Clause, goes_on: Stretch | None, cut: Cut, row: bool = False) -> Unit:
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
