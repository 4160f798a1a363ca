"""Documents named in short after their full name, and terms that are extended."""

from __future__ import annotations

import pytest

from corpus.extensions import extended_until
from corpus.relations import relations


def _said(text: str, own: str | None = "1/2031/TT-BXX") -> list[tuple[str, str, str | None]]:
    return [(r.kind, r.number, r.provision) for r in relations(text, own)]


FULL = "Điều 1. Phạm vi\n1. Vườn ươm theo Nghị định số 15/2026/NĐ-CP và Luật Vườn số 43/2025/QH16.\nĐiều 2. Thi hành\n"
KNOWN = [("dẫn chiếu", "15/2026/NĐ-CP", None), ("dẫn chiếu", "43/2025/QH16", None)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Bãi bỏ Điều 5 Nghị định số 15 nói trên.", [("bãi bỏ", "15/2026/NĐ-CP", "Điều 5")]),
        ("Bãi bỏ Nghị định 15.", [("bãi bỏ", "15/2026/NĐ-CP", None)]),
        ("Thông tư này hướng dẫn Điều 3 Luật số 43 nêu trên.", [("hướng dẫn", "43/2025/QH16", "Điều 3")]),
        ("Giống cây theo khoản 2 Điều 4 Luật nêu trên.", [("dẫn chiếu", "43/2025/QH16", "khoản 2 Điều 4")]),
        ("Bãi bỏ Điều 6 Nghị định số 15/2026.", [("bãi bỏ", "15/2026/NĐ-CP", "Điều 6")]),
        ("Bãi bỏ Điều 6 Nghị định số 15/2027.", []),
        ("Bãi bỏ Điều 5 Nghị định số 16 nói trên.", []),
        ("Bãi bỏ Điều 5 Thông tư số 15 nói trên.", []),
        ("Bãi bỏ Điều 5 Thông tư này.", []),
        ("Mỗi Nghị định 15 chương, Luật 43,5 trang.", [("dẫn chiếu", "15/2026/NĐ-CP", None)]),
    ],
)
def test_a_short_name_means_the_last_full_one(sentence, said):
    found = [s for s in _said(f"{FULL}1. {sentence}\n") if s not in KNOWN]
    assert found == [s for s in said if s not in KNOWN]


def test_the_last_full_name_counts_and_nothing_before_it():
    text = (
        "Điều 1. Một\n1. Bãi bỏ Điều 9 Nghị định số 15.\n2. Theo Nghị định số 15/2020/NĐ-CP.\n"
        "3. Theo Nghị định số 15/2026/NĐ-CP.\n4. Bãi bỏ Điều 5 Nghị định số 15.\n"
    )
    assert [s for s in _said(text) if s[0] == "bãi bỏ"] == [("bãi bỏ", "15/2026/NĐ-CP", "Điều 5")]


@pytest.mark.parametrize(
    ("sentence", "kind", "until"),
    [
        ("Kéo dài thời gian thực hiện Nghị quyết số 8/2026/QH16 đến hết ngày 31 tháng 12 năm 2033.", "kéo dài", "2033-12-31"),
        ("Kéo dài thời hạn áp dụng đến hết năm 2033 đối với Nghị quyết số 8/2026/QH16.", "kéo dài", "2033-12-31"),
        ("Nghị quyết số 8/2026/QH16 được kéo dài thời gian thực hiện đến hết ngày 30/6/2032.", "kéo dài", "2032-06-30"),
        ("Nghị quyết số 8/2026/QH16 tiếp tục được gia hạn hiệu lực thi hành đến ngày 1/1/2032.", "kéo dài", "2032-01-01"),
        ("Gia hạn thời hạn thi hành của Nghị quyết số 8/2026/QH16 cho đến khi có quy định mới.", "kéo dài", None),
        ("Nghị quyết số 8/2026/QH16 được kéo dài đến hết ngày 30/6/2032 theo Nghị quyết số 9/2027/QH16.", "dẫn chiếu", None),
        ("Kéo dài thời gian thực hiện dự án hồ nước theo Nghị quyết số 8/2026/QH16 đến hết năm 2033.", "dẫn chiếu", None),
        ("Dự án theo Nghị quyết số 8/2026/QH16 được kéo dài thời gian thực hiện đến hết năm 2033.", "dẫn chiếu", None),
    ],
)  # fmt: skip
def test_terms_extended_by_this_document(sentence, kind, until):
    text = f"Điều 1. Vườn\n1. Không gì.\nĐiều 2. Thời hạn\n1. {sentence}\n2. Đến hết ngày 1/2/2040 thì nghỉ.\n"
    found = next(r for r in relations(text, "1/2031/NQ-HĐND") if r.number == "8/2026/QH16")
    assert found.kind == kind
    if kind == "kéo dài":
        assert extended_until(text, found.span) == until


def test_two_documents_are_extended_together():
    text = (
        "Điều 1. Kéo dài thời gian thực hiện Nghị quyết số 8/2026/QH16 và Nghị quyết số 9/2026/QH16 đến hết năm 2033.\n"
    )
    assert [s[:2] for s in _said(text)] == [("kéo dài", "8/2026/QH16"), ("kéo dài", "9/2026/QH16")]
