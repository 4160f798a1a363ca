"""Ctrl-C during `chitieu add`: what was stored stays, and the same command goes on from there."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

CHITIEU = Path(sys.executable).with_name("chitieu")
FILES = 150


def stored(home: Path) -> int:
    """Documents that are committed in the database of `home`, seen from outside."""
    if not (home / "chitieu.db").exists():
        return 0
    try:
        connection = sqlite3.connect(f"file:{home / 'chitieu.db'}?mode=ro", uri=True)
        try:
            return int(connection.execute("select count(*) from documents").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return 0


def test_an_add_that_was_stopped_goes_on(tmp_path):
    source, home = tmp_path / "in", tmp_path / "home"
    source.mkdir()
    for n in range(FILES):
        words = f"KẾ HOẠCH\nVề tuyến xe {n}\n\n1. Đến năm 2031, {n % 90 + 1}% tuyến xe {n} chạy điện.\n"
        (source / f"tuyen-{n:03}.txt").write_text(words, "utf-8")
    command = [str(CHITIEU), "--home", str(home), "add", str(source)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while stored(home) < 5 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    kept = stored(home)
    assert process.returncode == 130
    assert err.decode().startswith("chitieu: đã dừng")
    assert len(err.splitlines()) == 1
    assert 5 <= kept < FILES
    again = subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert stored(home) == FILES
    assert f"{kept} văn bản không thay đổi" in again.stdout.decode()
