"""A backup holds the audit log as it was at one moment, also while its files are closed one after the other."""

from __future__ import annotations

import threading

import pytest

from assistant import backup as backups
from assistant.backup import backup, restore
from assistant.watch.ledger import Ledger, segments
from assistant.watch.verify import verify
from assistant.workspace import Workspace

_LARGEST = 600
"""Bytes of a file of the log: three records or so."""


def _record(n: int) -> dict:
    return {"who": "lan", "action": "ask", "subject": f"{n}" * 20, "outcome": ""}


@pytest.fixture
def home(tmp_path):
    """A home with a document and a log in several files."""
    made = tmp_path / "home"
    paper = tmp_path / "a.txt"
    paper.write_text("QUYẾT ĐỊNH\nSố: 3/QĐ-THU\n\nĐiều 1. Ít nhất 40% số xã có tổ số.\n", "utf-8")
    Workspace(made).add([paper])
    for n in range(8):
        Ledger(made, _LARGEST).append(_record(n))
    assert len(segments(made)) > 2
    return made


def test_a_file_that_would_be_closed_between_listing_and_copying_waits(home, tmp_path, monkeypatch):
    listed = backups._beside
    threads: list[threading.Thread] = []

    def listing(of):
        found = listed(of)
        thread = threading.Thread(target=lambda: [Ledger(home, _LARGEST).append(_record(n)) for n in range(9)])
        thread.start()
        thread.join(0.5)
        threads.append(thread)
        return found

    monkeypatch.setattr(backups, "_beside", listing)
    before = verify(home).records
    backup(home, tmp_path / "a.tar.gz")
    threads[0].join()
    restore(tmp_path / "a.tar.gz", tmp_path / "again")
    kept = verify(tmp_path / "again")
    assert kept.first_break is None
    assert kept.records == before
    assert verify(home).records > before


def test_every_backup_taken_while_the_log_grows_is_whole(home, tmp_path):
    over = threading.Event()

    def write() -> None:
        n = 0
        while not over.is_set():
            Ledger(home, _LARGEST).append(_record(n))
            n += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for n in range(4):
            backup(home, tmp_path / f"{n}.tar.gz")
    finally:
        over.set()
        writing.join()
    seen = []
    for n in range(4):
        restore(tmp_path / f"{n}.tar.gz", tmp_path / f"again{n}")
        kept = verify(tmp_path / f"again{n}")
        assert kept.first_break is None
        seen.append(kept.records)
    assert seen == sorted(seen)
    assert verify(home).first_break is None


def test_the_key_of_sessions_and_the_counts_of_a_minute_stay_behind(home, tmp_path):
    (home / "session.key").write_bytes(b"x" * 32)
    (home / "limits").mkdir()
    (home / "limits" / "key").write_bytes(b"x")
    backup(home, tmp_path / "a.tar.gz")
    restore(tmp_path / "a.tar.gz", tmp_path / "again")
    assert not {"session.key", "limits"} & {path.name for path in (tmp_path / "again").iterdir()}


def test_who_may_read_a_file_stays_as_it_was(home, tmp_path):
    (home / "config.toml").write_text('admin_token = "ma-quan-tri-du-dai-2026"\n', "utf-8")
    (home / "config.toml").chmod(0o600)
    backup(home, tmp_path / "a.tar.gz")
    restore(tmp_path / "a.tar.gz", tmp_path / "again")
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "again" / "config.toml").stat().st_mode & 0o777 == 0o600


def test_a_home_without_a_log_is_backed_up_without_one(home, tmp_path):
    for path in segments(home):
        path.unlink()
    for left in (home / "audit").iterdir():
        left.unlink()
    (home / "audit").rmdir()
    backup(home, tmp_path / "a.tar.gz")
    restore(tmp_path / "a.tar.gz", tmp_path / "again")
    assert not (home / "audit").exists()
    assert not (tmp_path / "again" / "audit").exists()
