"""Words as people type them: tone placement, i/y, missing diacritics, abbreviations.

A token is compared by `key` (lower case, base letters with their hooks, tone number last, so that "hoà" and
"hòa", "quản lí" and "quản lý" agree) or by `bare` (no diacritics at all). Offsets are characters of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

__all__ = [
    "ABBREVIATIONS",
    "NUMERALS",
    "Form",
    "Token",
    "bare",
    "bare_words",
    "bares",
    "columns",
    "forms",
    "is_bare",
    "key",
    "tokens",
    "unmarked",
]

ABBREVIATIONS: dict[str, str] = {
    "attt": "an toàn thông tin",
    "atvstp": "an toàn vệ sinh thực phẩm",
    "bch": "ban chấp hành",
    "bcđ": "ban chỉ đạo",
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "btttt": "bộ thông tin và truyền thông",
    "cb": "cán bộ",
    "cbcc": "cán bộ công chức",
    "cccd": "căn cước công dân",
    "cchc": "cải cách hành chính",
    "cmnd": "chứng minh nhân dân",
    "cntt": "công nghệ thông tin",
    "cpđt": "chính phủ điện tử",
    "csdl": "cơ sở dữ liệu",
    "cđs": "chuyển đổi số",
    "cư": "công ước",
    "dn": "doanh nghiệp",
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "gd": "giáo dục",
    "gplx": "giấy phép lái xe",
    "gtvt": "giao thông vận tải",
    "hđnd": "hội đồng nhân dân",
    "htx": "hợp tác xã",
    "kcn": "khu công nghiệp",
    "khcn": "khoa học công nghệ",
    "kt": "kinh tế",
    "ktxh": "kinh tế xã hội",
    "mttq": "mặt trận tổ quốc",
    "nsnn": "ngân sách nhà nước",
    "nstw": "ngân sách trung ương",
    "nđ": "nghị định",
    "nq": "nghị quyết",
    "pccc": "phòng cháy chữa cháy",
    "pctt": "phòng chống thiên tai",
    "qđ": "quyết định",
    "shtt": "sở hữu trí tuệ",
    "tchc": "tổ chức hành chính",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "tmđt": "thương mại điện tử",
    "tp": "thành phố",
    "tphcm": "thành phố hồ chí minh",
    "hcm": "hồ chí minh",
    "hn": "hà nội",
    "ttcp": "thủ tướng chính phủ",
    "ttg": "thủ tướng",
    "tthc": "thủ tục hành chính",
    "tttt": "thông tin truyền thông",
    "tw": "trung ương",
    "ubnd": "ủy ban nhân dân",
    "ubqg": "ủy ban quốc gia",
    "vb": "văn bản",
    "vn": "việt nam",
    "vneid": "định danh điện tử vneid",
    "vpcp": "văn phòng chính phủ",
    "đt": "điện tử",
    "đttm": "đô thị thông minh",
    "ưdcntt": "ứng dụng công nghệ thông tin",
}
NUMERALS: dict[str, int] = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")


class Token(NamedTuple):
    """A syllable or figure of a text; an abbreviation gives one token a syllable, all with its offsets."""

    key: str
    bare: str
    start: int
    end: int


Form = tuple[str, str]
"""A word by its key and its bare form."""


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """`word` in lower case with its tone mark written as a digit at the end and a final i written y."""
    letters, tone = [], ""
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in _TONES:
            tone = _TONES[c]
        else:
            letters.append(c)
    base = unicodedata.normalize("NFC", "".join(letters))
    if len(base) == 2 and base[1] == "i" and base[0] in "hklmst":
        base = base[0] + "y"
    return base + tone if tone else base


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """`word` in lower-case letters without any diacritic."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    base = "".join(c for c in plain if not unicodedata.combining(c))
    return base[0] + "y" if len(base) == 2 and base[1] == "i" and base[0] in "hklmst" else base


_EXPANSIONS = {bare(short): full.split() for short, full in ABBREVIATIONS.items() if len(short) > 2}
_EXPANSIONS |= {short: full.split() for short, full in ABBREVIATIONS.items() if len(short) <= 2}


