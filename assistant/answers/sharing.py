"""One question asked of two things, each by itself: "A và B, mỗi bên ... bao nhiêu", "A và B lần lượt ...", and the
same question twice: "A theo văn bản nào, B theo văn bản nào".
"""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.answers.normalise import tokens

__all__ = ["shared"]

_THING = (
    r"bên|cái|nơi|loại|nhóm|đợt|nguồn|khoản|đối tượng|trường hợp|đơn vị|văn bản|nghị định|nghị quyết|quyết định|luật"
    r"|thông tư|kế hoạch|chương trình|đề án|chiến lược|tỉnh|xã|thứ"
)
_EACH = re.compile(rf"\s*[,:–-]?\s*(?<!\w)(?:(?:thì|của)\s+)?(?:mỗi\s+(?:{_THING})|lần lượt)(?!\w)\s*", re.IGNORECASE)
"""What says that the question is asked of each of the two things before it."""
_ALIKE = re.compile(r"\s(?:cùng|đều)\s+(?!nhau|kỳ|năm|ngày)", re.IGNORECASE)
"""What begins the words that both have: "A và B cùng ghi chỉ tiêu 30%"."""
_AND = re.compile(r"\s(?:và|với|hay)\s(?!(?:các|những)\s*$)", re.IGNORECASE)
_CUT = re.compile(r"[,;:]\s+")
_LEGAL = frozenset(
    ("bo", "luat", "phap", "nghi", "thong", "quyet", "chi", "cong", "chuong", "ke", "chien", "de", "quy")
)
"""Bare words by which the names of documents begin."""
_ASKS = re.compile(
    r"(?<!\w)(?:bao nhiêu|mấy|bao lâu|bao giờ|khi nào|nào|gì|ai|ở đâu|thế nào|ra sao)(?!\w)", re.IGNORECASE
)
_TWICE = re.compile(r"\s*[,;]\s*(?:còn\s+|và\s+)?", re.IGNORECASE)
_LEAST, _LONG = 2, 3
"""Words of a thing that make it known, and those that two halves of a question end alike in, at least."""


def _bares(text: str) -> list[str]:
    return [w.bare for w in tokens(text)]


def shared(text: str) -> list[str]:
    """The question of each of two things, in the order of the text; [] where `text` does not ask one of two."""
    return _of_each(text.strip()) or _twice(text.strip())


def _of_each(text: str) -> list[str]:
    each = _EACH.search(text)
    asked = text[each.end() :].strip(" ?") if each else ""
    if each is None or not _ASKS.search(asked):
        return []
    subject, said = text[: each.start()], ""
    if alike := _ALIKE.search(subject):
        subject, said = subject[: alike.start()], subject[alike.end() :].strip(" ,") + " "
    things = _two(subject)
    return [f"{before}{thing} {said}{asked}?" for before, thing in things]


def _two(subject: str) -> list[tuple[str, str]]:
    """The two things at the end of `subject`, each with what stands before both; [] where they are not seen."""
    for joint in reversed(list(_AND.finditer(subject))):
        first, second = subject[: joint.start()], subject[joint.end() :].strip(" ,")
        head = _bares(second)[:1]
        start = _begins(first, head[0]) if head and len(_bares(second)) >= _LEAST else None
        if start is not None and not _CUT.search(second):
            before = first[:start]
            return [(before, first[start:].strip()), (before, second)]
    return []


def _begins(first: str, head: str) -> int | None:
    """Where the thing at the end of `first` begins: with the word that the other begins with, or as a document does."""
    after = max((m.end() for m in _CUT.finditer(first)), default=0)
    words = [(m.start(), _bares(m.group())) for m in re.finditer(r"[^\W_]+", first)]
    plain = [(at, w[0]) for at, w in words if w and at >= after]
    same = [at for at, w in plain if w == head]
    if same:
        return same[0] if head in _LEGAL else same[-1]
    legal = [at for at, w in plain if w in _LEGAL and first[at].isupper()]
    return legal[0] if head in _LEGAL and legal else None


def _twice(text: str) -> list[str]:
    """Two halves around a comma that end in the same question, with what stands before a colon."""
    before, colon, rest = text.rpartition(": ")
    halves = _TWICE.split(rest.strip(" ?"))
    if len(halves) != 2:
        return []
    one, other = (_bares(half)[::-1] for half in halves)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    if alike < _LONG or min(len(one), len(other)) - alike < _LEAST or not _ASKS.search(halves[0]):
        return []
    return [f"{before}{colon}{half}?" for half in halves]
