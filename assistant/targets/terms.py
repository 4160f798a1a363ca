"""What an indicator is about: its content words, and the facets that tell two alike indicators apart."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.targets.thesaurus import (
    CONTRASTS,
    DIGITAL,
    FUNCTION_WORDS,
    STRONG_PHRASES,
    SYNONYMS,
    WEAK_PHRASES,
)
from indexer.words import NUMBER

__all__ = ["Terms", "bare_terms", "terms"]

WEAK, INSIDE_BRACKETS = 0.4, 0.3

_REFERENCE = re.compile(
    r"(?:(?:được )?(?:theo|quy định tại|nêu tại|ban hành kèm theo) (?:quy định (?:tại|của) )?"
    r"(?:Điều|Luật|Nghị định|Quyết định|Nghị quyết|Thông tư)[^,;()]*|"
    r"(?:Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục) (?:số )?\d+\w*(?: của)?|"
    r"(?:ngày \d+ )?(?:tháng \d+ )?năm \d{4}|\d{1,2}/\d{1,2}/\d{4})"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_DIGITAL = re.compile(
    r"(?<![^\W\d_])(tế|hội|phủ|đổi|ký|nghệ|tảng|tầng|dung|danh|năng|vụ|liệu|lực|tranh|trường|nghiệp|thái|dân|truyền)"
    r" số(?![^\W\d_])",
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
        pairs=_pairs(_BRACKETS.sub(" ", plain)),
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


class _Tables(NamedTuple):
    empty: frozenset[str]
    phrases: list[tuple[list[str], float]]
    synonyms: list[tuple[list[str], list[str]]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    phrases = [(_keys(p), WEAK) for p in WEAK_PHRASES] + [(_keys(p), 1.0) for p in STRONG_PHRASES]
    synonyms = [(_keys(a), _keys(b)) for a, b in SYNONYMS]
    return _Tables(
        empty=frozenset(_keys(FUNCTION_WORDS)),
        phrases=sorted(phrases, key=lambda row: -len(row[0])),
        synonyms=sorted(synonyms, key=lambda row: -len(row[0])),
    )


def _unified(text: str) -> list[str]:
    """The keys of `text`, every synonym replaced by the one that stands for it."""
    keys, out, at = _keys(text), [], 0
    while at < len(keys):
        said, meant = next((row for row in _tables().synonyms if keys[at : at + len(row[0])] == row[0]), ([], []))
        out += meant or [keys[at]]
        at += len(said) or 1
    return out


def _weighted(text: str) -> list[tuple[str, float]]:
    """The content words of `text` in order, each with how much it tells."""
    keys, out, at = _unified(text), [], 0
    while at < len(keys):
        phrase, weight = next((row for row in _tables().phrases if keys[at : at + len(row[0])] == row[0]), ([], 1.0))
        for key in phrase or [keys[at]]:
            if phrase or key not in _tables().empty:
                out.append((key, weight))
        at += len(phrase) or 1
    return out


def _content(text: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    bracketed = " ".join(_BRACKETS.findall(text))
    for part, factor in ((_BRACKETS.sub(" ", text), 1.0), (bracketed, INSIDE_BRACKETS)):
        for key, weight in _weighted(part):
            weights[key] = max(weights.get(key, 0.0), factor * weight)
    return weights


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(key for key, _ in _weighted(text)))


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