_PAIRED = re.compile(r"(?<=CNTT)(\s*[-–&/]\s*)TT(?!\w)")
"""CNTT-TT and CNTT&TT, where TT is "truyền thông" and nowhere else."""


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The syllables and figures of `text` in order, abbreviations written out; offsets are counted from `offset`."""
    out: list[Token] = []
    paired = {m.end() - 2 for m in _PAIRED.finditer(text)} if "CNTT" in text else ()
    for m in _WORD.finditer(text):
        start, end = m.span()
        for sound, plain in _PAIRED_FORMS if start in paired else _forms(m.group()):
            out.append(_made(Token, (sound, plain, start + offset, end + offset)))
    return out


def forms(text: str) -> list[Form]:
    """(key, bare form) of each word of `text` in order, abbreviations written out; faster than `tokens`."""
    return [form for word in _WORD.findall(text) for form in _forms(word)]


def columns(text: str) -> tuple[list[str], Sequence[str], Sequence[str]] | None:
    """The words of `text` as they are written, their keys and their bare forms: the `tokens`, whose places are not
    sought yet; None where a word of the text stands for several.
    """
    if "CNTT" in text:
        return None
    words = _WORD.findall(text)
    found = list(map(_forms, words))
    if sum(map(len, found)) != len(found):
        return None
    keys, bares = zip(*chain.from_iterable(found), strict=True) if found else ((), ())
    return words, keys, bares


def bares(text: str) -> Sequence[str]:
    """The bare forms of the `tokens` of `text`, in order."""
    found = columns(text)
    return [token.bare for token in tokens(text)] if found is None else found[2]


_made = tuple.__new__


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[Form, ...]:
    """(key, bare form) of each word that `word` stands for: itself, or those of an abbreviation."""
    if word == "AI":
        return _ARTIFICIAL
    return tuple((key(part), bare(part)) for part in _expansion(word) or [_plain_number(word)])


_ARTIFICIAL: tuple[Form, ...] = (("a.i", "a.i"),)
"""Artificial intelligence, which is not the "ai" that asks for a person."""


def bare_words(text: str) -> frozenset[str]:
    """The distinct words of `text` in bare form, abbreviations written out; faster than `tokens`."""
    found = frozenset(map(_BARES.__getitem__, _WORD.findall(text)))
    return frozenset(plain for _, plain in forms(text)) if _SEVERAL in found else found


_SEVERAL, _KNOWN = "", 1 << 16


class _Bares(dict[str, str]):
    """The bare form of each word, found out once; `_SEVERAL` for one that stands for several words."""

    def __missing__(self, word: str) -> str:
        if len(self) > _KNOWN:
            self.clear()
        made = _forms(word)
        plain = self[word] = made[0][1] if len(made) == 1 else _SEVERAL
        return plain


_BARES = _Bares()


def is_bare(text: str) -> bool:
    """Whether `text` was typed without diacritics: three words or more and none marked."""
    plain = unicodedata.normalize("NFD", text)
    marked = any(unicodedata.combining(c) for c in plain) or "đ" in plain or "Đ" in plain
    return not marked and len(_WORD.findall(text)) >= 3


def unmarked(text: str) -> str:
    """`text` without any diacritic, its capitals kept, as it is typed on a keyboard without Vietnamese."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


def _plain_number(word: str) -> str:
    """A numeral without leading zeros and dots between thousands: "02" is 2, "1.000" is 1000."""
    word = word.replace(".", "") if _GROUPED.fullmatch(word) else word
    return (word.lstrip("0") or "0") if word.isdigit() else word


def _expansion(word: str) -> list[str] | None:
    low = word.lower()
    if len(low) > 2:
        return _EXPANSIONS.get(bare(low))
    # two letters are an abbreviation only when written in capitals or spelled so that no syllable is meant
    return _EXPANSIONS.get(low) if word.isupper() or low in ("qđ", "nđ", "tw", "tp") else None


_PAIRED_FORMS = (*_forms("truyền"), *_forms("thông"))
