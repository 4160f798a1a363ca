from __future__ import annotations

import json

import pytest

from assistant.workspace import Workspace
from corpus.errors import InputError
from eval.adding import run, show


def decision(folder, number: int):
    path = folder / f"qd-{number}.txt"
    path.write_text(f"Số: {number}/QĐ-UBND\n\nĐiều 1. Đến năm 2031 có {number} trạm đo mưa.\n", "utf-8")
    return path


def test_each_step_is_measured_on_a_copy(tmp_path):
    home = tmp_path / "home"
    Workspace(home).add([decision(tmp_path, 21), decision(tmp_path, 22)])
    before = {p: p.stat().st_mtime_ns for p in home.rglob("*") if p.is_file() and "index" in p.parts}
    steps = run(home, [decision(tmp_path, 23)], anew=True)
    assert [(s.name, s.documents) for s in steps] == [
        ("thêm", 3),
        ("sửa siêu dữ liệu", 3),
        ("gỡ", 2),
        ("lập lại tất cả", 2),
    ]
    assert all(s.processor_s > 0 and s.memory > 0 and s.disk > 0 for s in steps)
    assert {p: p.stat().st_mtime_ns for p in home.rglob("*") if p.is_file() and "index" in p.parts} == before
    assert [s.id for s in Workspace(home).documents()] == ["qd-21", "qd-22"]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".adding")] == []
    assert [s["passages"] for s in json.loads(show(steps, as_json=True).splitlines()[-1])] == [
        s.passages for s in steps
    ]


def test_a_home_without_an_index_is_refused_in_one_line(tmp_path):
    with pytest.raises(InputError, match="chitieu add"):
        run(tmp_path, [])
