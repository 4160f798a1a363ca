from __future__ import annotations

from hashlib import sha256

import pytest

from indexer.build import build
from indexer.embedded import EmbeddedIndexes
from indexer.generation import Manifest


class Prefixed:
    """An encoder of others, as far as the index asks of it."""

    dimension = 64

    def __init__(self, hashed, name="model-x", query_prefix="", passage_prefix=""):
        self.name, self.query_prefix, self.passage_prefix = name, query_prefix, passage_prefix
        self.fingerprint = sha256(f"{name}{query_prefix}\0{passage_prefix}".encode()).hexdigest()[:16]
        self.queries = lambda texts: hashed.queries([query_prefix + t for t in texts])
        self.passages = lambda texts: hashed.passages([passage_prefix + t for t in texts])


@pytest.fixture
def documents(made):
    return [made(f"d{i}", f"Xã {i} nạo vét {i} km mương") for i in range(4)]


def test_a_generation_reopens_with_the_prefixes_it_was_built_with(tmp_path, documents, hashed, monkeypatch):
    used = Prefixed(hashed, query_prefix="query: ", passage_prefix="passage: ")
    directory = build(tmp_path, documents, used)
    assert hashed.encoded[0].startswith("passage: ")
    manifest = Manifest.read(directory)
    assert (manifest.query_prefix, manifest.passage_prefix) == ("query: ", "passage: ")
    asked = []

    def find(name, query_prefix, passage_prefix):
        asked.append((name, query_prefix, passage_prefix))
        return Prefixed(hashed, name, query_prefix, passage_prefix)

    monkeypatch.setattr("indexer.embedded.find_encoder", find)
    indexes = EmbeddedIndexes(tmp_path)
    assert indexes.open("1", used).search("nạo vét mương xã 3", 1)[0].passage.document == "d3"
    assert asked == []
    assert len(indexes.open("1", Prefixed(hashed)).search("nạo vét mương", 9)) == 4
    assert asked == [("model-x", "query: ", "passage: ")]


def test_other_prefixes_encode_everything_again(tmp_path, documents, hashed):
    build(tmp_path, documents, Prefixed(hashed))
    build(tmp_path, documents, Prefixed(hashed, passage_prefix="passage: "))
    assert len(hashed.encoded) == 2 * len(documents)
