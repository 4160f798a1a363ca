from __future__ import annotations

import json
import zipfile

import pytest

from corpus.encoding import encode
from corpus.errors import InputError, UnreadableFile
from corpus.load import document, load, loaded, walk

TEXT = """THỦ TƯỚNG CHÍNH PHỦ
Số: 77/QĐ-TTg
Hà Nội, ngày 05 tháng 3 năm 2031
QUYẾT ĐỊNH
Về việc nâng cấp mạng lưới quan trắc mưa
Điều 1. Lắp đặt 120 trạm đo mưa tự động trước năm 2034.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


def test_a_document_knows_its_text_structure_and_origin(tmp_path):
    path = tmp_path / "77-qd-ttg.txt"
    path.write_text(TEXT.replace("\n", "\r\n"), encoding="utf-8", newline="")
    made = load(path)
    assert made.id == "77-qd-ttg"
    assert made.text == TEXT
    assert made.number == "77/QĐ-TTg"
    assert made.provenance["number"].source == "text"
    assert made.provenance["number"].span.of(made.text) == "77/QĐ-TTg"
    assert [p.label for p in made.provisions if p.kind == "điều"] == ["1", "2"]
    assert made.source == str(path)
    assert load(path, id="khac").id == "khac"


def test_the_sidecar_goes_over_the_text_and_the_command_over_both():
    made = document(
        TEXT,
        id="x",
        sidecar={"number": "78/QĐ-TTg", "issued_on": "2031-03-06", "note": "bỏ qua", "source": "https://example.vn/x"},
        overrides={"number": "79/QĐ-TTg"},
    )
    assert (made.number, made.issued_on, made.source) == ("79/QĐ-TTg", "2031-03-06", "https://example.vn/x")
    assert made.provenance["number"].source == "command"
    assert made.provenance["issued_on"].source == "sidecar"
    assert set(made.provenance) == {
        f for f in type(made).model_fields if getattr(made, f) and f in ("number", "kind", "issuer", "signer", "title")
    } | {"issued_on"} | {f for f in ("effective_from",) if made.effective_from}


@pytest.mark.parametrize(
    ("text", "stated", "kind", "origin"),
    [
        (TEXT, "văn bản", "quyết định", "text"),
        (TEXT, "Tài liệu", "quyết định", "text"),
        (TEXT, "phụ lục", "phụ lục", "sidecar"),
        (TEXT, "kế hoạch", "kế hoạch", "sidecar"),
        (TEXT, None, "quyết định", "text"),
        ("Một trang chữ không có tiêu đề.\n", "văn bản", "văn bản", "sidecar"),
        ("Thủ tướng vừa ký Quyết định số 77/QĐ-TTg về trạm đo mưa.\n", "văn bản", "văn bản", "sidecar"),
    ],
)
def test_a_sidecar_kind_that_says_nothing_leaves_the_heading(text, stated, kind, origin):
    made = document(text, id="x", sidecar={"kind": stated} if stated else {})
    assert (made.kind, made.provenance["kind"].source) == (kind, origin)
    assert document(text, id="x", overrides={"kind": "văn bản"}).kind == "văn bản"


def test_what_speaks_about_a_decision_has_no_number_of_its_own():
    made = document(TEXT, id="tin", sidecar={"about": "77/QĐ-TTg"})
    assert (made.number, made.about) == (None, "77/QĐ-TTg")
    assert "number" not in made.provenance


def test_the_manifest_of_the_folder_is_used_unless_told_otherwise(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps([{"file": "a.txt", "issuer": "Sở Y tế"}]), encoding="utf-8")
    assert load(tmp_path / "a.txt").issuer == "Sở Y tế"
    assert load(tmp_path / "a.txt", sidecar={}).issuer != "Sở Y tế"


@pytest.mark.parametrize("wrong", [{"issued_on": "mai"}, {"number": 5}])
def test_a_wrong_field_is_one_line(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        document(TEXT, id="x", overrides=wrong)


def test_an_empty_text_is_refused():
    with pytest.raises(UnreadableFile, match="không có chữ"):
        document(" \n\u00a0", id="x")


def test_walk_is_sorted_and_passes_over_what_is_no_document(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden", "manifest.json", "b/facts.jsonl", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("chữ")
    found = [p.relative_to(tmp_path).as_posix() for p in walk([tmp_path, tmp_path / "a.txt"])]
    assert found == ["a.txt", "b/1.txt", "b/2.txt"]
    with pytest.raises(InputError, match="none"):
        list(walk([tmp_path / "none"]))


def test_a_link_out_of_the_folder_is_handed_on_and_refused(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("bí mật")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "dir").symlink_to(outside)
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    found = list(walk([folder]))
    assert [p.name for p in found] == ["dir", "file.txt"]
    for path in found:
        with pytest.raises(UnreadableFile):
            load(path)


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_archives_expand_to_their_members_with_their_manifest(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"c.txt": TEXT}).read_bytes()
    path = zipped(
        tmp_path / "x.docx",
        {
            "hồ sơ/b.txt": TEXT,
            "hồ sơ/manifest.json": json.dumps([{"file": "b.txt", "signer": "Lê Văn Mẫu"}]),
            "../../leo.txt": TEXT,
            "inner.zip": inner,
            "__MACOSX/b.txt": "rác",
        },
    )
    (tmp_path / "inner.zip").unlink()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    found = list(walk([path], scratch))
    assert sorted(p.name for p in found) == ["b.txt", "c.txt", "leo.txt"]
    assert all(scratch in p.parents for p in found)
    assert next(load(p) for p in found if p.name == "b.txt").signer == "Lê Văn Mẫu"
    assert not (tmp_path / "leo.txt").exists()


def test_archives_that_cannot_be_unpacked_say_why(tmp_path):
    bomb = zipped(tmp_path / "bom.zip", {"a.txt": b"0" * (40 << 20)})
    empty = zipped(tmp_path / "rong.zip", {})
    locked = zipped(tmp_path / "khoa.zip", {"a.txt": "chữ"})
    data = bytearray(locked.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    locked.write_bytes(data)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(bomb.read_bytes()[:500])
    for path, reason in ((bomb, "bom nén"), (empty, "rỗng"), (locked, "mật khẩu"), (cut, "hỏng")):
        assert list(walk([path])) == [path]
        with pytest.raises(UnreadableFile, match=reason):
            load(path)


def test_notes_of_the_reader_come_beside_the_document(tmp_path):
    plain, old = tmp_path / "moi.txt", tmp_path / "cu.txt"
    plain.write_text(TEXT, encoding="utf-8")
    old.write_bytes(encode(TEXT, "TCVN3"))
    assert loaded(plain) == (load(plain), ())
    made = loaded(old)
    assert made.document.number == "77/QĐ-TTg"
    assert len(made.notes) == 1
    assert "TCVN3" in made.notes[0]
    assert made.notes[0].endswith(".")
