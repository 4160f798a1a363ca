"""The day on which "ngày Thông tư này có hiệu lực" falls: the clause of the same document that sets it."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.figures import date_spans

__all__ = ["day_of_effect"]

_OWN = r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Quy chế|Quy định)"
_POINTS = re.compile(rf"ngày\s+{_OWN}\s+này\s+(?:bắt đầu\s+)?có hiệu lực", re.IGNORECASE)
_SETS = re.compile(
    rf"{_OWN}\s+này\s+(?:bắt đầu\s+)?có hiệu lực(?:\s+thi hành)?\s+(?:kể\s+)?từ\s+ngày\s+[^.;\n]{{4,60}}", re.IGNORECASE
)


def day_of_effect(e: Evidence) -> tuple[int, int] | None:
    """The span that sets the day from which the document of `e` holds, where `e` tells its time by that day alone."""
    text = e.reading.document.text
    body = text[e.unit.start : e.unit.end]
    pointed = _POINTS.search(body)
    if pointed is None or any(start > pointed.start() - len("từ ngày ") for start, _ in date_spans(body)):
        return None
    for found in _SETS.finditer(text):
        if date_spans(found.group()) and not e.unit.start <= found.start() < e.unit.end:
            return found.span()
    return None
