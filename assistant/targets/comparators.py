"""Comparator words: what stands before (or after) a figure and says how it bounds the target."""

from __future__ import annotations

from assistant.targets.folding import alternation, fold, listed, rule
from assistant.targets.target import Comparator

__all__ = ["comparator_after", "comparator_before"]

BEFORE: dict[Comparator, tuple[str, ...]] = {
    ">=": listed(
        """
        tối thiểu | ít nhất | không dưới | không thấp hơn | không ít hơn | không nhỏ hơn | thấp nhất | thấp nhất là |
        chí ít | tối thiếu
        """
    ),
    ">": listed("trên | hơn | vượt | vượt mức | vượt trên | cao hơn | nhiều hơn | lớn hơn | quá"),
    "<=": listed(
        """
        tối đa | không quá | không vượt quá | không vượt | không cao hơn | không lớn hơn | không nhiều hơn | không hơn |
        không trên | nhiều nhất | cao nhất
        """
    ),
    "<": listed("dưới | thấp hơn | ít hơn | nhỏ hơn | chưa đến | chưa tới"),
    "~": listed(
        """
        khoảng | xấp xỉ | gần | ước | ước đạt | ước khoảng | chừng | trên dưới | tương đương khoảng | vào khoảng | cỡ
        """
    ),
}
SIGNS: dict[str, Comparator] = {
    "≥": ">=", ">=": ">=", ">": ">", "≤": "<=", "<=": "<=", "<": "<", "~": "~", "≈": "~",
}  # fmt: skip
AFTER: dict[Comparator, tuple[str, ...]] = {
    ">=": listed("trở lên | hoặc cao hơn | hoặc hơn"),
    "<=": listed("trở xuống | hoặc thấp hơn | hoặc ít hơn"),
}

_FOLDED = {fold(word): sign for sign, words in BEFORE.items() for word in words}
_SIGN = r"[≥≤<>~≈]=?"
_WORDS = alternation(list(_FOLDED))
_FILLER = (
    r"(?:đạt|là|bình quân|trung bình|được|mức|còn|từ|đến|tới|cho|thêm|một|có|(?:vào|đến|trong) năm \d{4}|"
    r"vào cuối năm \d{4})"
)
_BEFORE = rule(rf"(?:(?<!\w)(?P<word>{_WORDS})(?:\s{_FILLER}){{0,2}}\s|(?P<sign>{_SIGN})\s*)$")
_FOLDED_AFTER = {fold(word): sign for sign, words in AFTER.items() for word in words}
_AFTER = rule(rf"(?:\s[^\W\d]+){{0,9}}?\s(?P<word>{alternation(list(_FOLDED_AFTER))})(?!\w)")
_NEVER = rule(r"(?:nêu|như|dựa|tại|nền tảng|trên cơ sở|ở|tính|theo|bên|phía|căn cứ|nói|kể|mạng|quy định)\s$")


def comparator_before(text: str, at: int) -> tuple[Comparator, int] | None:
    """The comparator that ends where the figure at `at` starts, with its own start; filler words may lie between."""
    low = max(0, at - 56)
    window = text[low:at]
    m = _BEFORE.search(window)
    if not m:
        return None
    sign = m.group("sign")
    start = low + m.start("sign" if sign else "word")
    if sign:
        return SIGNS.get(sign, SIGNS[sign[0]]), start
    if m.group("word") in ("trên", "dưới") and _NEVER.search(text, max(0, start - 12), start):
        return None
    found = _FOLDED[m.group("word")]
    if found == "~":
        return found, start
    earlier = comparator_before(text, start) if start > low else None
    return (found, earlier[1]) if earlier and earlier[0] == "~" else (found, start)


def comparator_after(text: str, at: int, stop: int) -> tuple[Comparator, int] | None:
    """The comparator (`trở lên`, `trở xuống`) that follows the figure which ends at `at`, with its end."""
    m = _AFTER.match(text, at, stop)
    return (_FOLDED_AFTER[m.group("word")], m.end()) if m else None
