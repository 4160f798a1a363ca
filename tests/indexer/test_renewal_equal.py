"""Generations made step by step against those made at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.load import document
from corpus.rows import fingerprint
from indexer import build as building
from indexer import dense, merging
from indexer.build import build, current, renew
from indexer.generation import Manifest, verify
from indexer.search import Index
from indexer.sources import Sources

_WORDS = st.sampled_from(["đê biển", "kè sông", "trạm bơm", "cống", "2033", "Xã Ea Lốp", "de bien", "hồ chứa", "| 7 "])
_LINE = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_OFTEN = st.sampled_from(["", "", " bơm" * 40, " kè" * 31, " 9" * 300])


class Change(NamedTuple):
    """One document that is put in the place of another of its id, or taken out where it has no lines."""

    id: str
    title: str
    lines: Sequence[str]
    often: str
    number: str | None

    def document(self) -> Document:
        body = "\n".join(f"Điều {at}. {line}\n1. Giữ {line}." for at, line in enumerate(self.lines, start=1))
        return document(f"{body}{self.often}\n", id=self.id, overrides={"title": self.title, "number": self.number})


_CHANGE = st.builds(
    Change,
    id=st.sampled_from("abcdef"),
    title=st.one_of(_LINE, st.just("kè " * 12)),
    lines=st.lists(_LINE, max_size=3),
    often=_OFTEN,
    number=st.sampled_from([None, "12/KH-UBND", "7/QĐ-UBND"]),
)


class Wanted(NamedTuple):
    id: str
    sha256: str
    fingerprint: str


class Held:
    """What a home should hold; counts how many documents were read for it."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.read = 0

    def take(self, change: Change) -> None:
        if change.lines:
            self.documents[change.id] = change.document()
        else:
            self.documents.pop(change.id, None)

    def put(self, home: Path, encoder, anew: bool = False) -> Path:
        wanted = [Wanted(d.id, d.sha256, fingerprint(d)) for _, d in sorted(self.documents.items())]
        return renew(home, wanted, self._give, encoder, anew=anew)

    def _give(self, id: str, _: str) -> Document:
        self.read += 1
        return self.documents[id]


def held_in(directory: Path) -> dict[str, bytes]:
    """The files of a generation; of its manifest, what does not say how it came about."""
    files = {p.name: p.read_bytes() for p in directory.iterdir() if p.name not in ("manifest.json", dense.CODES)}
    said = json.loads((directory / "manifest.json").read_bytes())
    sums = {name: found for name, found in said.pop("files").items() if name != dense.CODES}
    return files | {"manifest": json.dumps([said | {"trained": None}, sums], sort_keys=True).encode()}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.lists(_CHANGE, min_size=1, max_size=4), min_size=2, max_size=6), merged=st.integers(20, 2_000))
def test_any_changes_step_by_step_give_the_same_bytes(tmp_path_factory, monkeypatch, hashed, steps, merged):
    held = Held()
    home = tmp_path_factory.mktemp("steps")
    with monkeypatch.context() as small:
        small.setattr(merging, "_MERGED", merged)
        small.setattr(building, "_flush", lambda _: None)  # waiting for the disk is what most of the time goes to
        for changes in steps:
            for change in changes:
                held.take(change)
            made = held.put(home, hashed)
            verify(made)
    once = held.put(tmp_path_factory.mktemp("once"), hashed)
    assert held_in(made) == held_in(once)


def stations(numbers) -> list[Change]:
    return [Change(f"d{n:03}", f"Kế hoạch {n}", [f"lắp {n} trạm bơm", f"đắp {n} km đê"], "", None) for n in numbers]


def test_only_what_changed_is_read(tmp_path, hashed):
    held = Held()
    for change in stations(range(20)):
        held.take(change)
    held.put(tmp_path, hashed)
    for change in stations([100, 5, 7]):
        held.take(change._replace(title="Đề án khác"))
    held.take(stations([9])[0]._replace(lines=[]))
    before = held.read
    made = held.put(tmp_path, hashed)
    assert held.read - before == 3
    assert len(Sources(made)) == 20
    assert list(Sources(made).versions()) == sorted(held.documents)


def test_metadata_alone_is_a_change(tmp_path, hashed):
    held = Held()
    for change in stations(range(3)):
        held.take(change)
    held.put(tmp_path, hashed)
    held.take(stations([1])[0]._replace(number="12/KH-UBND"))
    before, encoded = held.read, len(hashed.encoded)
    made = held.put(tmp_path, hashed)
    assert (held.read - before, len(hashed.encoded) - encoded) == (1, 0)
    assert [source.number for source in Sources(made)] == [None, "12/KH-UBND", None]


def test_anew_reads_all(tmp_path, hashed):
    held = Held()
    for change in stations(range(4)):
        held.take(change)
    first = held.put(tmp_path, hashed)
    again = held.put(tmp_path, hashed, anew=True)
    assert held.read == 8
    assert held_in(first) == held_in(again)


