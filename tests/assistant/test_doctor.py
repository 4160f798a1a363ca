"""The doctor: what is broken is found, named with its cure, and the cure cures it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from assistant import doctor
from assistant.doctor import State, check, mend
from assistant.settings import Settings
from assistant.workspace import Workspace
from corpus.errors import InvalidSetting, NotFound
from indexer.build import current
from indexer.generation import generations


@pytest.fixture
def home(tmp_path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    for at, subject in enumerate(("sân vận động xã", "nhà văn hóa thôn")):
        text = f"KẾ HOẠCH\nI. CHỈ TIÊU\n1. Đến năm 2028, 85% {subject} có lối đi cho người khuyết tật.\n"
        (source / f"ke-hoach-{at}.txt").write_text(text, "utf-8")
    Workspace(tmp_path / "home", Settings(readers=1)).add([source])
    return tmp_path / "home"


def broken(home: Path) -> dict[str, str]:
    return {f.part: str(f) for f in check(home) if f.state is State.BROKEN}


def test_a_healthy_home_has_nothing_broken(home):
    findings = check(home)
    assert broken(home) == {}
    parts = {"thiết lập", "thư mục", "kho", "chỉ mục", "mô hình", "ổ đĩa", "nhật ký", "soffice", "tesseract"}
    assert parts == {f.part for f in findings}
    assert all("\n" not in str(f) for f in findings)
    assert all(f.mending for f in findings if f.state is not State.FINE)


def test_an_empty_home_is_noted_not_broken_and_not_made(tmp_path):
    assert broken(tmp_path / "new") == {}
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "harm",
    [
        lambda g: (g / "vectors.f16").write_bytes(b"cut"),
        lambda g: (g / "manifest.json").write_text("{"),
        lambda g: (g / "words.txt").unlink(),
        lambda g: (g / "state").unlink(),
        lambda g: (g.parent / "current").write_text("99\n"),
        lambda g: (g.parent / "current").unlink(),
    ],
    ids=["cut file", "cut manifest", "missing file", "unknown state", "names nothing", "no current"],
)
def test_a_damaged_index_is_found_and_repair_rebuilds_it(home, harm):
    harm(current(home))
    assert broken(home).keys() == {"chỉ mục"}
    assert "doctor --repair" in broken(home)["chỉ mục"]
    mend(home)
    assert broken(home) == {}
    assert Workspace(home).search("nhà văn hóa thôn", k=1)[0].passage.document == "ke-hoach-1"


def test_a_flipped_byte_is_found_by_its_checksum(home):
    path = current(home) / "words.txt"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert "words.txt" in broken(home)["chỉ mục"]


def test_an_index_that_lags_behind_the_store_is_found(home):
    Workspace(home).store.remove("ke-hoach-0")
    assert "không khớp kho (1 văn bản)" in broken(home)["chỉ mục"]
    mend(home)
    assert broken(home) == {}


def test_repair_drops_damaged_generations(home):
    Workspace(home).reindex()
    older = generations(home)[0]
    (older / "manifest.json").write_text("{")
    mend(home)
    assert older not in generations(home)


def test_a_cut_database_is_found(home):
    path = home / "chitieu.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    path.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
    assert "khôi phục" in broken(home)["kho"]


def test_rows_that_point_nowhere_are_found(home):
    with closing(sqlite3.connect(home / "chitieu.db")) as connection:
        connection.execute("DELETE FROM versions WHERE id = 'ke-hoach-0'")
        connection.commit()
    assert "trỏ tới dòng không có" in broken(home)["kho"]


def test_a_wrong_setting_is_all_that_is_told(home):
    (home / "config.toml").write_text("redaers = 2")
    assert [f.part for f in check(home)] == ["thiết lập"]
    assert "'readers'" in broken(home)["thiết lập"]


def test_an_encoder_that_is_not_there_is_named(home, monkeypatch):
    def missing(name, *_):
        raise InvalidSetting(f"không có mô hình {name!r}")

    (home / "config.toml").write_text('encoder = "khong-co"')
    monkeypatch.setattr("indexer.embedding.encoder", missing)
    assert "'khong-co'" in broken(home)["mô hình"]


def test_little_room_on_the_disk_is_noted(home, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage(10, 9, 1_000_000))
    (found,) = [f for f in check(home) if f.part == "ổ đĩa"]
    assert found.state is State.NOTED


@pytest.mark.parametrize(("languages", "state"), [("eng\nvie\n", State.FINE), ("eng\nosd\n", State.NOTED)])
def test_tesseract_must_read_vietnamese(home, tmp_path, monkeypatch, languages, state):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "tesseract").write_text(f"#!/bin/sh\necho 'List of languages'\nprintf {json.dumps(languages)}\n")
    (programs / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/sbin")
    found = {f.part: f for f in check(home)}
    assert found["tesseract"].state is state


def test_an_audit_log_that_was_changed_is_noted(tmp_path):
    from assistant.watch import audit
    from assistant.watch.call import acting

    for name in ("a", "b"):
        with acting("lan"):
            audit.did(tmp_path, "export", name)
    file = tmp_path / "audit.jsonl"
    assert [f.state for f in check(tmp_path) if f.part == "nhật ký"] == [State.FINE]
    file.write_bytes(file.read_bytes().replace(b'"a"', b'"c"'))
    (found,) = [f for f in check(tmp_path) if f.part == "nhật ký"]
    assert found.state is State.NOTED
    assert "bản ghi 2 đã bị sửa" in found.found


def test_documents_without_an_index_are_told_from_no_documents(tmp_path):
    room = Workspace(tmp_path / "home")
    with pytest.raises(NotFound, match="chitieu add"):
        room.ask("Bao nhiêu xã?")
    assert not (tmp_path / "home").exists()
    (tmp_path / "a.txt").write_text("QUYẾT ĐỊNH\nSố: 3/QĐ-THU\n\nĐiều 1. Ít nhất 40% số xã có tổ số.\n", "utf-8")
    room.add([tmp_path / "a.txt"])
    shutil.rmtree(tmp_path / "home" / "index")
    with pytest.raises(NotFound, match="Kho có 1 văn bản nhưng chưa có chỉ mục; chạy: chitieu doctor --repair"):
        Workspace(tmp_path / "home").ask("Bao nhiêu xã?")
    mend(tmp_path / "home")
    assert "40%" in Workspace(tmp_path / "home").ask("Bao nhiêu phần trăm số xã có tổ số?").answer
