"""Terms that exclude one another: what is stated of one is no answer for the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.bags import Words
from assistant.answers.normalise import Token, bare, key

__all__ = ["Opposition", "oppositions", "owned_by_other", "stands_in"]

OPPOSED: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("nam", "nam giới", "đàn ông", "trai"), ("nữ", "phụ nữ", "nữ giới", "gái")),
    (("thành thị", "đô thị"), ("nông thôn",)),
    (("xuất khẩu",), ("nhập khẩu",)),
    (("trong nước", "nội địa"), ("nước ngoài", "ngoài nước")),
    (("thường trú",), ("tạm trú",)),
    (("trực tiếp",), ("trực tuyến", "gián tiếp")),
    (("mầm non",), ("tiểu học",), ("trung học cơ sở", "thcs"), ("trung học phổ thông", "thpt"), ("đại học",)),
    (("sơ cấp",), ("trung cấp",), ("cao đẳng",), ("đại học",)),
    (("thạc sĩ", "thạc sỹ"), ("tiến sĩ", "tiến sỹ")),
    (("tử vong", "chết"), ("bị thương",)),
    (("ban ngày",), ("ban đêm",)),
    (("nhập viện", "nội trú"), ("ngoại trú",)),
    (("miền bắc",), ("miền trung",), ("miền nam",)),
    (("bắt buộc",), ("tự nguyện",)),
    (("cấp mới",), ("cấp lại",), ("cấp đổi",)),
    (("ngắn hạn",), ("trung hạn",), ("dài hạn",)),
    (("ngân sách trung ương",), ("ngân sách địa phương",)),
    (("vô ý",), ("cố ý",)),
    (("bên mua",), ("bên bán",)),
    (("chung cư", "căn hộ"), ("nhà riêng", "nhà ở riêng lẻ", "nhà riêng lẻ")),
    (("người thuê", "bên thuê"), ("người cho thuê", "bên cho thuê")),
    (("thu nhập",), ("chi tiêu",)),
)
"""Rows of terms, each with its other names, of which a clause about one says nothing of the others."""
OWNED = (
    ("của các bộ", "của bộ ngành", "của các cơ quan trung ương", "của cơ quan trung ương"),
    ("của các địa phương", "của địa phương", "của các tỉnh"),
)
"""Whose a thing is: that the other's stands in the same article tells nothing, since most speak of both."""
_COUNTRY = frozenset(("viêt5 nam", "miên1 nam", "phia2 nam", "đông nam", "tây nam"))
"""Names in which the last word is no term of the table."""


def _form(term: str, plain: bool) -> str:
    return f" {' '.join(bare(w) if plain else key(w) for w in term.split())} "


_TABLES = {
    plain: [[tuple(_form(t, plain) for t in names) for names in row] for row in OPPOSED] for plain in (False, True)
}


Opposition = tuple[tuple[str, ...], tuple[str, ...]]
"""The names of an asked term, and those of the terms that it excludes, as keys with a space around each."""
_YEARS = re.compile(
    r" (?:(?:moi|hang|mot|den|trong|vao|ca|cuoi|dau|nhieu|may|tu|sau|truoc|qua|tung|\d+) nam"
    r"|nam (?:\d+|nao|may|truoc|sau|nay|qua|toi|bao|hoc))(?= )"
)
"""Where "nam" is "năm" in text without diacritics."""


def oppositions(words: Sequence[Token], plain: bool) -> tuple[Opposition, ...]:
    """The terms of the table among `words` that stand there without their opposites."""
    asked = _text([w.bare if plain else w.key for w in words])
    asked = _YEARS.sub(" ", asked) if plain else asked
    found: list[Opposition] = []
    for row, keyed in zip(_TABLES[plain], _TABLES[False], strict=True):
        wanted = [i for i, names in enumerate(row) if any(n in asked for n in names)]
        if len(wanted) == 1:
            others = (n for i, names in enumerate(keyed) if i != wanted[0] for n in names)
            found.append((keyed[wanted[0]], tuple(others)))
    return tuple(found)


def stands_in(asked: Sequence[Opposition], own: Words, near: Sequence[Words]) -> bool:
    """Whether a clause with the words `own` speaks of the opposite of what was asked, which stands nowhere `near`."""
    for wanted, others in asked:
        said = _shown(own)
        if any(n in said for n in others) and not any(n in _shown(w) for w in (own, *near) for n in wanted):
            return True
    return False


def owned_by_other(typed: Sequence[Token], plain: bool, own: Words) -> bool:
    """Whether the question asks for what is of the ministries and the clause has what is of the provinces, or so."""
    asked = _text([w.bare if plain else w.key for w in typed])
    said = _shown(own)
    sides = [
        [any(_form(n, f) in text for n in names) for names in OWNED] for text, f in ((asked, plain), (said, False))
    ]
    return sorted(sides[0]) == [False, True] and sides[1] == [not s for s in sides[0]]


def _shown(words: Words) -> str:
    return _text(words.keyed.split())


def _text(words: Sequence[str]) -> str:
    """The words as running text, without the names whose last word is a term only by chance."""
    text = f" {' '.join(words)} "
    for name in _NAMES:
        text = text.replace(f" {name} ", " ")
    return text


_NAMES = _COUNTRY | frozenset(" ".join(bare(w) for w in name.split()) for name in ("việt nam", "miền nam", "phía nam"))
