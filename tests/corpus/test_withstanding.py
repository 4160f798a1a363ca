"""What is made to harm: each gives one line, the parent lives, and other files go on."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from corpus import sandbox
from corpus.errors import MissingPart, UnreadableFile
from corpus.readers import read
from corpus.readers import text as plain_text
from corpus.sandbox import Limits, read_apart

HARM = """
import os, time
from corpus.errors import MissingPart, UnreadableFile
from corpus.reading import Reading
def read(path, how):
    if how == "sleep": time.sleep(60)
    if how == "spin":
        while True: pass
    if how == "memory": return Reading("x" * (1 << 31), "text/plain")
    if how == "output": return Reading("x" * (1 << 21), "text/plain")
    if how == "file": open(str(path) + ".out", "wb").write(b"x" * (1 << 22))
    if how == "die": os.kill(os.getpid(), 11)
    if how == "leave": os._exit(0)
    if how == "raise": raise ValueError("traceback\\nof two lines")
    if how == "deep": return read.__call__(path, how) and None
    if how == "missing": raise MissingPart("cần gói X")
    if how == "refuse": raise UnreadableFile("khac", "lý do")
    if how == "environment": return Reading(" ".join(sorted(os.environ)), "text/plain")
    if how == "print": print("rác trên đường ra")
    return Reading("chữ", "text/plain", ("ghi chú",), (3,))
"""


@pytest.fixture
def harmful(tmp_path, monkeypatch):
    """A reader that does harm, seen by the child alone."""
    root = tmp_path / "root"
    (root / "corpus").mkdir(parents=True)
    real = Path(sandbox.__file__).parent
    for name in ("__init__.py", "errors.py", "reading.py", "sandbox.py", "canonical.py", "document.py", "encoding"):
        (root / "corpus" / name).symlink_to(real / name)
    (root / "corpus" / "readers").mkdir()
    for file in (real / "readers").glob("*.py"):
        (root / "corpus" / "readers" / file.name).symlink_to(file)
    (root / "corpus" / "readers" / "harm.py").write_text(HARM, encoding="utf-8")
    monkeypatch.setattr(sandbox, "_ROOT", root)
    return lambda how, **limits: read_apart("harm", tmp_path / "tep.bin", Limits(**limits), how=how)


@pytest.mark.parametrize(
    ("how", "limits", "reason"),
    [
        ("spin", {"seconds": 1}, "quá 1 giây"),
        ("memory", {"memory": 1 << 30}, "bộ nhớ"),
        ("output", {"output": 1 << 20}, "quá 1 MB"),
        ("file", {"output": 1 << 20}, "quá 1 MB"),
        ("die", {}, "đột ngột"),
        ("leave", {}, "kết quả hỏng"),
        ("raise", {}, "ValueError"),
        ("deep", {}, "quá sâu"),
        ("refuse", {}, "lý do"),
    ],
)
def test_whatever_the_child_does_the_parent_gets_one_line(harmful, how, limits, reason):
    with pytest.raises(UnreadableFile, match=reason) as caught:
        harmful(how, **limits)
    assert str(caught.value).startswith("tep.bin: ")
    assert "\n" not in str(caught.value)


def test_a_sleeping_child_is_ended_by_the_clock(harmful, monkeypatch):
    monkeypatch.setattr(sandbox, "GRACE", 0.5)
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match="quá 1 giây"):
        harmful("sleep", seconds=1)
    assert time.monotonic() - start < 10


def test_a_spinning_child_is_ended_by_the_system_where_the_clock_would_wait(harmful, monkeypatch):
    monkeypatch.setattr(sandbox, "GRACE", 50)
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match="quá 1 giây"):
        harmful("spin", seconds=1)
    assert time.monotonic() - start < 40


def test_a_missing_part_and_a_good_reading_come_through(harmful):
    with pytest.raises(MissingPart, match="gói X"):
        harmful("missing")
    reading = harmful("print")
    assert (reading.text, reading.media, reading.notes, reading.unread) == ("chữ", "text/plain", ("ghi chú",), (3,))


def test_the_child_is_told_no_secret_of_its_parent(harmful, monkeypatch):
    monkeypatch.setenv("CHITIEU_ADMIN_TOKEN", "khong-cho-ai-biet")
    monkeypatch.setenv("PGPASSWORD", "khong-cho-ai-biet")
    told = set(harmful("environment").text.split())
    assert "PATH" in told
    assert not [name for name in told if name.startswith(("CHITIEU", "PG", "OPENAI", "AWS"))]


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")
def test_the_child_dies_with_its_parent(harmful, tmp_path):
    root = sandbox._ROOT
    code = (
        "from pathlib import Path; from corpus import sandbox; "
        f"sandbox._ROOT = Path({str(root)!r}); sandbox.read_apart('harm', Path('x'), how='sleep')"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(root)})
    children: list[str] = []
    for _ in range(100):
        time.sleep(0.1)
        tasks = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        children = tasks.read_text().split() if tasks.exists() else []
        if children and "corpus.sandbox" in Path(f"/proc/{children[0]}/cmdline").read_text():
            break
    time.sleep(0.7)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    for _ in range(50):
        if not Path(f"/proc/{children[0]}").exists() or "Z" in Path(f"/proc/{children[0]}/stat").read_text().split()[2]:
            return
        time.sleep(0.1)
    os.kill(int(children[0]), signal.SIGKILL)
    pytest.fail("the child lived on")


def test_one_line_of_many_megabytes_is_read_or_refused_by_size(put, monkeypatch):
    assert len(read(put("chữ " * (4 << 20))).text) == 16 << 20
    monkeypatch.setattr("corpus.readers.router.MAX_PLAIN", 1 << 20)
    with pytest.raises(UnreadableFile, match="lớn hơn 1 MB"):
        read(put("chữ " * (1 << 20)))


def test_nul_bytes_and_controls(put):
    assert read(put("Điều 1\0. " + "Nước ngầm " * 200)).text.startswith("Điều 1. Nước")
    with pytest.raises(UnreadableFile, match="nhị phân"):
        read(put(bytes(range(32)) * 100))
    assert plain_text.decode(b"a\0b" + b" c" * 100, "x")[0].startswith("ab")


def test_an_external_entity_is_not_fetched(put, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>chữ &x; hết</p></body></html>'
    assert "bí mật" not in read(put(page)).text


def test_a_zip_bomb_in_a_word_file(put):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * (50 << 20))
    with pytest.raises(UnreadableFile, match="bom nén"):
        read(put(buffer.getvalue()))


def test_a_member_that_lies_about_its_size(put, make_docx):
    data = bytearray(make_docx("<w:p/>"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1 << 30).to_bytes(4, "little")
    with pytest.raises(UnreadableFile):
        read(put(bytes(data)))


def test_a_fifo_and_a_device_are_refused(tmp_path):
    os.mkfifo(tmp_path / "ong")
    for path in (tmp_path / "ong", Path("/dev/zero")):
        with pytest.raises(UnreadableFile, match="không phải tệp thường"):
            read(path)
