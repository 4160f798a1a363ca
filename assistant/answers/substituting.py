"""A noun phrase of a follow-up put in the place of its like in the question before: "Thế ở nông thôn?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.framing import BORDER, framed
from assistant.answers.little import little
from assistant.answers.normalise import Token, is_bare, key, tokens
from assistant.answers.opposed import OPPOSED

__all__ = ["EMPTY", "like_replaced", "lower", "noun_of", "noun_replaced", "swapped_topic", "upper"]

EMPTY = little(
    "thế thì sao còn vậy và con số đó này ấy là bao nhiêu gì nào ở trong của theo bản văn có không cho tới đến năm về "
    "với được mà à nhỉ đấy đây trên như cái nó chỉ tiêu mục phần ghi cùng một riêng"
)
"""Words of a follow-up that say nothing of their own."""
_CLOSING = re.compile(r"(?:[\s,]+(?:ạ|nhỉ|vậy|hả|nhé|nha|thế|a|em|bạn|ad|vay|nhi))+\s*\?*\s*$", re.IGNORECASE)
_HOW = re.compile(
    r"\s*(?:(?:(?:thì|là|thi|la)\s+)?(?:sao|thế nào|ra sao|bao nhiêu|mấy|the nao|bao nhieu)|thì khác gì)?\s*\?*\s*$",
    re.IGNORECASE,
)
_PHRASE_END = re.compile(
    BORDER.pattern + r"|\s(?:bị|đã|đang|chưa|không|khi|nếu|vì|để|muốn|dùng"
    r"|sử dụng|tham gia|nộp|hưởng|đóng|về|vượt|phạt|vi phạm|uống|mua|bán|nhận|học|nghỉ|xin|đăng ký)(?!\w)"
)
"""Where a noun phrase ends."""
_PLACE = re.compile(
    r"(?:(?:ở|tại|của|với)\s+)?(?:tỉnh |thành phố "
    r"|TP\.? ?)?((?:[A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ][a-zà-ỹđ]+\s?){2,4})"
)
_PREPOSITIONS = (("ở", "tại"), ("về",), ("đối với", "với"), ("cho", "dành cho"), ("bằng",), ("của",))
"""Words before a noun phrase, with those that stand for the same relation."""
_PREPOSED = re.compile(
    r"^(?P<word>ở|tại|về|đối với|với|dành cho|cho|bằng|của)\s+(?P<noun>\S.*)$", re.IGNORECASE | re.DOTALL
)
_CLASSES = tuple(
    re.compile(rf"(?<!\w)(?:{nouns})(?!\w)", re.IGNORECASE)
    for nouns in (
        r"người|trẻ|phụ nữ|nam giới|nữ|đàn ông|học sinh|sinh viên|học viên|giáo viên|cán bộ|công chức|viên chức|hộ"
        r"|lao động|bác sĩ|bệnh nhân|hành khách|doanh nghiệp|hợp tác xã|thanh niên|hội viên|đảng viên|tài xế|cá nhân"
        r"|tập thể|tổ chức|công dân|chủ xe|cơ sở",
        r"(?:xe )?(?:ô tô|mô tô|gắn máy)|xe (?:máy|đạp|tải|khách|con|buýt|thô sơ|máy điện|đạp điện|chuyên dùng)",
        r"nông thôn|thành thị|thành phố|đô thị|miền núi|đồng bằng|hải đảo|vùng \w+|khu vực \w+",
        r"(?:chỉ huy|hải đội|hải đoàn|tổng cục|chi cục|cục|vụ|viện|đội|tổ|trạm|đồn|hạt|phòng|đoàn|khoa) trưởng",
    )
)
"""First words of those whom a rule is for, of what they drive, of where it holds, of who leads: one may take the place
of another.
"""
_BARE = 3
"""Words of a noun phrase up to which it says nothing of what is done."""
_SHORT = 8
"""Words of a noun phrase at most that takes the place of another."""


def noun_replaced(new: str, whole: str) -> str:
    """The question `whole` with the noun phrase `new` in the place of its like, before it where there is none."""
    return like_replaced(new, whole) or f"{upper(noun_of(new))}: {lower(whole)}?"


def like_replaced(new: str, whole: str) -> str:
    """The question `whole` with the noun phrase `new` in the place of its like, "" where there is none."""
    new = noun_of(new)
    told = framed(new, whole) or _of_place(new, whole) or _opposite(new, whole) or _preposed(new, whole)
    return told or _of_class(_object(new, whole), whole) or _alike(new, whole)


def noun_of(new: str) -> str:
    """The noun phrase of a follow-up without what only asks: "thì sao ạ"."""
    return _HOW.sub("", _CLOSING.sub("", new))


def _object(new: str, whole: str) -> str:
    """The noun phrase of `new` without what says the same as `whole`: "ô tô" of "mức phạt đối với ô tô"."""
    given = _WITHIN.search(new)
    theirs = {w.bare for w in tokens(whole)}
    same = given and all(w.bare in theirs or _MEASURE.holds(w, True) for w in tokens(new[: given.start()]))
    return given.group("noun") if given and same else new


_WITHIN = re.compile(r"(?:^|\s)(?:đối với|với|dành cho|cho|ở|tại|của)\s+(?P<noun>\S.*)$", re.IGNORECASE)
_MEASURE = little("mức số tỷ lệ thời hạn giá phí tiền khoản tuổi")


def swapped_topic(question: str, whole: str) -> str:
    """`whole` with another topic, which `question` names before asking the same of it, "" where it asks anything else.

    "Thế về đường sắt thì có dịch vụ nào?" after "Có dịch vụ nào về đường thủy?".
    """
    opened = _TOPIC.match(question)
    if opened is None:
        return ""
    theirs = {w.bare for w in tokens(whole)}
    asked = [w for w in tokens(opened.group("asked")) if not _ANY.holds(w, is_bare(question))]
    if any(w.bare not in theirs for w in asked):
        return ""
    topic, whole = opened.group("topic").strip(), whole.rstrip("?. ")
    return framed(topic, whole) or (_preposed(topic, whole) if _PREPOSED.match(topic) else "")


_TOPIC = re.compile(
    r"^\s*(?:thế còn|thế|còn|vậy còn|vậy|the|con|vay)\s+(?P<topic>[^,?]{4,60}?)"
    r"\s*(?:,|\bthì\b|\bthi\b)\s*(?P<asked>\S.*)$",
    re.IGNORECASE,
)
_ANY = little("thì có những các là sao được nào gì")


def _of_place(new: str, whole: str) -> str:
    place, old = _PLACE.search(new), list(_PLACE.finditer(whole[1:]))
    if not (place and old and len(tokens(new)) <= 6):
        return ""
    last = old[-1]
    return f"{whole[: last.start(1) + 1]}{place.group(1).strip()} {whole[last.end(1) + 1 :]}".strip() + "?"


def _opposite(new: str, whole: str) -> str:
    """`new` in the place of the term that excludes it: "nông thôn" for "thành thị"."""
    noun = (m.group("noun") if (m := _PREPOSED.match(new)) else new).strip()
    if len(tokens(noun)) > _SHORT // 2:
        return ""
    told = _excluded(tokens(noun), tokens(whole))
    if told is None:
        return ""
    (a, b), (start, end) = told
    return f"{whole[:start]}{lower(noun[a:b])}{whole[end:]}?"


def _excluded(new: Sequence[Token], words: Sequence[Token]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where `new` names a term, and `words` one that it excludes; None where `new` says anything that they do not."""
    theirs = {w.key for w in words}
    for row in _KEYED:
        for mine in row:
            at = next((found for n in mine if (found := _where(n, new))), None)
            if at is None or any(w.key not in theirs for w in (*new[: at[0]], *new[at[1] :])):
                continue
            for name in (n for names in row if names is not mine for n in names):
                if (found := _where(name, words)) and not (found[0] and words[found[0] - 1].key in _NAMES):
                    span = new[at[0]].start, new[at[1] - 1].end
                    return span, (words[found[0]].start, words[found[1] - 1].end)
    return None


