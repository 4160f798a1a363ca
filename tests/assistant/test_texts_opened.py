from __future__ import annotations

import pytest

from assistant.texts import opened, several
from corpus.citation import cite
from corpus.document import Document, Span
from corpus.errors import NotFound
from corpus.load import document
from corpus.store import Store

TEXT = "Điều 1. Trạm quan trắc\n1. Lắp 12 trạm đo mặn trước năm 2034.\n2. Thay thế Kế hoạch số 5/KH-UBND ngày 1/2/2030."


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'chitieu.db'}")
    yield made
    made.close()


def test_an_opened_document_is_the_stored_one(store, monkeypatch):
    whole = document(TEXT, id="tram").model_copy(update={"issued_on": "2033-04-05"})
    store.put(whole)
    read = opened(store, "tram", whole.sha256)
    calls = []
    monkeypatch.setattr(store, "get", lambda *key: calls.append(key) or whole)
    assert isinstance(read, Document)
    assert (read.id, read.text, read.issued_on, read.sha256) == ("tram", TEXT, "2033-04-05", whole.sha256)
    assert calls == []
    assert read.provisions == whole.provisions
    assert read.relations == whole.relations
    assert read.provenance == whole.provenance
    assert len(calls) == 1
    span = Span(start=TEXT.index("Lắp"), end=TEXT.index("\n2."))
    assert cite(read, span) == cite(whole, span)


def test_several_documents_are_those_that_are_opened_one_by_one(store):
    wanted = {}
    for id, text in (("tram", TEXT), ("hoc", "Điều 2. Học bổng\n1. Cấp 40 suất mỗi kỳ.")):
        whole = document(text, id=id)
        store.put(whole)
        wanted[id] = whole.sha256
    found = several(store, {**wanted, "hoc": None})
    assert list(found) == list(wanted)
    for id, sha256 in wanted.items():
        alone = opened(store, id, sha256)
        assert (found[id].id, found[id].text, found[id].sha256) == (id, alone.text, sha256)
        assert found[id].provisions == alone.provisions
    with pytest.raises(NotFound):
        several(store, {**wanted, "khong-co": "0" * 64})


def test_a_document_that_is_not_there_is_said_to_be_missing(store):
    for sha256 in (None, "0" * 64):
        with pytest.raises(NotFound):
            opened(store, "khong-co", sha256)
