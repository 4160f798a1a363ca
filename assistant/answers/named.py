"""Whether a clause names the things that a question asks the names of, and does not only speak of their kind."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.lists import Listing
from assistant.answers.little import little
from assistant.answers.normalise import bare, tokens
from assistant.answers.patterns import Phrase
from assistant.answers.question import Question
from assistant.answers.siblings import noun_asked

__all__ = ["described", "names_them"]

_NAMES = Phrase(r"(kể|nêu|liệt kê|cho biết) tên|kể ra|đích danh|tên (của )?(các|những)")
"""How the names themselves are asked for."""
_BEARERS = frozenset(
    tuple(bare(word) for word in noun.split())
    for noun in (
        "doanh nghiệp", "công ty", "tập đoàn", "nhà mạng", "nhà thầu", "tỉnh", "tỉnh thành", "thành phố", "địa phương",
        "xã", "phường", "xã phường", "phường xã", "quận", "huyện", "đặc khu", "đảo", "trường", "bệnh viện", "sản phẩm",
        "khu công", "ngân hàng", "trường học", "quốc gia", "nước",
    )
)  # fmt: skip
"""What bears names of its own: asked for, it is answered by names or by what tells them from others."""
_CAPITAL = re.compile(r"(?<=[^\W\d_][ ,;(])[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]\w+")
_LISTED = re.compile(r"\s*(?:[,;.):]|và\s|$)")
"""What follows initials that are a name, and no word before the noun that they narrow ("trạm BTS gần chợ")."""
_NO_NAMES = little(
    "nhà nước chính phủ trung ương việt nam chương trình kế hoạch đề án dự án quyết định nghị quyết nghị định luật "
    "thông tư bộ sở ủy uỷ ban nhân dân ubnd thủ tướng doanh nghiệp điều khoản phụ lục đảng quốc hội hội đồng ppp cntt"
).bares
"""Capitalised words that name no bearer: of the state, of documents and of kinds."""
_OPENS = r"[^.;]{0,60}?(?:\bgom\b|\bnhu\b|\bla\b|:|\()\s[^.;]*?(?:,|\sva\s)"
_LITTLE = little("của và các những trong theo được cho đến về có là năm với tại ở trên do để từ phải sẽ đã").bares
_QUALIFIED = 3
"""Words after the noun among which two new ones tell which of its kind are meant."""


def names_them(question: Question, e: Evidence, found: Listing) -> bool:
    """Whether `found`, the list that `e` announces or holds, names what is asked for."""
    noun, strict = noun_asked(question.typed), question.typed in _NAMES
    if not noun or not (strict or noun in _BEARERS or noun[:1] in _BEARERS):
        return True
    if len(found.items) > 1 or found.spans:
        return not strict or _speaks_of(noun, e)
    text = e.reading.document.text[e.unit.start : e.unit.end]
    asked = {w.bare for w in question.typed.words}
    called = [m for m in _CAPITAL.finditer(text) if not m.group().isupper() or _LISTED.match(text, m.end())]
    if any(not {w.bare for w in tokens(m.group())} <= asked | _NO_NAMES for m in called):
        return True
    return _enumerated(noun, text) if strict else described(question, e)


def described(question: Question, e: Evidence) -> bool:
    """Whether the clause tells in new words which of the things asked for are meant: "các xã có cầu treo"."""
    noun, words = noun_asked(question.typed), list(e.unit.words)
    asked = {w.bare for w in question.typed.words}
    text = e.reading.document.text
    for at in range(1, len(words) - len(noun)):
        if tuple(w.bare for w in words[at : at + len(noun)]) != noun or words[at - 1].bare not in ("cac", "nhung"):
            continue
        rest = words[at + len(noun) : at + len(noun) + _QUALIFIED]
        between = text[words[at + len(noun) - 1].end : rest[-1].start] if rest else ""
        new = [w for w in rest if w.bare not in asked and w.bare not in _LITTLE]
        if noun and len(new) > 1 and not re.search(r"[,;.()]", between):
            return True
    return False


def _speaks_of(noun: tuple[str, ...], e: Evidence) -> bool:
    """Whether the clause or a line above it speaks of the things asked for."""
    spans = [(e.unit.start, e.unit.end), *e.unit.leads]
    return any((noun if len(noun) > 1 else noun[0]) in _said(e, span, len(noun) > 1) for span in spans)


def _said(e: Evidence, span: tuple[int, int], pairs: bool) -> set[tuple[str, str]] | frozenset[str]:
    return e.reading.pairs(span) if pairs else e.reading.words(span).bares


def _enumerated(noun: tuple[str, ...], text: str) -> bool:
    """Whether several things are told one after another after the noun: "các loại phí gồm phí chợ và phí đò"."""
    return bool(re.search(r"(?<!\w)" + r"\W+".join(noun) + r"(?!\w)" + _OPENS, _folded(text)))


def _folded(text: str) -> str:
    """`text` without the marks of its words."""
    out, at = [], 0
    for w in tokens(text):
        out += [text[at : w.start], w.bare]
        at = w.end
    return "".join([*out, text[at:]])
