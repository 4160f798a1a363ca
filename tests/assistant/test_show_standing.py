"""What `chitieu show` says of addressees, notes, provisions on a day and contradictions."""

from __future__ import annotations

from assistant.cli.standing import addressed, noted, standing
from assistant.intake import Failure, Loaded, loaded
from corpus.encoding import encode
from corpus.load import document

BASE = (
    "CHÍNH PHỦ\nSố: 15/2026/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2026\nNGHỊ ĐỊNH\nVề vườn ươm mẫu\n"
    "Điều 1. Phạm vi\n1. Vườn ươm công.\n2. Vườn ươm tư.\nĐiều 2. Giống cây\n1. Giống bản địa.\n"
    "Nơi nhận:\n- Các bộ;\n- Lưu: VT.\n"
)
LATER = (
    "CHÍNH PHỦ\nSố: {number}\nHà Nội, ngày 01 tháng 6 năm {year}\nNGHỊ ĐỊNH\nVề sửa vườn ươm mẫu\n"
    "Điều 1. Sửa\n1. Bãi bỏ khoản 2 Điều 1 Nghị định số 15/2026/NĐ-CP.\n2. Nghị định này có hiệu lực kể từ ngày ký.\n"
)


def test_provisions_of_a_day_name_what_changed_them():
    base = document(BASE, id="a")
    later = document(LATER.format(number="20/2028/NĐ-CP", year=2028), id="b")
    assert list(standing(base, [later], None)) == []
    assert list(standing(base, [later], "2028-06-01")) == [
        "Ngày 2028-06-01: có hiệu lực (từ 2026-03-01)",
        "  khoản 2 Điều 1: không còn hiệu lực, bị bãi bỏ theo 20/2028/NĐ-CP từ 2028-06-01",
    ]
    assert "còn nguyên" in list(standing(base, [later], "2028-05-31"))[1]


def test_dates_that_contradict_each_other_are_said():
    base = document(BASE, id="a")
    early = document(LATER.format(number="9/2025/NĐ-CP", year=2025), id="c")
    assert [line.partition(":")[0] for line in standing(base, [early], None)] == ["Ngày tháng mâu thuẫn"]


def test_addressees_and_notes_take_a_line_each():
    assert list(addressed(document(BASE, id="a"))) == ["Kính gửi, nơi nhận (1): Các bộ"]
    assert list(addressed(document("Một trang chữ.\n", id="x"))) == []
    assert list(noted(["Bỏ qua trang 3 bị hỏng."])) == ["Lưu ý khi đọc tệp: Bỏ qua trang 3 bị hỏng."]


def test_notes_of_the_reader_come_through_the_intake(tmp_path):
    (tmp_path / "moi.txt").write_text(BASE, encoding="utf-8")
    (tmp_path / "cu.txt").write_bytes(encode(BASE, "TCVN3"))
    new, old = loaded([tmp_path / "moi.txt", tmp_path / "cu.txt"])
    assert isinstance(new, Loaded)
    assert not isinstance(old, Failure)
    assert new.notes == ()
    assert "TCVN3" in old.notes[0]
