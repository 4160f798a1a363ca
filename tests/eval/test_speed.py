from __future__ import annotations

import json
import math

import pytest

from corpus.errors import InputError
from eval import speed as speeds
from eval.speed import Measure, Speed, run, show


@pytest.fixture(scope="module")
def measured() -> Speed:
    return run(repeats=1, limit=3)


def test_every_way_through_the_house_is_measured(measured):
    names = [m.name for m in measured.measures]
    assert len(set(names)) == len(names)
    wanted = {
        "start_help",
        "structure",
        "extract",
        "extract_memory",
        "index",
        "add",
        "search_p50",
        "search_p95",
        "ask_p50",
        "ask_p95",
    }
    assert wanted <= set(names)
    assert all(math.isfinite(m.value) and m.value > 0 for m in measured.measures)
    assert (measured.documents, measured.questions) == (5, 3)


def test_ratios_are_of_numbers_in_the_same_run(measured):
    assert measured["start_help"].ratio == pytest.approx(measured["start_help"].value / measured["python"].value)
    assert measured["ask_p95"].ratio == pytest.approx(measured["ask_p95"].value / measured["search_p50"].value)
    assert measured["search_p50"].value <= measured["search_p95"].value
    assert all((m.ratio is None) == (m.against is None) for m in measured.measures)


def test_memory_for_extraction_does_not_grow_with_the_length(measured):
    assert measured["extract_memory_long"].ratio < 1.5


def test_the_table_has_a_line_a_measure_and_json_comes_last(measured):
    table = show(measured).splitlines()
    assert len(table) == len(measured.measures) + 2
    last = json.loads(show(measured, True).splitlines()[-1])
    assert last["extract"]["unit"] == "MB/s"
    assert last["documents"] == 5
    assert set(last) >= {m.name for m in measured.measures}


def test_a_line_names_what_it_is_compared_with():
    measure = Measure(name="a", label="Trích", value=1.25, unit="MB/s", ratio=0.5, against="đếm từ")
    assert speeds._line(measure).split() == ["Trích", "1.25", "MB/s", "=", "0.5", "×", "đếm", "từ"]


def test_questions_come_from_a_file_or_from_targets(tmp_path):
    path = tmp_path / "hoi.jsonl"
    path.write_text('{"question": "Bao giờ xong?"}\n\n{"question": "Ở đâu?"}\n', "utf-8")
    assert list(speeds._asked(path)) == ["Bao giờ xong?", "Ở đâu?"]


@pytest.mark.parametrize("line", ["khong phai json", '{"hoi": 1}', "[]"])
def test_unreadable_questions_are_said_in_one_line(tmp_path, line):
    path = tmp_path / "hoi.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InputError, match="mỗi dòng phải là"):
        list(speeds._asked(path))


def test_nothing_to_measure_is_said_in_one_line(tmp_path):
    with pytest.raises(InputError, match="không có văn bản nào để đo"):
        run(tmp_path)
