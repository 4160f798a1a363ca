"""What an indicator is about: its content words, and the facets that tell two alike indicators apart."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.words import NUMBER

__all__ = ["PARTS_OF_THE_WORLD", "Terms", "bare_terms", "terms"]

FUNCTION_WORDS = """
    các những và hoặc của cho với là được bị có trong trên dưới tại ở theo đến tới từ về do bởi vào ra khi để nhằm
    mà này đó số tỷ lệ mức độ tổng một mỗi ít nhất tối thiểu tối đa khoảng hơn trở lên đạt bằng giữa qua như cả
    sẽ phải cần thể đã đang việc sự cùng còn đối tượng hiện thực năm giai đoạn
"""
"""Words that carry no meaning of their own; comparators and levels are read as facets instead."""

WEAK_WORDS = """
    trung bình bình quân cơ quan nhà nước đơn vị cấp ngành hệ thống thông tin hoạt động công tác phục vụ cung cấp
    sử dụng triển khai xây dựng đầy đủ toàn hoàn thành bảo đảm quốc gia lượng tương đương trực thuộc liên quan
    việt nam địa bàn khác bộ ngang chính phủ ủy ban nhân dân tỉnh thành phố trung ương địa phương sở ban lãnh đạo
    quận huyện xã phường thị trấn cục vụ tổ chức chính trị xã hội quản lý theo quy định
    vốn đầu tư kinh phí ngân sách nhu cầu sự nghiệp dự án chương trình tăng giảm
