from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answers import Answer, Reason
from corpus.document import Citation
from corpus.errors import UnreadableFile
from eval.answer_scores import correct, fully_cited, grounded, numbers, precise
from eval.answers import asked, outcome, report, show


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khoảng 1.700 tỷ đồng", {"1700"}),
        ("0,5% và 07 khu", {"0.5", "7"}),
        ("ngày 05/07/2012", {"5", "7", "2012"}),
        ("Nghị định 43/2011/NĐ-CP", {"43/2011"}),
        ("1. Mục tiêu\n- 5 khu", {"5"}),
    ],
)
def test_numbers_have_one_spelling(text: str, found: set[str]) -> None:
    assert numbers(text) == found


def test_an_answer_is_right_by_its_figures_else_by_its_words() -> None:
    assert correct(["tối thiểu 35%"], [], "Theo kế hoạch: 35% số hộ")
    assert not correct(["tối thiểu 35%"], [], "Theo kế hoạch: 53% số hộ")
    assert correct(["đước, mắm, bần"], [], "các loài đước, mắm và bần chua")
    assert not correct(["đước, mắm, bần"], [], "cây keo")
    assert correct(["x"], ["70", "60"], "70% so với 60%")


def test_a_quote_must_overlap_and_hold_the_same_figures() -> None:
    assert fully_cited(["75% hộ dùng nước máy"], ["Đến 2036, 75% hộ dùng nước máy."])
    assert not fully_cited(["75% hộ dùng nước máy"], ["57% hộ dùng nước máy"])
    assert not fully_cited(["75% hộ dùng nước máy", "12 nhà máy nước"], ["75% hộ dùng nước máy"])


def test_grounded_and_precise_look_at_every_number() -> None:
    cited = [{"number": "18/KH-UBND", "quote": "75% hộ dùng nước máy; 60% trường"}]
    assert grounded("đến 2036?", "Kế hoạch 18/KH-UBND: 75%, hơn 15", cited)
    assert not grounded("?", "80%", cited)
    assert precise("đến 2036?", ["75%"], "Kế hoạch 18/KH-UBND: 75% vào 2036", cited)
    assert not precise("?", ["75%"], "75%, trường 60%", cited)


def _reply(question: str, _: object) -> Answer:
    if "giá vàng" in question:
        return Answer(
            question=question, standalone=question, answer="Không có.", abstained=True, reason=Reason.NO_EVIDENCE
        )
    quote = "75% hộ dùng nước máy"
    cited = (Citation(document="d", start=0, end=len(quote), quote=quote),)
    return Answer(question=question, standalone=question, answer="75% hộ", citations=cited, confidence=0.9)


def test_the_report_counts_right_answers_and_right_refusals(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "question": "nước máy?", "answer": "75%", "quotes": ["75% hộ dùng nước máy"], "type": "number"},
        {"id": "2", "question": "giá vàng?", "answer": "không", "quotes": [], "type": "unanswerable"},
        {"id": "3", "question": "mưa?", "answer": "không", "quotes": [], "type": "unanswerable"},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(r) for r in rows), "utf-8")
    found = report([outcome(row, _reply) for row in asked(file, lambda _: None)])  # type: ignore[arg-type,return-value]
    assert found.score.value == pytest.approx(2 / 3)
    assert found.abstained.value == 0.5
    assert found.kinds["number"].value == 1.0
    assert "3 [unanswerable] phải từ chối" in show(found, as_json=True)


def test_a_broken_line_is_told_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "1"}\n', "utf-8")
    with pytest.raises(UnreadableFile, match="dòng 1"):
        asked(file, lambda _: None)  # type: ignore[arg-type,return-value]
