"""Which words of a clause belong to which of its figures."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.answers.bags import Level, words_in
from assistant.answers.figures import IN_WORDS, Figure
from assistant.answers.normalise import Form, tokens
from assistant.answers.unit import Unit

__all__ = ["alike", "bracket", "goes_on", "part", "predicate_from", "weighted"]

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
_BRACKETS = re.compile(rf"{IN_WORDS}|[()]")
"""Brackets, and whole those that only say a number again in words, which open nothing."""
_STOP = re.compile(r"[,;.](?!\d)|(?<!\w)và(?!\w)|[()]")


def alike(unit: Unit, figure: Figure) -> list[Figure]:
    """The figures of the clause that may share its words with `figure`: those of the same sort, and for a measured one
    no small number in words, which counts parts of a thing.
    """
    same = [f for f in unit.figures if f.percent == figure.percent and f.money == figure.money]
    if len(same) < 2 or not figure.unit:
        return same
    return [f for f in same if f is figure or f.unit or f.value > _SMALL or not _in_words(unit, f)]


_SMALL = 10
"""The greatest number in words that may count the parts of a thing."""


def _in_words(unit: Unit, figure: Figure) -> bool:
    """Whether a figure is written in words, as what belongs to a thing is: "xe bốn bánh"."""
    return any(w.start == figure.start and not w.bare[0].isdigit() for w in unit.words)


def _closes(text: str, between: str, figure: Figure) -> bool:
    """Whether what stands before a figure says what it is of; after a comma it does only where nothing follows it."""
    if between.rstrip().endswith(","):
        return not re.match(r"\s+(?!(?:vào|đến|trong|năm|so|và|mỗi)\b)[^\W\d_]{2,}", text[figure.end : figure.end + 12])
    return bool(_CLOSES.search(between))


def bracket(text: str, unit: Unit, figure: Figure) -> int:
    """Where the bracket opens that `figure` stands in, -1 outside of brackets."""
    known = unit.brackets.get(figure.lead)
    if known is None:
        known = unit.brackets[figure.lead] = _opened(text, unit.start, figure.lead)
    return known


def _opened(text: str, start: int, end: int) -> int:
    """Where the bracket opens that is still open at `end`, -1 where none is."""
    if text.find("(", start, end) < 0:
        return -1
    depth, opened = 0, [-1]
    for m in _BRACKETS.finditer(text, start, end):
        if len(m.group()) > 1:
            continue
        depth += 1 if m.group() == "(" else -1
        opened = [*opened, m.start()] if m.group() == "(" else opened[: max(1, len(opened) - 1)]
    return opened[-1]


def goes_on(text: str, one: Figure, following: Figure) -> bool:
    """Whether `following` is what `one` becomes: "từ 4% lên 9%"."""
    return bool(_GOES_ON.search(text[one.end : following.lead]))


def predicate_from(text: str, start: int, end: int) -> int:
    """Where the first verb stands between two places, else the end."""
    verb = _VERB.search(text, start, end)
    return verb.start() if verb else end


def part(text: str, unit: Unit, figure: Figure, others: list[Figure]) -> tuple[int, int]:
    """The characters of the clause that belong to `figure`: what it counts, before or after it."""
    if unit.row:
        return unit.start, unit.end
    at = others.index(figure)
    group = [f for f in others if bracket(text, unit, f) == bracket(text, unit, figure)]
    opened = bracket(text, unit, figure)
    headed = _headed(text, opened + 1 if opened >= 0 else unit.start, unit.end, group)
    if headed is not None:
        first = group.index(figure)
        left = _after_joint(text, group[first - 1].end, headed) if first else opened + 1 if opened >= 0 else unit.start
        return left, _past(text, figure.end, headed)
    left = others[at - 1].end if at else unit.start
    right = others[at + 1].lead if at + 1 < len(others) else unit.end
    between = text[left : figure.lead]
    bracketed = at > 0 and between.count("(") > between.count(")")
    goes_on = bracketed or (at > 0 and bool(_GOES_ON.search(between)))
    if not goes_on and not (_closes(text, between, figure) and len(tokens(between)) >= 4):
        begun = _begun(text, left, figure.lead) if at else None
        ends = _begun(text, figure.end, right) if at + 1 < len(others) else None
        return begun or figure.lead, ends or right
    if at and (goes_on or len([w for w in tokens(between) if len(w.bare) > 1]) < 6):
        left = part(text, unit, others[at - 1], others)[0]
    stop = _STOP.search(text, figure.end, right)
    return left, stop.start() if stop else right


_WHEN = re.compile(r"\s*,?\s*(?:vào|đến|trong|tới)\s+(?:hết\s+|cuối\s+)?năm\s+\d{4}.*$", re.DOTALL)
_JOINT = re.compile(r"\s*(?:[,;)]|và\b|còn\b)+\s*(?:và\b|còn\b)?\s*")


def _headed(text: str, start: int, end: int, others: list[Figure]) -> int | None:
    """The count of words after each figure where what is counted stands before it, None where it does not.

    "nam 12 cm và nữ 9 cm", "xã A: 4 trạm, xã B: 7 trạm": each figure ends its part, with the same noun or none.
    """
    if len(others) < 2:
        return None
    noun = [w.bare for w in tokens(_WHEN.sub("", text[others[-1].end : end].partition(")")[0]))]
    if len(noun) > 2:
        return None
    for one, following in pairwise(others):
        if _BRACKETS.search(text, one.end, following.lead):
            return None
        between = tokens(text[one.end : following.lead])
        past = _past(text, one.end, len(noun))
        said = [w.bare for w in between[: len(noun)]]
        joint = _JOINT.match(text, past, following.lead)
        if said != noun or not joint or not tokens(text[joint.end() : following.lead]):
            return None
    return len(noun) if tokens(text[start : others[0].lead]) else None


def _past(text: str, at: int, count: int) -> int:
    """The place after the next `count` words from `at`."""
    found = tokens(text[at : at + 60], at)[:count]
    return found[-1].end if found else at


def _after_joint(text: str, at: int, count: int) -> int:
    past = _past(text, at, count)
    joint = _JOINT.match(text, past)
    return joint.end() if joint else past


def _begun(text: str, start: int, end: int) -> int | None:
    """Where, after the last comma, a new statement opens that the figure at `end` goes on: ", giải quyết việc "
    "làm cho".
    """
    comma = text.rfind(",", start, end)
    return comma + 1 if comma >= 0 and _OPENS.match(text, comma + 1, end) else None


def weighted(text: str, unit: Unit, own: tuple[int, int], others: list[Figure], meant: bool = False) -> list[Level]:
    """The words of the clause, each at what it is worth for the figure that `own` belongs to.

    `meant` says that the question's words choose this figure among the others, so that it has a full share in the rest.
    """
    if len(others) == 1 or unit.row:
        return [(1.0, unit.own)]
    first, last = others[0].lead, others[-1].lead
    shared = _predicate(text, unit, own, last)
    others_within = [f for f in others if own[0] <= f.lead < own[1]]
    inherited = others_within[-2].end if len(others_within) > 1 else own[0]
    groups: dict[float, list[Form]] = {w: [] for w in (1.0, INHERITED, FIRST, PREDICATE, SHARED, TAIL, OTHER)}
    before = FIRST if meant or own[0] <= first else SHARED
    for start, form in zip(unit.words.starts, zip(unit.words.keys, unit.words.bares, strict=True), strict=True):
        if own[0] <= start < own[1]:
            groups[1.0 if start >= inherited else INHERITED].append(form)
        elif start >= shared:
            groups[PREDICATE].append(form)
        else:
            groups[before if start < first else TAIL if start >= last else OTHER].append(form)
    return [(weight, words_in(found)) for weight, found in groups.items() if found]


def _predicate(text: str, unit: Unit, own: tuple[int, int], last: int) -> int:
    """Where the predicate begins that the figures share: at the verb after the last one, when this one has none."""
    if own[1] > last or _VERB.search(text, own[0], own[1]):
        return unit.end
    verb = _VERB.search(text, last, unit.end)
    return verb.start() if verb else unit.end
