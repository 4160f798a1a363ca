"""From a document to its targets: paragraphs under headings, clauses, figures, statements, inheritance, repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.targets.clauses import chunks, sentences
from assistant.targets.confidence import Evidence, accepted, confidence
from assistant.targets.exclusions import not_a_target, own_part, threshold
from assistant.targets.figures import Figure, figures, per_year
from assistant.targets.flattened import flattened
from assistant.targets.folding import fold, rule
from assistant.targets.indicator import Statement, predicate, state
from assistant.targets.milestones import milestone
from assistant.targets.outline import Block, blocks
from assistant.targets.quantifiers import quantifiers
from assistant.targets.ranks import ranks
from assistant.targets.repeats import Found, without_repeats
from assistant.targets.scope import holder, territory
from assistant.targets.sections import Outline, is_heading
from assistant.targets.status import is_draft, reached, spending, status_of
from assistant.targets.tables import read_table
from assistant.targets.target import Target
from assistant.targets.time import When, programme, times
from assistant.targets.words import PREPOSITIONS
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
_COMMENT = rule(
    r"(?:cho biết|cho rằng|chia sẻ|nhận định|phát biểu|nhấn mạnh|đánh giá rằng|theo (?:ông|"
    r"bà|thống kê|báo cáo|số liệu|khảo sát|tính toán)|khảo sát|thống kê cho thấy)"
)
_PAST = rule(r"(?<!\w)(?:đã|từng) (?!được (?:phê|cấp|kết|phát|xác|đào|trang)|có thẻ|qua)(?:[^,;.]|\d[.,]\d){0,80}$")
_ENSURED = rule(
    r"(?:bảo đảm|đảm bảo|tối thiểu|cung cấp|triển khai|hoàn thành|đạt)[^,;.]{0,90}$|^\W*(?:(?:theo đó|"
    r"cụ thể|cụ thể là|trong đó|ngoài ra|đồng thời|bên cạnh đó|và|khi đó|đặc biệt)\W*)*$"
)
_CAPTION = rule(r"(?:\(\s?(?:hình|ảnh)[^)]{0,60}\)|ảnh\s?:[^.]{0,60}|nguồn(?: ảnh)?\s?:[^.]{0,60})\W*$")
_LOCATED = rule(r"(?<!\w)(?:tại|ở|của|trong|trên|giữa|cùng|thuộc|qua|gồm|bao gồm|các|toàn bộ|địa bàn|khắp)\s$|\($")
_MEASURED = rule(r"\d\s?(?:%|(?:nghìn |triệu |tỷ )*(?:tỷ|triệu|đồng|usd|mw|kwh|tấn|ha|km)(?!\w))")
_ARTICLE = rule(r"điều \d+[a-z]?\s?[.:]")


@dataclass(slots=True)
class _Line:
    """What one paragraph carries from clause to clause."""

    when: When | None = None
    intent: bool = False
    opening: bool = False
    last: Statement | None = None
    topic: str | None = None
    previous: Figure | None = None


@dataclass(slots=True)
class _Reader:
    document: Document
    text: str
    folded: str
    outline: Outline
    draft: bool
    normative: bool
    programme: When | None
    running: bool = False
    running_when: When | None = None
    found: list[Found] = field(default_factory=list)


def extract(document: Document) -> list[Target]:
    """The targets of `document` in the order of its text, each with its exact quote; repeats are left out.

    Deterministic, no model; time and memory grow with the length of the text.
    """
    text = document.text
    folded = fold(text)
    paragraphs = list(blocks(text))
    head = [(b.body, b.end) for b in paragraphs[:14]]
    reader = _Reader(
        document,
        text,
        folded,
        Outline(text, folded),
        is_draft(document, folded),
        _normative(document, paragraphs),
        programme(folded, head),
    )
    at = 0
    while at < len(paragraphs):
        block = paragraphs[at]
        if block.row:
            stop = at
            while stop < len(paragraphs) and paragraphs[stop].row:
                stop += 1
            tables = read_table(text, folded, paragraphs[at:stop], reader.outline, reader.draft, reader.programme)
            reader.found += [f for f in tables if not reader.normative or f.when]
            at = stop
            continue
        _paragraph(reader, block)
        at += 1
    return [_target(reader, f) for f in without_repeats(reader.found)]


def _normative(document: Document, paragraphs: list[Block]) -> bool:
    """Whether the document lays down law (many articles) rather than goals."""
    return bool(_LAW.search(document.number or "")) or sum(1 for b in paragraphs if b.level == "article") > 5


def _paragraph(reader: _Reader, block: Block) -> None:
    reader.outline.enter(block)
    if is_heading(reader.text, reader.folded, block):
        heading = reader.outline.open(block)
        if heading.kind == "goal":
            reader.running = True
        elif heading.kind in ("money", "situation", "task"):
            reader.running = heading.kind == "task" and block.level == ""
        if not _MEASURED.search(reader.folded, block.body, block.end):
            return
    if not _WORTH.search(reader.folded, block.body, block.end):
        return
    rows = flattened(reader.text, block)
    if rows:
        before = len(reader.found)
        for row in rows[1:]:
            _statements(reader, row)
        for one in reader.found[before:]:
            one.flat = True
        return
    before = len(reader.found)
    _statements(reader, block)
    if _CAPTION.search(reader.folded, block.body, block.end):
        for one in reader.found[before:]:
            one.flat = True


def _statements(reader: _Reader, block: Block) -> None:
    line = _Line()
    marked = any(h.block.level for h in reader.outline.headings) and reader.outline.kind() != "goal"
    for start, end, stop in sentences(reader.folded, reader.text, block.body, block.end):
        _sentence(reader, block, line, start, end)
        if marked and stop == ".":
            line.intent = line.opening = False


def _sentence(reader: _Reader, block: Block, line: _Line, start: int, end: int) -> None:
    folded = reader.folded
    whens = times(folded, start, end)
    if _INTENT.search(folded, start, end):
        line.intent = True
    opening = next((w for w in whens if w.start - start < 60 and not w.opening), None)
    if opening and opening.firm:
        line.opening = True
    targets = _candidates(reader, block, line, start, end, whens)
    if line.intent and (opening or targets or _AIM.search(folded, start, end)):
        reader.running = True
    if targets:
        _state_all(reader, block, line, start, end, whens, targets)
    leading = [w for w in whens if w.firm and (not targets or w.end <= targets[0][0].digits)]
    if leading:
        line.when = leading[-1]
        if line.intent or line.opening:
            reader.running_when = leading[-1]


def _candidates(
    reader: _Reader, block: Block, line: _Line, start: int, end: int, whens: list[When]
) -> list[tuple[Figure, Evidence]]:
    """The figures of the sentence that are targets, with the evidence for each."""
    folded = reader.folded
    ranked = ranks(folded, start, end)
    plain = [f for f in figures(folded, start, end) if not any(f.start < r.end and r.start < f.end for r in ranked)]
    plain = [f for f in plain if not any(w.start <= f.digits < w.end for w in whens)]
    words = [q for q in quantifiers(folded, start, end)]
    everything = sorted([*ranked, *plain, *words], key=lambda f: f.digits)
    if not everything and (state_ := milestone(folded, start, end)):
        everything = [state_]
    chosen: list[tuple[Figure, Evidence]] = []
    for figure in everything:
        if not_a_target(folded, start, end, figure.digits, line.intent) or own_part(folded, figure.after, figure.unit):
            continue
        if threshold(folded, figure.start, figure.digits, figure.kind):
            continue
        evidence = _weigh(reader, line, figure, start, end, whens)
        if accepted(evidence):
            since = chosen[-1][0].end if chosen else start
            chosen.append((per_year(folded, figure, since), evidence))
    return _without_thresholds(folded, start, chosen)


def _weigh(reader: _Reader, line: _Line, figure: Figure, start: int, end: int, whens: list[When]) -> Evidence:
    folded = reader.folded
    section = reader.outline.kind()
    budget = figure.kind == "money" and spending(folded, start, figure.start, section == "money")
    budget = budget or (figure.kind == "percent" and section == "money")
    return Evidence(
        kind=figure.kind,
        section=section,
        intent=line.intent,
        opening_year=line.opening,
        dated=any(w.firm for w in whens) or reader.outline.when() is not None,
        stated=figure.stated,
        running=reader.running and not _COMMENT.search(folded, start, end) and section in (None, "goal", "task"),
        ensured=figure.kind == "percent" and bool(_ENSURED.search(folded[start : figure.start])),
        budget=budget,
        normative=reader.normative,
        past=section != "goal" and bool(_PAST.search(folded, start, figure.start)),
        located=figure.kind == "count"
        and not figure.stated
        and bool(_LOCATED.search(folded, max(start, figure.digits - 10), figure.digits)),
        baseline=reached(folded, start, figure.digits, figure.end) or _bygone(reader, figure, whens),
    )


def _bygone(reader: _Reader, figure: Figure, whens: list[When]) -> bool:
    """Whether the year that stands with the figure ended before the document was issued."""
    issued = reader.document.issued_on
    before = [w for w in whens if w.end <= figure.digits]
    return bool(issued and before) and before[-1].year < int(str(issued)[:4])


def _without_thresholds(
    folded: str, start: int, chosen: list[tuple[Figure, Evidence]]
) -> list[tuple[Figure, Evidence]]:
    """Drops figures inside the noun phrase or the predicate of another ("70% ... tầm soát ít nhất 4 loại bệnh")."""
    kept: list[tuple[Figure, Evidence]] = []
    for figure, evidence in chosen:
        if kept:
            before = kept[-1][0]
            gap = folded[before.end : figure.start]
            separate = _SEPARATES.search(gap)
            if figure.kind == "rank" and before.kind in ("count", "percent") and not _ANY_SEPARATOR.search(gap):
                continue
            leads = before.kind in ("percent", "word") and _leads(folded, before.end)
            if leads and figure.kind not in ("percent", "word", "rank") and not separate:
                continue
            if (
                figure.kind == "percent"
                and before.kind in ("measure", "count", "time")
                and not _ANY_SEPARATOR.search(gap)
            ):
                kept.pop()
        kept.append((figure, evidence))
    return kept


def _leads(folded: str, end: int) -> bool:
    """Whether a noun phrase follows the figure that ends at `end`."""
    return _NOUN_FOLLOWS.match(folded, end) is not None


_NOUN_FOLLOWS = rule(rf"\s(?!(?:{PREPOSITIONS})(?!\w))[^\W\d]")
_ANY_SEPARATOR = rule(r"[,;:()]|(?<!\w)(?:và|với)(?!\w)")
_SEPARATES = rule(
    r"(?:[,;:(]|(?<!\w)(?:và|đồng thời|trong đó|với))\s*(?:và |đồng thời |trong đó |phấn đấu |"
    r"có |tăng |giảm |đạt |chiếm |xây dựng |hình thành |phát triển |hỗ trợ |thu hút |đào tạo |"
    r"tạo |đưa |năm \d{4} |đến năm \d{4} |vào năm \d{4} |khoảng |tương đương |trên |dưới |"
    r"còn |bình quân |duy trì |mỗi năm |hằng năm |hàng năm |tổng |số |tương ứng )*$"
)


def _state_all(
    reader: _Reader,
    block: Block,
    line: _Line,
    start: int,
    end: int,
    whens: list[When],
    targets: list[tuple[Figure, Evidence]],
) -> None:
    text, folded = reader.text, reader.folded
    only = [f for f, _ in targets]
    spans = chunks(folded, start, end, only)
    made: list[tuple[Figure, Evidence, Statement, int, int]] = []
    for (figure, evidence), (a, b) in zip(targets, spans, strict=True):
        statement = state(text, folded, a, b, figure, whens, line.last, line.topic or _topic(reader, block))
        made.append((figure, evidence, statement, a, b))
        if folded[a] != "(" or line.last is None:
            line.last = statement
    made = _shared(text, folded, made)
    owns = [_when(figure, whens, a, b) for figure, _, _, a, b in made]
    _spread(owns, [m[0] for m in made])
    results: list[Found] = []
    for (figure, evidence, statement, _, _), when in zip(reversed(made), reversed(owns), strict=True):
        results.append(_found(reader, block, line, figure, evidence, statement, when))
    reader.found += reversed(results)


def _topic(reader: _Reader, block: Block) -> str | None:
    for heading in reversed(reader.outline.headings):
        words = reader.text[heading.block.body : heading.block.end].strip(" :;.")
        if (
            heading.when is None
            and len(words) < 160
            and heading.block.level in ("dash", "plus", "bullet", "point", "second", "bracket")
        ):
            return words
        if heading.block.level not in ("dash", "plus", "bullet"):
            return None
    return None


def _shared(
    text: str, folded: str, made: list[tuple[Figure, Evidence, Statement, int, int]]
) -> list[tuple[Figure, Evidence, Statement, int, int]]:
    """Gives the predicate of the last member of a chain to those before it, and the leading comparator to all."""
    out = list(made)
    shared = ""
    for i in range(len(out) - 1, -1, -1):
        figure, evidence, statement, a, b = out[i]
        if not statement.leading or figure.kind not in ("percent", "word", "count"):
            shared = ""
            continue
        own = predicate(statement, text, folded)
        if own:
            shared = own
        elif shared and i + 1 < len(out) and out[i + 1][2].leading:
            out[i] = (figure, evidence, replace(statement, indicator=f"{statement.indicator} {shared}"), a, b)
    for i in range(1, len(out)):
        figure, evidence, statement, a, b = out[i]
        before = out[i - 1]
        joined = statement.leading and before[2].leading and figure.kind == before[0].kind
        if (
            joined
            and not figure.stated
            and before[0].comparator in (">=", "<=")
            and not predicate(before[2], text, folded)
            and figure.value != 100
        ):
            out[i] = (replace(figure, comparator=before[0].comparator), evidence, statement, a, b)
    return out


def _spread(owns: list[When | None], only: list[Figure]) -> None:
    """Carries a leading year forward over the sentence, and a closing year back to members that have none."""
    current: When | None = None
    for i, (when, figure) in enumerate(zip(owns, only, strict=True)):
        if when is None:
            owns[i] = current
        elif when.end <= figure.digits:
            current = when
    closing: When | None = None
    for i in range(len(owns) - 1, -1, -1):
        when = owns[i]
        if when is None:
            owns[i] = closing
        elif when.start >= only[i].end:
            closing = when


def _when(figure: Figure, whens: list[When], start: int, end: int) -> When | None:
    """The year that the chunk `[start:end]` itself gives for `figure`."""
    inside = [w for w in whens if start <= w.start and w.end <= end]
    after = [w for w in inside if w.start >= figure.end and w.firm and not w.opening]
    before = [w for w in inside if w.end <= figure.digits and not w.opening]
    opening = [w for w in inside if w.opening]
    if after:
        return after[0]
    if before:
        return before[-1]
    loose = [w for w in inside if w.start >= figure.end and not w.opening and not w.firm]
    if loose and loose[0].start - figure.end < 3:
        return loose[0]
    return opening[0] if opening else None


def _found(
    reader: _Reader,
    block: Block,
    line: _Line,
    figure: Figure,
    evidence: Evidence,
    statement: Statement,
    when: When | None,
) -> Found:
    firm = when is not None and not _APPROVED.search(reader.folded, max(0, when.start - 240), when.start)
    inherited: dict[str, Span] = {}
    if when is None and line.when is not None:
        when, firm = line.when, True
        inherited["deadline"] = Span(start=when.start, end=when.end)
    if when is None and (above := reader.outline.when()):
        when, firm = above, True
        inherited["deadline"] = Span(start=when.start, end=when.end)
    if when is None:
        marked = any(h.block.level for h in reader.outline.headings)
        when = (None if marked else reader.running_when) or reader.programme
        if when:
            inherited["deadline"] = Span(start=when.start, end=when.end)
    return Found(
        figure,
        evidence,
        statement.start,
        statement.end,
        statement.indicator,
        when,
        firm,
        inherited,
        statement.borrowed,
        reader.outline.label(),
        block=block.start,
    )


def _target(reader: _Reader, found: Found) -> Target:
    figure, evidence = found.figure, found.evidence
    status = found.status or status_of(draft=reader.draft, budget=evidence.budget, baseline=evidence.baseline)
    review = []
    if found.borrowed:
        review.append("chủ thể lấy từ vế trước")
    if found.when and not found.firm:
        review.append("thời hạn suy từ tên chương trình hoặc đoạn trước")
    if found.when is None:
        review.append("văn bản không nêu thời hạn")
    indicator = found.indicator[:600] or reader.text[found.start : found.end]
    period = found.when.period if found.when else None
    if (
        period is None
        and found.when
        and reader.programme
        and reader.programme.period
        and reader.programme.period[1] == found.when.year
    ):
        period = reader.programme.period
    return Target(
        indicator=indicator,
        comparator=figure.comparator,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        qualitative=figure.qualitative,
        deadline=str(found.when.year) if found.when else None,
        period=period,
        scope=found.scope or holder(indicator) or territory(reader.document),
        section=found.section,
        status=status,
        target_class="milestone"
        if figure.kind == "state" or figure.qualitative == "ra khỏi danh sách"
        else "quantifier"
        if figure.kind == "word"
        else "numeric",
        citation=cite(reader.document, Span(start=found.start, end=found.end)),
        confidence=confidence(evidence, len(review)),
        inherited=found.inherited,
        review=tuple(review),
    )