@pytest.mark.parametrize("name", ["syllables.counts", "pairs.many.npy", "lengths.npy", "documents.fingerprints.npy"])
def test_nothing_is_taken_over_from_a_damaged_generation(tmp_path, hashed, name):
    held = Held()
    for change in stations(range(4)):
        held.take(change)
    made = held.put(tmp_path, hashed)
    data = bytearray((made / name).read_bytes())
    data[-1] ^= 1
    (made / name).write_bytes(data)
    again = held.put(tmp_path, hashed)
    assert held.read == 8
    verify(again)


def test_nothing_is_taken_over_from_other_rules(tmp_path, hashed, monkeypatch):
    held = Held()
    for change in stations(range(4)):
        held.take(change)
    held.put(tmp_path, hashed)
    monkeypatch.setattr("indexer.older.CUT", 1_000)
    held.put(tmp_path, hashed)
    assert held.read == 8


def test_a_generation_of_the_format_before_is_searched_then_read_again(tmp_path, hashed):
    """It lacks what impacts were computed from; words and vectors of its passages are copied all the same."""
    held = Held()
    for change in stations(range(4)):
        held.take(change)
    made = held.put(tmp_path, hashed)
    expected = held_in(made)
    said = json.loads((made / "manifest.json").read_bytes())
    gone = [
        n
        for n in said["files"]
        if n.endswith((".counts", ".rare", ".many.npy")) or "lengths" in n or "fingerprints" in n
    ]
    for name in gone:
        (made / name).unlink()
        del said["files"][name]
    del said["cut"], said["trained"]
    (made / "manifest.json").write_text(json.dumps(said | {"format": 4}))
    assert Index(made, hashed).search("trạm bơm")[0].passage.document == "d000"
    encoded = len(hashed.encoded)
    again = held.put(tmp_path, hashed)
    assert (held.read, len(hashed.encoded)) == (8, encoded)
    assert held_in(again) == expected


def test_documents_in_another_order_are_read_again(tmp_path, hashed):
    held = Held()
    for change in stations(range(3)):
        held.take(change)
    held.put(tmp_path, hashed)
    turned = [held.documents[id] for id in ("d002", "d000", "d001")]
    wanted = [Wanted(d.id, d.sha256, fingerprint(d)) for d in turned]
    made = renew(tmp_path, wanted, held._give, hashed)
    assert [source.id for source in Sources(made)] == ["d002", "d000", "d001"]
    once = renew(tmp_path / "once", wanted, held._give, hashed)
    assert held_in(made) == held_in(once)


def test_codes_keep_what_they_learnt_until_the_passages_double(tmp_path, hashed, monkeypatch):
    monkeypatch.setattr(dense, "SCANNED", 300)
    monkeypatch.setattr(dense, "_FEW", 10)
    held = Held()
    for change in stations(range(160)):
        held.take(change)
    learnt = []
    for more in (range(0), range(300, 380), range(400, 480), range(500, 510)):
        for change in stations(more):
            held.take(change)
        made = held.put(tmp_path, hashed)
        learnt.append(Manifest.read(made).trained.model_dump())
        index = Index(made, hashed)
        vector = hashed.queries(["lắp 17 trạm bơm đê"])[0]
        found = index._dense.nearest(vector, 20)[0]
        best = np.argsort(-(dense.stored(made, 64).astype(np.float32) @ vector), kind="stable")[:20]
        assert len({*found.tolist()} & {*best.tolist()}) >= 19
    count = len(index)
    per = count // len(held.documents)
    assert [one["added"] for one in learnt] == [0, 80 * per, 0, 10 * per]
    assert learnt[2]["passages"] == 320 * per


def test_a_build_of_given_documents_is_read_again_by_the_next(tmp_path, made, hashed):
    """What is built without fingerprints cannot be told from other metadata."""
    documents = [made(f"d{i}", f"Xã {i} lắp {i} trạm bơm") for i in range(3)]
    build(tmp_path, documents, hashed)
    held = Held()
    held.documents = {d.id: d for d in documents}
    held.put(tmp_path, hashed)
    assert held.read == 3


WRITER = """
import sys
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
import numpy as np
from corpus.document import Document
from indexer.build import renew
class Flat:
    name = fingerprint = "flat"
    dimension = 8
    def passages(self, texts): return np.full((len(texts), 8), 8 ** -0.5, np.float32)
    queries = passages
class Wanted(NamedTuple):
    id: str
    sha256: str
    fingerprint: str
def made(at, turn):
    text = f"Xã {at} lắp {turn} trạm bơm"
    return Document(id=f"d{at:02}", text=text, sha256=sha256(text.encode()).hexdigest())
held = {d.id: d for d in (made(at, 0) for at in range(30))}
for turn in range(1000):
    changed = made(turn % 30, turn)
    held[changed.id] = changed
    renew(Path(sys.argv[1]), [Wanted(d.id, d.sha256, d.sha256) for d in held.values()], lambda id, _: held[id], Flat())
    print(turn, flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.029, 0.041])
def test_killed_while_documents_are_taken_over_the_last_good_generation_serves(tmp_path, delay):
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout
    for _ in range(3):
        process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    serving = current(tmp_path)
    assert serving is not None
    assert int(serving.name) >= 3
    verify(serving)
    texts = {source.id: source.sha256 for source in Sources(serving)}
    assert len(texts) == len(set(texts.values())) == 30
