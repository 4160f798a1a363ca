"""Numerals, units, comparators and years, read one by one."""

from __future__ import annotations

import pytest

from assistant.targets.figures import figures
from assistant.targets.folding import fold
from assistant.targets.numerals import number, spelled
from assistant.targets.ranks import ranks
from assistant.targets.time import times


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.200", 1200), ("39.632", 39632), ("1,5", 1.5), ("06", 6), ("1.114,1", 1114.1), ("0.7", 0.7), ("1/2", 0.5)],
)
def test_numerals_are_read_the_vietnamese_way(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("mười", 10), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21), ("một trăm linh năm", 105), ("ba", 3)],
)
def test_numbers_in_words(text, value):
    assert spelled(fold(text)) == value


FIGURES = [
    ("đạt 80%", "=", 80, None, "%"),
    ("đạt 80 %", "=", 80, None, "%"),
    ("đạt tám mươi phần trăm", "=", 80, None, "%"),
    ("đạt 80 phần trăm", "=", 80, None, "%"),
    ("tăng 10 - 13%/năm", "=", 10, 13, "%/năm"),
    ("tăng từ 25 đến 30%", "=", 25, 30, "%"),
    ("khoảng 30,9 - 39,2%", "~", 30.9, 39.2, "%"),
    ("chiếm 85%-90% tổng vốn", "=", 85, 90, "%"),
    ("tăng trưởng 7% mỗi năm", "=", 7, None, "%/năm"),
    ("chiếm 20% GDP", "=", 20, None, "% GDP"),
    ("còn 15‰", "=", 15, None, "‰"),
    ("tối thiểu 35%", ">=", 35, None, "%"),
    ("ít nhất 35%", ">=", 35, None, "%"),
    ("không thấp hơn 35%", ">=", 35, None, "%"),
    ("không dưới 35%", ">=", 35, None, "%"),
    ("tối thiểu đạt 35%", ">=", 35, None, "%"),
    ("≥ 35%", ">=", 35, None, "%"),
    (">= 35%", ">=", 35, None, "%"),
    ("trên 35%", ">", 35, None, "%"),
    ("hơn 35%", ">", 35, None, "%"),
    ("> 35%", ">", 35, None, "%"),
    ("dưới 35%", "<", 35, None, "%"),
    ("không quá 35%", "<=", 35, None, "%"),
    ("không vượt quá 35%", "<=", 35, None, "%"),
    ("tối đa 35%", "<=", 35, None, "%"),
    ("≤ 35%", "<=", 35, None, "%"),
    ("khoảng 35%", "~", 35, None, "%"),
    ("xấp xỉ 35%", "~", 35, None, "%"),
    ("khoảng trên 35%", ">", 35, None, "%"),
    ("từ 35% trở lên", ">=", 35, None, "%"),
    ("35% trở xuống", "<=", 35, None, "%"),
    ("từ 05 bộ tiêu chuẩn", ">=", 5, None, "bộ"),
    ("1700 tỷ đồng", "=", 1700, None, "tỷ đồng"),
    ("1.700 tỉ đồng", "=", 1700, None, "tỷ đồng"),
    ("400 triệu USD", "=", 400, None, "triệu USD"),
    ("600 USD/người/năm", "=", 600, None, "USD/người/năm"),
    ("2,1 con/phụ nữ", "=", 2.1, None, "con/phụ nữ"),
    ("dưới 109 bé trai/100 bé gái", "<", 109, None, "bé trai/100 bé gái"),
    ("50 máy/100 dân", "=", 50, None, "máy/100 dân"),
    ("12 bác sĩ trên 10.000 dân", "=", 12, None, "bác sĩ/10.000 dân"),
    ("335,0 tỷ kWh", "=", 335, None, "tỷ kWh"),
    ("1.114,1 - 1.254,6 tỷ kWh", "=", 1114.1, 1254.6, "tỷ kWh"),
    ("21.880 MW", "=", 21880, None, "MW"),
    ("không quá 40 μg/m3", "<=", 40, None, "μg/m3"),
    ("1,3 triệu ha", "=", 1.3, None, "triệu ha"),
    ("07 khu dịch vụ", "=", 7, None, "khu"),
    ("gấp 2 lần", "=", 2, None, "lần"),
    ("tăng gấp đôi", "=", 2, None, "lần"),
    ("cao hơn 2,5 - 3 lần", ">", 2.5, 3, "lần"),
    ("giảm 1/2 số vụ", "=", 0.5, None, "lần"),
    ("một nửa số xã", "=", 0.5, None, "lần"),
    ("không còn hộ nghèo", "=", 0, None, "hộ nghèo"),
    ("ít nhất hai mươi trạm y tế", ">=", 20, None, "trạm y tế"),
]


@pytest.mark.parametrize(("text", "comparator", "value", "value_max", "unit"), FIGURES)
def test_figures(text, comparator, value, value_max, unit):
    folded = fold(text)
    found = figures(folded, 0, len(folded))
    assert [(f.comparator, f.value, f.value_max, f.unit) for f in found] == [(comparator, value, value_max, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Điều 28 Luật mẫu", "mức độ 3", "cấp độ 4", "ngày 30/9/2008", "năm 2030", "số 48/2009/QĐ-TTg", "mạng 5G", "TCVN 27001:2009",
        "khoản 2 điểm c", "lớp 12", "Covid-19", "nền tảng IPv6", "quốc lộ 1", "giai đoạn 2021-2030", "quý 3", "tháng 12",
    ],
)  # fmt: skip
def test_names_and_dates_are_no_figures(text):
    folded = fold(text)
    assert figures(folded, 0, len(folded)) == []


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("thuộc nhóm 50 nước dẫn đầu", "<=", 50),
        ("lọt vào top 10 tỉnh đứng đầu", "<=", 10),
        ("nằm trong 20 địa phương dẫn đầu cả nước", "<=", 20),
        ("xếp thứ 30", "<=", 30),
        ("ra khỏi danh sách 20 quốc gia", ">", 20),
    ],
)
def test_ranks(text, comparator, value):
    folded = fold(text)
    assert [(f.comparator, f.value, f.unit) for f in ranks(folded, 0, len(folded))] == [(comparator, value, "thứ hạng")]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("đến năm 2030", [(2030, None, True)]),
        ("vào cuối năm 2027", [(2027, None, True)]),
        ("trước ngày 30/9/2026", [(2026, None, True)]),
        ("giai đoạn 2026 - 2030", [(2030, (2026, 2030), True)]),
        ("từ năm 2026 đến năm 2030", [(2030, (2026, 2030), True)]),
        ("năm 2029 là 70", [(2029, None, False)]),
        ("đến năm 2025, định hướng đến năm 2030", [(2025, None, True)]),
        ("giảm 20% so với năm 2020", []),
        ("ngày 15 tháng 8 năm 2024", []),
        ("Luật Mẫu năm 2021", []),
    ],
)
def test_years(text, years):
    assert [(w.year, w.period, w.firm) for w in times(fold(text))] == years
