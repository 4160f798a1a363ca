"""How people ask after law: "theo quy định pháp luật", "khái niệm", "mức phạt khi", initials, speeds in brackets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.contrast import labelled
from assistant.answers.kinds import Kind
from assistant.answers.lexicon import Lexicon
from assistant.answers.question import understand
from assistant.answers.ranges import within

LAW = """CHÍNH PHỦ
NGHỊ ĐỊNH
Bến bè và người chèo
Điều 1. Giải thích từ ngữ
1. Dấu bè là hình khắc trên mũi bè để nhận ra chủ của nó.
2. Trưởng bến, phó trưởng bến là người đứng đầu bến bè do xã cử.
Điều 2. Vi phạm khi chèo bè
1. Phạt tiền từ 130.000 đồng đến 170.000 đồng đối với người chèo bè thực hiện một trong các hành vi sau đây:
a) Không sử dụng đèn mũi khi trời tối;
b) Chèo bè ngược dòng vào khe hẹp.
2. Phạt tiền từ 260.000 đồng đến 310.000 đồng đối với người chèo bè gắn máy quá tốc độ từ 5 km/h đến 9 km/h.
3. Phạt tiền từ 540.000 đồng đến 590.000 đồng đối với người chèo bè gắn máy quá tốc độ trên 9 km/h.
Điều 3. Hội đồng giám sát bến bè họp mỗi năm 3 lần.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Theo quy định của pháp luật hiện hành, dấu bè là gì?", "hình khắc"),
        ("Khái niệm dấu bè", "hình khắc"),
        ("Dấu bè được pháp luật quy định cụ thể là gì?", "hình khắc"),
        ("Trưởng bến, phó trưởng bến là ai?", "người đứng đầu"),
        ("Mức phạt khi chèo bè không bật đèn mũi?", "130.000"),
        ("Chèo bè ngược dòng vào khe hẹp bị xử phạt như thế nào?", "130.000"),
        ("Chèo bè gắn máy quá tốc độ 7 km/h bị phạt bao nhiêu tiền?", "260.000"),
        ("Chèo bè gắn máy quá tốc độ 12km/h bị phạt bao nhiêu tiền?", "540.000"),
        ("HĐGSBB họp mỗi năm mấy lần?", "3 lần"),
    ],
)
def test_the_law_answers(asked: Answerer, question: str, said: str) -> None:
    assert said in asked.answer(question).answer


@pytest.mark.parametrize("question", ["Khái niệm dấu thuyền", "Mức phạt khi chèo bè không mang phao?"])
def test_what_the_law_does_not_say_is_declined(asked: Answerer, question: str) -> None:
    assert asked.answer(question).abstained


def test_a_fine_is_asked_for_without_a_word_of_asking() -> None:
    lexicon = Lexicon.of([LAW])
    fined = understand("Mức xử phạt đối với hành vi chèo bè ngược dòng", lexicon)
    assert fined.kind is Kind.FIGURE
    assert fined.price


def test_a_bracket_of_speeds_holds_a_speed() -> None:
    bracket = "quá tốc độ từ 5 km/h đến 9 km/h"
    lexicon = Lexicon.of([LAW])
    assert within(understand("quá tốc độ 7 km/h bị phạt bao nhiêu", lexicon), [bracket])
    assert not within(understand("quá tốc độ 12 km/h bị phạt bao nhiêu", lexicon), [bracket])


def test_a_measured_number_is_no_label() -> None:
    lexicon = Lexicon.of([LAW])
    assert not labelled(understand("quá tốc độ 7 km/h bị phạt bao nhiêu", lexicon))
    assert labelled(understand("mức độ 4 đạt bao nhiêu phần trăm", lexicon)) == [("do", "4")]


def test_an_allowance_is_money_however_far_the_asking_stands() -> None:
    lexicon = Lexicon.of([LAW])
    assert understand("Phụ cấp hằng tháng của trưởng bến sau khi gộp bến là bao nhiêu?", lexicon).price
    assert not understand("Gộp bến thì còn bao nhiêu bến?", lexicon).price
