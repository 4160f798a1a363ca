"""Tables that were merged from many runs against those written in one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import merging, tables
from indexer.lexical import Lexical, Weights
from indexer.tables import Entry, write
from indexer.words import words

SYLLABLE = st.sampled_from(["đê", "biển", "kè", "sông", "cống", "trạm", "bơm", "2033", "de", "bien"])
TEXT = st.lists(SYLLABLE, max_size=9).map(" ".join)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(passages=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=9), query=TEXT, merged=st.integers(1, 40))
def test_runs_merge_into_the_same_bytes(tmp_path_factory, monkeypatch, passages, query, merged):
    entries = [[Entry(text, words(text)) for text in side] for side in zip(*passages, strict=True)]
    once, often = tmp_path_factory.mktemp("once"), tmp_path_factory.mktemp("often")
    write(once, *entries, Weights())
    with monkeypatch.context() as small:
        small.setattr(tables, "_STRETCH", 3)
        small.setattr(merging, "_MERGED", merged)
        write(often, *entries, Weights())
    assert {p.name: p.read_bytes() for p in often.iterdir()} == {p.name: p.read_bytes() for p in once.iterdir()}
    one, other = (Lexical(d, len(passages), Weights()).scores(query) for d in (once, often))
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize("share", [1, 3, 20])
def test_rows_and_places_add_up_to_the_same(tmp_path, monkeypatch, share):
    """Terms that many passages hold are kept as rows: where the border lies changes no score."""
    texts = [" ".join(w for at, w in enumerate(["kè", "sông", "cống", "bơm"]) if i % (at + 1) == 0) for i in range(60)]
    entries = [Entry(text, words(text)) for text in texts]
    scores = []
    for border in (share, 1_000_000):
        monkeypatch.setattr(merging, "_FULL", border)
        directory = tmp_path / str(border)
        directory.mkdir()
        write(directory, entries, entries, Weights())
        scores.append(Lexical(directory, len(texts), Weights()).scores("kè sông cống trạm bơm"))
    np.testing.assert_array_equal(*scores)
