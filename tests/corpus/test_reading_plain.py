from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from corpus.readers import read


def given(folder, data, name="x.bin"):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_plain_text_comes_back_unchanged(tmp_path):
    text = "Điều 1. Đối tượng\r\n| a | b |\n* Ghi chú: 2*3*4 # không phải\n- Mục _một_\n"
    reading = read(given(tmp_path, text))
    assert (reading.text, reading.media, reading.notes) == (text, "text/plain", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(tmp_path, encoding):
    assert read(given(tmp_path, "Chương trình cải cách".encode(encoding))).text == "Chương trình cải cách"


def test_markdown_loses_its_marks_and_keeps_its_numbers(tmp_path):
    source = (
        "# KẾ HOẠCH\n\n**Điều 3.** Nâng *tỷ lệ* lên 40\\%\n\n7. Bảy\n8. Tám\n* gạch\n"
        "\n| Chỉ tiêu | **2031** |\n|---|:--:|\n| Tỷ lệ \\| loại | 5<br>6 |\n"
    )
    reading = read(given(tmp_path, source, "k.txt"))
    assert reading.media == "text/markdown"
    assert [line for line in reading.text.split("\n") if line] == [
        "KẾ HOẠCH",
        "Điều 3. Nâng tỷ lệ lên 40%",
        "7. Bảy",
        "8. Tám",
        "- gạch",
        "| Chỉ tiêu | 2031 |",
        "| Tỷ lệ / loại | 5 6 |",
    ]


def test_a_name_decides_nothing(tmp_path):
    assert read(given(tmp_path, "Điều 1. Chữ thường", "a.pdf")).media == "text/plain"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b" \n\t\r\n", "không có chữ"),
        (b"\0\1\2\3" * 500, "nhị phân"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"PK\x03\x04broken", "hỏng"),
        (b"\xff\xfeA", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(tmp_path, data, reason):
    path = given(tmp_path, data)
    with pytest.raises(UnreadableFile, match=reason) as caught:
        read(path)
    assert str(caught.value).startswith("x.bin: ")
    assert "\n" not in str(caught.value)


def test_folders_absent_files_and_links_that_climb_out_are_refused(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    given(tmp_path, "bí mật", "secret.txt")
    (inside / "up.txt").symlink_to("../secret.txt")
    (inside / "good.txt").write_text("tốt")
    (inside / "same.txt").symlink_to("good.txt")
    assert read(inside / "same.txt").text == "tốt"
    for path, reason in ((inside / "up.txt", "ra ngoài"), (inside / "none.txt", "không có"), (inside, "thường")):
        with pytest.raises(UnreadableFile, match=reason):
            read(path)


def test_single_nul_characters_are_dropped(tmp_path):
    assert read(given(tmp_path, "Điều 1" + " chữ" * 100 + "\0 hết")).text.endswith("chữ hết")
