"""Numbers of documents ("1605/QĐ-TTg", "43/2019/QH14", "57-NQ/TW"): how they are written, compared and read.

The form follows Decree 30/2020/NĐ-CP, Annex I (số, ký hiệu của văn bản) and, for the Party, Instruction 36-HD/VPTW;
older and careless spellings (spaces, Ð for Đ, Cyrillic letters that look Latin) are read as what they mean.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["KINDS", "MINISTRIES", "NUMBER", "kind_of", "normal", "same"]

_CAPITAL = "A-ZĐÐƯÂÊÔƠĂÁÀẢÃẠÝÚСРТНКМВАЕО"
_PART = rf"[{_CAPITAL}][{_CAPITAL}]*(?:[rgi](?![a-zà-ỹ]))?[{_CAPITAL}]*\d{{0,2}}"
_CODE = rf"{_PART}(?:\s?[-–.&,]\s?{_PART})*"
_STATE = rf"\d{{1,5}}(?:\.\d{{1,2}})?[a-zđA-DĐ]?(?:\s?/\s?(?:19|20)\d{{2}})?\s?/\s?{_CODE}"
_PARTY = (
    r"\d{1,5}\s?[-–]\s?(?:NQ|CT|KL|QĐ|QÐ|QC|HD|KH|TB|BC|TTr|CV|CTr|QyĐ|QĐi|ĐA|TT)"
    r"\s?/\s?[A-ZĐÐ]{2,}(?:\s?[-–]\s?[A-ZĐ]{2,})?"
)

NUMBER = rf"(?<![\w/.-])(?:{_PARTY}|{_STATE})(?![\w/])"
"""A document's number, without the word "số" before it; normalise what it finds with `normal`."""

KINDS = {
    "QĐ": "quyết định",
    "NĐ": "nghị định",
    "TT": "thông tư",
    "TTLT": "thông tư liên tịch",
    "NQ": "nghị quyết",
    "NQLT": "nghị quyết liên tịch",
    "KH": "kế hoạch",
    "CT": "chỉ thị",
    "CTR": "chương trình",
    "TB": "thông báo",
    "BC": "báo cáo",
    "TTR": "tờ trình",
    "HD": "hướng dẫn",
    "CĐ": "công điện",
    "KL": "kết luận",
    "QC": "quy chế",
    "QYĐ": "quy định",
    "QĐI": "quy định",
    "PA": "phương án",
    "ĐA": "đề án",
    "PL": "pháp lệnh",
    "VBHN": "văn bản hợp nhất",
    "L": "lệnh",
    "BB": "biên bản",
    "GM": "giấy mời",
    "NQLTLS": "nghị quyết liên tịch",
}
"""Kinds by the letters in a number; the letters of an agency in that place make an official letter (công văn)."""

MINISTRIES = {
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công Thương",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGTVT": "Bộ Giao thông vận tải",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNG": "Bộ Ngoại giao",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "TTCP": "Thanh tra Chính phủ",
    "UBDT": "Ủy ban Dân tộc",
    "VPCP": "Văn phòng Chính phủ",
}
"""Agencies by the letters they sign with."""

_LOOKALIKES = str.maketrans("ÐСРТНКМВАЕО–", "ĐCPTHKMBAEO-")


def normal(number: str) -> str:
    """`number` as it should be printed: no spaces, Đ for the Icelandic and C, P for the Cyrillic letters."""
    return re.sub(r"\s+", "", number).translate(_LOOKALIKES).rstrip(".,;:-")


def same(one: str, other: str) -> bool:
    """Whether two spellings name one document: leading zeros, case and hyphens do not count."""
    return _key(one) == _key(other)


def kind_of(number: str) -> str | None:
    """The kind that the letters of `number` tell; None where only the heading can (laws and resolutions of QH)."""
    parts = [p for p in re.split(r"[/-]", normal(number)) if p and not p[0].isdigit()]
    if not parts:
        return None
    first = parts[0].upper()
    if first in KINDS:
        return KINDS[first]
    if re.fullmatch(r"(?:UBTV)?QH\d{0,2}|TW|HĐND\d*|NĐCP", first):
        return None
    return "công văn" if len(first) > 1 else None


@lru_cache(maxsize=1 << 14)
def _key(number: str) -> str:
    return re.sub(r"[^A-ZĐƯÂÊÔƠĂ0-9/]", "", re.sub(r"\b0+(?=\d)", "", normal(number).upper()))
