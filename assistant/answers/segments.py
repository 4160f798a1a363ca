"""Which words of a clause belong to which of its figures."""

from __future__ import annotations

import re

from assistant.answers.bags import Level, words_of
from assistant.answers.figures import Figure
from assistant.answers.normalise import Token, tokens
from assistant.answers.reading import Unit

__all__ = ["alike", "part", "weighted"]

FIRST, INHERITED, SHARED, PREDICATE, TAIL, OTHER = 0.97, 0.95, 0.85, 0.95, 0.75, 0.4
"""What a word of the clause is worth to a figure that it does not belong to: before the first figure for this and
for a later one that goes on from another or does not, in the predicate
that the figures share, after the last figure, with another figure."""
_CLOSES = re.compile(
    r"(?:đạt|là|còn|lên|xuống|chiếm|bằng|tăng|giảm|mức|đến|tới|hút|thêm|[:(=|,]|trưởng|quân|khoảng|ở|có|năm"
    r"|thấp nhất|cao nhất"
    r"|dự kiến|ước|tổng|về|thành|chính thức|tính|dưới|trên|còn lại)(?:\s+(?:được|thêm|mức|tỷ lệ|khoảng|từ|hơn"
    r"|bình quân|trung bình))*\s*$",
    re.IGNORECASE,
)  # fmt: skip
_VERB = re.compile(
    r"(?<!\w)(?:có|được|phải|đạt|cung cấp|tham gia|biết|sử dụng|áp dụng|ứng dụng|triển khai|hoàn thành"
    r"|thực hiện|là|đủ|bảo đảm|đảm bảo"
    r"|tiếp cận|duy trì|kết nối|nộp)(?!\w)"
)
_GOES_ON = re.compile(
    r"(?<!\w)(?:xuống|lên|còn|đến|tới|đạt|thành)(?:\s+(?:còn|mức|thành|tỷ lệ|khoảng))?\s*$", re.IGNORECASE
)
_OPENS = re.compile(
    r"\s+(?:và\s+)?(?:giải quyết|tạo|hỗ trợ|xây dựng|thu hút|phát triển|hình thành|đào tạo|đóng góp|chiếm"
    r"|bảo đảm|đảm bảo"
    r"|đưa|sử dụng|nâng|mở|cấp|trồng|lắp đặt|đầu tư|tổ chức|huy động|cung cấp)(?!\w)"
)
_STOP = re.compile(r"[,;.](?!\d)|(?<!\w)và(?!\w)|[()]")


def alike(unit: Unit, figure: Figure) -> list[Figure]:
    """The figures of the clause that may share its words with `figure`: those of the same sort."""
    return [f for f in unit.figures if f.percent == figure.percent and f.money == figure.money]


def part(text: str, unit: Unit, figure: Figure, others: list[Figure]) -> tuple[int, int]:
    """The characters of the clause that belong to `figure`: what it counts, before or after it."""
    if unit.row:
        return unit.start, unit.end
    at = others.index(figure)
    left = others[at - 1].end if at else unit.start
    right = others[at + 1].lead if at + 1 < len(others) else unit.end
    between = text[left : figure.lead]
    bracketed = at > 0 and between.count("(") > between.count(")")
    goes_on = bracketed or (at > 0 and bool(_GOES_ON.search(between)))
    if not goes_on and not (_CLOSES.search(between) and len(tokens(between)) >= 4):
        begun = _begun(text, left, figure.lead) if at else None
        ends = _begun(text, figure.end, right) if at + 1 < len(others) else None
        return begun or figure.lead, ends or right
    if at and (goes_on or len([w for w in tokens(between) if len(w.bare) > 1]) < 6):
        left = part(text, unit, others[at - 1], others)[0]
    stop = _STOP.search(text, figure.end, right)
    return left, stop.start() if stop else right


def _begun(text: str, start: int, end: int) -> int | None:
    """Where, after the last comma, a new statement opens that the figure at `end` goes on: ", giải quyết việc "
    "làm cho".
    """
    comma = text.rfind(",", start, end)
    return comma + 1 if comma >= 0 and _OPENS.match(text, comma + 1, end) else None


def weighted(text: str, unit: Unit, own: tuple[int, int], others: list[Figure]) -> list[Level]:
    """The words of the clause, each at what it is worth for the figure that `own` belongs to."""
    if len(others) == 1 or unit.row:
        return [(1.0, unit.own)]
    first, last = others[0].lead, others[-1].lead
    shared = _predicate(text, unit, own, last)
    others_within = [f for f in others if own[0] <= f.lead < own[1]]
    inherited = others_within[-2].end if len(others_within) > 1 else own[0]
    groups: dict[float, list[Token]] = {w: [] for w in (1.0, INHERITED, FIRST, PREDICATE, SHARED, TAIL, OTHER)}
    for w in unit.words:
        if own[0] <= w.start < own[1]:
            groups[1.0 if w.start >= inherited else INHERITED].append(w)
        elif w.start >= shared:
            groups[PREDICATE].append(w)
        else:
            groups[
                (FIRST if own[0] <= first else SHARED) if w.start < first else TAIL if w.start >= last else OTHER
            ].append(w)
    return [(weight, words_of(words)) for weight, words in groups.items() if words]


def _predicate(text: str, unit: Unit, own: tuple[int, int], last: int) -> int:
    """Where the predicate begins that the figures share: at the verb after the last one, when this one has none."""
    if own[1] > last or _VERB.search(text, own[0], own[1]):
        return unit.end
    verb = _VERB.search(text, last, unit.end)
    return verb.start() if verb else unit.end
