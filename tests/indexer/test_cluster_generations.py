"""Generations in PostgreSQL: added to in step with the corpus, whole whatever dies, the same as the embedded index."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, NotFound
from indexer.cluster.generations import listing
from indexer.embedded import EmbeddedIndexes

BUILDER = """
import sys
from hashlib import sha256
from typing import NamedTuple
import numpy as np
from corpus.database import open_engine
from corpus.document import Document
from indexer.cluster.indexes import ClusterIndexes
class Flat:
    name = fingerprint = "flat"
    dimension = 8
    def passages(self, texts): return np.full((len(texts), 8), 8 ** -0.5, np.float32)
    queries = passages
class Version(NamedTuple):
    id: str
    sha256: str
    fingerprint: str
indexes = ClusterIndexes(open_engine(sys.argv[1]))
for turn in range(1000):
    texts = {f"d{i}": f"Xã {turn} lắp {i} trạm bơm " + "ven sông " * (turn % 7) for i in range(30)}
    made = {i: Document(id=i, text=t, sha256=sha256(t.encode()).hexdigest()) for i, t in texts.items()}
    indexes.build([Version(d.id, d.sha256, "") for d in made.values()], lambda i, _: made[i], Flat())
    print(turn, flush=True)
"""


class Flat:
    name = fingerprint = "flat"
    dimension = 8

    def passages(self, texts):
        import numpy as np

        return np.full((len(texts), 8), 8**-0.5, np.float32)

    queries = passages


def stations(made, numbers, word="trạm bơm"):
    return [made(f"d{i}", f"Xã {i} lắp {i} {word}") for i in numbers]


def edition(indexes):
    return listing(indexes._engine, int(indexes.current())).edition


def found(index, query, k=10):
    return [(h.passage.document, h.passage.start, pytest.approx(h.score, abs=2e-5)) for h in index.search(query, k)]


def test_before_the_first_build_nothing_serves(cluster):
    indexes = cluster()
    assert indexes.current() is None
    assert indexes.names() == []
    with pytest.raises(IndexDamaged):
        indexes.held("7")


def test_only_new_documents_are_read_and_encoded_and_found_as_if_all_were_new(cluster, made, hashed, opened):
    grown, fresh = cluster(), cluster()
    opened(grown, stations(made, range(20)), hashed)
    assert len(hashed.encoded) == 20
    index = opened(grown, stations(made, range(22)), hashed)
    assert len(hashed.encoded) == 22
    assert edition(grown) == 1
    other = opened(fresh, stations(made, range(22)), hashed)
    for query in ("xã 21 lắp trạm bơm", "xã 2", "tram bom"):
        assert found(index, query) == found(other, query)


def test_what_is_removed_no_longer_counts(cluster, made, hashed, opened):
    shrunk, fresh = cluster(), cluster()
    opened(shrunk, stations(made, range(24)), hashed)
    index = opened(shrunk, stations(made, range(12)), hashed)
    assert edition(shrunk) == 1
    other = opened(fresh, stations(made, range(12)), hashed)
    assert index.sources.versions() == other.sources.versions()
    for query in ("xã 3 lắp trạm bơm", "xã 20", "lắp"):
        assert found(index, query) == found(other, query)


def test_longer_texts_are_weighed_as_in_the_embedded_index(cluster, made, hashed, opened, tmp_path):
    indexes = cluster()
    opened(indexes, stations(made, range(5)), hashed)
    longer = [*stations(made, range(5)), made("e", "Kênh tiêu dài 40 km qua hai huyện, có đường đi và cây xanh. " * 9)]
    index = opened(indexes, longer, hashed)
    assert edition(indexes) == 2
    embedded = opened(EmbeddedIndexes(tmp_path), longer, hashed)
    for query in ("kênh tiêu qua huyện nào", "trạm bơm xã 3", "duong di va cay xanh"):
        assert found(index, query) == found(embedded, query)
    assert indexes.held(indexes.current(), full=True).passages == len(embedded)


def test_a_document_that_goes_and_comes_back_is_found_again(cluster, made, hashed, opened):
    indexes = cluster()
    first, second = stations(made, range(6)), stations(made, range(6), "giếng khoan")
    before = found(opened(indexes, first, hashed), "trạm bơm xã 3")
    opened(indexes, [*second[:1], *first[1:]], hashed)
    index = opened(indexes, first, hashed)
    assert found(index, "trạm bơm xã 3") == before
    assert len(index.search("trạm bơm", 50)) == 6


def test_another_encoder_encodes_all_again(cluster, made, hashed, opened):
    indexes = cluster()
    opened(indexes, stations(made, range(5)), Flat())
    index = opened(indexes, stations(made, range(5)), hashed)
    assert len(hashed.encoded) == 5
    assert index.manifest.encoder == "hashed"


def test_a_reader_keeps_its_generation_until_it_is_forgotten(cluster, made, hashed, opened):
    indexes = cluster()
    reader = opened(indexes, stations(made, range(4)), hashed)
    expected = found(reader, "xã 3 lắp trạm bơm")
    opened(indexes, stations(made, range(2)), hashed)
    assert found(reader, "xã 3 lắp trạm bơm") == expected
    for n in range(1, 4):
        opened(indexes, stations(made, range(n)), hashed)
    assert indexes.names() == ["4", "5"]
    with pytest.raises(NotFound):
        reader.search("xã 3 lắp trạm bơm")
    assert {id for id, _ in indexes.sweep()} == {"d0", "d1", "d2"}


def test_the_generation_before_can_serve_again(cluster, made, hashed, opened):
    indexes = cluster()
    opened(indexes, stations(made, range(3)), hashed, state="ba")
    opened(indexes, stations(made, range(5)), hashed, state="năm")
    indexes.switch("1")
    assert indexes.state(indexes.current()) == "ba"
    assert len(indexes.open("1", hashed).search("trạm bơm", 9)) == 3
    assert len(opened(indexes, stations(made, range(6)), hashed).search("trạm bơm", 9)) == 6
    with pytest.raises(IndexDamaged):
        indexes.switch("77")


def test_a_failed_build_leaves_the_last_one_serving_and_is_gone_on_with(cluster, made, hashed, opened):
    indexes = cluster()
    opened(indexes, stations(made, range(3)), hashed)
    wanted = {d.id: d for d in stations(made, range(9))}

    def read(id, _):
        if id == "d8" and not read.mended:
            raise OSError("disk on fire")
        return wanted[id]

    read.mended = False
    versions = [version(d) for d in wanted.values()]
    with pytest.raises(OSError, match="fire"):
        indexes.build(versions, read, hashed)
    assert indexes.current() == "1"
    read.mended = True
    assert indexes.build(versions, read, hashed) == "2"
    assert len(indexes.open("2", hashed).search("trạm bơm", 50)) == 9


def version(document):
    from corpus.rows import fingerprint

    return type("V", (), {"id": document.id, "sha256": document.sha256, "fingerprint": fingerprint(document)})()


def test_missing_passages_are_found_and_mended_by_building_anew(cluster, made, hashed, opened):
    indexes = cluster()
    opened(indexes, stations(made, range(3)), hashed)
    with indexes._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM passages_1 WHERE document = 'd1'")
    with pytest.raises(IndexDamaged, match="2"):
        indexes.held("1", full=True)
    opened(indexes, stations(made, range(3)), hashed, anew=True)
    assert indexes.held("2", full=True).passages == 3


def test_builders_wait_for_each_other(cluster, made, hashed, opened):
    indexes = cluster()
    threads = [threading.Thread(target=opened, args=(indexes, stations(made, range(n)), hashed)) for n in (2, 3, 4, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    serving = indexes.held(indexes.current(), full=True)
    assert len(indexes.open(indexes.current(), hashed).search("trạm bơm", 50)) == serving.passages
    assert max(map(int, indexes.names())) == 4


def test_killed_at_any_moment_the_last_whole_generation_serves(cluster):
    root = Path(__file__).parents[2]
    indexes = cluster()
    url = indexes._engine.url.render_as_string(hide_password=False)
    delays = (0.0, 0.02, 0.05) if "CHITIEU_TEST_KILLS" not in os.environ else [n / 300 for n in range(100)]
    for delay in delays:
        process = subprocess.Popen(
            [sys.executable, "-c", BUILDER, url],
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        name = indexes.current()
        assert indexes.held(name, full=True).documents == 30
        index = indexes.open(name, Flat())
        index.exact = True
        hits = index.search("trạm bơm", 50)
        assert len(hits) == 30
        assert len({h.passage.text.split()[1] for h in hits}) == 1, "passages of two builds were mixed"
