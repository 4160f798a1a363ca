"""Suggested questions read naturally and are answered."""

from __future__ import annotations

import pytest

from assistant.answers.answer import Answer
from assistant.service.suggestions import question_about, suggest
from assistant.targets.target import Target
from corpus.document import Citation

QUOTE = Citation(document="a", start=0, end=1, quote="x")


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "deadline", "question"),
    [
        ("Trạm quan trắc nước được tự động hóa", 80, "%", "2027", "Đến năm 2027, bao nhiêu phần trăm trạm quan trắc nước được tự động hóa?"),
        ("Tỷ lệ che phủ rừng ngập mặn", 42, "%", "2030-06", "Đến năm 2030, tỷ lệ che phủ rừng ngập mặn là bao nhiêu?"),
        ("tổng số trạm đo mưa của cả tỉnh", 12, "trạm", "2030", "Đến năm 2030, tổng số trạm đo mưa của cả tỉnh là bao nhiêu?"),
        ("khu vực ven biển và đảo", 30, "%", "2030", None),
        ("trạm quan trắc nước được tự động hóa", 80, "%", None, None),
        ("trạm quan trắc nước được tự động hóa", None, None, "2030", None),
        ("nước " * 40, 5, "%", "2030", None),
    ],
)  # fmt: skip
def test_question_about(indicator, value, unit, deadline, question):
    target = Target(
        indicator=indicator, value=value, unit=unit, deadline=deadline, target_class="numeric", citation=QUOTE
    )
    assert question_about(target) == question


def test_only_answered_questions_from_different_documents(desk):
    found = suggest(desk)
    assert len(found) == len(set(found)) > 1
    assert "2023" in "".join(found[:2])
    assert all(not desk.ask(q).abstained for q in found)


def test_nothing_is_suggested_where_nothing_is_answered(desk, monkeypatch):
    monkeypatch.setattr(desk, "ask", lambda q: Answer(question=q, standalone=q, answer="", abstained=True))
    assert suggest(desk) == ()
