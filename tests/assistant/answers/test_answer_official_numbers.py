"""Numbers of documents with a dot, of the National Assembly and in lists; items numbered within a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Turn
from assistant.answers.chat import written_out
from assistant.answers.facts import asks_fact, fact
from assistant.answers.figures import figures
from assistant.answers.followup import stand_alone
from assistant.answers.kinds import Kind
from assistant.answers.lexicon import Lexicon
from assistant.answers.mentions import WITH_KIND, agrees, parts
from assistant.answers.question import understand
from corpus.load import document


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("theo Nghị quyết 81.4 thì sao", "81.4"),
        ("Nghị quyết 81.4/2031/NQ-CP", "81.4/2031/NQ-CP"),
        ("theo Nghị quyết 81.", "81"),
        ("Luật số 12.500 đồng", "12"),
    ],
)
def test_a_number_with_a_dot_is_read_whole(text: str, number: str) -> None:
    found = WITH_KIND.search(text)
    assert found is not None
    assert found.group("no") + found.group("rest") == number


@pytest.mark.parametrize(
    ("kind", "have", "same"),
    [
        ("nghi quyet", "35/2031/UBTVQH17", True),
        ("nq", "35/2031/QH17", True),
        ("nghi dinh", "35/2031/QH17", False),
        ("nghi quyet", "35/2031/NĐ-CP", False),
        ("nghi quyet", "35/2032/QH17", False),
    ],
)
def test_numbers_of_the_assembly_may_be_resolutions(kind: str, have: str, same: bool) -> None:
    assert agrees(parts("35/2031"), kind, parts(have)) is same


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Bến bè lo các việc: (1) thắp đèn; (2) gác đêm 3 phiên", [3.0]),
        ("nghỉ hai (02) phiên gác", [2.0]),
        ("theo Phụ lục 1, 2 và 3 kèm theo", []),
        ("quy định tại các Điều 4, 5, 6 và 12 Thông tư này", []),
        ("tại Điều 4 và 30% số bè", [30.0]),
        ("sân phơi rộng 240 m2", [240.0]),
    ],
)
def test_numbers_of_items_and_names_are_no_figures(text: str, values: list[float]) -> None:
    assert [f.value for f in figures(text)] == values


def test_a_square_metre_is_a_unit() -> None:
    assert [f.unit for f in figures("sân phơi 240 m2, bể 60 m³, đường 9 km")] == ["m2", "m³", "km"]


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("bến b/c huyện về việc sx thôn", "bến báo cáo huyện về việc sắp xếp thôn"),
        ("xưởng sx gạch", "xưởng sản xuất gạch"),
        ("nộp h/s lên xã", "nộp hồ sơ lên xã"),
        ("ben b/c huyen", "ben bao cao huyen"),
        ("số 12/TB của bến", "số 12/TB của bến"),
    ],
)
def test_short_forms_with_a_stroke(typed: str, full: str) -> None:
    assert written_out(typed) == full


BEFORE = [Turn(role="user", content="Đề án làng nổi đặt tỷ lệ bè có đèn đến năm 2034 là bao nhiêu?")]


@pytest.mark.parametrize(
    ("later", "alone"),
    [
        ("Đến năm 2039 thì nâng lên mức nào?", "Đề án làng nổi đặt tỷ lệ bè có đèn đến năm 2039 là bao nhiêu?"),
        ("Đến năm 2039 thì phải đạt tối thiểu bao nhiêu?", "Đề án làng nổi đặt tỷ lệ bè có đèn đến năm 2039 là bao nhiêu?"),
        ("Đến năm 2039 làng dựng được mấy cầu phao?", "Đến năm 2039 làng dựng được mấy cầu phao?"),
    ],
)  # fmt: skip
def test_another_year_alone_leans_on_the_question_before(later: str, alone: str) -> None:
    assert stand_alone(later, BEFORE).text == alone


DECREE = """CHÍNH PHỦ
Số: 35/2031/NĐ-CP
Hà Nội, ngày 03 tháng 02 năm 2031
NGHỊ ĐỊNH
Đèn hiệu trên bè
Điều 1. Bè đi đêm phải thắp đèn.
Điều 2. Nghị định này có hiệu lực thi hành từ ngày 20 tháng 3 năm 2031.
"""


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Nghị định nào có hiệu lực trước, từ ngày nào?", "20/3/2031"),
        ("Nghị định có hiệu lực sớm hơn từ khi nào?", "20/3/2031"),
        ("Nghị định này ra ngày nào?", "3/2/2031"),
    ],
)
def test_the_days_of_a_document(question: str, day: str) -> None:
    told = fact(understand(question, Lexicon.of([DECREE])), document(DECREE, id="decree"))
    assert told is not None
    assert day in told.value


def test_spreading_out_is_no_issue() -> None:
    asked = understand("Bến gửi sổ về việc đưa bè vươn ra biển lớn trước ngày nào?", Lexicon.of([DECREE]))
    assert not asks_fact(asked)


def test_which_lasts_longer_compares() -> None:
    asked = understand("Cấp thẻ bè với cấp thẻ thuyền cái nào lâu hơn?", Lexicon.of([DECREE]))
    assert asked.kind is Kind.COMPARISON


def test_a_tone_that_was_typed_is_kept() -> None:
    lexicon = Lexicon.of(["hệ thống đèn hiệu", "thông tư về đèn hiệu", "hệ thống bến bè"])
    assert "thông" not in understand("hệ thốg bến bè gồm mấy bến?", lexicon).text


RESOLUTION = """CHÍNH PHỦ
Số: 81.4/2031/NQ-CP
Hà Nội, ngày 03 tháng 02 năm 2031
NGHỊ QUYẾT
Về chợ nổi
Điều 1. Mỗi chợ nổi lớn được dựng 6 chòi gác trên mặt nước.
"""


def test_a_dotted_number_names_its_document(answering: Callable[..., Answerer]) -> None:
    told = answering(nq=RESOLUTION).answer("Mỗi chợ nổi lớn được dựng mấy chòi gác theo Nghị quyết 81.4?")
    assert "6 chòi gác" in told.answer
