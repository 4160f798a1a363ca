"""The command line: what is printed, what it ends with, and that whatever goes wrong is one line."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.cli import app
from assistant.cli.edge import home_first, iso_date, run

CHITIEU = Path(sys.executable).with_name("chitieu")


def chitieu(*arguments: object) -> int:
    return run(app, home_first([str(a) for a in arguments]))


def letter(subject: str, percent: int = 45) -> str:
    return (
        f"KẾ HOẠCH\nVề {subject}\n\nCăn cứ Quyết định số 77/QĐ-UBND ngày 05/6/2023 của Ủy ban nhân dân tỉnh;\n\n"
        f"I. CHỈ TIÊU\n1. Đến năm 2029, {percent}% {subject} có mã số vùng trồng.\n"
    )


@pytest.fixture
def source(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, subject in (("xoai", "vườn xoài"), ("buoi", "vườn bưởi")):
        (folder / f"{name}.txt").write_text(letter(subject), "utf-8")
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A home with two plans, for the commands that change nothing."""
    root = tmp_path_factory.mktemp("filled")
    for name, subject in (("xoai", "vườn xoài"), ("buoi", "vườn bưởi")):
        (root / f"{name}.txt").write_text(letter(subject), "utf-8")
    stated = [{"file": "xoai.txt", "number": "8/KH-UBND", "issued_on": "2024-05-06"}]
    (root / "manifest.json").write_text(json.dumps(stated), "utf-8")
    assert chitieu("add", root, "--home", root / "home") == 0
    return root / "home"


