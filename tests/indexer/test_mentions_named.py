from __future__ import annotations

import pytest

from indexer.mentions import Mention, mentions, named, provisions_named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định 217/QĐ-UBND nói gì?", [Mention("217", None, "qd-ubnd")]),
        ("217/2030/QĐ-UBND", [Mention("217", "2030", "qd-ubnd")]),
        ("so voi 36/2031", [Mention("36", "2031", None)]),
        ("QĐ 1450", [Mention("1450", None, None)]),
        ("nghị quyết số 07 đặt ra chỉ tiêu nào", [Mention("7", None, None)]),
        ("công văn 880: hướng dẫn", [Mention("880", None, None)]),
        ("1450 có những chỉ tiêu nào", [Mention("1450", None, None, sure=False)]),
        ("đến năm 2031 đạt bao nhiêu", []),
        ("80% số xã, 12 huyện", []),
        ("khoảng 1.450 tỷ đồng", []),
        ("12/tháng", []),
        ("đường số 5", []),
        ("", []),
    ],
)
def test_mentions(text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("text", "number", "year", "expected"),
    [
        ("217/QĐ-UBND", "217/QĐ-UBND", None, True),
        ("QĐ 217", "217/QĐ-UBND", None, True),
        ("QĐ 217", "2170/QĐ-UBND", None, False),
        ("217/2030", "217/2030/QĐ-UBND", None, True),
        ("217/2030", "217/2029/QĐ-UBND", None, False),
        ("217/2030", "217/QĐ-UBND", "2029", False),
        ("217/2030", "217/QĐ-UBND", "2030", True),
        ("217/QĐ-UBND", "217/NQ-HĐND", None, False),
        ("nghị quyết 07", "7/NQ-HĐND", None, True),
        ("QĐ 217", None, None, False),
    ],
)
def test_named(text, number, year, expected):
    assert any(named(m, number, year) for m in mentions(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khoản 2 Điều 5 quy định gì", ["khoản 2 điều 5"]),
        ("điểm đ khoản 3 Điều 12", ["điểm đ khoản 3 điều 12"]),
        ("diem d khoan 3 dieu 12", ["điểm d khoản 3 điều 12"]),
        ("Điều 7 và Điều 9", ["điều 7", "điều 9"]),
        ("Điều 5, khoản 2", ["khoản 2 điều 5"]),
        ("khoản 1, khoản 2 Điều 4", ["khoản 1", "khoản 2 điều 4"]),
        ("Điều 15a", ["điều 15a"]),
        ("điều kiện cấp phép", []),
        ("điểm đến du lịch", []),
    ],
)
def test_provisions_named(text, expected):
    assert provisions_named(text) == expected
