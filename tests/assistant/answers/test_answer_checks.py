from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.verify import problem

QUOTE = "Đến năm 2036, tối thiểu 75% hộ dân nông thôn dùng nước máy, kinh phí khoảng 40 tỷ đồng"

FALSE = [
    ("Theo kế hoạch, tối thiểu 76% hộ dân dùng nước máy", "số"),
    ("Theo kế hoạch, tối đa 75% hộ dân dùng nước máy", "so sánh"),
    ("Đến năm 2040, tối thiểu 75% hộ dân dùng nước máy", "số"),
    ("Kinh phí khoảng 40%", "đơn vị"),
    ("Tối thiểu 75% hộ dân không dùng nước máy", "phủ định"),
]


@pytest.mark.parametrize(("claim", "why"), FALSE)
def test_what_the_quote_does_not_carry_is_named(claim: str, why: str) -> None:
    assert why in problem(claim, [QUOTE])


@pytest.mark.parametrize(
    "claim",
    [
        "Tối thiểu 75% hộ dân nông thôn dùng nước máy",
        "Kinh phí khoảng 40 tỷ đồng",
        "Đến năm 2036: tối thiểu 75% hộ dân",
    ],
)
def test_what_the_quote_carries_passes(claim: str) -> None:
    assert problem(claim, [QUOTE]) == ""


def test_a_difference_of_two_quoted_figures_passes_and_another_does_not() -> None:
    quotes = ["dự thảo: 70% hồ sơ", "chính thức: 60% hồ sơ"]
    assert problem("Bản dự thảo cao hơn 10 điểm phần trăm", quotes) == ""
    assert problem("Bản dự thảo cao hơn 15 điểm phần trăm", quotes)


def test_a_claim_without_a_quote_never_passes() -> None:
    assert problem("Mọi hộ dùng nước máy", [])


@given(st.integers(0, 5000))
def test_no_planted_number_slips_through(value: int) -> None:
    if value in {2036, 75, 40}:
        return
    assert problem(f"Mục tiêu là {value}% hộ dân", [QUOTE])