@pytest.fixture
def said(capsys):
    def read() -> tuple[str, list[str]]:
        captured = capsys.readouterr()
        return captured.out, captured.err.splitlines()

    capsys.readouterr()
    return read


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["list", "--home", "H"], ["--home=H", "list"]),
        (["--home=H", "list"], ["--home=H", "list"]),
        (["ask", "q", "--home=H", "--json"], ["--home=H", "ask", "q", "--json"]),
        (["ask", "--", "--home", "H"], ["ask", "--", "--home", "H"]),
        (["eval", "speed", "--home", "H"], ["--home=H", "eval", "speed"]),
    ],
)
def test_home_may_stand_before_or_after_the_command(given, expected):
    assert home_first(given) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020-03-04", "2020-03-04"),
        ("04/03/2020", "2020-03-04"),
        ("4.3.2020", "2020-03-04"),
        ("2020-03", "2020-03"),
        ("2020", "2020"),
    ],
)
def test_dates_are_read_as_people_write_them(written, meant):
    assert iso_date(written) == meant


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lst"], "không có lệnh lst (gần nhất: list)"),
        (["list", "--mising"], "không có tùy chọn --mising (gần nhất: --missing)"),
        (["search"], "thiếu QUERY"),
        (["search", "a", "b"], "thừa tham số: b"),
        (["search", "a", "-k", "0"], "-k phải từ 1 trở lên"),
        (["search", "a", "-k", "nhiều"], "-k phải là số nguyên"),
        (["search", "a", "-k"], "-k cần một giá trị"),
        (["extract", "a", "--format", "pdf"], "phải là một trong jsonl, json, csv, xlsx, docx: pdf"),
        (["ask", "x", "--as-of", "31/02/2020"], "31/02/2020 không phải ngày"),
        (["ask"], "cần một câu hỏi hoặc --batch"),
        (["ask", "x", "--batch", "y"], "cần một câu hỏi hoặc --batch"),
        (["ask", "  "], "câu hỏi trống"),
        (["list", "--home"], "cần tên thư mục"),
        (["show", "khong-co"], "Không có văn bản 'khong-co'"),
        (["remove", "khong-co"], "Không có văn bản 'khong-co'"),
        (["ask", "Có gì không?"], "chitieu add"),
        (["ask", "--batch", "/khong/co.jsonl"], "/khong/co.jsonl: không mở được"),
        (["add", "/khong/co"], "/khong/co: không có tệp hoặc thư mục này"),
        (["add", "/dev", "--manifest", "/khong/co"], "không mở được"),
        (["extract", "/khong/co"], "/khong/co: không có tệp hoặc thư mục này"),
        (["backup", "/tmp/x.tar.gz"], "chưa có dữ liệu để sao lưu"),
        (["restore", "/khong/co"], "/khong/co: không có tệp này"),
        (["serve", "--port", "70000"], "--port không được quá 65535"),
        (["serve", "--host", "203.0.113.7", "--port", "1"], "203.0.113.7:1: không mở được cổng"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(tmp_path, said, arguments, told):
    home = [] if "--home" in arguments else ["--home", tmp_path / "home"]
    assert chitieu(*home, *arguments) == 2
    out, err = said()
    assert len(err) == 1, err
    assert told in err[0]
    assert err[0].startswith("chitieu: ")
    assert out in ("", "Đã thêm hoặc cập nhật 0 văn bản; 0 văn bản không thay đổi.\n")


def test_a_wrong_setting_is_one_line(tmp_path, said):
    (tmp_path / "config.toml").write_text("prot = 1")
    assert chitieu("list", "--home", tmp_path) == 2
    assert "'prot'; gần nhất là 'port'" in said()[1][0]


def test_a_broken_store_is_one_line_and_status_1(tmp_path, said):
    (tmp_path / "chitieu.db").write_text("không phải cơ sở dữ liệu " * 100)
    assert chitieu("list", "--home", tmp_path) == 1
    assert len(said()[1]) == 1


def test_what_nobody_foresaw_is_still_one_line(tmp_path, said, monkeypatch):
    def fails(self):
        raise ZeroDivisionError("một\nhai")

    monkeypatch.setattr("assistant.workspace.Workspace.documents", fails)
    assert chitieu("list", "--home", tmp_path) == 1
    _, err = said()
    assert len(err) == 1
    assert "ZeroDivisionError: một hai" in err[0]


def test_add_reports_bad_files_and_ends_with_1(tmp_path, source, said):
    (source / "trong.txt").write_text("")
    assert chitieu("add", source, "--home", tmp_path / "home") == 1
    out, err = said()
    assert out == "Đã thêm hoặc cập nhật 2 văn bản; 0 văn bản không thay đổi.\n"
    assert len(err) == 1
    assert err[0].startswith("chitieu: trong.txt: ")
    (source / "xoai.txt").unlink()
    (source / "buoi.txt").unlink()
    assert chitieu("add", source, "--home", tmp_path / "home") == 2


def test_metadata_of_the_command_line_is_kept(tmp_path, source, said):
    options = ["--number", "9/KH-UBND", "--date", "07/08/2024", "--issuer", "UBND huyện", "--effective-to", "2026"]
    assert chitieu("add", source / "xoai.txt", *options, "--home", tmp_path / "home") == 0
    said()
    assert chitieu("show", "9/kh-ubnd", "--json", "--home", tmp_path / "home") == 0
    shown = json.loads(said()[0])
    assert (shown["number"], shown["issued_on"], shown["issuer"]) == ("9/KH-UBND", "2024-08-07", "UBND huyện")
    assert (shown["effective_to"], shown["provenance"]["number"]["source"]) == ("2026", "command")


def test_list_and_what_is_missing(filled, said):
    assert chitieu("list", "--home", filled) == 0
    assert [line.split("  ")[0] for line in said()[0].splitlines()] == ["buoi", "xoai"]
    assert chitieu("list", "--json", "--home", filled) == 0
    assert [json.loads(line)["id"] for line in said()[0].splitlines()] == ["buoi", "xoai"]
    assert chitieu("list", "--missing", "--json", "--home", filled) == 0
    missing = [json.loads(line) for line in said()[0].splitlines()]
    assert missing == [{"number": "77/QĐ-UBND", "cited_by": ["buoi", "xoai"]}]


def test_show_a_stored_document_and_a_file(filled, source, said):
    assert chitieu("show", "xoai", "--home", filled) == 0
    out, _ = said()
    assert "Số, ký hiệu: 8/KH-UBND  (theo manifest)" in out
    assert "Hiệu lực: có hiệu lực từ 2024-05-06" in out
    assert "căn cứ 77/QĐ-UBND" in out
    assert chitieu("show", source / "buoi.txt", "--home", filled) == 0
    assert said()[0].startswith("buoi  ")


def test_ask_prints_the_answer_then_decision_place_and_quote(filled, said):
    question = "Đến năm 2029 bao nhiêu phần trăm vườn xoài có mã số vùng trồng?"
    assert chitieu("ask", question, "--home", filled) == 0
    answer, *cited = said()[0].split("\n\n")
    assert "45%" in answer
    assert cited[0].startswith("[1] 8/KH-UBND, ")
    assert "(xoai)\n    “" in cited[0]
    assert chitieu("ask", question, "--json", "--home", filled) == 0
    whole = json.loads(said()[0])
    assert whole["citations"][0]["document"] == "xoai"
    assert whole["claims"]


def test_batch_answers_in_order_and_names_bad_lines(filled, tmp_path, said):
    question = "Đến năm 2029 bao nhiêu phần trăm vườn bưởi có mã số vùng trồng?"
    history = [{"role": "user", "content": "Chào"}, {"role": "assistant", "content": "Chào anh"}]
    lines = [
        json.dumps({"id": 7, "question": question}),
        "{hỏng",
        "",
        json.dumps({"id": "b", "question": "Thủ đô của nước Pháp là gì?"}),
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "question": question, "history": history}),
        json.dumps({"id": "e", "question": question, "history": [{"vai": "?"}]}),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    assert chitieu("ask", "--batch", tmp_path / "in.jsonl", "--output", tmp_path / "out.jsonl", "--home", filled) == 1
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [a["id"] for a in answers] == [7, "b", "d"]
    assert [a["abstained"] for a in answers] == [False, True, False]
    assert answers[0].keys() == {"id", "answer", "abstained", "reason", "citations"}
    assert answers[0]["citations"][0].keys() >= {"document", "number", "path", "quote", "start", "end"}
    assert answers[1]["reason"]
    _, err = said()
    assert [line.split(": ")[2] for line in err] == ["dòng 2", "dòng 5", "dòng 7"]


