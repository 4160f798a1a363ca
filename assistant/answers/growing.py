"""Figures of a change: "tăng chiều cao từ 2 cm" is no answer to how tall somebody is to be."""

from __future__ import annotations

import re

from assistant.answers.figures import Figure
from assistant.answers.little import little
from assistant.answers.question import Kind, Question

__all__ = ["of_change"]

_ASKED = little(
    "tăng giảm thêm bớt cắt rút nâng hạ kéo cải tốc trưởng tiết kiệm nhanh phát hơn chênh lệch thay đổi biến động mức"
)
"""Words of a question that may ask for a change."""
_CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|thêm|bớt)(?!\s+(?:lên|đến|tới|xuống|còn|trưởng|thiểu|nghèo|cường)(?!\w))", re.I
)
_LEVEL = re.compile(r"(?<!\w)(?:đạt|là|còn|lên|xuống|đến|tới|chiếm|có|dưới|trên)(?!\w)", re.I)
_KINDS = frozenset((Kind.PERCENT, Kind.COUNT, Kind.MONEY, Kind.FIGURE))


def of_change(question: Question, text: str, start: int, figure: Figure | None) -> bool:
    """Whether `figure`, of the clause from `start` of `text` on, tells by how much where the question asks how much."""
    if figure is None or question.kind not in _KINDS:
        return False
    if any(_ASKED.holds(w, question.typed.plain) for w in question.typed.words):
        return False
    changes = list(_CHANGE.finditer(text, start, figure.lead))
    return bool(changes) and not _LEVEL.search(text, changes[-1].end(), figure.lead)
