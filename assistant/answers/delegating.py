"""Clauses that leave a matter to somebody else to regulate: they answer who regulates it, and nothing of the matter."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question

__all__ = ["leaves_to_others"]

_ASKED = frozenset((Kind.TEXT, Kind.LIST, Kind.YESNO))
_WHO = Phrase(
    r"ai|cơ quan( \S+){0,3} nào|do ai|quy định|hướng dẫn|trách nhiệm|nhiệm vụ|thẩm quyền|(giao|được giao) cho"
    r"|(chính phủ|bộ trưởng|thủ tướng)"
)
"""Words of a question that may ask for just that."""
_LEAVES = re.compile(
    r"\s*(?:(?:[a-zđ]|\d{1,2})[.)]\s*)?(?:Chính phủ|Thủ tướng Chính phủ|Bộ trưởng|Bộ|Ủy ban nhân dân|Hội đồng nhân dân"
    r"|Ngân hàng Nhà nước|Chánh án|Viện trưởng|Tổng Thanh tra)(?!\w)[^.;:]{0,120}?(?<!\w)"
    r"(?:quy định(?! của)(?! tại)|hướng dẫn|ban hành)(?!\w)"
)


def leaves_to_others(question: Question, e: Evidence) -> bool:
    """Whether the clause only says that an authority regulates what is asked: "Chính phủ quy định chi tiết ..."."""
    if question.kind not in _ASKED or e.unit.row or e.figure is not None or question.typed in _WHO:
        return False
    return bool(_LEAVES.match(e.reading.document.text, e.unit.start, e.unit.end))