def test_batch_reads_stdin_and_writes_stdout(filled, said, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": 1, "question": "Vườn bưởi có chỉ tiêu gì?"}\n'))
    assert chitieu("ask", "--batch", "-", "--home", filled) == 0
    assert json.loads(said()[0])["id"] == 1


def test_search_for_people_and_programs(filled, said):
    assert chitieu("search", "vườn xoài", "-k", "1", "--home", filled) == 0
    assert said()[0].splitlines()[0].split()[2] == "xoai"
    assert chitieu("search", "vườn xoài", "-k", "2", "--json", "--home", filled) == 0
    hits = json.loads(said()[0])
    assert hits[0]["document"] == "xoai"
    assert hits[0]["number"] == "8/KH-UBND"
    assert hits[0]["score"] >= hits[-1]["score"]


def test_extract_to_stdout_a_file_and_a_folder(tmp_path, source, capfdbinary):
    assert chitieu("extract", source / "xoai.txt") == 0
    (line,) = capfdbinary.readouterr().out.decode().splitlines()
    assert json.loads(line)["citation"]["document"] == "xoai"
    assert chitieu("extract", source / "xoai.txt", "--format", "csv", "-o", tmp_path / "mot.csv") == 0
    assert "45" in (tmp_path / "mot.csv").read_text("utf-8-sig")
    assert chitieu("extract", source, "-o", tmp_path / "out") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["buoi.jsonl", "xoai.jsonl"]
    (source / "hong.docx").write_bytes(b"PK")
    assert chitieu("extract", source, "--format", "json", "-o", tmp_path / "out") == 1
    assert (tmp_path / "out" / "buoi.json").exists()


def test_extract_keeps_files_of_one_stem_apart(tmp_path, source):
    other = tmp_path / "other"
    other.mkdir()
    (other / "xoai.txt").write_text(letter("vườn mít"), "utf-8")
    assert chitieu("extract", source, other, "-o", tmp_path / "out") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["buoi.jsonl", "xoai-2.jsonl", "xoai.jsonl"]
    assert chitieu("extract", source, other, "-o", tmp_path / "out") == 0
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_targets_of_the_store(filled, capfdbinary):
    assert chitieu("targets", "--home", filled) == 0
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.decode().splitlines()]
    assert [(r["citation"]["document"], r["value"]) for r in rows] == [("buoi", 45.0), ("xoai", 45.0)]
    assert chitieu("targets", "8/KH-UBND", "--format", "json", "--home", filled) == 0
    assert len(json.loads(capfdbinary.readouterr().out)) == 1


def test_backup_and_restore_bring_everything_back(filled, tmp_path, said):
    assert chitieu("backup", tmp_path / "b.tar.gz", "--home", filled) == 0
    assert chitieu("restore", tmp_path / "b.tar.gz", "--home", tmp_path / "new") == 0
    said()
    assert chitieu("search", "vườn xoài", "-k", "1", "--json", "--home", tmp_path / "new") == 0
    assert json.loads(said()[0])[0]["document"] == "xoai"
    assert chitieu("restore", tmp_path / "b.tar.gz", "--home", tmp_path / "new") == 2
    assert "thư mục trống" in said()[1][0]
    cut = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(cut[: len(cut) // 2])
    assert chitieu("restore", tmp_path / "cut.tar.gz", "--home", tmp_path / "third") == 2
    assert not (tmp_path / "third").exists()
    assert "nguyên vẹn" in said()[1][0]


def test_eval_comes_from_its_own_package(said):
    assert chitieu("eval", "--help") == 0
    out, _ = said()
    assert all(f"  {name} " in out for name in ("retrieval", "corpus", "targets", "answers", "speed"))
    assert chitieu("--help") == 0
    assert "  eval " in said()[0]


# What needs a process of its own.


def spawned(*arguments: object, **options) -> subprocess.Popen[bytes]:
    given = [str(a) for a in (CHITIEU, *arguments)]
    return subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_start_at_once(option):
    """Half a second of processor time at most, whatever else the machine does meanwhile."""
    times = []
    for _ in range(3):
        process = spawned(option)
        assert process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        process.stderr.close()
        assert process.returncode == 0
        times.append(usage.ru_utime + usage.ru_stime)
    assert min(times) < 0.5, times


def test_ctrl_c_ends_quietly(tmp_path):
    (tmp_path / "cho").mkdir()
    os.mkfifo(tmp_path / "cho" / "in.jsonl")
    process = spawned("ask", "--batch", tmp_path / "cho" / "in.jsonl", "--home", tmp_path / "home")
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_closed_pipe_ends_quietly(filled):
    process = spawned("show", "xoai", "--json", "--home", filled, bufsize=0)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert err == b""
    assert process.wait(timeout=20) in (0, 1)


def test_serve_says_where_and_answers(filled):
    import urllib.request

    process = spawned("serve", "--port", "0", "--home", filled)
    try:
        address = process.stdout.readline().split()[1].decode()
        with urllib.request.urlopen(f"{address}/healthz", timeout=20) as reply:
            assert reply.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert b"Traceback" not in err
    assert process.returncode in (0, 130)
