"""Marks: what a line opens, told by its first characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.document import ProvisionKind as Kind
from corpus.structure.labels import roman

__all__ = ["DIEU", "SERIES", "Mark", "mark", "read_as"]

DIEU = 50
"""The rank of a điều: lower ranks are wider units, higher ones lie inside it."""

_UPPER = "A-ZĐÐÀ-ÖØ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LETTER = "a-zđăâêôơư"
_TAIL = rf"(?=\s*$|\s*[.:–—-](?!\d)|\s+[{_UPPER}\s\d,;()–-]+$)\s*[.:–—-]?\s*"

_ORDINAL = (
    r"(?i:mười(?:\s+(?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín))?|nhất|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The opening of a unit.

    `style` names the series that the label counts in ("digit", "dash"); `rank` orders the series from wide to
    narrow; `word` is what a lawyer calls the unit ("Điều", "điểm"); `size` counts the characters of the mark, so
    that the words after the number start there.
    """

    kind: Kind
    style: str
    rank: int
    label: str
    word: str
    size: int


_PATTERNS = (
    (
        "phan",
        rf"(?i:phần)\s+(?P<l_phan>(?i:thứ)\s+{_ORDINAL}\b|[IVXLC]+\b|[A-H]\b|\d{{1,2}}\b){_TAIL}",
    ),
    ("chuong", rf"(?i:chương)\s+(?P<l_chuong>[IVXLC]+|\d{{1,3}}){_TAIL}"),
    ("tieu_muc", rf"(?i:tiểu\s+mục)\s+(?P<l_tieu_muc>[IVXLC]+|\d{{1,3}}){_TAIL}"),
    ("muc", rf"(?i:mục)\s+(?P<l_muc>[IVXLC]+|\d{{1,3}}|[A-H]){_TAIL}"),
    ("dieu", r"[ĐÐđ](?i:iều)\s*(?P<l_dieu>\d{1,4}[a-zđ]{0,2})(?:\s?\[\d+\])?(?:\s*[.:](?!\d)|\s*$|\s*[-–](?=\s))\s*"),
    (
        "phu_luc",
        rf"(?i:phụ\s+lục)\s*(?:(?i:số)\s*:?\s*)?(?P<l_phu_luc>(?:[IVXLC]+|\d{{1,2}}|[A-Z])(?:[.-]?\d{{1,2}}|[a-zA-Z])?\b|)"
        rf"{_TAIL}",
    ),
    (
        "mau",
        rf"(?i:(?:biểu\s+)?mẫu(?:\s+biểu)?(?:\s+số)?|biểu\s+số)\s*:?\s*(?P<l_mau>\d{{1,3}}[a-zA-ZĐđ]?(?:[./-][\w.–-]+)*)(?=\s*$|\s*[.:–-]|\s+[{_UPPER}(])\s*[.:–-]?\s*",
    ),
    ("roman2", rf"(?P<l_roman2>[IVX]{{1,6}}(?:\.\d{{1,2}})+)\s?[.):]?\s+(?=[{_UPPER}“\"])"),
    ("alpha2", rf"(?P<l_alpha2>[A-H](?:\.\d{{1,2}})+)\s?[.):]?\s+(?=[{_UPPER}“\"])"),
    ("roman", rf"(?P<l_roman>[IVXLC]{{1,7}})\s?(?:[.)/:](?=\s*$|\s|[{_UPPER}])|[-–](?=\s?[{_UPPER}]))\s*"),
    ("alpha", rf"(?P<l_alpha>[A-HKLMĐ])\s?[.)/](?=\s+[{_UPPER}])\s*"),
    ("digits", rf"(?P<l_digits>\d{{1,3}}(?:\.\d{{1,2}}){{1,5}})(?:\s?[.):]\s*(?=\D)|\s+(?=[{_UPPER}“\"]))"),
    (
        "digit",
        rf"(?P<l_digit>\d{{1,3}}[a-hđ]?)(?:\s?\.(?=\s*$|\s|[^\d\s.,])|\s?[)/](?=\s)|\s?\)(?=[{_UPPER}])|\s?[-–](?=\s?[{_UPPER}]))\s*",
    ),
    ("letter2", rf"(?P<l_letter2>[a-zđ]{{1,2}}\.?\d{{1,2}}(?:\.\d{{1,2}})?)\s?[).](?=\s|[{_UPPER}])\s*"),
    ("roman_small", r"(?P<l_roman_small>[ivx]{2,5})\s?[).](?=\s|\S)\s*"),
    ("letter", rf"(?P<l_letter>[{_LETTER}])\s?(?:\)|[./](?=\s*[{_UPPER}]|\s))\s*"),
    ("paren", r"\(\s?(?P<l_paren>\d{1,3}|[ivx]{1,5}|[a-zđ])\s?\)\s*"),
    ("star", r"(?P<l_star>\*{1,3})(?=[^*\s]|\s\S)\s*"),
    ("dash", r"(?P<l_dash>[-–—−‐‑‒])(?![-–—−\d]|\s*$)\s*|(?P<l_dash_figure>[-–—−])(?=\d)"),
    ("dot", rf"(?P<l_dot>[•·●○▪■◦♦❖➢➤→✓✔]|o(?=\s+[{_UPPER}]))(?=\s*\S)\s*"),
    ("plus", r"(?P<l_plus>\+)(?=\s*\S)\s*"),
)
_MARK = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))

