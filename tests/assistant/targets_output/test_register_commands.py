from __future__ import annotations

import json

import pytest

from assistant.cli import app
from assistant.cli.edge import home_first, run

OLD = """KẾ HOẠCH
Phát triển hạ tầng nông thôn

Mục tiêu đến năm 2025:
- 40% số xã có hệ thống truyền thanh ứng dụng công nghệ số.
- 70% hợp tác xã bán nông sản trên sàn thương mại điện tử.
"""
NEW = """KẾ HOẠCH
Phát triển hạ tầng nông thôn

Mục tiêu đến năm 2030:
- 90% số xã có hệ thống truyền thanh ứng dụng công nghệ số.
- 100% bến thủy nội địa có camera giám sát.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("van-ban")
    (folder / "ke-hoach-cu.txt").write_text(OLD, "utf-8")
    (folder / "ke-hoach-moi.txt").write_text(NEW, "utf-8")
    home = tmp_path_factory.mktemp("home")
    assert run(app, home_first(["add", str(folder), "--home", str(home)])) == 0
    return home


@pytest.fixture
def chitieu(home, capsys):
    def call(*arguments: object) -> tuple[int, str, str]:
        status = run(app, home_first([*map(str, arguments), "--home", str(home)]))
        out, err = capsys.readouterr()
        return status, out, err

    return call


def test_targets_are_found_by_words_without_diacritics(chitieu, tmp_path):
    path = tmp_path / "thay.jsonl"
    assert chitieu("targets", "truyen thanh", "--year", 2030, "-o", path)[0] == 0
    (row,) = map(json.loads, path.read_text("utf-8").splitlines())
    assert (row["value"], row["citation"]["document"]) == (90, "ke-hoach-moi")


def test_the_name_of_a_document_means_the_document(chitieu, tmp_path):
    for arguments in (["ke-hoach-cu"], ["--document", "ke-hoach-cu"]):
        path = tmp_path / "ra.json"
        assert chitieu("targets", *arguments, "-f", "json", "-o", path)[0] == 0
        assert [r["value"] for r in json.loads(path.read_text("utf-8"))] == [40, 70]
    status, _, err = chitieu("targets", "--document", "khong-co")
    assert status == 2
    assert "Không có văn bản" in err


def test_a_timeline_tells_each_figure_with_its_quote(chitieu):
    status, out, _ = chitieu("targets", "truyền thanh xã", "--timeline")
    assert status == 0
    lines = out.splitlines()
    assert [line.split()[:3] for line in lines[1::2]] == [["năm", "2025", "40%"], ["năm", "2030", "90%"]]
    assert "“90% số xã có hệ thống truyền thanh ứng dụng công nghệ số”" in lines[4]
    series = json.loads(chitieu("targets", "truyền thanh xã", "--timeline", "--json")[1])
    assert [p["value"] for p in series[0]["points"]] == [40, 90]


def test_a_chart_is_written(chitieu, tmp_path):
    path = tmp_path / "hinh.svg"
    assert chitieu("targets", "truyền thanh", "--chart", path)[0] == 0
    assert path.read_text("utf-8").startswith("<svg ")
    status, _, err = chitieu("targets", "bến thủy nội địa", "--chart", path)
    assert status == 2
    assert "hãy thử từ khác" in err
    status, _, err = chitieu("targets", "truyền thanh", "--chart", tmp_path)
    assert status == 2
    assert "không ghi được tệp" in err


def test_changes_between_stored_documents_and_files(chitieu, tmp_path):
    status, out, _ = chitieu("changes", "ke-hoach-cu", "ke-hoach-moi")
    assert status == 0
    raised, added, dropped = out.splitlines()
    assert raised.endswith("nâng từ 40% lên 90%; lùi hạn từ năm 2025 sang năm 2030.")
    assert added.startswith("- Thêm mới: ")
    assert "camera" in added
    assert dropped.startswith("- Không còn: ")
    file = tmp_path / "khac.txt"
    file.write_text(NEW, "utf-8")
    told = json.loads(chitieu("changes", "ke-hoach-moi", file, "--json")[1])
    assert {kind for change in told for kind in change["kinds"]} == {"unchanged"}
    status, _, err = chitieu("changes", "ke-hoach-cu", "khong-co")
    assert status == 2
    assert len(err.splitlines()) == 1


def test_csv_for_vietnamese_excel(chitieu, tmp_path):
    path = tmp_path / "ra.csv"
    assert chitieu("targets", "--format", "csv", "--decimal-comma", "-o", path)[0] == 0
    assert path.read_bytes().startswith("\ufeffChỉ tiêu;So sánh;".encode())
