"""`chitieu serve` on PostgreSQL, a process of its own: what an agency's staff do in a day, over HTTP."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from assistant.access.keys import Keys
from assistant.access.ledger import Ledger
from assistant.access.roles import Role
from assistant.settings import CONFIG
from assistant.workspace import Workspace

FIRST = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẠ\nSố: 27/KH-UBND\n\nKẾ HOẠCH\nCấp nước sạch nông thôn đến năm 2031\n\n"
    "I. MỤC TIÊU\n1. Đến năm 2031, 83% hộ dân có nước sạch.\n2. Đến năm 2031 lắp 41 trạm bơm tưới.\n"
)
SECOND = (
    "ỦY BAN NHÂN DÂN\nTỈNH SƠN HẠ\nSố: 58/KH-UBND\n\nKẾ HOẠCH\nTrồng rừng ven sông đến năm 2032\n\n"
    "I. MỤC TIÊU\n1. Đến năm 2032, trồng 640 ha rừng ven sông.\n2. Đến năm 2032, 72% xã có vườn ươm cây giống.\n"
)


@pytest.fixture(scope="module")
def staffed(postgres, tmp_path_factory):
    """The URL of the service over one document, and the keys of a reader and an editor."""
    folder = tmp_path_factory.mktemp("cluster-service")
    home = folder / "home"
    home.mkdir()
    (home / CONFIG).write_text(f'database = "{postgres()}"\nreaders = 1\naccess = "keys"\n', "utf-8")
    (folder / "ke-hoach-nuoc-sach.txt").write_text(FIRST, "utf-8")
    room = Workspace(home)
    room.add([folder / "ke-hoach-nuoc-sach.txt"])
    keys = Keys(Ledger(lambda: room.store))
    given = {
        role: {"Authorization": f"Bearer {keys.create(role.value, role)[1]}"} for role in (Role.READER, Role.EDITOR)
    }
    log = folder / "serve.log"
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "--home", str(home), "serve"]
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "--port", "0"], stdout=out, stderr=out)
    try:
        yield listening(process, log), given[Role.READER], given[Role.EDITOR]
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        room.store.close()
    assert "Traceback" not in log.read_text("utf-8")


def listening(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        said = re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))
        if said and httpx.get(f"{said[0]}/readyz", timeout=60).status_code == 200:
            return said[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture
def reader(staffed):
    with httpx.Client(base_url=staffed[0], headers=staffed[1], timeout=60) as client:
        yield client


@pytest.fixture
def editor(staffed):
    with httpx.Client(base_url=staffed[0], headers=staffed[2], timeout=60) as client:
        yield client


def test_it_lives_and_is_ready(reader):
    assert reader.get("/healthz").json()["status"] == "ok"
    ready = reader.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready"), ready.text


def test_a_reader_asks_and_finds(reader):
    answer = reader.post("/api/ask", json={"question": "Đến năm 2031 bao nhiêu phần trăm hộ dân có nước sạch?"}).json()
    assert "83%" in answer["answer"]
    assert answer["citations"][0]["document"] == "ke-hoach-nuoc-sach"
    assert FIRST[answer["citations"][0]["start"] : answer["citations"][0]["end"]] == answer["citations"][0]["quote"]
    found = reader.get("/api/search", params={"q": "tram bom tuoi"})
    assert "ke-hoach-nuoc-sach" in found.text


def test_a_reader_sees_the_document_and_saves_it(reader):
    page = reader.get("/documents/ke-hoach-nuoc-sach", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "41 trạm bơm" in page.text
    saved = {
        form: reader.get("/api/documents/ke-hoach-nuoc-sach/export", params={"format": form})
        for form in ("akn", "json", "text")
    }
    assert all(reply.status_code == 200 for reply in saved.values())
    assert saved["text"].text.split() == FIRST.split()
    assert json.loads(saved["json"].text)["number"] == "27/KH-UBND"
    assert "akomaNtoso" in saved["akn"].text
    table = reader.get("/api/targets/export", params={"format": "csv"})
    assert "nước sạch" in table.text


def test_a_reader_may_not_add(reader):
    assert reader.post("/api/documents", files={"file": ("x.txt", SECOND.encode(), "text/plain")}).status_code == 403


def test_what_an_editor_adds_is_answered_from_at_once(reader, editor):
    """The next question is asked of the generation that the upload made."""
    stored = editor.post("/api/documents", files={"file": ("ke-hoach-trong-rung.txt", SECOND.encode(), "text/plain")})
    assert (stored.status_code, stored.json()["id"]) == (201, "ke-hoach-trong-rung")
    answer = reader.post("/api/ask", json={"question": "Đến năm 2032 trồng bao nhiêu ha rừng ven sông?"}).json()
    assert "640" in answer["answer"]
    assert {d["id"] for d in reader.get("/api/documents").json()["documents"]} >= {"ke-hoach-trong-rung"}
    assert "72%" in reader.get("/documents/ke-hoach-trong-rung", headers={"Accept": "text/html"}).text
