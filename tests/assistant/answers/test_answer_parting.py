"""One message taken apart, and what a comparison names."""

from __future__ import annotations

import pytest

from assistant.answers.lexicon import Lexicon
from assistant.answers.parting import apart, rivals
from assistant.answers.question import understand

LEXICON = Lexicon.of(
    ["Phí mở bến, phí gia hạn bến; tỷ lệ hộ dùng nước máy ở thị trấn và ở bản; ngân sách tỉnh, ngân sách xã."]
)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Ai ký kế hoạch này và hạn báo cáo là ngày nào?", "Ai ký kế hoạch này?", "hạn báo cáo là ngày nào?"),
        (
            "Hộ nghèo được giảm phí còn bao nhiêu và trong bao lâu?",
            "Hộ nghèo được giảm phí còn bao nhiêu?",
            "Hộ nghèo được giảm phí trong bao lâu?",
        ),
    ],
)
def test_two_questions_are_told_apart(text: str, first: str, second: str) -> None:
    assert apart(text) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Bao nhiêu phần trăm hộ nuôi tôm và nuôi nghêu ký cam kết?",
        "Sở Xây dựng và Sở Tài chính phải làm gì?",
        "Kế hoạch có bao nhiêu mục tiêu và nhiệm vụ?",
    ],
)
def test_a_question_about_two_things_stays_whole(text: str) -> None:
    assert apart(text) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Phí mở bến và phí gia hạn khác nhau thế nào?", ["Phí mở bến", "phí gia hạn"]),
        ("Tỷ lệ hộ dùng nước máy ở thị trấn và ở bản chênh nhau bao nhiêu?", ["thị trấn", "bản"]),
        ("Ngân sách tỉnh nhiều hơn ngân sách xã bao nhiêu?", ["Ngân sách tỉnh", "ngân sách xã"]),
        ("Phí mở bến là bao nhiêu?", []),
    ],
)
def test_the_things_compared_are_named(text: str, labels: list[str]) -> None:
    assert [r.label for r in rivals(understand(text, LEXICON))] == labels
