"""Units of measure as people spell them out, written as documents write them."""

from __future__ import annotations

import re

from assistant.answers.normalise import bare

__all__ = ["UNITS", "with_ordinals", "with_units"]

_WEIGHED = r"hơi|lợn|heo|thịt|gạo|cá|thóc|rau"
_KILOGRAM = (
    r"(?<=một )k[ýí](?!\s+(?:hiệu|tự|túc|kết|ức|hợp|số|sự|tên|giả|thuật|năng|sinh)(?!\w))"
    rf"|(?<=\d )k[ýí](?=\s*(?:[,?.]|thì|{_WEIGHED}|$))|(?<=mỗi )k[ýí](?=\s+(?:{_WEIGHED})(?!\w))"
    r"|(?:(?<=mot )|(?<=moi ))ky(?=\s+hoi(?!\s+(?:nghi|thao|thi)))|k[ýí] l[ôo]"
)
"""A kilogram as people say it, and not the "ký" of signs nor, without its mark, a session."""
_SPELLED: tuple[tuple[str, str], ...] = (
    (r"h[éeê]c[- ]?ta", "ha"),
    (r"x[ăa]ng[- ]?ti[- ]?m[éeê]t|centim[éeê]t|cen[- ]?ti[- ]?m[éeê]t", "cm"),
    (r"k[iíy][- ]?l[ôo][- ]?m[éeê]t|kil[ôo]m[éeê]t|c[âa]y s[ốo](?! \d)", "km"),
    (r"m[éeê]t vu[ôo]ng", "m2"),
    (r"m[éeê]t kh[ốo]i", "m3"),
    (_KILOGRAM, "kg"),
    (r"mét|(?<=nhiêu )m[êe]t|(?<=nhieu )met|(?<=mấy )m[êe]t|(?<=may )met", "m"),
    (r"m[êe][- ]?ga[- ]?o[áa]t|megawatt", "MW"),
    (r"gi[- ]?ga[- ]?o[áa]t|gigawatt", "GW"),
    (
        r"(?<=nhiêu )tiếng|(?<=mấy )tiếng|(?<=\d )tiếng(?! (?:anh|pháp|việt|nga|trung|nhật|hàn|nước|dân tộc|nói|ồn))"
        r"|tiếng đồng hồ|(?<=nhieu )tieng|(?<=may )tieng",
        "giờ",
    ),
    (r"đ[ôo][- ]?la( M[ỹy])?|do la my", "USD"),
)
_PATTERNS = tuple((re.compile(rf"(?<!\w)(?:{p})(?!\w)|(?<=\d)(?:{p})", re.IGNORECASE), w) for p, w in _SPELLED)
UNITS = frozenset(("ha", "kg", "cm", "km", "m", "m2", "m3", "mw", "gw", "usd", "h"))
"""Keys of the words that only say in what a figure is counted."""


_ORDINALS = {
    bare(word): str(n)
    for n, words in enumerate(("nhất", "hai", "ba", "tư bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1)
    for word in words.split()
}
_ORDINAL = re.compile(
    r"(?<!\w)(đợt|lần|giai đoạn|nhóm|mục tiêu|chỉ tiêu|khoản|phần|loại|hạng|vòng|tiêu chí|dot|giai doan|nhom|khoan)"
    r"((?:\s+[^\W\d]+){0,3}?)\s+th(?:ứ|u)\s+([^\W\d]+)",
    re.IGNORECASE,
)


def with_ordinals(text: str) -> str:
    """`text` with ordinals in words as the numbers that documents write.

    >>> with_ordinals("đợt thi đua thứ hai kéo dài")
    'đợt 2 thi đua kéo dài'
    """

    def written(m: re.Match[str]) -> str:
        n = _ORDINALS.get(bare(m.group(3)))
        return f"{m.group(1)} {n}{m.group(2)}" if n else m.group()

    return _ORDINAL.sub(written, text)


def with_units(text: str) -> str:
    """`text` with the units that are spelled out put in the form of the documents.

    >>> with_units("bao nhiêu héc-ta và mấy %")
    'bao nhiêu ha và mấy  phần trăm '
    """
    text = text.replace("%", " phần trăm ")
    for pattern, written in _PATTERNS:
        text = pattern.sub(written, text)
    return text
