"""Whether a clause tells the duty of one agency where that of many is asked for: "các sở, ngành" and "Sở Xây dựng"."""

from __future__ import annotations

import re

from assistant.answers.question import Question
from assistant.answers.unit import Unit

__all__ = ["of_one_actor"]

_MANY = re.compile(
    r"(?:^|(?<!\w)(?:đối với|với|thì))\s*(?:các|những|mọi)\s+(?:sở|bộ|ban|ngành|địa phương|xã|phường|huyện"
    r"|đơn vị|cơ quan)(?!\w)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\s*(?:[-–+•*]\s*|\w{1,3}[.)]\s+)?(?:Giao\s+)?(?:Sở|Bộ|Cục|Ban|Văn phòng|Công an|Thanh tra"
    r"|Ủy ban nhân dân (?:tỉnh|thành phố))"
    r"\s+[^\W\d_][^,;:]{2,60}?\s(?:chủ trì|tổng hợp|có trách nhiệm|báo cáo|phối hợp|trình|tham mưu"
    r"|hướng dẫn|theo dõi)(?!\w)"
)


def of_one_actor(question: Question, text: str, unit: Unit) -> bool:
    """Whether the question asks what many agencies do, and the clause says what one of them does."""
    return bool(_MANY.search(question.text)) and not unit.row and _ONE.match(text, unit.start, unit.end) is not None
