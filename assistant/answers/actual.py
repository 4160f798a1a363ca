"""Whether evidence reports what is, and not what is to be."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence

__all__ = ["is_actual"]

_ACTUAL = re.compile(
    r"hiện nay|hiện có|hiện đang|hiện tại|đến nay|tính đến|đã đạt|thực tế|hiện trạng|thời gian qua|năm qua|đã có"
    r"|thực hiện được|(?<!\w)(?<!thực )(?<!thể )(?<!phát )(?<!xuất )hiện(?! đại| tượng| hành| thực)(?!\w)",
    re.IGNORECASE,
)
_AIM = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|đến (?:hết |cuối )?năm)(?!\w)", re.IGNORECASE)
"""How a clause says that it sets a goal."""
_GOES_ON = re.compile(r"Trong đó|Trong số đó|Cụ thể|Gồm")
"""How a sentence opens that goes on with the things that the one before counts."""
_STATE = re.compile(r"hiện trạng|thực trạng|tình hình", re.IGNORECASE)


def is_actual(e: Evidence) -> bool:
    """Whether the evidence reports what is, and not what is to be."""
    text = e.reading.document.text
    above = " ".join(text[s:t] for s, t in e.unit.leads[-2:])
    start = e.unit.clause.sentence[0]
    if _GOES_ON.match(text, start) and e.unit.clause.before:
        start = e.unit.clause.before[0]
    if _AIM.search(text, e.unit.start, e.unit.end) and not _ACTUAL.search(text, e.unit.start, e.unit.end):
        return False
    return bool(_ACTUAL.search(text, start, e.unit.end) or _STATE.search(above))
