"""From a document to its targets: paragraphs under headings, clauses, figures, statements, inheritance, repeats."""

from __future__ import annotations

import re

from assistant.targets.candidates import candidates
from assistant.targets.chains import share, year_of
from assistant.targets.clauses import chunks, sentences
from assistant.targets.confidence import confidence
from assistant.targets.flattened import flattened
from assistant.targets.folding import fold, rule
from assistant.targets.outline import Block, blocks
from assistant.targets.reading import Line, Member, Reader
from assistant.targets.repeats import Found, without_repeats
from assistant.targets.scope import holder, territory
from assistant.targets.sections import Outline, is_heading
from assistant.targets.squeezing import Squeezed
from assistant.targets.statements import predicate, state
from assistant.targets.status import draft_at, status_of
from assistant.targets.tables import read_table
from assistant.targets.target import Target, TargetClass
from assistant.targets.time import When, programme, times
from corpus.citation import cite
from corpus.document import Document, Span

__all__ = ["extract"]

_WORTH = rule(
    r"\d|phần trăm|hầu hết|tất cả|đa số|phần lớn|toàn bộ|hoàn thành|thí điểm|chấm dứt|xóa bỏ|"
    r"phổ cập|không còn|loại trừ|gấp đôi|một nửa|không còn|thành lập|đưa vào"
)
_INTENT = rule(
    r"(?<!\w)(?:phấn đấu|(?<!chương trình )(?<!đúng )(?<!các )mục tiêu(?! quốc gia)(?! của (?:nghị quyết|"
    r"chỉ thị))|múc tiêu|chỉ tiêu|hướng tới|đặt ra yêu cầu|định hướng (?:đến|tới) năm|quyết tâm|"
    r"tầm nhìn đến)(?!\w)"
)
_APPROVED = rule(
    r"(?:phê duyệt|ban hành|thông qua|ký)[^;.\n]*(?:chương trình|kế hoạch|chiến lược|đề án|"
    r"quy hoạch|nghị quyết|quyết định)[^;.\n]*$"
)
_AIM = rule(r"(?<!chương trình )mục tiêu(?! quốc gia)")
_LAW = re.compile(r"\b(?:TT(?:LT)?-|NĐ-CP|QH\d|UBTVQH|VBHN)")
_CAPTION = rule(r"(?:\(\s?(?:hình|ảnh)[^)]{0,60}\)|ảnh\s?:[^.]{0,60}|nguồn(?: ảnh)?\s?:[^.]{0,60})\W*$")
_MEASURED = rule(
    r"\d\s?(?:%|(?:nghìn |triệu |tỷ )*(?:tỷ|triệu|đồng|usd|mw|kwh|tấn|ha|km|hộ|khẩu|người|"
    r"xã|lượt|lao động|học sinh|doanh nghiệp|cơ sở|trường)(?!\w))"
)
_HEAD_PARAGRAPHS = 14
_OPENING = 30
_HEADLINES = 400
_LONGEST_INDICATOR = 600


def extract(document: Document) -> list[Target]:
    """The targets of `document` in the order of its text, each with its exact quote; repeats are left out.

    Deterministic, no model; time and memory grow with the length of the text.
    """
    squeezed = Squeezed(document.text)
    paragraphs = list(blocks(squeezed.text))
    reader = _reader(document, squeezed.text, paragraphs)
    at = 0
    while at < len(paragraphs):
        stop = at
        while stop < len(paragraphs) and paragraphs[stop].row:
            stop += 1
        if stop > at:
            _table(reader, paragraphs[at:stop])
            at = stop
        else:
            _paragraph(reader, paragraphs[at])
            at += 1
    return [_target(reader, squeezed, f) for f in without_repeats(reader.found)]


def _reader(document: Document, text: str, paragraphs: list[Block]) -> Reader:
    folded = fold(text)
    head = [(b.body, b.end) for b in paragraphs[:_HEAD_PARAGRAPHS]]
    articles = sum(1 for b in paragraphs if b.level == "article")
    return Reader(
        document=document,
        text=text,
        folded=folded,
        outline=Outline(text, folded),
        draft=draft_at(document, folded),
        normative=bool(_LAW.search(document.number or "")) or articles > 5,
        programme=programme(folded, head),
    )


