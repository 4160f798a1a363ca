"""Readings that are made of several documents at once, and kept."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from assistant.answers import library as room
from assistant.answers.library import Library
from corpus.document import Document

TEXTS = {id: f"Điều 1. Trại {id}\n1. Trại nuôi {n} đàn ong." for n, id in enumerate("abcde", start=3)}


class _Shelf:
    """Documents, with a note of how they were asked for."""

    def __init__(self) -> None:
        self.alone: list[str] = []
        self.together: list[list[str]] = []

    def one(self, id: str) -> Document:
        self.alone.append(id)
        return Document(id=id, text=TEXTS[id], sha256="0")

    def many(self, ids: Collection[str]) -> dict[str, Document]:
        self.together.append(list(ids))
        return {id: Document(id=id, text=TEXTS[id], sha256="0") for id in ids}


def test_readings_made_together_are_those_made_one_by_one() -> None:
    shelf = _Shelf()
    library, plain = Library(shelf.one, [], None, shelf.many), Library(shelf.one, [])
    found = library.readings("cab")
    assert list(found) == ["c", "a", "b"]
    assert shelf.together == [["c", "a", "b"]]
    for id, reading in plain.readings("cab").items():
        assert list(reading.lines) == list(found[id].lines)
        assert (reading.document, reading.name) == (found[id].document, found[id].name)


def test_what_is_kept_is_not_read_again() -> None:
    shelf = _Shelf()
    library = Library(shelf.one, [], None, shelf.many)
    first = library.readings("ab")
    again = library.readings("abcd")
    assert shelf.together == [["a", "b"], ["c", "d"]]
    assert (again["a"], again["b"]) == (first["a"], first["b"])
    assert library.reading("d") is again["d"]
    assert shelf.alone == []


def test_no_more_are_kept_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "KEPT", 2)
    shelf = _Shelf()
    library = Library(shelf.one, [], None, shelf.many)
    assert list(library.readings("abcd")) == list("abcd")
    assert list(library.readings("ed")) == list("ed")
    assert len(library._kept) == 2
