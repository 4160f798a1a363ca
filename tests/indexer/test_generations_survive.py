from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged
from indexer.build import build, current
from indexer.generation import generations, referenced, verify
from indexer.search import Index

WRITER = """
import sys
from hashlib import sha256
from pathlib import Path
import numpy as np
from corpus.document import Document
from indexer.build import build
class Flat:
    name = fingerprint = "flat"
    dimension = 8
    def passages(self, texts): return np.full((len(texts), 8), 8 ** -0.5, np.float32)
    queries = passages
for turn in range(1000):
    texts = [f"Xã {turn} lắp {i} trạm bơm" for i in range(30)]
    build(Path(sys.argv[1]), [Document(id=f"d{i}", text=t, sha256=sha256(t.encode()).hexdigest())
                              for i, t in enumerate(texts)], Flat())
    print(turn, flush=True)
"""


class Flat:
    name = fingerprint = "flat"
    dimension = 8

    def passages(self, texts):
        return np.full((len(texts), 8), 8**-0.5, np.float32)

    queries = passages


def stations(made, numbers):
    return [made(f"d{i}", f"Xã {i} lắp {i} trạm bơm") for i in numbers]


def test_before_the_first_build_nothing_serves(tmp_path):
    assert current(tmp_path) is None
    assert generations(tmp_path) == []


def test_only_new_passages_are_encoded(tmp_path, made, hashed):
    build(tmp_path, stations(made, range(5)), hashed)
    assert len(hashed.encoded) == 5
    before = Index(build(tmp_path, stations(made, range(7)), hashed), hashed)
    assert len(hashed.encoded) == 7
    fresh = Index(build(tmp_path / "fresh", stations(made, range(7)), hashed), hashed)
    for query in ("xã 6 lắp trạm bơm", "xã 2"):
        assert before.search(query) == fresh.search(query)


def test_another_encoder_encodes_all_again(tmp_path, made, hashed):
    build(tmp_path, stations(made, range(5)), Flat())
    build(tmp_path, stations(made, range(5)), hashed)
    assert len(hashed.encoded) == 5


def test_an_index_is_not_searched_with_another_encoder(tmp_path, made, hashed):
    directory = build(tmp_path, stations(made, range(2)), hashed)
    with pytest.raises(IndexDamaged):
        Index(directory, Flat())


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path, made, hashed):
    for n in range(1, 5):
        build(tmp_path, stations(made, range(n)), hashed)
    assert [g.name for g in generations(tmp_path)] == ["3", "4"]
    assert current(tmp_path) == tmp_path / "index" / "4"
    assert {id for id, _ in referenced(tmp_path)} == {"d0", "d1", "d2", "d3"}


def test_a_reader_outlives_its_generation(tmp_path, made, hashed):
    reader = Index(build(tmp_path, stations(made, range(4)), hashed), hashed)
    expected = reader.search("xã 3 lắp trạm bơm")
    for n in range(3):
        build(tmp_path, stations(made, range(n)), hashed)
    assert not reader.directory.exists()
    assert reader.search("xã 3 lắp trạm bơm") == expected


@pytest.mark.parametrize("name", ["passages.jsonl", "vectors.f16", "words.full", "keys.npy", "documents.texts.npy"])
def test_damage_is_found_and_mended_by_the_next_build(tmp_path, made, hashed, name):
    directory = build(tmp_path, stations(made, range(3)), hashed)
    path = directory / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    verify(directory, full=False)
    with pytest.raises(IndexDamaged, match=name):
        verify(directory)
    path.write_bytes(data[:-1])
    with pytest.raises(IndexDamaged, match=name):
        Index(directory, hashed)
    mended = build(tmp_path, stations(made, range(3)), hashed)
    assert len(Index(mended, hashed).search("trạm bơm")) == 3


def test_a_failed_build_leaves_the_last_one_serving(tmp_path, made, hashed):
    good = build(tmp_path, stations(made, range(3)), hashed)

    def broken():
        yield from stations(made, range(2))
        raise OSError("disk on fire")

    with pytest.raises(OSError, match="fire"):
        build(tmp_path, broken(), hashed)
    assert current(tmp_path) == good
    assert build(tmp_path, stations(made, range(3)), hashed).name == "2"
    assert [p for p in (tmp_path / "index").iterdir() if p.name.endswith(".partial")] == []


def test_killed_at_any_moment_the_last_good_generation_serves(tmp_path):
    root = Path(__file__).parents[2]
    seen = 0
    for delay in (0.0, 0.011, 0.023, 0.037, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
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
        serving = current(tmp_path)
        assert serving is not None
        verify(serving)
        assert len(Index(serving, Flat()).search("trạm bơm", 50)) == 30
        seen += 1
    assert seen == 5
