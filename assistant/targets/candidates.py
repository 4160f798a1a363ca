"""Which figures of a sentence are targets: found, weighed against the section and the words, thresholds dropped."""

from __future__ import annotations

from dataclasses import replace

from assistant.targets.confidence import Evidence, accepted
from assistant.targets.exclusions import not_a_target, own_part, threshold
from assistant.targets.figure import Figure
from assistant.targets.figures import figures, per_year
from assistant.targets.folding import rule
from assistant.targets.milestones import milestone
from assistant.targets.quantifiers import quantifiers
from assistant.targets.ranks import ranks
from assistant.targets.reading import Line, Reader
from assistant.targets.status import reached, spending
from assistant.targets.time import When
from assistant.targets.words import PREPOSITIONS

__all__ = ["candidates"]

_COMMENT = rule(
    r"(?:^\W*tuy nhiên|mới chỉ|cho biết|cho rằng|chia sẻ|nhận định|phát biểu|nhấn mạnh|đánh giá rằng|theo (?:ông|"
    r"bà|thống kê|báo cáo|số liệu|khảo sát|tính toán)|khảo sát|thống kê cho thấy)"
)
_PAST = rule(r"(?<!\w)(?:đã|từng) (?!được (?:phê|cấp|kết|phát|xác|đào|trang)|có thẻ|qua)(?:[^,;.]|\d[.,]\d){0,80}$")
_ENSURED = rule(
    r"(?:bảo đảm|đảm bảo|tối thiểu|cung cấp|triển khai|hoàn thành|đạt)[^,;.]{0,90}$|^\W*(?:(?:theo đó|"
    r"cụ thể|cụ thể là|trong đó|ngoài ra|đồng thời|bên cạnh đó|và|khi đó|đặc biệt)\W*)*$"
)
_MADE = rule(
    r"(?<!\w)(?:có|thêm|mới|hình thành|xây dựng|thành lập|phát triển|đào tạo|bồi dưỡng|hỗ trợ|"
    r"thu hút|cung cấp|lắp đặt|trồng|đầu tư|tổ chức|"
    r"triển khai|sản xuất|tạo ra|tạo|công nhận|cấp|đón|đưa|bảo tồn|phục hồi|tu bổ|giải quyết|"
    r"cho|đạt)\s(?:được\s|ra\s|mới\s|thêm\s)?$"
)
_LOCATED = rule(r"(?<!\w)(?:tại|ở|của|trong|trên|giữa|cùng|thuộc|qua|gồm|bao gồm|các|toàn bộ|địa bàn|khắp)\s$|\($")
_NOUN_FOLLOWS = rule(rf"\s(?!(?:{PREPOSITIONS})(?!\w))[^\W\d]")
_ANY_SEPARATOR = rule(r"[,;:()]|(?<!\w)(?:và|với)(?!\w)")
_SEPARATES = rule(
    r"(?:[,;:(]|(?<!\w)(?:và|đồng thời|trong đó|với))\s*(?:và |đồng thời |trong đó |phấn đấu |"
    r"có |tăng |giảm |đạt |đón |phục vụ |sản xuất |trồng |giải quyết |thành lập |lắp đặt |"
    r"nâng |chiếm |xây dựng |hình thành |phát triển |hỗ trợ |thu hút |đào tạo |"
    r"tạo |đưa |năm \d{4} |đến năm \d{4} |vào năm \d{4} |khoảng |tương đương |trên |dưới |"
    r"còn |bình quân |duy trì |mỗi năm |hằng năm |hàng năm |tổng |số |tương ứng )*$"
)
_FAR = 160


