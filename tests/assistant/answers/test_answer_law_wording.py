"""Brackets of numbers that hold the one asked after, and everyday words beside those of laws."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.lexicon import Lexicon
from assistant.answers.library import Search
from assistant.answers.normalise import tokens
from assistant.answers.question import Kind, understand
from assistant.answers.ranges import within
from assistant.answers.scope import Catalogue
from assistant.answers.synonyms import Alike, alternatives
from assistant.answers.weighing import weight
from corpus.document import Document
from corpus.load import document

LAW = """QUỐC HỘI
LUẬT
Bến phà và người chèo đò
Điều 1. Giải thích từ ngữ
1. Dấu số là dấu chèo thuyền được ghi lại bằng máy và gắn với một người chèo.
2. Yêu cầu đối với dấu số: bền, rõ.
Điều 2. Trợ giúp người chèo đò
1. Người góp quỹ bến phà từ đủ 6 tháng đến dưới 20 tháng: trợ giúp 710.000 đồng/người.
2. Người góp quỹ bến phà từ đủ 20 tháng đến dưới 45 tháng: trợ giúp 830.000 đồng/người.
3. Người góp quỹ bến phà từ đủ 45 tháng đến dưới 90 tháng: trợ giúp 990.000 đồng/người.
Điều 3. Tốc độ khai thác tối đa của xe kéo phà khi tham gia giao thông là 25 km/h.
Điều 4. Thẻ chèo đò được thay khi đủ 18 tuổi, 33 tuổi và 52 tuổi.
Điều 5. Hệ thống lưu sổ bến phà phải đạt an toàn tối thiểu cấp độ 4.
Điều 6. Giấy chèo đò mẫu cũ có giá trị sử dụng đến hết ngày 30 tháng 9 năm 2033.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Tôi góp quỹ bến phà 30 tháng thì được trợ giúp bao nhiêu tiền?", "830.000"),
        ("toi gop quy ben pha 60 thang duoc tro giup bao nhieu tien", "990.000"),
        ("Góp quỹ bến phà 6 tháng được trợ giúp bao nhiêu tiền?", "710.000"),
        ("Xe kéo phà chạy tối đa bao nhiêu km/h?", "25 km/h"),
        ("Hệ thống lưu sổ bến phà phải đạt an toàn tối thiểu cấp độ mấy?", "cấp độ 4"),
        ("Dấu số là gì?", "ghi lại bằng máy"),
    ],
)
def test_the_law_answers_in_its_own_words(asked: Answerer, question: str, figure: str) -> None:
    assert figure in asked.answer(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Tôi góp quỹ bến phà 95 tháng thì được trợ giúp bao nhiêu tiền?",
        "Góp quỹ bến phà 2 tháng được trợ giúp bao nhiêu tiền?",
        "Xe kéo phà đỗ cách bến tối đa bao nhiêu km?",
        "Người chèo đò phải qua lớp lặn cấp độ mấy?",
    ],
)
def test_what_no_bracket_holds_is_declined(asked: Answerer, question: str) -> None:
    assert asked.answer(question).abstained


@pytest.mark.parametrize(
    ("typed", "text", "held"),
    [
        ("bé 4 tuổi đi phà mất bao nhiêu tiền", "trẻ em dưới 06 tuổi", True),
        ("bé 6 tuổi đi phà mất bao nhiêu tiền", "trẻ em dưới 06 tuổi", False),
        ("người 61 tuổi đi phà mất bao nhiêu tiền", "người từ đủ 60 tuổi trở lên", True),
        ("xe 20 km mất bao nhiêu tiền", "trên 20 km đến 40 km", False),
        ("xe 40 km mất bao nhiêu tiền", "trên 20 km đến 40 km", True),
        ("xe 30 tấn mất bao nhiêu tiền", "trên 20 km đến 40 km", False),
        ("người 30 tuổi và 40 tuổi khác nhau thế nào", "từ 20 tuổi đến 50 tuổi", False),
    ],
)
def test_a_bracket_holds_a_number_of_its_unit(typed: str, text: str, held: bool) -> None:
    question = understand(typed, Lexicon.of([LAW]))
    assert bool(within(question, [text])) is held


def test_a_sum_by_the_month_is_no_date() -> None:
    lexicon = Lexicon.of([LAW])
    assert understand("Người chèo đò được trợ giúp mỗi tháng bao nhiêu?", lexicon).kind is Kind.FIGURE
    assert understand("Người chèo đò được trợ giúp từ tháng mấy?", lexicon).kind is Kind.DATE


TRADE = """QUỐC HỘI
Số: 61/2032/QH17
LUẬT
GIAO DỊCH BẾN PHÀ
Điều 1. Giải thích từ ngữ
1. Thẻ phà là thẻ nhựa ghi số chuyến đã đi.
"""
SCHOOL = """BỘ HỌC NGHỀ
Số: 7/2032/TT-BHN
THÔNG TƯ
Lớp học chèo đò
Điều 1. Người học chèo đò vào lớp hai khi đủ 17 tuổi.
Điều 2. Người học chèo đò vào lớp ba khi đủ 19 tuổi.
Điều 3. Thẻ phà là thẻ giấy phát cho người học chèo đò.
"""