def _where(name: Sequence[str], words: Sequence[Token]) -> tuple[int, int] | None:
    """The places of `words` between which `name` stands."""
    length = len(name)
    found = (i for i in range(len(words) - length + 1) if [w.key for w in words[i : i + length]] == list(name))
    return next(((i, i + length) for i in found), None)


_KEYED = [[[[*map(key, n.split())] for n in names] for names in row] for row in OPPOSED]
_NAMES = frozenset(map(key, ("việt", "miền", "phía", "đông", "tây", "hà", "quảng")))
"""Words with which "nam" makes a name."""


def _preposed(new: str, whole: str) -> str:
    """`new` in the place of what follows the same preposition: "ở nông thôn" for "ở thành phố"."""
    given = _PREPOSED.match(new)
    if given is None or len(tokens(new)) > _SHORT:
        return ""
    word = given.group("word").lower()
    for like in next(row for row in _PREPOSITIONS if word in row):
        found = list(re.finditer(rf"(?<!\w)(?<!đối ){like}\s+(?=\w)", whole, re.IGNORECASE))
        if len(found) == 1:
            rest = whole[_phrase_end(whole, found[0].end()) :]
            return f"{whole[: found[0].end()]}{given.group('noun').strip()}{rest}?"
    return ""


def _of_class(new: str, whole: str) -> str:
    """`new` in the place of what is of the same class, where no phrase begins with the same word."""
    if len(tokens(new)) > _SHORT:
        return ""
    for nouns in _CLASSES:
        exact = nouns is not _CLASSES[0]
        mine, old = nouns.match(new), list(nouns.finditer(whole))
        if mine is None or not old or any(m.group().lower() == mine.group().lower() for m in old):
            continue
        rest = whole[old[0].end() if exact and mine.end() == len(new) else _phrase_end(whole, old[0].start()) :]
        return f"{whole[: old[0].start()]}{lower(new) if old[0].start() else upper(new)}{rest}?"
    return ""


def _alike(new: str, whole: str) -> str:
    """`new` in the place of the phrase that has the same word."""
    mine, theirs = tokens(new), tokens(whole)
    short, plain = len(mine) <= _BARE, is_bare(new) or is_bare(whole)
    for first, w in enumerate(mine[:1] if short else mine):
        same = (i for i, o in enumerate(theirs) if o.key == w.key or (plain and o.bare == w.bare))
        at = next(same, None)
        if at is not None and not EMPTY.holds(w, is_bare(new)):
            start = theirs[max(0, at - first)].start
            least = theirs[min(len(theirs) - 1, at - first + len(mine) - 1)].end
            stop = BORDER.search(whole, theirs[at].end)
            end = _phrase_end(whole, theirs[at].start) if short else stop.start() if stop else max(least, len(whole))
            return f"{whole[:start]}{new}{whole[end:]}?"
    return ""


def _phrase_end(whole: str, start: int) -> int:
    """Where the noun phrase ends that begins at `start`; its first two words belong to it: "người nộp thuế"."""
    first = [w for w in tokens(whole) if w.start >= start][:2]
    stop = _PHRASE_END.search(whole, first[-1].end) if first else None
    return stop.start() if stop else len(whole)


def lower(text: str) -> str:
    """`text` with a small first letter, but for a name in capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def upper(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]
