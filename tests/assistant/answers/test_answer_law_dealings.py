"""Papers, places, definitions, the day of effect, two things of one law, and everyday words of dealings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import key, tokens
from assistant.answers.quoting import quoted_term

LAW = """BỘ THỦY LỢI
THÔNG TƯ
Quy định về kinh doanh dịch vụ chèo bè, dịch vụ thả diều
Điều 1. Giải thích từ ngữ
1. “Bè gốc” là những tấm bè do thợ bè đóng lần đầu; những tấm bè do hợp tác xã đóng lại có khắc tên.
2. Thợ giữ bè gốc phải giữ những giấy tờ của bè và giấy tờ của bến.
Điều 2. Điều kiện kinh doanh dịch vụ thả diều
1. Bãi thả diều phải cách đường dây điện từ 350 m trở lên.
2. Bãi thả diều có biển báo gió.
Điều 3. Hồ sơ đề nghị cấp giấy phép chèo bè
1. Đơn đề nghị cấp giấy phép.
2. Bản vẽ tấm bè có chữ ký của thợ đóng bè.
Điều 4. Trình tự cấp giấy phép chèo bè
Người chèo bè gửi hồ sơ đề nghị cấp giấy phép chèo bè đến trạm bến; trạm bến nhận hồ sơ đề nghị trong giờ làm việc.
Điều 5. Chứng thực giấy bè
1. Người yêu cầu chứng thực giấy bè không đọc được, không điểm chỉ được thì phải có 03 người làm chứng.
2. Trạm bến có trách nhiệm chứng thực hợp đồng mua bán bè.
3. Việc chứng thực hợp đồng mua bán bè thực hiện tại trạm bến nơi đóng bè.
Điều 6. Đóng góp quỹ đê bến
1. Tổ chức kinh tế đóng góp quỹ đê bến một năm tối thiểu 4 triệu đồng, tối đa 90 triệu đồng.
2. Người lao động khác đóng góp quỹ đê bến 35.000 đồng/người/năm.
Điều 7. Hiệu lực thi hành
1. Thông tư này có hiệu lực kể từ ngày 05 tháng 8 năm 2033.
2. Quy chế chèo bè hết hiệu lực kể từ ngày Thông tư này có hiệu lực.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Trong nghề bè, “bè gốc” là những tấm bè nào?", ("đóng lần đầu", "khắc tên")),
        ("Xin giấy phép chèo bè cần nộp những giấy tờ gì?", ("Đơn đề nghị", "Bản vẽ tấm bè")),
        ("Không biết đọc, không lăn tay được thì chứng thực giấy bè cần mấy người làm chứng?", ("03 người",)),
        ("Hợp đồng mua bán bè phải chứng thực ở trạm nào, tại chỗ nào?", ("nơi đóng bè",)),
        ("Doanh nghiệp đóng quỹ đê bến một năm tối thiểu, tối đa bao nhiêu tiền?", ("4 triệu đồng", "90 triệu đồng")),
        ("Người buôn bán tự do mỗi năm đóng quỹ đê bến bao nhiêu tiền?", ("35.000 đồng",)),
        ("Quy chế chèo bè hết hiệu lực từ ngày nào?", ("05 tháng 8 năm 2033",)),
        ("Bãi thả diều phải cách đường dây điện ít nhất bao nhiêu mét?", ("350 m",)),
    ],
)
def test_what_the_law_says_is_found(asked: Answerer, question: str, said: tuple[str, ...]) -> None:
    told = asked.answer(question).answer
    assert all(words in told for words in said), told


def test_an_article_on_the_other_of_two_things_does_not_answer(asked: Answerer) -> None:
    assert asked.answer("Nơi chèo bè phải cách đường dây điện ít nhất bao nhiêu mét?").abstained


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Trong chứng thực, “bản chính” là những giấy tờ nào?", ("ban", "chinh")),
        ('"Ban chinh" la gi', ("ban", "chinh")),
        ("“Phí bến” là bao nhiêu?", ()),
        ("Bản chính là gì?", ()),
    ],
)
def test_a_term_in_quotation_marks(question: str, term: tuple[str, ...]) -> None:
    assert quoted_term(question) == term


def test_a_word_that_the_texts_do_not_have_is_left_as_it_is() -> None:
    lexicon = Lexicon.of(["Bán hành ở chợ. Mặt trời lặn. Người bán hành đi về. " * 3])
    assert [w.key for w in lexicon.toned(tokens("lăn tay"))] == [key("lăn"), key("tay")]
    assert lexicon.corrected(tokens("mảnh")[0], "ban", "dat").bare == "manh"
