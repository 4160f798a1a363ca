"""Whether evidence reports what is, and not what is to be."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence

__all__ = ["is_actual"]

_ACTUAL = re.compile(
    r"hiện nay|hiện có|hiện đang|hiện tại|đến nay|tính đến|đã đạt|thực tế|hiện trạng|thời gian qua|năm qua|đã có"
    r"|thực hiện được|đang (?:có|hoạt động|sử dụng|vận hành|khai thác)"
    r"|(?<!\w)(?<!thực )(?<!thể )(?<!phát )(?<!xuất )hiện(?! đại| tượng| hành| thực)(?!\w)",
    re.IGNORECASE,
)
_AIM = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|đến (?:hết |cuối )?năm)(?!\w)", re.IGNORECASE)
"""How a clause says that it sets a goal."""
_GOES_ON = re.compile(r"Trong đó|Trong số đó|Cụ thể|Gồm")
"""How a sentence opens that goes on with the things that the one before counts."""
_RULES = re.compile(r"(?:bộ luật|luật|pháp lệnh|nghị định|thông tư|văn bản hợp nhất)", re.IGNORECASE)
"""Kinds of documents whose provisions are the present state of what they rule."""
_STATE = re.compile(r"hiện trạng|thực trạng|tình hình", re.IGNORECASE)


def is_actual(e: Evidence, existing: bool = False) -> bool:
    """Whether the evidence reports what is, and not what is to be; `existing`: how many there are, as no rule tells."""
    text = e.reading.document.text
    above = " ".join(text[s:t] for s, t in e.unit.leads[-2:])
    start = e.unit.clause.sentence[0]
    if _GOES_ON.match(text, start) and e.unit.clause.before:
        start = e.unit.clause.before[0]
    if _AIM.search(text, e.unit.start, e.unit.end) and not _ACTUAL.search(text, e.unit.start, e.unit.end):
        return False
    sets_rules = not existing and _RULES.match(e.reading.document.kind or "") is not None
    return sets_rules or bool(_ACTUAL.search(text, start, e.unit.end) or _STATE.search(above))
