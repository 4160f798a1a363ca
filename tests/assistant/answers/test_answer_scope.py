from __future__ import annotations

import pytest

from assistant.answers.answer import Turn
from assistant.answers.followup import stand_alone
from assistant.answers.lexicon import Lexicon
from assistant.answers.mentions import named_in
from assistant.answers.question import understand
from assistant.answers.scope import Catalogue
from corpus.document import Document

MEANT = [
    ("Theo Quyết định 71, mục tiêu là gì?", {"quyet-dinh"}),
    ("QĐ 71/QĐ-UBND nói gì?", {"quyet-dinh"}),
    ("theo ke hoach 18 muc tieu la gi", {"ke-hoach"}),
    ("Kế hoạch số 18/KH-UBND đặt mục tiêu gì?", {"ke-hoach"}),
    ("Dự thảo nêu chỉ tiêu gì?", {"du-thao"}),
    ("Tỉnh Bắc Sơn đặt mục tiêu gì?", {"ke-hoach"}),
    ("Mục tiêu nước máy là bao nhiêu?", None),
]


@pytest.mark.parametrize(("text", "ids"), MEANT)
def test_the_documents_meant_are_found(documents: dict[str, Document], text: str, ids: set[str] | None) -> None:
    scope = Catalogue(documents.values(), documents.__getitem__).scope(understand(text, Lexicon()))
    assert scope.documents == (None if ids is None else frozenset(ids))


def test_a_number_that_no_document_bears_is_told(documents: dict[str, Document]) -> None:
    scope = Catalogue(documents.values(), documents.__getitem__).scope(understand("Quyết định 905/QĐ-BTC?", Lexicon()))
    assert scope.unknown == ["Quyết định 905/QĐ-BTC"]
    assert named_in("Nghị định 30", "thực hiện Nghị định số 30/2044/NĐ-CP")
    assert not named_in("Nghị định 30", "thực hiện Thông tư số 30/2044/TT-BTC")


ASKED = "Theo Quyết định 71, đến năm 2035 bao nhiêu phần trăm số hộ nuôi nghêu ký cam kết?"

FOLLOWED = [
    ("Còn hộ nuôi tôm?", "hộ nuôi tôm", "nghêu"),
    ("Thế đến năm 2040?", "2040", "2035"),
    ("Thế trong bản dự thảo?", "dự thảo", "Quyết định 71a"),
    ("Còn Quyết định 80?", "80", "71"),
]


@pytest.mark.parametrize(("question", "holds", "lacks"), FOLLOWED)
def test_a_follow_up_takes_over_the_rest_of_the_question(question: str, holds: str, lacks: str) -> None:
    alone = stand_alone(question, [Turn(role="user", content=ASKED), Turn(role="assistant", content="85%.")])
    assert holds in alone.text
    assert lacks not in alone.text
    assert "bao nhiêu phần trăm" in alone.text


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    question = "Kế hoạch 18 đặt số nhà máy nước xây mới là bao nhiêu?"
    assert stand_alone(question, [Turn(role="user", content=ASKED)]).text == question
    assert stand_alone("Còn hộ nuôi tôm?", []).text == "Còn hộ nuôi tôm?"
