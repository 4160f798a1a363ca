"""Whether a phrased sentence says what its claim says: the same figures and words, in an order that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answers import verify
from assistant.answers.answer import Claim
from assistant.answers.figures import figures

__all__ = ["problem"]

_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d(?:[\w./,:-]*\w)?")
_LABELLED = re.compile(
    r"(?<!\w)(khoản|điều|điểm|mục|chương|phần|số|ngày|tháng|quý|năm|độ|cấp|bảng|lục|đợt|hạng|loại)\s+(\d[\w./-]*\w|\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD = re.compile(r"((?:Có\. |Không\. )?)(Theo [^\n]+?):(?=\s)")
_DENIAL = frozenset(
    ["không", "chưa", "chẳng", "đừng", "trừ", "cấm", "bãi", "bỏ", "dứt", "chỉ", "hoặc", "nếu", "khi", "mà", "nhưng"]
)
"""Words whose place decides what they deny, bound or compare."""
_FREE = frozenset(("theo", "thì", "rằng", "là", "nêu", "ghi", "rõ", "cụ", "thể", "quy", "định", "tại", "như"))
"""Words that may come and go without a change of meaning."""
_MARKS = frozenset(" \n.,:;")
"""Marks that may be added; all others must stand in the claim."""


def problem(text: str, claim: Claim, quotes: Sequence[str]) -> str:
    """What `text` says otherwise than `claim`, which `quotes` carry, as a Vietnamese phrase; "" when nothing."""
    return (
        _differs_in_figures(text, claim.text)
        or verify.problem(text, [*quotes, claim.text])
        or _differs_in_words(text, claim.text)
        or _differs_in_order(text, claim.text)
    )


def _differs_in_figures(text: str, claim: str) -> str:
    """Every number as it is written, every figure with its unit and comparator, and the years, in their order."""
    changed = Counter(_RUN.findall(text)) - Counter(_RUN.findall(claim))
    if changed:
        return f"số {next(iter(changed))} không có trong câu đã kiểm chứng"
    left_out = Counter(_RUN.findall(claim)) - Counter(_RUN.findall(text))
    if left_out:
        return f"thiếu số {next(iter(left_out))}"
    if _stated(text) not in [_stated(order) for order in _orders(claim)]:
        return "đơn vị, so sánh hoặc thứ tự của các con số khác câu đã kiểm chứng"
    if _labelled(text) != _labelled(claim):
        return "điều khoản, số hoặc ngày gắn với con số khác câu đã kiểm chứng"
    if _YEAR.findall(text) not in [_YEAR.findall(order) for order in _orders(claim)]:
        return "thứ tự các năm khác câu đã kiểm chứng"
    return ""


def _differs_in_words(text: str, claim: str) -> str:
    """The same words, as often, but for those that are free; no mark that the claim has not."""
    strange = set(text) - set(claim) - _MARKS
    strange = {c for c in strange if not c.isalnum()}
    if strange:
        return f"ký hiệu {min(strange)!r} không có trong câu đã kiểm chứng"
    said, claimed = Counter(_words(text)), Counter(_words(claim))
    if said - claimed:
        return f"thêm từ “{next(iter(said - claimed))}”"
    if claimed - said:
        return f"thiếu từ “{next(iter(claimed - said))}”"
    return ""


def _differs_in_order(text: str, claim: str) -> str:
    """Words may change places where nothing hangs on it: one figure at most, no denial, names in their order."""
    orders = [_words(order) for order in _orders(claim)]
    said = _words(text)
    if len(figures(claim)) > 1 or _DENIAL.intersection(said):
        return "" if said in orders else "thứ tự từ khác câu đã kiểm chứng"
    names = {w.casefold() for w in _WORD.findall(claim) if w[0].isupper()}
    kept = [[w for w in order if w in names] for order in orders]
    return "" if [w for w in said if w in names] in kept else "thứ tự tên gọi khác câu đã kiểm chứng"


def _orders(claim: str) -> list[str]:
    """The claim as it stands, and with the naming of the document at its end."""
    head = _HEAD.match(claim)
    return [claim, f"{head.group(1)}{claim[head.end() :]} {head.group(2)}"] if head else [claim]


def _stated(text: str) -> list[tuple[float, float | None, str, str]]:
    return [(f.value, f.value_max, f.unit, f.comparator) for f in figures(text)]


def _labelled(text: str) -> Counter[tuple[str, str]]:
    return Counter((label.casefold(), number) for label, number in _LABELLED.findall(text))


def _words(text: str) -> list[str]:
    return [w for w in (m.casefold() for m in _WORD.findall(text)) if w not in _FREE]
