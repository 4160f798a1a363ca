"""Kinds of question that people ask of laws: how long, how far, for whom, under which law."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer
from assistant.answers.bags import words_of
from assistant.answers.contrast import stated_label
from assistant.answers.figures import figures
from assistant.answers.lasting import asks_how_long, lengths
from assistant.answers.lexicon import Lexicon
from assistant.answers.library import Search
from assistant.answers.normalise import tokens
from assistant.answers.patterns import Typed
from assistant.answers.reading import read
from assistant.answers.subjects import subject
from assistant.answers.units import with_units
from assistant.answers.weighing import weight
from corpus.document import Document
from corpus.load import document

LAW = """QUỐC HỘI
Số: 12/2034/QH19
Hà Nội, ngày 14 tháng 6 năm 2034
LUẬT
GIÁO DƯỠNG ONG
Điều 1. Giải thích từ ngữ
1.Trại ong là nơi đặt từ năm tổ ong trở lên.
2. Trại ong có các quyền sau đây:
a) Bán mật;
b) Thuê đất.
Điều 2. Trại ong
1. Trại ong phải cách đường cái từ 150 m trở lên.
2. Trại ong có diện tích từ 40 m2 trở lên, không kể kho.
3. Trại ong không được mở đèn từ 19 giờ đến 04 giờ.
4. Vắng mặt ở trại từ 05 tháng trở lên thì chủ trại bị xóa tên khỏi sổ ong.
5. Mức giảm 80% giá thuê đất áp dụng cho chủ trại là thương binh; bà con di dân; hộ nuôi ong đơn thân.
6. Thợ ong học nghề trong 03 năm, từ lớp sáu.
7. Tuổi vào học lớp sáu nghề ong là 16 tuổi.
8. Mỗi chủ trại có tối thiểu hai thợ ong.
9. Tỷ lệ trại ong đạt chuẩn là 85% vào năm 2040.
Điều 3. Luật này có hiệu lực từ ngày 01 tháng 01 năm 2035.
"""
DECREE = """CHÍNH PHỦ
Số: 90/2035/NĐ-CP
Hà Nội, ngày 02 tháng 3 năm 2035
NGHỊ ĐỊNH
Quy định chi tiết một số điều của Luật Giáo dưỡng ong
Điều 1. Trại ong trong vườn quốc gia phải cách đường cái từ 700 m trở lên.
Điều 2. Nghị định này có hiệu lực từ ngày 15 tháng 4 năm 2035.
"""


@pytest.fixture(scope="module")
def ask(searching: Callable[[dict[str, Document]], Search]) -> Callable[..., Answer]:
    law = {"number": "12/2034/QH19", "kind": "luật", "title": "Luật Giáo dưỡng ong", "issued_on": "2034-06-14"}
    decree = {
        "number": "90/2035/NĐ-CP", "kind": "nghị định", "issued_on": "2035-03-02",
        "title": "Nghị định quy định chi tiết một số điều của Luật Giáo dưỡng ong",
    }  # fmt: skip
    made = {
        "luat": document(LAW, id="luat", sidecar=law),
        "nghi-dinh": document(DECREE, id="nghi-dinh", sidecar=decree),
    }
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer


@pytest.mark.parametrize(
    ("question", "stated", "unsaid"),
    [
        ("Theo Luật Giáo dưỡng ong, trại ong phải cách đường cái bao nhiêu mét?", "150 m", "700"),
        ("Luật Giáo dưỡng ong có hiệu lực từ ngày nào?", "1/1/2035", "15/4"),
        ("luat giao duong ong co hieu luc tu ngay nao", "1/1/2035", "15/4"),
        ("Trại ong rộng tối thiểu bao nhiêu m2?", "40 m2", "150"),
        ("Vắng mặt ở trại bao lâu thì bị xóa tên khỏi sổ ong?", "05 tháng", "03 năm"),
        ("Hộ nuôi ong đơn thân được giảm bao nhiêu phần trăm giá thuê đất?", "80%", "85"),
        ("Thợ ong học nghề trong mấy năm?", "03 năm", "85"),
        ("Mấy tuổi thì vào học lớp 6 nghề ong?", "16 tuổi", "03 năm"),
        ("Trại ong là gì?", "nơi đặt", "Thuê đất"),
    ],
)
def test_what_is_asked_of_a_law_is_answered(
    ask: Callable[..., Answer], question: str, stated: str, unsaid: str
) -> None:
    answer = ask(question).answer
    assert stated in answer
    assert unsaid not in answer


def test_a_decree_on_a_law_is_not_the_law(ask: Callable[..., Answer]) -> None:
    assert "700" in ask("Theo Nghị định 90/2035, trại ong phải cách đường cái bao nhiêu mét?").answer


def _spans(text: str) -> list[str]:
    return [text[a:b] for a, b in lengths(text)]


def test_lengths_of_time_are_told_from_dates() -> None:
    assert _spans("đủ 36 tháng trở lên") == ["đủ 36 tháng trở lên"]
    assert _spans("18 tháng thực hành; 09 (chín) ngày làm việc") == ["18 tháng", "09 (chín) ngày làm việc"]
    assert not _spans("ngày 18 tháng 4 năm 2030 và tháng 6 năm 2031, khoản 2 năm đó")


@pytest.mark.parametrize(("question", "so"), [("Vắng bao lâu thì bị xóa", True), ("Họp ngày nào", False)])
def test_how_long_is_told_from_when(question: str, so: bool) -> None:
    assert asks_how_long(Typed(tokens(question), False)) is so


def test_metres_are_written_short_where_they_are_asked_for() -> None:
    assert with_units("cách bao nhiêu mét") == "cách bao nhiêu m"
    assert with_units("rộng mấy mét vuông") == "rộng mấy m2"
    assert with_units("ai met thi nghi") == "ai met thi nghi"


def test_a_class_by_figure_is_the_class_by_word() -> None:
    words = words_of(tokens("Tuổi vào lớp sáu là 11 tuổi"))
    assert stated_label(("lop", "6"), words)
    assert not stated_label(("lop", "7"), words)


def test_the_list_after_a_figure_goes_on_until_the_next_figure() -> None:
    text = "Giảm 90% đối với thợ rèn; thợ mộc; giảm 30% đối với thợ may."
    reading = read(Document(id="d", text=text, sha256="0"))
    units = list(reading.units(range(len(reading.lines))))
    first, last = units[0], units[-1]
    assert first.near("moc") > 0.9
    assert last.near("moc") < 0.9
    other = read(Document(id="d", text="Giảm 90% mùi khói; thợ mộc nghỉ.", sha256="0"))
    assert next(other.units([0])).near("moc") < 0.9


def test_a_numeral_that_names_a_class_counts_nothing() -> None:
    assert not figures("vào học lớp sáu nghề ong")
    assert [f.value for f in figures("chủ trại có sáu lớp học")] == [6.0]


def _answer(searching: Callable[[dict[str, Document]], Search], text: str, question: str) -> str:
    made = {"x": document(text, id="x", sidecar={"number": "5/2034/TT-BHT", "kind": "thông tư"})}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer(question).answer


PERMITS = """BỘ HẢI TRÌNH
Số: 5/2034/TT-BHT
Điều 1. Phép thả lồng bè
1. Phép thả lồng bè có hiệu lực 06 năm.
2. Phép thả lồng bè có hiệu lực 02 năm đối với nơi nước xiết cần theo dõi thêm.
Điều 2. Giải thích từ ngữ
1. Hủy phép, thẻ là làm cho phép đó không còn dùng được.
2. Hội đồng hủy phép gồm ba người.
3. Bè nổi là sàn kết bằng tre.
Điều 3. Giờ và người
1. Lồng bè không được kéo lên từ 0 giờ sáng đến 05 giờ sáng.
2. Bè dưới 12 tháng tuổi được giao cho thợ cả trông coi.
3. Bè trên 40 tháng tuổi được giao cho mẹ nuôi trông coi.
4. Lồng bè phải sơn xanh.
"""


def test_the_rule_answers_before_its_exception(searching: Callable[[dict[str, Document]], Search]) -> None:
    assert "06 năm" in _answer(searching, PERMITS, "Phép thả lồng bè có hiệu lực mấy năm?")
    told = _answer(searching, PERMITS, "Phép thả lồng bè nơi nước xiết cần theo dõi thêm có hiệu lực mấy năm?")
    assert "02 năm" in told


def test_a_definition_is_asked_for_in_several_ways(searching: Callable[[dict[str, Document]], Search]) -> None:
    assert "kết bằng tre" in _answer(searching, PERMITS, "Bè nổi được hiểu như thế nào?")
    assert "không còn dùng được" in _answer(searching, PERMITS, "Hủy phép là gì?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. Hủy phép, thẻ là bỏ đi.", ("huy", "phep")),
        ("1. Thợ rèn làng biển, thợ mộc làng rừng là người xa quê.", ()),
    ],
)
def test_a_subject_of_two_things_is_its_first(text: str, said: tuple[str, ...]) -> None:
    reading = read(Document(id="d", text=text, sha256="0"))
    assert subject(text, next(reading.units([0]))) == said


def test_a_range_of_hours_is_said_whole(searching: Callable[[dict[str, Document]], Search]) -> None:
    said = _answer(searching, PERMITS, "Lồng bè không được kéo lên từ mấy giờ đến mấy giờ?")
    assert "từ 0 giờ sáng đến 05 giờ sáng" in said


def test_who_may_be_a_person(searching: Callable[[dict[str, Document]], Search]) -> None:
    assert "mẹ nuôi" in _answer(searching, PERMITS, "Bè trên 40 tháng tuổi được giao cho ai trông coi?")
    assert "xanh" not in _answer(searching, PERMITS, "Ai phải sơn lồng bè?")


def test_a_word_without_marks_of_its_own_keeps_its_weight() -> None:
    lexicon = Lexicon.of(["Điện thoại di động bán ở chợ. " * 3])
    moving, going = weight(tokens("di")[0], lexicon), weight(tokens("đi")[0], lexicon)
    assert moving > 3 * going
