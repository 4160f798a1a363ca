"""Sayings of insurance, childcare, housing, sanctions and public office, and a draft that is asked about itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.normalise import tokens
from assistant.answers.patterns import Typed
from assistant.answers.wanting import DRAFT

LAW = """QUỐC HỘI
LUẬT
Phố thợ gốm
Điều 1. Lao động nữ trong thời gian hành kinh được nghỉ mỗi ngày 20 phút tại lò gốm.
Điều 2. Bên thuê không trả tiền thuê nhà xưởng gốm từ 4 tháng trở lên thì bị chấm dứt hợp đồng.
Điều 3. Công bố đời sống riêng tư của học trò gốm phải được sự đồng ý của học trò từ đủ 8 tuổi.
Điều 4. Chậm nộp phạt thì cứ mỗi ngày phường gốm phải nộp thêm 0,3% tiền phạt.
Điều 5. Thời hạn định kỳ chuyển đổi vị trí trông lò là 18 tháng.
Điều 6. Dự thảo hương ước được đăng tải trên cổng thông tin điện tử trong 11 ngày.
Điều 7. Lò nung tại nhà chung cư được bảo hành ít nhất 7 tháng.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Chị em đến ngày đèn đỏ được nghỉ ở lò gốm mỗi ngày mấy phút?", "20 phút"),
        ("Khách thuê nợ tiền thuê xưởng gốm từ mấy tháng thì bị chấm dứt hợp đồng?", "4 tháng"),
        ("Nộp phạt trễ thì mỗi ngày phường gốm bị cộng thêm bao nhiêu phần trăm?", "0,3%"),
        ("Bao nhiêu tháng thì luân phiên vị trí trông lò?", "18 tháng"),
        ("Dự thảo hương ước phải đăng lên mạng mấy ngày?", "11 ngày"),
        ("Lò nung ở căn hộ được bảo hành tối thiểu mấy tháng?", "7 tháng"),
    ],
)
def test_the_law_answers_what_is_said_every_day(asked: Answerer, question: str, figure: str) -> None:
    assert figure in asked.answer(question).answer


@pytest.mark.parametrize(
    "question",
    ["Khách thuê nợ tiền điện từ mấy tháng thì bị cắt điện?", "Lò nung ở nhà riêng được bảo hành tối thiểu mấy tháng?"],
)
def test_another_debt_and_another_house_are_declined(asked: Answerer, question: str) -> None:
    assert asked.answer(question).abstained


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("Dự thảo luật phải đăng tải bao nhiêu ngày?", False),
        ("Theo dự thảo nghị định thì phạt bao nhiêu?", True),
        ("Dự thảo đặt mục tiêu bao nhiêu?", True),
    ],
)
def test_a_draft_is_a_source_or_what_is_asked_of(question: str, source: bool) -> None:
    assert (Typed(tokens(question), False) in DRAFT) is source
