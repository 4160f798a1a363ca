"""What a clause is narrowed to: the special case after its figure that a question does not ask for."""

from __future__ import annotations

import re

from assistant.answers.evidence import Evidence
from assistant.answers.normalise import bares
from assistant.answers.patterns import Phrase
from assistant.answers.question import Question

__all__ = ["narrowed"]

_CASE = re.compile(r"(?<!\w)(?:đối với|(?:trong |ở )?(?:các )?trường hợp|với điều kiện|nếu|khi)\s+([^,;.:]+)")
_SHARE, _FEW = 0.5, 3
"""The share of a case's words that a question names which asks for it, and the fewest words of a case."""


def narrowed(question: Question, e: Evidence) -> bool:
    """Whether the figure holds for a case only, most of whose words were not asked for: "03 năm đối với bến nổi"."""
    if e.figure is None or e.unit.row:
        return False
    if _lacking(question, e):
        return True
    case = _CASE.search(e.reading.document.text, e.span[1], e.unit.end)
    if case is None:
        return False
    asked = question.typed.bares
    said = [word for word in bares(case.group(1)) if len(word) > 1]
    return len(said) >= _FEW and sum(w in asked for w in said) < _SHARE * len(said)


_LACKS = re.compile(
    r"(?:Trường hợp|Nếu|Khi)\s[^,;.]{0,60}(?<!\w)(?:chưa|không)\s+"
    r"(?:bảo đảm |đảm bảo |đáp ứng )?(?:đầy đủ|đủ|hợp lệ|đúng|đạt|phù hợp|hoàn chỉnh|yêu cầu)(?!\w)",
    re.IGNORECASE,
)
_ASKED_LACKING = Phrase(r"(không|chưa|thiếu|sai) \S+|bổ sung|trả lại|hoàn thiện")


def _lacking(question: Question, e: Evidence) -> bool:
    """Whether the clause is on papers that lack something, which the question does not say: "hồ sơ chưa hợp lệ"."""
    head = e.reading.document.text[e.unit.clause.sentence[0] : e.span[0]]
    return bool(_LACKS.search(head)) and question.typed not in _ASKED_LACKING
