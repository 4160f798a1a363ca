from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError, UnreadableFile
from eval.asking import questions_in, run, show

DIGESTS = Path(__file__).parents[2] / "corpus" / "digests"


def _write(path: Path, questions: list[str]) -> Path:
    path.write_text("\n".join(json.dumps({"question": q}, ensure_ascii=False) for q in questions), "utf-8")
    return path


def test_questions_of_several_files_come_in_turn_and_once(tmp_path: Path) -> None:
    one, two = _write(tmp_path / "a.jsonl", ["a", "b", "c"]), _write(tmp_path / "b.jsonl", ["x", "a"])
    assert questions_in([one, two]) == ["a", "x", "b", "c"]
    assert questions_in([one, two], 2) == ["a", "x"]


def test_what_cannot_be_asked_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--questions"):
        questions_in([])
    with pytest.raises(UnreadableFile):
        questions_in([tmp_path / "none.jsonl"])
    (tmp_path / "c.jsonl").write_text('{"hỏi": 1}', "utf-8")
    with pytest.raises(UnreadableFile, match="question"):
        questions_in([tmp_path / "c.jsonl"])
    with pytest.raises(InputError, match="hai câu"):
        run(tmp_path, ["một"])


def test_each_question_is_asked_once_and_again(tmp_path: Path) -> None:
    from assistant.workspace import Workspace

    room = Workspace(tmp_path / "home")
    room.add([DIGESTS])
    room.store.close()
    asked = ["Mục tiêu là gì?", "Đến năm 2015 bao nhiêu phần trăm hồ sơ nộp qua mạng?", "Ai chủ trì?"]
    timed = run(tmp_path / "home", asked)
    assert (timed.documents, timed.questions) == (5, 2)
    for spread in (timed.once, timed.again):
        for values in (spread.clock, spread.processor):
            assert list(values) == sorted(values)
            assert values[0] > 0
    assert timed.first_s > 0
    assert {question for _, question in timed.slowest} == set(asked[1:])
    table = show(timed, as_json=True).splitlines()
    assert json.loads(table[-1])["questions"] == 2
    assert any(line.startswith("hỏi lần đầu, bộ xử lý") for line in table)