def _table(reader: Reader, rows: list[Block]) -> None:
    found = read_table(reader.text, reader.folded, rows, reader.outline, reader.draft is not None, reader.programme)
    reader.found += [f for f in found if not reader.normative or f.when]


def _paragraph(reader: Reader, block: Block) -> None:
    reader.outline.enter(block)
    if is_heading(reader.text, reader.folded, block):
        _heading(reader, block)
        if not _MEASURED.search(reader.folded, block.body, block.end):
            return
    if not _WORTH.search(reader.folded, block.body, block.end):
        return
    before = len(reader.found)
    rows = flattened(reader.text, block)
    for part in rows[1:] if rows else [block]:
        _statements(reader, part)
    aside = _aside(reader, block, bool(rows))
    for one in reader.found[before:]:
        one.aside = aside


def _aside(reader: Reader, block: Block, run_together: bool) -> str:
    """Why a paragraph is not where a goal is stated properly; empty for an ordinary paragraph."""
    if run_together:
        return "đọc từ bảng dồn một dòng"
    if _CAPTION.search(reader.folded, block.body, block.end):
        return "đọc từ chú thích ảnh"
    headline = (
        block.level == "" and block.start < _HEADLINES and not reader.folded[: block.end].endswith((".", ";", ":"))
    )
    return "đọc từ đầu đề" if headline else ""


def _heading(reader: Reader, block: Block) -> None:
    kind = reader.outline.open(block).kind
    if kind == "goal":
        reader.running = True
    elif kind in ("money", "situation", "task"):
        reader.running = kind == "task" and block.level == ""


def _statements(reader: Reader, block: Block) -> None:
    line = Line()
    strict = any(h.block.level for h in reader.outline.headings) and reader.outline.kind() != "goal"
    for start, end, stop in sentences(reader.folded, reader.text, block.body, block.end):
        if stop == "?":
            continue
        _sentence(reader, block, line, start, end)
        if strict and stop == ".":
            line.intent = line.opening = False


def _sentence(reader: Reader, block: Block, line: Line, start: int, end: int) -> None:
    folded = reader.folded
    whens = times(folded, start, end)
    line.intent = line.intent or bool(_INTENT.search(folded, start, end))
    opening = next((w for w in whens if w.start - start < 60 and not w.opening), None)
    line.opening = line.opening or bool(opening and opening.firm)
    targets = candidates(reader, line, start, end, whens)
    if line.intent and (opening or targets or _AIM.search(folded, start, end)):
        reader.running = True
    first = targets[0][0].digits if targets else end
    if targets:
        parts = chunks(folded, start, end, [f for f, _ in targets])
        members = []
        for (figure, evidence), (a, b) in zip(targets, parts, strict=True):
            said = state(reader.text, folded, (a, b), figure, whens, line.last, _topic(reader), start)
            members.append(Member(figure, evidence, a, b, said, line.last, year_of(figure, whens, folded, a, b)))
            if not said.bracketed or line.last is None:
                line.last = said
        share(members, reader.text, folded)
        found = [_found(reader, block, line, member) for member in members]
        _finish(reader, line, members, found)
        reader.found += found
    leading = [w for w in whens if w.firm and w.end <= first]
    if leading:
        line.when = leading[-1]
        if line.intent:
            reader.running_when = leading[-1]
        elif line.opening and leading[-1].start - start < _OPENING:
            reader.spoken_when = leading[-1]


def _finish(reader: Reader, line: Line, members: list[Member], found: list[Found]) -> None:
    """Lends the predicate of "...; 80% tại huyện và 60% tại xã được giải quyết" to the member before the semicolon."""
    first, last = members[0].statement, members[-1].statement
    shared = predicate(last, reader.text, reader.folded) if last.leading else ""
    if line.unfinished and first.borrowed and first.leading and shared:
        line.unfinished.indicator = f"{line.unfinished.indicator} {shared}"
    line.unfinished = found[-1] if last.leading and not shared else None


