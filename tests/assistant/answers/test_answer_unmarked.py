"""Questions typed without diacritics: the marks of their words are known from the corpus, and tell words apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.answer import Answer
from assistant.answers.kinds import Kind, kind_of
from assistant.answers.lexicon import Lexicon
from assistant.answers.library import Search
from assistant.answers.normalise import key, tokens
from assistant.answers.patterns import Typed
from assistant.answers.question import understand
from corpus.document import Document
from corpus.load import document

TEXT = """CHÍNH PHỦ
Số: 31/2034/NĐ-CP
Hà Nội, ngày 05 tháng 5 năm 2034
NGHỊ ĐỊNH
Quy định về nấu mật mía
Điều 1. Giải thích từ ngữ
1. Độ cồn là số đo chỉ phần cồn có trong nước mật lên men.
2. Người nấu mật mía là chủ lò.
3. Độ cồn của mật mía được đo bằng cồn kế.
Điều 2. Khai tử sổ lò
1. Chủ lò khai tử sổ lò trong thời hạn 12 ngày kể từ ngày lò thôi đỏ lửa; đơn khai tử sổ lò nộp tại xã.
2. Chủ lò chữa bệnh hoại cho mía trong 30 ngày; việc chữa bệnh hoại do thú y xã trông coi.
3. Mỗi lò được mở tối đa 02 tài khoản bán mật tại hợp tác xã.
4. Chưa khai tử sổ lò thì chưa được mở lò mới.
"""


@pytest.fixture(scope="module")
def ask(searching: Callable[[dict[str, Document]], Search]) -> Callable[..., Answer]:
    sidecar = {"number": "31/2034/NĐ-CP", "kind": "nghị định", "title": "Nghị định quy định về nấu mật mía"}
    made = {"mat-mia": document(TEXT, id="mat-mia", sidecar=sidecar)}
    return Answerer(searching(made), made.__getitem__, None, made.values()).answer


def _marked(question: str, text: str = TEXT) -> list[str]:
    return [w.key for w in Lexicon.of([text]).marked(tokens(question))]


def test_words_beside_one_another_show_their_marks() -> None:
    assert _marked("do con la gi") == [key(w) for w in ("độ", "cồn", "là", "gì")]
    assert _marked("khai tu so lo")[:2] == [key("khai"), key("tử")]


def test_a_word_that_the_corpus_does_not_pair_stays_as_typed() -> None:
    assert _marked("con trau") == ["con", "trau"]
    assert _marked("do xe") == ["do", "xe"]


def test_a_pair_that_is_written_in_two_ways_is_not_sure() -> None:
    text = "Mía tươi và mía tưới. " * 3
    assert _marked("mia tuoi", text)[1] == "tuoi"


def test_a_word_is_no_word_of_asking_where_its_marks_are_known() -> None:
    lexicon = Lexicon.of([TEXT])
    kept = {t.word.bare for t in understand("do con la gi", lexicon).terms}
    assert kept == {"do", "con"}
    assert understand("do ai nau thi con", lexicon).typed.words[0].key != key("độ")


def test_treating_is_no_denial_and_not_yet_is_one() -> None:
    lexicon = Lexicon.of([TEXT])
    assert not understand("chua benh hoai cho mia trong bao nhieu ngay", lexicon).denied
    assert understand("chua khai tu so lo thi sao", lexicon).denied


@pytest.mark.parametrize(
    ("question", "stated"),
    [("do con la gi", "số đo"), ("khai tu so lo trong bao nhieu ngay", "12 ngày"), ("chua benh hoai may ngay", "30")],
)
def test_questions_without_marks_are_answered(ask: Callable[..., Answer], question: str, stated: str) -> None:
    assert stated in ask(question).answer


def test_another_word_that_only_looks_alike_is_no_answer(ask: Callable[..., Answer]) -> None:
    assert ask("duoc mo toi da bao nhieu tai khoan ban mat").abstained is False
    assert ask("bao nhieu nguoi chua cua lo").abstained


def test_how_many_times_is_a_count_without_marks_too() -> None:
    assert kind_of(Typed(tokens("duoc gia han may lan"), True)) is Kind.COUNT
    assert kind_of(Typed(tokens("được gia hạn mấy lần"), False)) is Kind.COUNT
    assert kind_of(Typed(tokens("bao nhieu la vua"), True)) is Kind.FIGURE
