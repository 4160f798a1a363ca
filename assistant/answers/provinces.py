"""Provinces and cities that a question names, so that none is answered with another's figures.

The 63 of before July 2025, whose names are those of the 34 of today too (Nghị quyết 202/2025/QH15).
"""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.normalise import forms, tokens
from assistant.answers.question import Question

__all__ = ["of_another_province", "provinces_of"]

_LISTED = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà
Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang, Kon
Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên,
Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
Thanh Hóa, Thừa Thiên, Tiền Giang, Hồ Chí Minh, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái"""
_NAMES = {
    tuple(w.bare for w in tokens(part)): name.strip()
    for name in _LISTED.replace("\n", " ").split(",")
    for part in name.split(" - ")
}
_WORDS = frozenset((
    "binh dinh", "binh thuan", "hoa binh", "cao bang", "ha nam", "long an", "nam dinh", "thai binh", "hai duong",
    "gia lai", "dien bien", "son la", "ben tre", "an giang", "phu tho", "phu yen", "tien giang",
))  # fmt: skip
"""Names that are also written as ordinary words, so that without capitals nothing can be told."""
_FOLLOWED = frozenset(("don", "chat", "hoc", "duong", "mang", "luong"))
"""Words with which what looks like a name without marks is none: "thành hóa đơn", "Thái Bình Dương"."""
_LONGER = frozenset((("thai", "binh", "duong"), ("cong", "nghe", "an")))
"""Words that hold what looks like a name: "công nghệ an toàn"."""


def provinces_of(question: Question) -> set[tuple[str, ...]]:
    """The names, in bare words, of the provinces and cities that the question names."""
    words, out = question.typed.words, set()
    inside = {i + 1 for i in range(len(words)) if tuple(w.bare for w in words[i : i + 3]) in _LONGER}
    for i in set(range(len(words) - 1)) - inside:
        for size in (2, 3):
            name = tuple(w.bare for w in words[i : i + size])
            if len(name) == size and name in _NAMES and _is_name(question, i, size):
                out.add(name)
    return out


def _is_name(question: Question, at: int, size: int) -> bool:
    words = question.typed.words[at : at + size]
    after = question.typed.words[at + size : at + size + 1]
    if after and after[0].bare in _FOLLOWED:
        return False
    written = [question.text[w.start : w.end] for w in words]
    if all(w[:1].isupper() for w in written):
        return True
    typed_low = question.text[1:].islower() or question.typed.plain
    return typed_low and " ".join(w.bare for w in words) not in _WORDS


def of_another_province(question: Question, e: Evidence) -> bool:
    """Whether the question names a province that neither the evidence nor the opening of its document names."""
    asked = provinces_of(question)
    if not asked:
        return False
    document = e.reading.document
    near = [slice(*e.unit.clause.sentence), slice(e.unit.start, e.unit.end), slice(0, _OPENING)]
    near += [slice(*span) for span in e.unit.leads]
    told = " | ".join([document.title or "", document.issuer or "", *(document.text[part] for part in near)])
    said = f" {' '.join(plain for _, plain in forms(told))} "
    if any(f" {' '.join(name)} " not in said for name in asked):
        return True
    own = f" {' '.join(plain for _, plain in forms(document.text[e.unit.start : e.unit.end]))} "
    whole = " ".join(w.bare for w in question.typed.words)
    return any(_left_out(own, name) and not _left_out(f" {whole} ", name) for name in asked)


def _left_out(text: str, name: tuple[str, ...]) -> bool:
    """Whether the first that `text`, in bare words, says of a province is that it does not count."""
    before, told, _ = text.partition(f" {' '.join(name)} ")
    return bool(told) and _EXCEPT.search(before) is not None


_EXCEPT = re.compile(r" (?:ngoai|tru|ngoai tru)(?: (?:tinh|thanh pho|tp|va|cac|ha noi|ho chi minh))*$")


_OPENING = 900
"""Characters at the head of a document that say whose it is."""
