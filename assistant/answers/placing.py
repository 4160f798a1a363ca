"""Where something is done: a clause that tells the place, for a question that asks for it."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question

__all__ = ["tells_place"]

_WHERE = Phrase(
    r"(ở|tại|đến|ra|tới) (đâu|chỗ nào|nơi nào)"
    r"|(ra|đến|tới|ở|tại|lên) (xã|phường|huyện|tỉnh|phòng|sở|cơ quan|ủy ban|ubnd) nào"
    r"|(xã|phường|huyện|tỉnh) nào"
)
_AT = re.compile(
    r"(?<!\w)(?:tại|nơi)\s+(?!(?:khoản|điểm|điều|mục|chương|phụ lục|các điểm|các khoản)\s)[^\W\d]", re.IGNORECASE
)


def tells_place(question: Question, e: Evidence) -> bool:
    """Whether a place is asked for and the clause names one: "thực hiện tại ...", "nơi cư trú của ..."."""
    if question.kind not in (Kind.TEXT, Kind.WHO, Kind.LIST) or e.unit.row or question.typed not in _WHERE:
        return False
    return bool(_AT.search(e.reading.document.text, e.unit.start, e.unit.end))
