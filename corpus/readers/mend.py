"""Syllables that a PDF's text layer splits ("Quy ết") or runs together ("sốđiều"), mended where no doubt is left."""

from __future__ import annotations

import re

from corpus.encoding import is_syllable

__all__ = ["mended"]

_VOWELS = "aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_CLUSTERS = frozenset("ch gh gi kh ng ngh nh ph qu th tr".split())  # noqa: SIM905
_SINGLES = frozenset("bcdđghklmnpqrstvx")
_CODAS = frozenset("c ch m n ng nh p t i o u y".split())  # noqa: SIM905
_WORDS = frozenset(
    """
    a à á ả ác ách ai ái am ám an án ang áng anh ánh ảnh ao áo ào ảo áp át au ắc ăn ắng ắp ắt âm ấm ẩm ậm ân ấn ẩn
    âu ấu ẩu ấy ấp e é ém en eo éo ép êm êu ếch i ì ích im ỉm in ịn ít ỉu o ó oai oái oan oán oanh óc oi ong óng ọp
    ô ồ ổ ố ôi ôn ồn ổn ông ống ốc ốm ổi ôm ốp ơ ờ ở ơi ới ớn ơn ớt u ù ủ ú ụ ui ủi um ủn ung úng ủng ùn uốn uống
    uất uy ủy uỷ úy uể uế uyên uyển út úp ụp ư ừ ức ưa ứa ửa ưng ứng ước ướt ươm ươn ương ưỡn ưu ưởng y ý ỷ ỵ yêu
    yếu yên yến yết yểu yếm yểm ứ ử
    """.split()  # noqa: SIM905
)
"""The syllables without an initial that are words; any other that stands alone is the end of a split one."""

_JOINED = re.compile(rf"(?<=[{_VOWELS}{_VOWELS.upper()}])(?=[đĐ])")
_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"(?<![\w./-])([^\W\d_]{1,6}) ([^\W\d_]{1,6})(?![\w/-])")
_MANY = 3


def mended(text: str) -> str:
    """`text` with run-together and split syllables mended; what might be two words stays two.

    A single consonant before a vowel ("m ở" after a number, "điểm c ở") is joined only where the text has other,
    certain splits.
    """
    text = _WORD.sub(lambda m: _parted(m.group()), text)
    sure = sum(_is_split(m[1], m[2], single=False) for m in _PAIR.finditer(text)) >= _MANY
    at = 0
    while match := _PAIR.search(text, at):
        if _is_split(match[1], match[2], single=sure and not _is_label(text, match.start())):
            text = text[: match.end(1)] + text[match.start(2) :]
            at = match.start()
        else:
            at = match.start(2)
    return text


def _parted(word: str) -> str:
    """`word` with a space before "đ" where it is two syllables and not one."""
    if len(word) < 4 or is_syllable(word) or word.isascii():
        return word
    parts = _JOINED.split(word)
    even = word.islower() or word.isupper() or word[1:].islower() or all(p[1:].islower() for p in parts)
    return " ".join(parts) if len(parts) == 2 and even and all(map(is_syllable, parts)) else word


def _is_split(left: str, right: str, single: bool) -> bool:
    """Whether `left` and `right` are one syllable that was split; `single` lets a lone consonant be a beginning."""
    if not is_syllable(left + right) or not (right.islower() or (left + right).isupper()):
        return False
    first, rest = left.lower(), right.lower()
    if first in _CLUSTERS or (single and first in _SINGLES):
        return rest[0] in _VOWELS
    if rest in _CODAS:
        return not is_syllable(left) and not left.isascii()
    return rest[0] in _VOWELS and not rest.isascii() and rest not in _WORDS and first not in _SINGLES


def _is_label(text: str, at: int) -> bool:
    """Whether a letter at `at` may be a label or a unit: after a figure, "điểm", "nhóm" and the like."""
    return bool(re.search(r"(?:\d|điểm|nhóm|loại|hạng|mục|cột|chữ|và|,|;)\s*$", text[max(0, at - 12) : at], re.I))
