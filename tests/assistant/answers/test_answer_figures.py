from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.figures import date_spans, figures, number, stated_numbers, years

STATED = [
    ("bảo đảm 80% số hộ và 95% số xã", [("80%", "="), ("95%", "=")]),
    ("khoảng 1.700 tỷ đồng", [("khoảng 1.700 tỷ đồng", "~")]),
    ("tăng từ 20-30% mỗi năm", [("từ 20-30%", "=")]),
    ("trên 1.366,2 nghìn tỷ đồng", [("trên 1.366,2 nghìn tỷ đồng", ">")]),
    ("từ 15 tuổi trở lên đạt trên 75%", [("từ 15 tuổi trở lên", ">="), ("trên 75%", ">")]),
    ("≤ 15", [("≤ 15", "<=")]),
    ("không quá 10% tập thể", [("không quá 10%", "<=")]),
    ("sẽ có bốn mục tiêu cụ thể", [("bốn", "=")]),
    ("hỗ trợ 07 khu tập trung", [("07", "=")]),
    ("dưới 4/100.000 trẻ", [("dưới 4/100.000", "<")]),
    ("nhóm 50 nước dẫn đầu", [("50", "=")]),
]


@pytest.mark.parametrize(("text", "stated"), STATED)
def test_figures_are_read_with_comparator_and_unit(text: str, stated: list[tuple[str, str]]) -> None:
    assert [(text[f.lead : f.end], f.comparator) for f in figures(text)] == stated


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 48/2009/QĐ-TTg ngày 31/3/2009",
        "khoản 2 Điều 14",
        "mức độ 3 và cấp độ 4",
        "giai đoạn 2026-2030",
        "ngày 24 tháng 11 năm 2025",
        "Thứ hai, một số cơ quan",
        "1. Mục tiêu chung",
    ],
)
def test_names_dates_and_ordinals_are_no_figures(text: str) -> None:
    assert figures(text) == []


@given(
    before=st.sampled_from(["Đến năm 2040, ", "Phấn đấu có ", "Bảo đảm "]),
    lead=st.sampled_from([("tối thiểu ", ">="), ("trên ", ">"), ("khoảng ", "~"), ("dưới ", "<"), ("", "=")]),
    value=st.integers(2, 99),
    unit=st.sampled_from(["%", " tỷ đồng", " MW"]),
)
def test_a_planted_figure_is_found_where_it_was_planted(
    before: str, lead: tuple[str, str], value: int, unit: str
) -> None:
    text = f"{before}{lead[0]}{value}{unit} là kết quả"
    found = [f for f in figures(text) if f.value == value]
    assert len(found) == 1
    assert found[0].comparator == lead[1]
    assert text[found[0].lead : found[0].end] == f"{lead[0]}{value}{unit}"


@given(st.integers(0, 10**9))
def test_thousands_dots_do_not_change_a_number(value: int) -> None:
    assert number(f"{value:,}".replace(",", ".")) == value


@given(st.text(max_size=300))
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    for f in figures(text):
        assert 0 <= f.lead <= f.start < f.end <= len(text)
    assert all(0 <= a < b <= len(text) for a, b in date_spans(text))
    assert years(text) <= {int(n) for n in stated_numbers(text) if n.is_integer()}
