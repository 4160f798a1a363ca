"""The confidence fitted and checked: planted coefficients come back, and what is right is told from what is not."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

from assistant.answers.confidence import confidence
from assistant.workspace import Workspace
from eval.calibration import Sample, apart, collect, fitted, main

PLAN = """UBND TỈNH HẢI VÂN
KẾ HOẠCH
Nuôi hàu trên bãi triều giai đoạn 2031 - 2035
1. Đến năm 2035, 62% số bè hàu được gắn phao báo hiệu.
2. Hỗ trợ xây dựng 9 trạm làm sạch hàu tại các xã ven biển.
3. Kinh phí thực hiện khoảng 74 tỷ đồng từ ngân sách tỉnh.
"""
QUESTIONS = [
    {"id": "a", "question": "Bao nhiêu phần trăm số bè hàu được gắn phao báo hiệu?", "answer": "62%",
     "quotes": ["62% số bè hàu được gắn phao báo hiệu"], "type": "number"},
    {"id": "b", "question": "Có bao nhiêu trạm làm sạch hàu được hỗ trợ xây dựng?", "answer": "8 trạm",
     "quotes": ["Hỗ trợ xây dựng 8 trạm làm sạch hàu"], "type": "number"},
    {"id": "c", "question": "Bao nhiêu phần trăm số bè ngao được gắn lưới?", "answer": "", "quotes": [],
     "type": "unanswerable"},
    {"id": "d", "question": "Xin chào", "answer": "", "quotes": [], "type": "unanswerable"},
]  # fmt: skip


def sample(confidence: float, right: bool, **features: float) -> Sample:
    return Sample(id="x", features={**features, "bias": 1.0}, confidence=confidence, right=right, answerable=True)


def test_planted_coefficients_come_back() -> None:
    chance, planted = random.Random(5), {"score": 3.0, "margin": -2.0, "bias": 0.5}
    samples = []
    for _ in range(6000):
        features = {"score": chance.gauss(0, 1), "margin": chance.gauss(0, 1)}
        odds = sum(planted[n] * v for n, v in features.items()) + planted["bias"]
        samples.append(sample(0.5, chance.random() < 1 / (1 + math.exp(-odds)), **features))
    found = fitted(samples, np.ones(len(samples)), list(planted))
    assert found == pytest.approx(list(planted.values()), abs=0.2)


def test_samples_that_weigh_nothing_change_nothing() -> None:
    samples = [sample(0.5, score > 0, score=score) for score in (-2.0, -1.0, 1.0, 2.0, 0.5)] + [
        sample(0.5, False, score=9.0)
    ]
    weights = np.array([1.0, 1, 1, 1, 1, 0])
    with_it, without = (fitted(samples[:n], weights[:n], ["score", "bias"]) for n in (6, 5))
    assert with_it == pytest.approx(without)


@pytest.mark.parametrize(
    ("right", "wrong", "area"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5], 0.5),
        ([0.4], [], 1.0),
    ],
)
def test_the_chance_to_stand_above(right: list[float], wrong: list[float], area: float) -> None:
    assert apart([*(sample(c, True) for c in right), *(sample(c, False) for c in wrong)]) == area


def test_a_home_is_asked_and_fitted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, questions, home = tmp_path / "ke-hoach.txt", tmp_path / "q.jsonl", tmp_path / "home"
    source.write_text(PLAN, "utf-8")
    questions.write_text("".join(json.dumps(q, ensure_ascii=False) + "\n" for q in QUESTIONS), "utf-8")
    room = Workspace(home)
    room.add([source])
    found = {s.id: s for s in collect(home, [questions])}
    assert {id: (s.right, s.answerable) for id, s in found.items()} == {
        "a": (True, True), "b": (False, True), "c": (False, False),
    }  # fmt: skip
    best = room.weighed(QUESTIONS[0]["question"])
    assert best is not None
    assert found["a"].confidence == confidence(best) == room.ask(QUESTIONS[0]["question"]).confidence
    out = tmp_path / "samples.jsonl"
    assert main(["collect", "--home", str(home), "--out", str(out), str(questions)]) == 0
    assert main(["fit", str(out), "--known", str(out)]) == 0
    told = capsys.readouterr().out
    assert "new: 3 questions" in told
    assert "threshold 0.5" in told
