"""Provisions on a day: what later documents had done to them by then."""

from __future__ import annotations

import pytest

from corpus.document import Document, RelationKind
from corpus.load import document
from corpus.provisions_as_of import provisions_as_of, text_as_of
from corpus.validity import Interval, contradictions, in_force, interval


def _made(number: str, day: str, body: str) -> Document:
    year, month, date = day.split("-")
    head = f"CHÍNH PHỦ\nSố: {number}\nHà Nội, ngày {date} tháng {month} năm {year}\nNGHỊ ĐỊNH\nVề vườn ươm mẫu\n"
    return document(head + body, id=number.split("/")[0])


BASE = _made(
    "15/2026/NĐ-CP",
    "2026-03-01",
    "Điều 1. Phạm vi\n1. Vườn ươm công.\n2. Vườn ươm tư:\na) Trên đồi;\nb) Ven sông.\n"
    "Điều 2. Giống cây\n1. Giống bản địa.\n2. Giống nhập.\n"
    "Điều 3. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01 tháng 4 năm 2026 đến hết ngày 31 tháng 12 năm 2030.\n",
)


def _later(act: str, number: str = "20/2028/NĐ-CP", day: str = "2028-06-01") -> Document:
    body = f"Điều 1. Phạm vi\n1. Vườn ươm.\nĐiều 2. Thi hành\n1. {act}\n2. Nghị định này có hiệu lực kể từ ngày ký.\n"
    return _made(number, day, body)


@pytest.mark.parametrize(
    ("act", "paths"),
    [
        ("Bãi bỏ khoản 2 Điều 1 Nghị định số 15/2026/NĐ-CP.", ["khoản 2 Điều 1"]),
        ("Bãi bỏ điểm a khoản 2 Điều 1 Nghị định số 15/2026/NĐ-CP.", ["điểm a khoản 2 Điều 1"]),
        ("Bãi bỏ điểm a, b khoản 2 Điều 1 Nghị định số 15/2026/NĐ-CP.", ["điểm a khoản 2 Điều 1", "điểm b khoản 2 Điều 1"]),
        ("Bãi bỏ khoản 1 và 2 Điều 2 Nghị định số 15/2026/NĐ-CP.", ["khoản 1 Điều 2", "khoản 2 Điều 2"]),
        ("Bãi bỏ khoản 1 Điều 1 và khoản 2 Điều 2 Nghị định số 15/2026/NĐ-CP.", ["khoản 1 Điều 1", "khoản 2 Điều 2"]),
        ("Bãi bỏ Điều 2 Nghị định số 15/2026/NĐ-CP.", ["Điều 2"]),
        ("Bãi bỏ Điều 9 Nghị định số 15/2026/NĐ-CP.", []),
        ("Bãi bỏ khoản 2 Điều 1 Nghị định số 16/2026/NĐ-CP.", []),
        ("Thực hiện khoản 2 Điều 1 Nghị định số 15/2026/NĐ-CP.", []),
    ],
)  # fmt: skip
def test_provisions_end_the_day_before_they_are_repealed(act, paths):
    later = _later(act)
    after = provisions_as_of(BASE, "2028-06-01", [later])
    assert [s.path for s in after] == paths
    assert all(not s.in_force and not s.amended for s in after)
    assert all(s.held == Interval(start="2026-04-01", end="2028-05-31", ended_by="20") for s in after)
    assert all(s.in_force for s in provisions_as_of(BASE, "2028-05-31", [later]))


def test_amended_provisions_stay_in_force_in_other_words():
    later = _later("Sửa đổi, bổ sung khoản 1 Điều 2 Nghị định số 15/2026/NĐ-CP như sau: “1. Giống quý.”")
    before, after = (provisions_as_of(BASE, day, [later])[0] for day in ("2028-05-31", "2028-06-01"))
    assert (before.in_force, before.amended, before.held.end) == (True, False, "2028-05-31")
    assert (after.in_force, after.amended) == (True, True)
    assert after.changes[0].kind is RelationKind.AMENDS
    assert text_as_of(BASE, "2029-01-01", [later]) == BASE.text


def test_the_text_of_a_day_leaves_out_what_was_repealed_by_then():
    later = _later("Bãi bỏ điểm a khoản 2 Điều 1 Nghị định số 15/2026/NĐ-CP.")
    assert text_as_of(BASE, "2028-05-31", [later]) == BASE.text
    left = text_as_of(BASE, "2028-06-01", [later])
    assert "Trên đồi" not in left
    assert left.replace("b) Ven", "a) Trên đồi;\nb) Ven") == BASE.text
    assert text_as_of(BASE, "2026-03-31", [later]) == text_as_of(BASE, "2031-01-01", [later]) == ""


@pytest.mark.parametrize(
    ("act", "end"),
    [
        ("Kéo dài thời gian thực hiện Nghị định số 15/2026/NĐ-CP đến hết ngày 30 tháng 6 năm 2033.", "2033-06-30"),
        ("Kéo dài thời gian thực hiện Điều 2 Nghị định số 15/2026/NĐ-CP đến hết ngày 30 tháng 6 năm 2033.", "2030-12-31"),
        ("Kéo dài thời gian thực hiện Nghị định số 15/2026/NĐ-CP đến hết ngày 30 tháng 6 năm 2029.", "2030-12-31"),
    ],
)  # fmt: skip
def test_an_extension_puts_off_the_end(act, end):
    held = interval(BASE, [_later(act)])
    assert (held.end, held.ended_by) == (end, None)
    assert held.extended_by == ("20" if end == "2033-06-30" else None)
    assert in_force(BASE, "2032-01-01", [_later(act)]) == (end > "2032")
    replaced = _later("Nghị định này thay thế Nghị định số 15/2026/NĐ-CP.", "30/2029/NĐ-CP", "2029-02-01")
    assert interval(BASE, [_later(act), replaced]).ended_by == "30"
    assert contradictions(BASE, [_later(act)]) == ()
