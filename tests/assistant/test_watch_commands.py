"""`chitieu audit`, and what commands leave in the log of the home."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from assistant.cli import app
from assistant.cli.edge import home_first, operator, run
from assistant.watch import audit, texts
from assistant.watch.call import acting

CHITIEU = Path(sys.executable).with_name("chitieu")
PLAN = "KẾ HOẠCH\nVề vườn chè\n\nI. CHỈ TIÊU\n1. Đến năm 2030, 52% vườn chè có mã số vùng trồng.\n"


def chitieu(home: Path, *arguments: object) -> int:
    return run(app, home_first([*(str(a) for a in arguments), f"--home={home}"]))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home to which a plan was added, of which somebody asked."""
    home = tmp_path_factory.mktemp("audited") / "home"
    plan = home.parent / "vuon-che.txt"
    plan.write_text(PLAN, "utf-8")
    assert chitieu(home, "add", plan) == 0
    assert chitieu(home, "ask", "Đến năm 2030 bao nhiêu phần trăm vườn chè có mã số vùng trồng?") == 0
    assert chitieu(home, "search", "vườn chè") == 0
    assert chitieu(home, "export", "vuon-che", "-f", "text", "-o", home.parent / "x.txt") == 0
    return home


@pytest.fixture
def said(capsys):
    capsys.readouterr()
    return capsys.readouterr


def test_commands_are_recorded_as_done_by_the_account(home):
    records = [r for r in reversed(audit.last(home)) if r["action"] in {"begin", "add", "ask", "search"}]
    assert [(r["action"], r["outcome"]) for r in records] == [
        ("begin", ""),
        ("add", ""),
        ("add", "done"),
        ("ask", "answered"),
        ("search", "3"),
    ]
    assert {r["who"] for r in records[1:]} == {operator()}
    assert {r["from"] for r in records[1:]} == {"cli"}


def test_the_account_is_not_what_a_variable_says(monkeypatch):
    monkeypatch.setenv("USER", "ke-khac")
    monkeypatch.setenv("LOGNAME", "ke-khac")
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert "ke-khac" not in operator()
    monkeypatch.setenv("SUDO_USER", "lan")
    assert ("sudo lan" in operator()) is (os.getuid() == 0)


def test_verify_tells_how_many_and_the_head(home, said):
    assert chitieu(home, "audit", "verify") == 0
    out = said().out
    head = out.split()[-1]
    assert "bản ghi khớp" in out
    assert chitieu(home, "audit", "verify", "--head", head[:16]) == 0
    assert chitieu(home, "audit", "verify", "--head", "0" * 64) == 1
    assert "đã bị cắt" in said().err
    assert chitieu(home, "audit", "verify", "--head", "khong-phai") == 2
    assert chitieu(home, "audit", "verify", "--json") == 0
    assert json.loads(said().out.splitlines()[-1])["whole"] is True


