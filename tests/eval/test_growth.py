from __future__ import annotations

import json

import pytest

from corpus.document import Document
from corpus.errors import InputError
from eval.growth import run, show
from indexer import dense
from indexer.build import build
from indexer.embedding import encoder


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    home = tmp_path_factory.mktemp("growth")
    texts = [f"Tổ {i} trồng {i * 7 % 31} ha ngô và {i * 5 % 17} ha đậu trên đất bãi số {i}" for i in range(400)]
    build(home, [Document(id=f"d{i}", text=text, sha256="0" * 64) for i, text in enumerate(texts)], encoder())
    return home


def test_each_size_has_its_figures(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(dense, "SCANNED", 1000)
    asked = tmp_path / "q.jsonl"
    asked.write_text("".join(json.dumps({"question": f"đất bãi số {i} trồng mấy ha ngô"}) + "\n" for i in range(12)))
    rows = run(cache, asked, (300, 2000), tables=700)
    assert [(row.part, row.passages) for row in rows] == [("véc-tơ", 300), ("bảng từ", 300), ("véc-tơ", 2000)]
    assert all(row.recall is None or min(row.recall) >= 0.9 for row in rows)
    assert rows[2].disk_mb > 5 * rows[0].disk_mb
    assert all(0 < row.milliseconds[0] <= row.milliseconds[1] for row in rows)
    shown = show(rows, as_json=True).splitlines()
    assert len(shown) == 1 + len(rows) + 1
    assert [row["passages"] for row in json.loads(shown[-1])] == [300, 300, 2000]


def test_without_an_index_it_says_what_to_run(tmp_path):
    with pytest.raises(InputError, match="eval retrieval --cache"):
        run(tmp_path, tmp_path / "q.jsonl")
