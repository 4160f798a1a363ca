"""Which documents a question names by number, and which by a name that a draft bears too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.figures import years
from assistant.answers.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Chương trình 2031-2035 bản chính thức đặt bao nhiêu?", []),
        ("Danh mục dự toán có dự án ngoài kế hoạch 5 năm không?", []),
        ("Kế hoạch 2033 giao việc gì?", []),
        ("Kế hoạch 71 giao việc gì?", ["Kế hoạch 71"]),
        ("Quyết định 2033 giao việc gì?", ["Quyết định 2033"]),
        ("Kế hoạch 2033/KH-UBND giao việc gì?", ["Kế hoạch 2033/KH-UBND"]),
        ("Hai bản về muối (306/2025) và về cá (12/2025) khác gì?", ["306/2025"]),
        ("Nghị định 55/2029/NĐ-CP và 12/KH-UBND khác gì?", ["Nghị định 55/2029/NĐ-CP", "12/KH-UBND"]),
    ],
)
def test_numbers_of_documents_and_not_of_years_name_documents(text: str, named: list[str]) -> None:
    assert mentioned(text) == named


@pytest.mark.parametrize(
    ("text", "told"),
    [("theo TCVN ISO/IEC 27005:2019 từ năm 2032", {2032}), ("lúc 10:2031", set()), ("đến năm 2031", {2031})],
)
def test_the_edition_of_a_standard_is_no_year(text: str, told: set[int]) -> None:
    assert years(text) == told


FINAL = """Chương trình quốc gia phát triển nghề muối vừa được Thủ tướng ban hành.
- 30% hộ làm muối nộp tờ khai qua mạng vào năm 2035.
- Kho muối được quản lý theo Tiêu chuẩn quốc gia TCVN 9905:2027.
"""
DRAFT = """Dự thảo quyết định phê duyệt chương trình quốc gia phát triển nghề muối đang được lấy ý kiến.
Theo dự thảo, 45% hộ làm muối nộp tờ khai qua mạng vào năm 2035.
"""


@pytest.fixture(scope="module")
def answerer(answering: Callable[..., Answerer]) -> Answerer:
    return answering(final=FINAL, draft=DRAFT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Theo chương trình quốc gia phát triển nghề muối đã phê duyệt, bao nhiêu % hộ nộp tờ khai qua mạng?", "30%"),
        ("Chương trình quốc gia phát triển nghề muối nêu bao nhiêu phần trăm hộ nộp tờ khai qua mạng?", "30%"),
        ("Dự thảo chương trình quốc gia phát triển nghề muối đặt bao nhiêu % hộ nộp tờ khai qua mạng?", "45%"),
        ("Chương trình quốc gia phát triển nghề muối đã phê duyệt (bản chính thức) đặt mấy % hộ nộp qua mạng?", "30%"),
        ("Kho muối phải quản lý theo tiêu chuẩn quốc gia số bao nhiêu?", "9905:2027"),
    ],
)
def test_what_is_approved_is_not_looked_for_in_its_draft(answerer: Answerer, question: str, said: str) -> None:
    assert said in answerer.answer(question).answer