"""
"""Words that stand in indicators of every kind, those that list the agencies above all."""

WEAK, INSIDE_BRACKETS = 0.4, 0.3

SYNONYMS: tuple[tuple[str, str], ...] = (
    ("trên môi trường mạng", "trực tuyến"),
    ("qua môi trường mạng", "trực tuyến"),
    ("trên môi trường điện tử", "trực tuyến"),
    ("trên môi trường số", "trực tuyến"),
    ("dưới dạng điện tử", "trực tuyến"),
    ("qua mạng", "trực tuyến"),
    ("trên mạng", "trực tuyến"),
    ("thông qua internet", "trực tuyến"),
    ("email", "thư điện tử"),
    ("hộp thư điện tử", "thư điện tử"),
    ("trang thông tin điện tử", "cổng thông tin điện tử"),
    ("website", "cổng thông tin điện tử"),
    ("chữ ký điện tử", "chữ ký kts"),
    ("sổ sức khỏe", "hồ sơ sức khỏe"),
    ("dân số", "người dân"),
    ("công dân", "người dân"),
    ("truy nhập", "truy cập"),
    ("toàn cầu", "thế giới"),
    ("asean", "đông nam á"),
    ("phi tiền mặt", "không dùng tiền mặt"),
    ("không sử dụng tiền mặt", "không dùng tiền mặt"),
    ("học sinh, sinh viên", "người học"),
    ("trẻ em", "trẻ"),
    ("trạm bts", "trạm gốc"),
)
"""Ways to say one thing in texts of different years; the left is read as the right."""

CONTRASTS: tuple[tuple[str, ...], ...] = (
    ("trung ương", "địa phương"),
    ("cấp bộ", "cấp tỉnh", "cấp huyện", "cấp xã"),
    ("tiểu học", "trung học", "mầm non", "đại học", "nghề nghiệp"),
    ("thành thị", "nông thôn"),
    ("đô thị", "nông thôn"),
    ("nam", "nữ"),
    ("xuất khẩu", "nhập khẩu"),
    ("trẻ", "người cao tuổi"),
    ("doanh nghiệp", "hợp tác xã", "hộ kinh doanh"),
    ("sử dụng", "cung cấp"),
    ("hộ nghèo", "hộ cận nghèo"),
    ("cố định", "di động"),
    ("đường bộ", "đường sắt", "đường thủy", "hàng không"),
    ("điện gió", "điện mặt trời", "thủy điện", "nhiệt điện"),
    ("đông nam á", "châu á", "thế giới"),
    ("ngân sách trung ương", "ngân sách địa phương"),
)
"""Words that exclude each other: two indicators that hold different ones of a row are two indicators."""

DIGITAL = "kts"
"""Stands for "số" in "kinh tế số", "chuyển đổi số", which elsewhere only means a count."""

PARTS_OF_THE_WORLD = ("đông nam á", "châu á")

_REFERENCE = re.compile(
    r"(?:(?:được )?(?:theo|quy định tại|nêu tại|ban hành kèm theo) (?:quy định (?:tại|của) )?"
    r"(?:Điều|Luật|Nghị định|Quyết định|Nghị quyết|Thông tư)[^,;()]*|"
    r"(?:Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục) (?:số )?\d+\w*(?: của)?|"
    r"(?:ngày \d+ )?(?:tháng \d+ )?năm \d{4}|\d{1,2}/\d{1,2}/\d{4})"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_DIGITAL = re.compile(
    r"(?<![^\W\d_])(tế|hội|phủ|đổi|ký|nghệ|tảng|tầng|dung|danh|năng|vụ|liệu|lực|tranh|trường|nghiệp|thái|dân|truyền) số(?![^\W\d_])",
    re.IGNORECASE,
)
_NUMBER_THEN_UNIT = re.compile(r"(\d)(?=[^\W\d_])")
_LEVEL_WORD = re.compile(
    r"(?<![^\W\d_])(?:cấp|các cấp)((?:[\s,;]+(?:và |hoặc )?(?:bộ|tỉnh|huyện|quận|xã|phường|thôn))+)"
)
_LEVELS = {"bộ": "bộ", "tỉnh": "tỉnh", "huyện": "huyện", "quận": "huyện", "xã": "xã", "phường": "xã", "thôn": "xã"}
_FALLS = re.compile(r"(?<![^\W\d_])(?:giảm|cắt giảm|hạ thấp|thu hẹp)(?![^\W\d_])")
_RISES = re.compile(r"(?<!gia )(?<![^\W\d_])(?:tăng)(?![^\W\d_])(?! cường| tốc)")
_NEGATED = re.compile(
    r"(?<!hàng )(?<![^\W\d_])(?:không|chưa|phi)(?![^\W\d_])"
    r"(?: (?:được|bị|có|phải|còn|sử|để))* (?!gian|khí|quá|thấp hơn|ngừng|chỉ|trung)([^\W\d_]+)"
)
_NAMED_PLACE = re.compile(
    r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Tt]hủ đô|[Vv]ùng|[Hh]uyện|[Qq]uận) ?"
    r"((?!Trung ương)[A-ZĐÂÊÔƠƯ][^\W\d_]*(?: [A-ZĐÂÊÔƠƯÁ][^\W\d_]*)*)"
)


class Terms(NamedTuple):
    """An indicator as it is compared.

    `weights` has content words, each with how much it tells (0 to 1); `pairs` the neighbouring ones, which stand
    for compounds. The other fields are facets: two indicators that differ in one of them are not the same.
    """

    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    levels: frozenset[str]
    contrasts: frozenset[tuple[int, str]]
    direction: int
    negated: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=20_000)
def terms(text: str) -> Terms:
    """The terms of an indicator, or of its scope."""
    plain = _DIGITAL.sub(rf"\1 {DIGITAL}", NUMBER.sub(" ", _REFERENCE.sub(" ", text)))
    words = _content(plain)
    low = plain.lower()
    return Terms(
        weights=words,
        pairs=_pairs(_unified(_BRACKETS.sub(" ", plain))),
        numbers=frozenset(w for w in _keys(_BRACKETS.sub(" ", plain)) if w[0].isdigit()),
        levels=_levels(low),
        contrasts=_contrasts(low),
        direction=-1 if _FALLS.search(low) else int(bool(_RISES.search(low))),
        negated=frozenset(_keys(" ".join(_NEGATED.findall(low)))),
        places=frozenset(name.lower() for name in _NAMED_PLACE.findall(plain)),
    )


def bare_terms(text: str) -> list[str]:
    """The syllables of `text` without diacritics, abbreviations written out, in order."""
    from assistant.answers.normalise import tokens

    return [token.bare for token in tokens(text)]


def _keys(text: str) -> list[str]:
    from assistant.answers.normalise import tokens

    return [key.lstrip("0") or key for key in (token.key for token in tokens(_NUMBER_THEN_UNIT.sub(r"\1 ", text)))]


@lru_cache(maxsize=1)
def _tables() -> tuple[frozenset[str], frozenset[str], list[tuple[list[str], list[str]]]]:
    synonyms = sorted(((_keys(a), _keys(b)) for a, b in SYNONYMS), key=lambda pair: -len(pair[0]))
    return frozenset(_keys(FUNCTION_WORDS)), frozenset(_keys(WEAK_WORDS)), synonyms


def _unified(text: str) -> list[str]:
    """The keys of `text`, every synonym replaced by the one that stands for it."""
    keys, out, at = _keys(text), [], 0
    while at < len(keys):
        for said, meant in _tables()[2]:
            if keys[at : at + len(said)] == said:
                out += meant
                at += len(said)
                break
        else:
            out.append(keys[at])
            at += 1
    return out


def _content(text: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    bracketed = " ".join(_BRACKETS.findall(text))
    for part, factor in ((_BRACKETS.sub(" ", text), 1.0), (bracketed, INSIDE_BRACKETS)):
        for key in _unified(part):
            weights.setdefault(key, factor * _weight(key))
    return {key: weight for key, weight in weights.items() if weight}


def _weight(key: str) -> float:
    function_words, weak_words, _ = _tables()
    if key in function_words:
        return 0.0
    return WEAK if key in weak_words else 1.0


def _pairs(keys: list[str]) -> frozenset[tuple[str, str]]:
    kept = [key for key in keys if _weight(key)]
    return frozenset(pairwise(kept))


def _levels(low: str) -> frozenset[str]:
    named = " ".join(_LEVEL_WORD.findall(low))
    return frozenset(_LEVELS[word] for word in re.findall(r"\w+", named) if word in _LEVELS)


@lru_cache(maxsize=1)
def _contrast_rules() -> list[list[tuple[str, re.Pattern[str]]]]:
    def whole(word: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")

    return [[(word, whole(word)) for word in row] for row in CONTRASTS]


def _contrasts(low: str) -> frozenset[tuple[int, str]]:
    return frozenset((at, word) for at, row in enumerate(_contrast_rules()) for word, rule in row if rule.search(low))
