"""Pipe tables: header, units, years as columns, section rows, agencies, what is no table of targets."""

from __future__ import annotations

import hashlib

from assistant.targets import extract
from corpus.document import Document


def read(text):
    found = extract(Document(id="bang", text=text, sha256=hashlib.sha256(text.encode()).hexdigest()))
    assert all(text[t.citation.start : t.citation.end] == t.citation.quote for t in found)
    return found


ONE = """PHỤ LỤC
| TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan theo dõi |
| I | Đến năm 2030 | | | |
| 1 | Tỷ lệ tàu cá lắp định vị | % | ≥ 95 | Sở Thủy sản |
| 2 | Số cảng cá loại một | Cảng | 05 | Sở Xây dựng |
| 3 | Xếp hạng năng lực nuôi biển | Thứ bậc | ≤ 3 miền Trung; ≤ 10 cả nước | Sở Thủy sản |
| II | Đến năm 2045 | | | |
| 4 | Sản lượng nuôi biển (nghìn tấn) | | 40 - 50 | Sở Thủy sản |
"""


def test_units_comparators_sections_and_agencies():
    found = [(t.comparator, t.value, t.value_max, t.unit, t.deadline, t.scope) for t in read(ONE)]
    assert found == [
        (">=", 95, None, "%", "2030", "Sở Thủy sản"),
        ("=", 5, None, "cảng", "2030", "Sở Xây dựng"),
        ("<=", 3, None, "thứ hạng", "2030", "Sở Thủy sản"),
        ("<=", 10, None, "thứ hạng", "2030", "Sở Thủy sản"),
        ("=", 40, 50, "nghìn tấn", "2045", "Sở Thủy sản"),
    ]


def test_the_quote_runs_from_the_indicator_to_the_result():
    assert read(ONE)[0].citation.quote == "Tỷ lệ tàu cá lắp định vị | % | ≥ 95"


def test_years_as_columns_and_the_present_as_baseline():
    text = """| STT | Chỉ tiêu | ĐVT | Hiện trạng năm 2024 | Năm 2027 | Năm 2030 |
|---|---|---|---|---|---|
| 1 | Tỷ lệ phòng học kiên cố | % | 80 | 90 | 100 |
"""
    assert [(t.value, t.deadline, t.status) for t in read(text)] == [
        (80, "2024", "baseline"),
        (90, "2027", "target"),
        (100, "2030", "target"),
    ]


def test_tables_of_tasks_prices_and_scores_hold_no_targets():
    text = """| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian hoàn thành |
| 1 | Xây dựng 05 đề án | Sở A | 2026 |

| Tên hàng | Khối lượng (tấn) | Giá (đồng) |
| Muối | 500 | 12.000 |
"""
    assert read(text) == []


def test_empty_and_ragged_rows_are_passed_over():
    text = "| TT | Chỉ tiêu | Đơn vị | Kết quả |\n| 1 | | % | |\n| 2 |\n| 3 | Tỷ lệ hộ có điện | % | - |\n| |\n||\n"
    assert read(text) == []
