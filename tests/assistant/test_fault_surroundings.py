"""Faults around a home: disks, rights, limits, locks, clocks, models. Each is one line, and afterwards all goes on."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import corpus.rows
import indexer.embedding
import indexer.ranking
from assistant.backup import backup, restore
from assistant.cli import app
from assistant.cli.edge import home_first, run
from assistant.doctor import State, check
from assistant.settings import Settings
from assistant.workspace import Workspace
from corpus.errors import ChitieuError, IndexDamaged

QUESTION = "Đến năm 2028 bao nhiêu phần trăm trạm y tế có điện mặt trời?"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounts small disks, which root only may")


def plan(subject: str, percent: int, more: int = 0) -> str:
    rest = "".join(f"{at}. Việc thứ {at * 7919} của {subject} do tổ {at * 104729} làm.\n" for at in range(2, more + 2))
    return f"KẾ HOẠCH\nVề {subject}\n\nI. CHỈ TIÊU\n1. Đến năm 2028, {percent}% {subject} có điện mặt trời.\n{rest}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("around")
    (root / "in").mkdir()
    (root / "in" / "goc.txt").write_text(plan("trạm y tế", 63), "utf-8")
    room = Workspace(root / "home", Settings(readers=1))
    room.add([root / "in"])
    room.store.close()
    return root / "home"


@pytest.fixture
def home(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "home"))


def ran(capsys, *arguments: object) -> tuple[int, str]:
    """Exit status and what was said on stderr by a command."""
    capsys.readouterr()
    status = run(app, home_first([str(a) for a in arguments]))
    return status, capsys.readouterr().err


def one_line(said: str, *pieces: str) -> None:
    assert len(said.strip().splitlines()) == 1, said
    assert "Traceback" not in said
    for piece in pieces:
        assert piece in said


@contextmanager
def small_disk(at: Path, megabytes: float) -> Iterator[Path]:
    at.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={int(megabytes * 1024)}k", "tmpfs", str(at)], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no small disk here: {made.stderr.decode().strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def remounted(at: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(at)], check=True)


@needs_root
def test_a_full_disk_stops_adding_and_nothing_else(whole, tmp_path, capsys):
    with small_disk(tmp_path / "disk", 1.6) as disk:
        home = Path(shutil.copytree(whole, disk / "home"))
        source = tmp_path / "many"
        source.mkdir()
        for at in range(4):
            (source / f"dai-{at}.txt").write_text(plan(f"kho lạnh số {at}", 30 + at, 1500), "utf-8")
        status, said = ran(capsys, "add", source, "--home", home)
        assert status == 1
        one_line(said, "đầy")
        assert "63%" in Workspace(home).ask(QUESTION).answer
        status, said = ran(capsys, "backup", disk / "a.tar.gz", "--home", home)
        remounted(disk, "size=60m")
        assert ran(capsys, "add", source, "--home", home)[0] == 0
        assert len(Workspace(home).documents()) == 5
        assert [f for f in check(home) if f.state is State.BROKEN] == []


@needs_root
def test_a_backup_to_a_full_disk_leaves_no_part(home, tmp_path, capsys):
    with small_disk(tmp_path / "disk", 0.004) as disk:
        status, said = ran(capsys, "backup", disk / "a.tar.gz", "--home", home)
        assert status == 2
        one_line(said, "đầy")
        assert list(disk.iterdir()) == []


@needs_root
def test_a_disk_that_is_read_only_still_answers(whole, tmp_path, capsys):
    with small_disk(tmp_path / "disk", 20) as disk:
        home = Path(shutil.copytree(whole, disk / "home"))
        remounted(disk, "ro")
        status, said = ran(capsys, "add", whole.parent / "in", "--home", home)
        assert status == 1
        one_line(said, "chỉ cho đọc")
        status, said = ran(capsys, "ask", QUESTION, "--home", home)
        assert status == 0, said
        assert {f.part for f in check(home) if f.state is State.BROKEN} == {"thư mục"}
        remounted(disk, "rw")
        assert ran(capsys, "add", whole.parent / "in", "--home", home)[0] == 0


@needs_root
def test_a_full_temporary_folder_is_named(home, tmp_path, monkeypatch, capsys):
    with small_disk(tmp_path / "disk", 0.05) as disk:
        (disk / "fill").write_bytes(b"x" * 40_000)
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        (tmp_path / "them.txt").write_text(plan("nhà kính", 12), "utf-8")
        status, said = ran(capsys, "add", tmp_path / "them.txt", "--home", home)
        assert status == 0 or len(said.strip().splitlines()) == 1
    assert ran(capsys, "add", tmp_path / "them.txt", "--home", home)[0] == 0


@needs_root
def test_a_home_of_another_user_is_named_with_its_owner(whole, capsys):
    # Under a folder that everybody may enter, unlike those of pytest.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(shutil.copytree(whole, Path(folder) / "home"))
        home.chmod(0o755)
        commands = (["add", str(whole.parent / "in")], ["doctor"])
        for arguments in commands:
            run(app, home_first([*arguments, "--home", str(whole)]))  # all is imported now, which others may not read
        os.seteuid(65534)
        try:
            status, said = ran(capsys, *commands[0], "--home", home)
            findings = [f for f in check(home) if f.state is State.BROKEN]
        finally:
            os.seteuid(0)
        assert status != 0
        one_line(said, "quyền")
        assert any(f.part == "thư mục" and "root" in str(f) and "chown" in str(f) for f in findings)


@contextmanager
def all_handles_taken(free: int) -> Iterator[int]:
    """The limit under which only `free` more files can be opened: the gaps between the open ones are filled."""
    highest = max(int(fd) for fd in os.listdir("/proc/self/fd"))
    filled = [os.open(os.devnull, os.O_RDONLY)]
    while filled[-1] <= highest:
        filled.append(os.open(os.devnull, os.O_RDONLY))
    try:
        yield filled[-1] + 1 + free
    finally:
        for fd in filled:
            os.close(fd)


def test_too_few_file_handles_are_one_line_and_pass(home, capsys):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    ran(capsys, "ask", QUESTION, "--home", home)
    with all_handles_taken(free=1) as least:
        resource.setrlimit(resource.RLIMIT_NOFILE, (least, hard))
        try:
            status, said = ran(capsys, "ask", QUESTION, "--home", home)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert status == 1
    one_line(said)
    assert ran(capsys, "ask", QUESTION, "--home", home)[0] == 0


def test_a_lock_that_a_dead_process_left_holds_nobody_up(home, tmp_path, capsys):
    code = "import fcntl, os, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); os.kill(os.getpid(), 9)"
    for lock in (home / "lock", home / "index" / "lock"):
        subprocess.run([sys.executable, "-c", code, str(lock)], check=False)
        lock.write_text("4711")
    (tmp_path / "them.txt").write_text(plan("nhà kính", 12), "utf-8")
    assert ran(capsys, "add", tmp_path / "them.txt", "--home", home)[0] == 0


def test_two_who_add_at_once_wait_for_each_other(home, tmp_path):
    errors = []

    def add(at: int) -> None:
        try:
            (tmp_path / f"{at}").mkdir()
            (tmp_path / f"{at}" / f"cung-{at}.txt").write_text(plan(f"bể bơi số {at}", 20 + at), "utf-8")
            Workspace(home, Settings(readers=1)).add([tmp_path / f"{at}"])
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=add, args=(at,)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    room = Workspace(home)
    assert {d.id for d in room.documents()} == {"goc", "cung-0", "cung-1", "cung-2"}
    assert room.settled()
    assert len(room.targets()) == 4


def test_a_clock_that_goes_back_changes_nothing(home, tmp_path, monkeypatch):
    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(1999, 12, 31, tzinfo=tz or UTC)

    monkeypatch.setattr(corpus.rows, "datetime", Earlier)
    room = Workspace(home, Settings(readers=1))
    (tmp_path / "goc.txt").write_text(plan("trạm y tế", 88), "utf-8")
    before = room.document("goc").sha256
    room.add([tmp_path / "goc.txt"])
    newest = {d.id: d for d in room.documents()}
    assert any("88%" in room.document(id).text for id in newest)
    assert room.store.get("goc", before)
    room.reindex()
    assert room.settled()
    assert [f for f in check(home) if f.state is State.BROKEN] == []


@pytest.fixture
def rankers_forgotten():
    """No ranker is kept from before or for afterwards."""
    indexer.ranking.ranker.cache_clear()
    yield
    indexer.ranking.ranker.cache_clear()


@pytest.mark.usefixtures("rankers_forgotten")
@pytest.mark.parametrize("model", [indexer.embedding.DEFAULT, indexer.ranking.RANKER])
@pytest.mark.parametrize("harm", ["gone", "changed", "list gone", "list changed"])
def test_a_model_that_is_gone_or_changed_is_named(home, tmp_path, monkeypatch, capsys, harm, model):
    models = Path(shutil.copytree(indexer.embedding.MODELS, tmp_path / "models"))
    (weights,) = [p for p in (models / model).iterdir() if p.suffix == ".safetensors"]
    file = models / model / "release.json" if harm.startswith("list") else weights
    if harm.endswith("gone"):
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(indexer.embedding, "MODELS", models)
    monkeypatch.setattr(indexer.ranking, "MODELS", models)
    status, said = ran(capsys, "ask", QUESTION, "--home", home)
    assert status == 1
    one_line(said, "cài lại chitieu")
    (found,) = [f for f in check(home) if f.part == "mô hình"]
    assert found.state is State.BROKEN
    assert "cài lại chitieu" in str(found)


def test_a_backup_holds_all_of_a_home_and_names_damage(home, tmp_path):
    room = Workspace(home, Settings(readers=1))
    room.amend("goc", {"number": "12/KH-UBND"})
    (home / "feedback.jsonl").write_text('{"at": "2026-01-01"}\n', "utf-8")
    (home / "corrections").mkdir(exist_ok=True)
    (home / "corrections" / "goc.jsonl").write_text("{}\n", "utf-8")
    archive = tmp_path / "a.tar.gz"
    backup(home, archive)
    assert archive.stat().st_mode & 0o077 == 0
    assert restore(archive, tmp_path / "fresh") == 1
    fresh = Workspace(tmp_path / "fresh")
    assert fresh.ask(QUESTION).answer == room.ask(QUESTION).answer
    assert fresh.amended("goc") == {"number": "12/KH-UBND"}
    for name in ("feedback.jsonl", "corrections/goc.jsonl"):
        assert (tmp_path / "fresh" / name).read_bytes() == (home / name).read_bytes()
    assert not [p for p in (tmp_path / "fresh").iterdir() if p.name.startswith(".")]
    (home / "index" / (home / "index" / "current").read_text().strip() / "words.txt").write_text("x")
    with pytest.raises(IndexDamaged, match="doctor --repair"):
        backup(home, tmp_path / "b.tar.gz")
    assert not list(tmp_path.glob("*b.tar.gz*"))


def test_backups_are_consistent_while_documents_come_in(home, tmp_path):
    """Each archive, taken at any moment, is a home whose index was built from exactly its store."""
    stop, errors = threading.Event(), []

    def adding() -> None:
        room = Workspace(home, Settings(readers=1))
        at = 0
        while not stop.is_set():
            at += 1
            folder = tmp_path / f"in-{at}"
            folder.mkdir()
            (folder / f"moi-{at}.txt").write_text(plan(f"cầu phao {at}", 1 + at), "utf-8")
            try:
                room.add([folder])
            except ChitieuError as error:
                errors.append(error)

    thread = threading.Thread(target=adding)
    thread.start()
    try:
        for at in range(3):
            backup(home, tmp_path / f"{at}.tar.gz")
    finally:
        stop.set()
        thread.join()
    assert errors == []
    for at in range(3):
        restore(tmp_path / f"{at}.tar.gz", tmp_path / f"home-{at}")
        assert Workspace(tmp_path / f"home-{at}").settled()


def test_a_backup_that_a_newer_version_made_is_refused(home, tmp_path):
    import sqlite3

    with sqlite3.connect(home / "chitieu.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    backup(home, tmp_path / "a.tar.gz")
    with pytest.raises(ChitieuError, match="nâng cấp chitieu"):
        restore(tmp_path / "a.tar.gz", tmp_path / "fresh")
    assert not (tmp_path / "fresh").exists()
