"""Validity learnt from the table of relations against validity learnt by reading every document."""

from __future__ import annotations

import pytest

from assistant.answers.validity import counting, intervals, superseded
from assistant.changing import changing
from corpus.load import document
from corpus.store import Store
from corpus.validity import interval

TEXTS = {
    "cu": ("UBND XÃ ĐỒI MƠ\nSố: 12/QĐ-UBND\nĐiều 1. Lập đội tuần tra rừng sến.", "2029-01-02"),
    "moi": (
        "UBND XÃ ĐỒI MƠ\nSố: 30/2031/QĐ-UBND\nĐiều 1. Lập hai đội tuần tra rừng sến.\n"
        "Điều 2. Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 02/01/2029.",
        "2031-03-04",
    ),
    "khac": ("UBND XÃ ĐỒI MƠ\nSố: 12/KH-UBND\n1. Trồng 40 ha sến.", "2030-05-06"),
}
NUMBERS = {"cu": "12/QĐ-UBND", "moi": "30/2031/QĐ-UBND", "khac": "12/KH-UBND"}


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'chitieu.db'}")
    for id, (text, day) in TEXTS.items():
        made.put(document(text, id=id).model_copy(update={"number": NUMBERS[id], "issued_on": day}))
    yield made
    made.close()


def test_relations_tell_what_reading_tells(store):
    listed = store.summaries()
    versions = {s.id: s.sha256 for s in listed}
    read = [store.get(s.id) for s in listed]
    found = intervals(listed, changing(store, versions))
    assert found == {d.id: interval(d, read) for d in read} == intervals(read, read)
    assert found["cu"].ended_by == "moi"
    assert superseded(found) <= {"cu"}
    assert counting(found, "2030-06-01") == {"cu", "khac"}
    assert counting(found, "2032-01-01") == {"moi", "khac"}


def test_versions_that_do_not_serve_change_nothing(store):
    assert changing(store, {}) == []
    assert changing(store, {"moi": "0" * 64}) == []
