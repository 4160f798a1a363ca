"""Brackets of numbers in clauses and tables, conditions beside a figure, and items under a heading with a colon."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.chat import written_out
from assistant.answers.kinds import Kind, kind_of
from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import key, tokens
from assistant.answers.patterns import Typed
from assistant.answers.units import with_units

LAW = """BỘ THỦY LỢI
THÔNG TƯ
Đắp kè giữ bến
Điều 1. Mức đền bù vườn dâu
a) Vườn dâu tằm bị ngập trên 60%, đền bù 4.000.000 đồng/ha; bị ngập từ 20% - 60%, đền bù 2.500.000 đồng/ha;
b) Vườn mạ dâu tằm bị ngập trên 60%, đền bù 9.000.000 đồng/ha; bị ngập từ 20% - 60%, đền bù 7.500.000 đồng/ha.
Điều 2. Xử phạt thuyền xâm phạm bến
1. Phạt tiền từ 3.000.000 đồng đến 4.000.000 đồng đối với thuyền xâm phạm bến có công suất máy trên 40 CV đến 80 CV.
2. Phạt tiền từ 5.000.000 đồng đến 6.000.000 đồng đối với thuyền xâm phạm bến có công suất máy trên 80 CV đến 150 CV.
Điều 3. Cự ly giữa hai thuyền
Thuyền chạy theo nhau trên kênh giữ cự ly theo bảng sau:
| Vận tốc (V km/h) | Cự ly tối thiểu (m) |
| V ≤ 10 | 15 |
| 10 < V ≤ 20 | 28 |
| 20 < V ≤ 30 | 44 |
Điều 4. Nghỉ chăm con
Người chèo thuyền được nghỉ 21 ngày nếu con dưới 02 tuổi; được nghỉ 13 ngày nếu con từ đủ 02 tuổi đến dưới 05 tuổi.
Điều 5. Thẩm quyền xử phạt của người giữ bến
1. Trưởng trạm kè Hạ Lưu có quyền:
a) Nhắc nhở;
b) Phạt tiền đến 700.000 đồng.
2. Đội trưởng đội kè Thượng Nguồn có quyền:
a) Nhắc nhở;
b) Phạt tiền đến 1.900.000 đồng.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


@pytest.mark.parametrize(
    ("question", "figure", "others"),
    [
        (
            "Vườn dâu tằm bị ngập 45% thì được đền bù bao nhiêu tiền một héc-ta?",
            "2.500.000",
            ("4.000.000", "7.500.000"),
        ),
        ("Vườn dâu tằm bị ngập 75% thì được đền bù bao nhiêu tiền một héc-ta?", "4.000.000", ("2.500.000",)),
        ("Thuyền xâm phạm bến có công suất máy 100 CV bị phạt bao nhiêu?", "6.000.000", ("4.000.000",)),
        ("Thuyền chạy 20 km/h trên kênh phải giữ cự ly bao nhiêu mét?", "28", ("44", "15")),
        ("Thuyền chạy trên 10 đến 20 km/h trên kênh thì cự ly là mấy mét?", "28", ("44", "15")),
        ("Con 3 tuổi thì người chèo thuyền được nghỉ bao nhiêu ngày?", "13 ngày", ("21",)),
        ("Đội trưởng đội kè Thượng Nguồn được phạt tiền đến mức bao nhiêu?", "1.900.000", ("700.000",)),
        ("Trưởng trạm kè Hạ Lưu được phạt tiền đến mức bao nhiêu?", "700.000", ("1.900.000",)),
    ],
)
def test_the_bracket_that_holds_the_number_answers(
    asked: Answerer, question: str, figure: str, others: tuple[str, ...]
) -> None:
    told = asked.answer(question).answer
    assert figure in told
    assert not any(other in told for other in others)


def test_a_condition_is_not_cut_in_the_middle(asked: Answerer) -> None:
    told = asked.answer("Con 3 tuổi thì người chèo thuyền được nghỉ bao nhiêu ngày?").answer
    assert not told.rstrip(".").endswith(("đủ", "từ", "nếu con"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tàu nc ngoài", "tàu nước ngoài"),
        ("đề tài nc khoa học", "đề tài nghiên cứu khoa học"),
        ("nc sach nong thon", "nuoc sach nong thon"),
    ],
)
def test_a_short_form_is_read_by_what_stands_beside_it(typed: str, meant: str) -> None:
    assert written_out(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bao nhiêu tiền một ký hơi", "bao nhiêu tiền một kg hơi"),
        ("bao nhieu tien mot ky hoi", "bao nhieu tien mot kg hoi"),
        ("một ký hiệu mẫu", "một ký hiệu mẫu"),
        ("mot ky thi", "mot ky thi"),
        ("mot ky hoi nghi", "mot ky hoi nghi"),
    ],
)
def test_a_kilogram_is_told_from_a_sign_and_a_session(typed: str, meant: str) -> None:
    assert with_units(typed) == meant


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Làm nhiều việc khác nhau trong một buổi có được cộng tiền công không?", Kind.YESNO),
        ("Mức chi của hai bến khác nhau thế nào?", Kind.COMPARISON),
    ],
)
def test_different_things_are_not_always_compared(question: str, kind: Kind) -> None:
    assert kind_of(Typed(tokens(question), plain=False)) is kind


def test_a_tone_left_out_of_a_word_that_has_its_own_meaning() -> None:
    lexicon = Lexicon.of(
        ["Quyền tiếp cận bến bè. Người dân tiếp cận bến bè. Cái cân đặt ở bến. Thi hành công vụ. " * 3]
    )
    toned = lexicon.toned(tokens("quyền tiếp cân bến"))
    assert [w.key for w in toned] == [key(w) for w in ("quyền", "tiếp", "cận", "bến")]
    assert [w.key for w in lexicon.toned(tokens("cái cân đặt"))] == [key(w) for w in ("cái", "cân", "đặt")]
    assert lexicon.corrected(tokens("hàh")[0], "thi", "cong").bare == "hanh"
