"""What papers an application holds: told by the article on them, and not by those on its way."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.patterns import Phrase
from assistant.answers.question import Kind, Question

__all__ = ["of_papers"]

_ASKED = Phrase(
    r"(những |các |mấy |loại )*(giấy tờ|giấy|hồ sơ) (gì|nào|ra sao|thế nào)"
    r"|hồ sơ (cần |phải |đề nghị |xin )*(gồm|bao gồm|có)"
    r"|thành phần hồ sơ|(nộp|chuẩn bị) (những |các )?gì"
)
_TOLD = re.compile(
    r"\s*(?:Điều\s+\d+\w?\.\s*|(?:[a-zđ]|\d{1,2})[.)]\s*)?(?:Thành phần\s+)?"
    r"[Hh]ồ sơ(?!\s+(?:chưa|không|đã|được|do)\s)[^.;]*"
)
_HOLDS = re.compile(r"(?<!\w)(?:bao gồm|gồm|gồm có)(?!\w)|:\s*$")


def of_papers(question: Question, e: Evidence) -> bool:
    """Whether papers are asked for, and `e` is the heading or clause that names them: "Hồ sơ đề nghị cấp ... gồm:"."""
    if question.kind not in (Kind.LIST, Kind.TEXT) or e.unit.row or question.typed not in _ASKED:
        return False
    told = _TOLD.match(e.reading.document.text, e.unit.start, e.unit.end)
    return told is not None and (e.heading or bool(_HOLDS.search(told.group())))