def candidates(reader: Reader, line: Line, start: int, end: int, whens: list[When]) -> list[tuple[Figure, Evidence]]:
    """The figures of the sentence `[start:end]` that are targets, in order, with the evidence for each."""
    folded = reader.folded
    chosen: list[tuple[Figure, Evidence]] = []
    for figure in _mentions(folded, start, end, whens):
        if not_a_target(folded, start, end, figure.digits, line.intent) or own_part(folded, figure.after, figure.unit):
            continue
        if threshold(folded, figure.start, figure.digits, figure.kind):
            continue
        evidence = _weigh(reader, line, figure, start, end, whens)
        if (
            chosen
            and chosen[-1][0].kind == figure.kind
            and _ANY_SEPARATOR.search(folded, chosen[-1][0].end, figure.start)
        ):
            evidence = replace(evidence, follows=True)
        if accepted(evidence):
            since = chosen[-1][0].end if chosen else start
            chosen.append((per_year(folded, figure, since), evidence))
    return _without_thresholds(folded, chosen)


def _mentions(folded: str, start: int, end: int, whens: list[When]) -> list[Figure]:
    """Every figure, rank and quantifier of the sentence; where there is none, the milestone that it states."""
    ranked = ranks(folded, start, end)
    plain = [f for f in figures(folded, start, end) if not any(f.start < r.end and r.start < f.end for r in ranked)]
    plain = [f for f in plain if not any(w.start <= f.digits < w.end for w in whens)]
    everything = sorted([*ranked, *plain, *quantifiers(folded, start, end)], key=lambda f: f.digits)
    if everything:
        return everything
    reached_or_not = milestone(folded, start, end)
    return [reached_or_not] if reached_or_not else []


def _weigh(reader: Reader, line: Line, figure: Figure, start: int, end: int, whens: list[When]) -> Evidence:
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
        running=reader.running and not _COMMENT.search(folded[start:end]) and section in (None, "goal", "task"),
        ensured=figure.kind == "percent"
        and bool(_ENSURED.search(folded[max(start, figure.start - _FAR) : figure.start])),
        budget=budget,
        made=figure.kind in ("thing", "count")
        and bool(_MADE.search(folded, max(start, figure.start - 40), figure.start)),
        normative=reader.normative,
        past=section != "goal" and bool(_PAST.search(folded, max(start, figure.start - _FAR), figure.start)),
        located=figure.kind in ("count", "thing")
        and not figure.stated
        and bool(_LOCATED.search(folded, max(start, figure.digits - 10), figure.digits)),
        baseline=reached(folded, start, figure.digits, figure.end) or _bygone(reader, figure, whens),
    )


def _bygone(reader: Reader, figure: Figure, whens: list[When]) -> bool:
    """Whether the year that stands with the figure ended before the document was issued."""
    issued = reader.document.issued_on
    before = [w for w in whens if w.end <= figure.digits]
    return bool(issued and before) and before[-1].year < int(str(issued)[:4])


def _without_thresholds(folded: str, chosen: list[tuple[Figure, Evidence]]) -> list[tuple[Figure, Evidence]]:
    """Drops figures inside the noun phrase or the predicate of another ("70% ... tầm soát ít nhất 4 loại bệnh")."""
    kept: list[tuple[Figure, Evidence]] = []
    for figure, evidence in chosen:
        if kept and _inside(folded, kept[-1][0], figure):
            continue
        if kept and _describes(folded, kept[-1][0], figure):
            kept.pop()
        kept.append((figure, evidence))
    return kept


def _inside(folded: str, before: Figure, figure: Figure) -> bool:
    """Whether `figure` only describes what the figure before it counts."""
    gap = folded[before.end : figure.start]
    if figure.kind == "rank" and before.kind in ("count", "percent"):
        return not _ANY_SEPARATOR.search(gap)
    if before.kind in ("count", "thing") and figure.kind in ("money", "measure", "count", "thing", "time"):
        return not _ANY_SEPARATOR.search(gap)
    named = (before.unit or "").startswith("% ")
    leads = before.kind in ("percent", "word") and not named and _NOUN_FOLLOWS.match(folded, before.end) is not None
    return leads and figure.kind not in ("percent", "word", "rank") and not _SEPARATES.search(gap)


def _describes(folded: str, before: Figure, figure: Figure) -> bool:
    """Whether the figure `before` belongs to the subject of the percentage `figure` ("tốc độ 01 Gb/s đạt 100%")."""
    described = figure.kind == "percent" and before.kind in ("measure", "count", "time")
    return described and not _ANY_SEPARATOR.search(folded[before.end : figure.start])