_NAMED = {
    "phu_luc": (Kind.PHU_LUC, 0, "Phụ lục"),
    "mau": (Kind.PHU_LUC, 5, "Mẫu số"),
    "phan": (Kind.PHAN, 10, "Phần"),
    "chuong": (Kind.CHUONG, 20, "Chương"),
    "muc": (Kind.MUC, 30, "Mục"),
    "tieu_muc": (Kind.TIEU_MUC, 40, "Tiểu mục"),
    "dieu": (Kind.DIEU, DIEU, "Điều"),
}
_NUMBERED = {
    "alpha": (Kind.PHAN, 52, "phần"),
    "roman": (Kind.MUC, 54, "mục"),
    "alpha2": (Kind.MUC, 56, "mục"),
    "roman2": (Kind.MUC, 58, "mục"),
    "digit": (Kind.KHOAN, 60, "khoản"),
    "letter": (Kind.DIEM, 70, "điểm"),
    "letter2": (Kind.DIEM, 74, "tiết"),
    "paren_digit": (Kind.DIEM, 76, "điểm"),
    "paren_letter": (Kind.DIEM, 77, "điểm"),
    "roman_small": (Kind.DIEM, 78, "điểm"),
}
SERIES = {
    "roman": ("alpha",),
    "alpha": ("roman",),
    "letter": ("roman_small",),
    "roman_small": ("paren_letter", "letter"),
    "paren_letter": ("roman_small",),
}
"""Series that a label of one letter may belong to instead: I, V, X, C, L count in both."""

_ITEMS = {"star": 79, "dash": 80, "dot": 85, "plus": 90}
_LONGEST_TITLE = {"phu_luc": 200, "mau": 200, "phan": 300, "chuong": 300, "muc": 300, "tieu_muc": 300}


def mark(words: str) -> Mark | None:
    """The mark that `words`, a line without the blanks around it, starts with; None when it starts with none."""
    match = _MARK.match(words)
    if match is None:
        return None
    name = match.lastgroup or ""
    if name in _ITEMS:
        return Mark(Kind.ITEM, name, _ITEMS[name], "", "gạch đầu dòng", match.end())
    label = match.group(f"l_{name}")
    if name in _NAMED:
        if len(words) > _LONGEST_TITLE.get(name, len(words)):
            return None
        kind, rank, word = _NAMED[name]
        if name == "phan" and label[:3].lower() == "thứ":
            label = " ".join(label.lower().split())
        return Mark(kind, name, rank, label, word, match.end())
    return _numbered(name, label, match.end())


def read_as(unit: Mark, style: str) -> Mark:
    """`unit` taken as a member of another series that its label may belong to: "I." as the letter after H."""
    kind, rank, word = _NUMBERED[style]
    return replace(unit, kind=kind, style=style, rank=rank, word=word)


def _numbered(name: str, label: str, size: int) -> Mark | None:
    if name == "digits":
        depth = label.count(".")
        return Mark(Kind.KHOAN, f"digits{depth}", 60 + depth, label, "khoản", size)
    if name == "paren":
        small = set(label) <= set("ivx")
        name = "paren_digit" if label.isdigit() else "roman_small" if small else "paren_letter"
    if name in ("roman", "roman_small") and roman(label) is None:
        return None
    if name == "roman" and label in ("C", "L"):
        name = "alpha"
    kind, rank, word = _NUMBERED[name]
    return Mark(kind, name, rank, label, word, size)
