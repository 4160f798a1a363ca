"""Whom a provision binds: the article on persons for "những ai", one side's duty for that side, a limit at its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Answerer
from assistant.answers.figures import figures
from assistant.answers.lexicon import Lexicon
from assistant.answers.question import understand
from assistant.answers.ranges import contrary

LAW = """QUỐC HỘI
LUẬT
Hội đua ghe
Điều 1. Người thi đấu
Người thi đấu nhỏ tuổi là người dưới 14 tuổi. Ban tổ chức hỏi ý kiến người thi đấu từ đủ 9 tuổi trở lên.
Điều 2. Mái chèo, áo phao phải ghi danh
Mái chèo, áo phao phải ghi danh bao gồm:
a) Mái chèo gỗ lim;
b) Áo phao có dây kéo.
Điều 3. Người có nghĩa vụ ghi danh mái chèo, áo phao
1. Đội trưởng đội ghe.
2. Người giữ kho của đình.
Điều 4. Mức góp vào quỹ đua
1. Bên cho thuê hằng năm góp 12% tiền thuê ghe vào quỹ đua cho bên thuê.
2. Bên thuê theo mùa hằng năm góp 5% tiền thuê ghe vào quỹ đua.
"""


@pytest.fixture
def asked(answering: Callable[..., Answerer]) -> Answerer:
    return answering(law=LAW)


def test_whom_it_binds_is_told_by_the_article_on_persons(asked: Answerer) -> None:
    found = asked.answer("Những ai phải ghi danh mái chèo, áo phao?").answer
    assert "Đội trưởng" in found
    assert "gỗ lim" not in found


def test_what_must_be_declared_is_told_by_the_article_on_things(asked: Answerer) -> None:
    assert "gỗ lim" in asked.answer("Những mái chèo, áo phao nào phải ghi danh?").answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Bên thuê phải góp bao nhiêu phần trăm tiền thuê ghe vào quỹ đua?", "5%"),
        ("Người cho thuê phải góp bao nhiêu phần trăm tiền thuê ghe vào quỹ đua?", "12%"),
        ("Bao nhiêu tuổi trở xuống thì gọi là người thi đấu nhỏ tuổi?", "dưới 14 tuổi"),
        ("Người thi đấu từ mấy tuổi trở lên thì được hỏi ý kiến?", "9 tuổi"),
    ],
)
def test_each_side_and_each_end_has_its_figure(asked: Answerer, question: str, figure: str) -> None:
    assert figure in asked.answer(question).answer


@pytest.mark.parametrize(
    ("question", "stated", "other"),
    [
        ("Mấy tuổi trở xuống thì được vào?", "từ đủ 9 tuổi trở lên", True),
        ("Mấy tuổi trở xuống thì được vào?", "dưới 9 tuổi", False),
        ("Từ mấy tuổi trở lên thì được vào?", "dưới 9 tuổi", True),
        ("Mấy tuổi thì được vào?", "dưới 9 tuổi", False),
    ],
)
def test_a_limit_at_the_other_end_is_contrary(question: str, stated: str, other: bool) -> None:
    lexicon = Lexicon.of([LAW])
    assert contrary(understand(question, lexicon), figures(stated)[0]) is other