def _topic(reader: Reader) -> str | None:
    """The heading right above, where it can name what its items measure ("- Tỷ lệ hộ nghèo:")."""
    for heading in reversed(reader.outline.headings):
        words = reader.text[heading.block.body : heading.block.end].strip(" :;.")
        listed = heading.block.level in ("dash", "plus", "bullet")
        if heading.kind == "goal":
            return None
        named = listed or heading.block.level in ("point", "second", "bracket")
        if named and heading.when is None and len(words) < 160:
            return words
        if not listed:
            return None
    return None


def _found(reader: Reader, block: Block, line: Line, member: Member) -> Found:
    said, when = member.statement, member.when
    inherited: dict[str, Span] = {}
    firm = when is not None and not _APPROVED.search(reader.folded, max(0, when.start - 240), when.start)
    if when is None and not member.evidence.baseline:
        when, firm = _inherited_year(reader, line)
    if when and not (said.start <= when.start and when.end <= said.end):
        inherited["deadline"] = Span(start=when.start, end=when.end)
    if said.borrowed and member.before:
        inherited["indicator"] = Span(start=member.before.start, end=member.before.end)
    if member.carried:
        inherited["comparator"] = member.carried
    return Found(
        figure=member.figure,
        evidence=member.evidence,
        start=said.start,
        end=said.end,
        indicator=said.indicator,
        when=when,
        firm=firm,
        inherited=inherited,
        borrowed=said.borrowed,
        section=reader.outline.label(),
        block=block.start,
    )


def _inherited_year(reader: Reader, line: Line) -> tuple[When | None, bool]:
    """The year that a statement without one stands under, and whether the text ties it to the statement."""
    if line.when:
        return line.when, True
    if above := reader.outline.when():
        return above, True
    marked = any(h.block.level for h in reader.outline.headings)
    if marked:
        return reader.programme, False
    return reader.running_when or reader.programme or reader.spoken_when, False


def _target(reader: Reader, squeezed: Squeezed, found: Found) -> Target:
    figure, evidence, when = found.figure, found.evidence, found.when
    status = found.status or status_of(
        draft=reader.draft is not None, budget=evidence.budget, baseline=evidence.baseline
    )
    indicator = found.indicator[:_LONGEST_INDICATOR] or reader.text[found.start : found.end]
    review = _doubts(found)
    inherited = dict(found.inherited)
    if status == "draft" and reader.draft:
        inherited["status"] = reader.draft
    start, end = squeezed.place(found.start, found.end)
    return Target(
        indicator=indicator,
        comparator=figure.comparator,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        qualitative=figure.qualitative,
        deadline=str(when.year) if when else None,
        period=_period(reader, when),
        scope=found.scope or holder(indicator) or territory(reader.document),
        section=found.section,
        status=status,
        target_class=_class_of(found),
        citation=cite(reader.document, Span(start=start, end=end)),
        confidence=confidence(evidence, len(review)),
        inherited={name: _original(squeezed, span) for name, span in inherited.items()},
        review=review,
    )


def _original(squeezed: Squeezed, span: Span) -> Span:
    start, end = squeezed.place(span.start, span.end)
    return Span(start=start, end=end)


def _doubts(found: Found) -> tuple[str, ...]:
    """Reasons for a person to look at the row."""
    doubts = []
    if found.borrowed:
        doubts.append("chủ thể lấy từ vế trước")
    if found.when is None:
        doubts.append("văn bản không nêu thời hạn")
    elif not found.firm:
        doubts.append("thời hạn suy từ tên chương trình hoặc đoạn trước")
    if found.aside:
        doubts.append(found.aside)
    return tuple(doubts)


def _period(reader: Reader, when: When | None) -> tuple[int, int] | None:
    if when is None or when.period:
        return when.period if when else None
    named = reader.programme.period if reader.programme else None
    return named if named and named[1] == when.year else None


def _class_of(found: Found) -> TargetClass:
    if found.figure.kind == "state" or found.figure.qualitative == "ra khỏi danh sách":
        return "milestone"
    return "quantifier" if found.figure.kind == "word" else "numeric"
