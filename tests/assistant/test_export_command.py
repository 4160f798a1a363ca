"""`chitieu export` and its route: formats, files, errors."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from assistant.cli import app
from assistant.cli.edge import home_first, run

LETTER = "KẾ HOẠCH\nVề bến thuyền\n\nI. CHỈ TIÊU\n1. Đến năm 2029, 45% bến thuyền có đèn.\n"
LATER = "QUYẾT ĐỊNH\nĐiều 1. Quyết định này thay thế Kế hoạch số 8/KH-UBND ngày 06/5/2024.\n"


def chitieu(*arguments: object) -> int:
    return run(app, home_first([str(a) for a in arguments]))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    root = tmp_path_factory.mktemp("export")
    (root / "ben.txt").write_text(LETTER, "utf-8")
    (root / "sau.txt").write_text(LATER, "utf-8")
    stated = [
        {"file": "ben.txt", "number": "8/KH-UBND", "issued_on": "2024-05-06"},
        {"file": "sau.txt", "number": "9/QĐ-UBND", "issued_on": "2025-01-02"},
    ]
    (root / "manifest.json").write_text(json.dumps(stated), "utf-8")
    assert chitieu("add", root, "--home", root / "home") == 0
    return root / "home"


def test_text_is_the_canonical_text(home, capsysbinary):
    assert chitieu("export", "ben", "--format", "text", "--home", home) == 0
    assert capsysbinary.readouterr().out.decode() == LETTER


def test_json_is_the_document(home, capsysbinary):
    assert chitieu("export", "8/KH-UBND", "-f", "json", "--home", home) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert (found["id"], found["text"]) == ("ben", LETTER)


def test_akn_of_a_stored_document_names_what_replaces_it(home, capsysbinary):
    assert chitieu("export", "ben", "--home", home) == 0
    root = etree.fromstring(capsysbinary.readouterr().out)
    assert [ref.get("href") for ref in root.iterfind(".//{*}passiveRef")] == ["/akn/vn/act/qd-ubnd/2025/9"]


def test_files_and_folders_go_to_one_file_a_document(home, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ben.txt").write_text(LETTER, "utf-8")
    out = tmp_path / "out"
    for _ in range(2):
        assert chitieu("export", tmp_path / "a", tmp_path / "b", "sau", "-f", "text", "-o", out, "--home", home) == 0
        assert sorted(path.name for path in out.iterdir()) == ["ben-2.txt", "ben.txt", "sau.txt"]


def test_several_documents_need_a_folder(home, capsys):
    assert chitieu("export", "ben", "sau", "--home", home) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_is_not_there_is_named_and_the_rest_goes_on(home, tmp_path, capsys):
    assert chitieu("export", "ben", "khong-co", "-o", tmp_path / "out", "--home", home) == 1
    assert capsys.readouterr().err.startswith("chitieu: khong-co: ")
    assert (tmp_path / "out" / "ben.akn.xml").is_file()
    assert chitieu("export", "khong-co", "--home", home) == 2