@pytest.fixture
def two(searching: Callable[[dict[str, Document]], Search]) -> Answerer:
    known = {id: document(text, id=id) for id, text in (("trade", TRADE), ("school", SCHOOL))}
    return Answerer(searching(known), known.__getitem__, summaries=list(known.values()))


def test_a_law_on_trade_is_named_by_the_word_that_also_assigns(two: Answerer) -> None:
    assert "thẻ nhựa" in two.answer("Luật Giao dịch bến phà hiểu thẻ phà là gì?").answer
    trade = document(TRADE, id="trade").model_copy(update={"title": "Luật Giao dịch bến phà", "kind": "luật"})
    other = document(SCHOOL, id="school").model_copy(update={"title": "Luật Dạy chèo đò", "kind": "luật"})
    known = {"trade": trade, "school": other}
    catalogue, lexicon = Catalogue(known.values(), known.__getitem__), Lexicon.of([TRADE, SCHOOL])
    named = "Luật Giao dịch bến phà hiểu thẻ phà là gì?"
    assert catalogue.scope(understand(named, lexicon)).documents == {"trade"}
    assert not catalogue.scope(understand("Luật giao bến phà cho cơ quan nào?", lexicon)).firm


@pytest.mark.parametrize(("name", "age"), [("lớp hai", "17 tuổi"), ("lớp ba", "19 tuổi"), ("lớp bốn", "")])
def test_a_class_in_words_is_no_other_class(two: Answerer, name: str, age: str) -> None:
    answer = two.answer(f"Người học chèo đò bao nhiêu tuổi thì vào {name}?")
    assert answer.abstained if not age else age in answer.answer


def test_the_line_with_the_sum_is_read_where_many_lines_have_the_words(
    searching: Callable[[dict[str, Document]], Search],
) -> None:
    lines = "".join(f"{n}. Người chèo đò gửi đơn xin trợ giúp tiền sửa đò lần {n}.\n" for n in range(2, 120))
    text = f"QUỐC HỘI\nLUẬT\nChèo đò\nĐiều 1. Trợ giúp tiền sửa đò\n1. Mức trợ giúp: 640.000 đồng mỗi tháng.\n{lines}"
    known = {"law": document(text, id="law")}
    asked = Answerer(searching(known), known.__getitem__, summaries=list(known.values()))
    assert "640.000" in asked.answer("Luật Chèo đò trợ giúp tiền sửa đò mỗi tháng bao nhiêu tiền?").answer
    assert asked.answer("Luật Chèo đò thưởng thợ lặn mỗi tháng bao nhiêu tiền?").abstained


RENT = """QUỐC HỘI
LUẬT
Xóm chài
Điều 1. Người lao động thuê nhà ở xóm chài được phát 3 bó lưới.
Điều 2. Thợ lặn không làm đủ mùa phải hoàn trả tiền học lặn trong thời hạn 40 ngày.
Điều 3. Tổ chức, cá nhân kinh doanh lưới phải giữ hóa đơn lưới 27 tháng.
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Công nhân ở trọ xóm chài được phát mấy bó lưới?", "3 bó lưới"),
        ("Thợ lặn phải trả lại tiền học lặn trong bao nhiêu ngày?", "40 ngày"),
        ("Người bán lưới phải giữ hóa đơn lưới bao nhiêu tháng?", "27 tháng"),
        ("Người bơi giỏi phải giữ hóa đơn lặn bao nhiêu tháng?", ""),
        ("Thầy đồ ở xóm chài được phát mấy bó lưới?", ""),
    ],
)
def test_people_are_called_otherwise_by_the_law(
    searching: Callable[[dict[str, Document]], Search], question: str, figure: str
) -> None:
    known = {"law": document(RENT, id="law")}
    answer = Answerer(searching(known), known.__getitem__, summaries=list(known.values())).answer(question)
    assert figure in answer.answer if figure else answer.abstained


def test_number_is_asked_of_things_and_digital_is_what_a_thing_is() -> None:
    lexicon = Lexicon.of([LAW])
    assert understand("Dấu số là gì?", lexicon).defining
    assert not understand("Số thuyền của bến là gì?", lexicon).defining


@pytest.mark.parametrize(("light", "heavy"), [("km h", "phà"), ("cũ", "gỗ")])
def test_units_and_old_or_new_decide_nothing(light: str, heavy: str) -> None:
    lexicon = Lexicon.of(["Bến sông có thuyền."])
    assert all(weight(w, lexicon) < weight(tokens(heavy)[0], lexicon) for w in tokens(light))


@pytest.mark.parametrize(
    ("typed", "said", "known"),
    [
        ("chạy", "tham gia giao thông", True),
        ("mốc tuổi", "độ tuổi", True),
        ("làm thẻ", "cấp thẻ", True),
        ("làm", "cấp thẻ", False),
        ("tham gia giao thông", "chạy", False),
    ],
)
def test_everyday_words_stand_for_those_of_the_law_and_not_the_reverse(typed: str, said: str, known: bool) -> None:
    phrase = f" {' '.join(w.key for w in tokens(said))} "
    assert (phrase in alternatives(tokens(typed)).get(0, Alike()).texts) is known
