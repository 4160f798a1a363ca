"""Each fault of a home is named in one line, the doctor finds it, and its repair mends it without losing anything."""

from __future__ import annotations

import functools
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

import indexer.embedding
from assistant.cli import app
from assistant.cli.edge import home_first, run
from assistant.doctor import State, check, mend
from assistant.settings import Settings
from assistant.workspace import Workspace
from corpus.errors import IndexDamaged
from indexer.build import current
from indexer.embedded import EmbeddedIndexes

SUBJECTS = ("sân vận động xã", "nhà văn hóa thôn", "bến đò ngang", "chợ phiên vùng cao")
QUESTION = "Đến năm 2028 bao nhiêu phần trăm nhà văn hóa thôn có lối đi cho người khuyết tật?"


@pytest.fixture(autouse=True, scope="module")
def _quick():
    """The model is loaded once, and the programs that read other formats are not asked for their versions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.embedding.encoder", functools.cache(indexer.embedding.encoder))
        patch.setattr("assistant.doctor._programs", lambda: iter(()))
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A home that nothing is wrong with, and the folder of its files."""
    root = tmp_path_factory.mktemp("whole")
    (root / "in").mkdir()
    for at, subject in enumerate(SUBJECTS):
        rule = f"1. Đến năm 2028, {81 + at}% {subject} có lối đi cho người khuyết tật.\n"
        text = (
            f"KẾ HOẠCH\nCăn cứ Quyết định số {500 + at}/QĐ-UBND;\nI. CHỈ TIÊU\n{rule}" + "2. Báo cáo hằng quý.\n" * 60
        )
        (root / "in" / f"ke-hoach-{at}.txt").write_text(text, "utf-8")
    room = Workspace(root / "home", Settings(readers=1))
    room.add([root / "in"])
    room.store.close()
    with closing(sqlite3.connect(root / "home" / "chitieu.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return root / "home"


@pytest.fixture
def home(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "home"))


def flip(path: Path, share: float = 0.5) -> None:
    content = bytearray(path.read_bytes())
    content[int(share * (len(content) - 1))] ^= 0x10
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(home: Path, table: str) -> None:
    """Overwrites the page where the rows of `table` begin with noise."""
    path = home / "chitieu.db"
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    content = bytearray(path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = os.urandom(4096)
    path.write_bytes(content)


def change_text(home: Path) -> None:
    """Another figure in the stored text, which no checksum of SQLite sees."""
    with closing(sqlite3.connect(home / "chitieu.db")) as connection:
        connection.execute("UPDATE versions SET text = replace(text, '82%', '28%') WHERE id = 'ke-hoach-1'")
        connection.commit()


def no_header(home: Path) -> None:
    path = home / "chitieu.db"
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def behind(home: Path) -> None:
    ahead = time.time() + 400 * 86_400
    os.utime(home / "chitieu.db", (ahead, ahead))


def begun(home: Path) -> None:
    """What killed commands leave."""
    (home / ".backup-x1").mkdir()
    (home / ".backup-x1" / "chitieu.db").write_bytes(b"half")
    (home / ".metadata.json12").write_text("{")
    (home / "index" / ".7.partial").mkdir()


class Fault(NamedTuple):
    """What is done to the home, the part where the doctor finds it, and a piece of what is said about it."""

    harm: Callable[[Path], object]
    part: str
    said: str
    state: State = State.BROKEN


FAULTS = {
    "index: no current": Fault(lambda h: (h / "index/current").unlink(), "chỉ mục", "chưa có"),
    "index: current names nothing": Fault(lambda h: (h / "index/current").write_text("99\n"), "chỉ mục", "'99'"),
    "index: current is empty": Fault(lambda h: (h / "index/current").write_text(""), "chỉ mục", "''"),
    "index: manifest cut": Fault(lambda h: cut(current(h) / "manifest.json"), "chỉ mục", "manifest.json"),
    "database: header gone": Fault(no_header, "kho", "doctor --repair"),
    "database: page of versions": Fault(lambda h: scramble(h, "versions"), "kho", "doctor --repair"),
    "database: page of documents": Fault(lambda h: scramble(h, "documents"), "kho", "doctor --repair"),
    "database: page of relations": Fault(lambda h: scramble(h, "relations"), "kho", "doctor --repair"),
    "database: page of targets": Fault(lambda h: scramble(h, "targets"), "kho", "doctor --repair"),
    "database: text changed": Fault(change_text, "kho", "ke-hoach-1"),
    "amendments: no JSON": Fault(lambda h: (h / "metadata.json").write_text("{"), "thư mục", "metadata.json"),
    "clock went back": Fault(behind, "thư mục", "đồng hồ", State.NOTED),
    "left by killed commands": Fault(begun, "thư mục", "dở dang", State.NOTED),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_mended_and_nothing_is_lost(home, name):
    fault = FAULTS[name]
    fault.harm(home)
    found = {f.part: f for f in check(home) if f.state is not State.FINE}[fault.part]
    assert found.state is fault.state
    assert fault.said in str(found)
    assert "\n" not in str(found)
    mend(home)
    assert [f for f in check(home) if f.state is State.BROKEN] == []
    room = Workspace(home)
    assert {d.id for d in room.documents()} == {f"ke-hoach-{at}" for at in range(len(SUBJECTS))}
    assert "82%" in room.ask(QUESTION).answer
    assert len(room.targets()) == len(SUBJECTS)
    assert all(len(room.document(d.id).relations) == 1 for d in room.documents())
    room.store.close()


def test_every_file_of_the_index_is_watched(home):
    """Cut or with one bit flipped, each file is named, and no generation is opened with it."""
    generation = current(home)
    indexes, encoder = EmbeddedIndexes(home), Workspace(home).encoder
    files = sorted(p for p in generation.iterdir() if p.name not in ("state", "manifest.json") and p.stat().st_size)
    assert len(files) > 10
    for path in files:
        content = path.read_bytes()
        for harm in (flip, cut):
            harm(path)
            with pytest.raises(IndexDamaged, match=re.escape(path.name)):
                indexes.open(generation.name, encoder)
            path.write_bytes(content)
    indexes.open(generation.name, encoder)


@pytest.mark.parametrize("harm", [flip, cut])
def test_the_generation_before_answers_while_the_new_one_is_damaged(home, harm):
    room = Workspace(home)
    room.reindex()
    harm(current(home) / "words.txt")
    assert "82%" in Workspace(home).ask(QUESTION).answer


def test_what_was_damaged_is_set_aside(home):
    scramble(home, "versions")
    damaged = (home / "chitieu.db").read_bytes()
    said = mend(home)
    (aside,) = home.glob("damaged-*")
    assert (aside / "chitieu.db").read_bytes() == damaged
    assert not list(aside.glob("working*")) + list(aside.glob("fresh*"))
    assert any(aside.name in line for line in said)


def test_what_half_of_a_database_no_longer_holds_is_named(home):
    cut(home / "chitieu.db")
    assert "doctor --repair" in next(str(f) for f in check(home) if f.part == "kho")
    said = mend(home)
    kept = {d.id for d in Workspace(home).documents()}
    named = {id for id in (f"ke-hoach-{at}" for at in range(4)) if any(f"Văn bản {id}:" in line for line in said)}
    assert kept | named == {f"ke-hoach-{at}" for at in range(4)}
    (aside,) = home.glob("damaged-*")
    assert "82%" in (aside / "index" / "passages.jsonl").read_text("utf-8")
    assert [f for f in check(home) if f.state is State.BROKEN] == []


def test_a_document_that_cannot_be_saved_is_named(home, whole):
    (whole.parent / "in").rename(whole.parent / "away")
    try:
        change_text(home)
        said = mend(home)
        assert any("ke-hoach-1" in line and "chitieu add" in line for line in said)
        assert {d.id for d in Workspace(home).documents()} == {"ke-hoach-0", "ke-hoach-2", "ke-hoach-3"}
    finally:
        (whole.parent / "away").rename(whole.parent / "in")


def test_the_command_mends_and_says_what_it_did(home, capsys):
    scramble(home, "relations")
    assert run(app, home_first(["ask", QUESTION, "--home", str(home)])) == 1
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "doctor --repair" in error
    assert run(app, home_first(["doctor", "--repair", "--home", str(home)])) == 0
    assert "Đã cứu 4 văn bản" in capsys.readouterr().err
