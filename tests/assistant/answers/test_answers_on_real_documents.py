from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Answer, Answerer, Turn
from assistant.answers.library import Search
from corpus.document import Document
from corpus.load import load
from eval.answers import asked, outcome, report

PROGRAMMES = ("1605-qd-ttg-2010_bai-viet", "du-thao-1605-2010_vneconomy", "153-qd-ttg-2018_chinhphu-vn",
              "48-2009-qd-ttg_bai-viet", "1729-btttt-udcntt-2012_cong-van")  # fmt: skip


def test_the_gold_questions_are_answered_or_declined(
    shared: Path, searching: Callable[[dict[str, Document]], Search]
) -> None:
    documents = {name: load(shared / "documents" / f"{name}.txt") for name in PROGRAMMES}
    door = Answerer(searching(documents), documents.__getitem__, None, documents.values())

    def ask(question: str, history: tuple[Turn, ...]) -> Answer:
        return door.answer(question, history)

    rows = asked(shared / "gold" / "questions.qa", documents.__getitem__)
    found = report([outcome(row, ask) for row in rows])
    assert found.score.value >= 0.95, [o.question for o in found.outcomes if not o.right]
    assert found.grounded.value == 1.0
    assert found.precise.value >= 0.9
    assert found.abstained.value >= 0.95
    assert found.false_abstain.value <= 0.05


@pytest.mark.parametrize("name", ["tuning", "held_out", "unseen", "fresh"])
def test_our_own_questions_point_at_words_of_the_documents(shared: Path, name: str) -> None:
    questions = Path(__file__).parents[3] / "eval" / "questions" / f"{name}.jsonl"
    rows = asked(questions, lambda id: load(shared / "documents" / f"{id}.txt", sidecar={}))
    assert len(rows) >= 40
    for row in rows:
        assert all(len(q) > 8 for q in row["quotes"])
        assert bool(row["quotes"]) == (row["type"] != "unanswerable")