def test_verify_names_the_first_broken_record(home, said, tmp_path):
    lines = (home / "audit.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "audit.jsonl").write_bytes(b"".join([*lines[:2], lines[2].replace(b"done", b"fine"), *lines[3:]]))
    assert chitieu(tmp_path, "audit", "verify") == 1
    said_now = said()
    assert "bản ghi 3 đã bị sửa" in said_now.err
    assert len(said_now.err.splitlines()) == 1
    assert chitieu(tmp_path, "audit", "verify", "--json") == 1
    assert json.loads(said().out)["first_break"]["fault"] == "changed"


def test_an_empty_home_has_an_empty_log(tmp_path, said):
    for command in (["verify"], ["tail"], ["export"]):
        assert chitieu(tmp_path / "nowhere", "audit", *command) == 0
    assert not (tmp_path / "nowhere").exists()
    assert "chưa có bản ghi" in said().out


def test_tail_shows_the_newest_last(home, said):
    assert chitieu(home, "audit", "tail", "-n", 300) == 0
    shown = said().out.splitlines()
    assert [int(line.split()[0]) for line in shown] == list(range(1, len(shown) + 1))
    assert "Thêm văn bản: vuon-che.txt" in shown[1]
    assert "vườn chè" not in "".join(shown)
    assert chitieu(home, "audit", "tail", "--questions", "-n", 300) == 0
    assert "bao nhiêu phần trăm vườn chè" in said().out
    assert chitieu(home, "audit", "tail", "--json", "-n", 1) == 0
    assert json.loads(said().out)["n"] == len(shown)


def test_exports_hold_the_days_asked_for_and_are_recorded(home, said, tmp_path):
    for form in ("csv", "jsonl", "xlsx"):
        assert chitieu(home, "audit", "export", "-f", form, "-o", tmp_path / f"a.{form}") == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    table = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ["Số", "Lúc (UTC)", "Ai"] == list(table[0][:3])
    assert [int(row[0]) for row in rows[1:]] == [line["n"] for line in lines[: len(rows) - 1]]
    assert len(table) == len(lines) + 2
    assert (tmp_path / "a.csv").read_bytes().count(b"\r\n") == len(rows)
    assert "vườn chè" not in (tmp_path / "a.csv").read_text("utf-8")
    assert audit.last(home, 1)[0]["subject"] == "audit .."
    assert chitieu(home, "audit", "export", "--to", "2020", "-f", "jsonl") == 0
    assert said().out == ""
    assert chitieu(home, "audit", "export", "--from", lines[0]["at"][:7], "--questions", "-f", "jsonl") == 0
    assert "bao nhiêu phần trăm vườn chè" in said().out
    assert audit.last(home, 1)[0]["subject"].endswith("questions")


def test_no_cell_is_a_formula(tmp_path, said):
    evil = '=HYPERLINK("http://x","y")'
    with acting(evil):
        audit.did(tmp_path, "export", "@SUM(A1)", "-1\x07")
    for form in ("csv", "xlsx"):
        assert chitieu(tmp_path, "audit", "export", "-f", form, "-o", tmp_path / f"b.{form}") == 0
    row = list(csv.reader(io.StringIO((tmp_path / "b.csv").read_text("utf-8-sig"))))[2]
    assert row[2] == "'" + evil
    assert not [cell for cell in row if cell.startswith(("=", "@", "-", "+"))]
    cells = openpyxl.load_workbook(tmp_path / "b.xlsx").active[3]
    assert {cell.data_type for cell in cells[1:] if cell.value is not None} == {"s"}
    assert cells[2].value == evil


def test_what_cannot_be_written_is_one_line(home, said, tmp_path):
    assert chitieu(home, "audit", "export", "-o", tmp_path) == 2
    assert len(said().err.splitlines()) == 1
    assert chitieu(home, "audit", "export", "--from", "hôm qua") == 2


def test_a_home_that_cannot_be_written_still_answers(home, tmp_path):
    """As another account that may only read; the record is not possible, the answer is."""
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    copy = tmp_path / "home"
    subprocess.run(["cp", "-r", str(home), str(copy)], check=True)
    code = (
        "import os; from pathlib import Path; from assistant.settings import Settings\n"
        "from assistant.watch import audit; from assistant.watch.call import acting\n"
        f"home = Path({str(copy)!r})\n"
        "audit.govern(home, Settings())\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "with acting('nobody') as call:\n"
        "    audit.asked(home, 'ask', 'câu hỏi', 'answered')\n"
        "    print(call.unrecorded)\n"
    )
    for folder in (tmp_path, *tmp_path.parents):
        if str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    (copy / "audit.jsonl").chmod(0o644)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "1", done.stderr
    assert done.stderr == ""


def test_the_words_of_one_person_can_be_forgotten(tmp_path, said):
    for who, question in (("lan", "Của Lan, một?"), ("mai", "Của Mai?"), ("lan", "Của Lan, hai?")):
        with acting(who):
            audit.asked(tmp_path, "ask", question, "answered")
    head = audit.last(tmp_path, 1)[0]["previous"]
    assert chitieu(tmp_path, "audit", "forget", "lan") == 0
    assert "2 câu hỏi" in said().out
    assert set(texts.texts(tmp_path).values()) == {"Của Mai?"}
    assert chitieu(tmp_path, "audit", "verify", "--head", head) == 0
    assert (audit.last(tmp_path, 1)[0]["action"], audit.last(tmp_path, 1)[0]["subject"]) == ("forget", "lan")
    assert chitieu(tmp_path, "audit", "forget", "cúc") == 2
    assert len(said().err.splitlines()) == 1
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "audit" / "questions").glob("*.jsonl")} == {0o600}


def test_erased_questions_are_gone_from_exports(home, said):
    texts.erase(home, 0)
    assert chitieu(home, "audit", "export", "--questions", "-f", "jsonl") == 0
    assert "bao nhiêu phần trăm vườn chè" not in said().out
    assert chitieu(home, "audit", "verify") == 0
