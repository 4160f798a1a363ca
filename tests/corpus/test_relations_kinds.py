"""What a text says about other documents, told apart from what it says of third ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.relations import relations


def _said(text: str, own: str | None = "1/2031/TT-BXX") -> list[tuple[str, str, str | None]]:
    return [(r.kind, r.number, r.provision) for r in relations(text, own)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Thông tư này thay thế Thông tư số 4/2020/TT-BXX.", [("thay thế", "4/2020/TT-BXX", None)]),
        (
            "Thông tư này có hiệu lực từ ngày ký và thay thế Thông tư số 4/2020/TT-BXX, Thông tư số 5/2020/TT-BXX.",
            [("thay thế", "4/2020/TT-BXX", None), ("thay thế", "5/2020/TT-BXX", None)],
        ),
        ("Bãi bỏ Thông tư số 4/2020/TT-BXX và Thông tư số 5/2020/TT-BXX.", [("bãi bỏ", "4/2020/TT-BXX", None), ("bãi bỏ", "5/2020/TT-BXX", None)]),
        ("Bãi bỏ khoản 2 Điều 5 Thông tư số 4/2020/TT-BXX.", [("bãi bỏ", "4/2020/TT-BXX", "khoản 2 Điều 5")]),
        ("Bãi bỏ một số điều của Thông tư số 4/2020/TT-BXX.", [("sửa đổi, bổ sung", "4/2020/TT-BXX", None)]),
        (
            "Thông tư số 4/2020/TT-BXX ngày 05 tháng 6 năm 2020 hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
            [("bãi bỏ", "4/2020/TT-BXX", None)],
        ),
        ("Sửa đổi, bổ sung điểm a khoản 1 Điều 3 của Nghị định số 8/2019/NĐ-CP như sau:", [("sửa đổi, bổ sung", "8/2019/NĐ-CP", "điểm a khoản 1 Điều 3")]),
        ("Khoản 1 Điều 3 Nghị định số 8/2019/NĐ-CP được sửa đổi, bổ sung như sau:", [("sửa đổi, bổ sung", "8/2019/NĐ-CP", "Khoản 1 Điều 3")]),
        ("Thông tư này quy định chi tiết Điều 7 Luật Cây xanh số 3/2018/QH14.", [("hướng dẫn", "3/2018/QH14", "Điều 7")]),
        ("Thực hiện theo Nghị định số 8/2019/NĐ-CP.", [("dẫn chiếu", "8/2019/NĐ-CP", None)]),
        (
            "Luật số 3/2018/QH14 được sửa đổi, bổ sung bởi Luật số 9/2020/QH14 vẫn áp dụng.",
            [("dẫn chiếu", "3/2018/QH14", None), ("dẫn chiếu", "9/2020/QH14", None)],
        ),
        ("Hồ sơ theo Thông tư số 4/2020/TT-BXX chưa hết hạn thì giữ nguyên.", [("dẫn chiếu", "4/2020/TT-BXX", None)]),
        ("Như Thông tư số 1/2031/TT-BXX đã nêu.", []),
    ],
)  # fmt: skip
def test_sentences(sentence, said):
    assert _said(f"Điều 1. Phạm vi\n1. Vườn.\nĐiều 2. Thi hành\n1. {sentence}\n") == said


def test_grounds_are_what_stands_before_the_articles():
    text = (
        "THÔNG TƯ\nQuy định về vườn\nCăn cứ Luật Vườn ngày 02 tháng 3 năm 2015;\n"
        "Căn cứ Nghị định số 8/2019/NĐ-CP ngày 4/5/2019 được sửa đổi bởi Nghị định số 9/2021/NĐ-CP;\nĐiều 1. Căn cứ Luật số 3/2018/QH14.\n"
    )
    found = relations(text)
    assert [(r.kind, r.number, r.issued_on) for r in found] == [
        ("căn cứ", "Luật Vườn", "2015-03-02"),
        ("căn cứ", "8/2019/NĐ-CP", "2019-05-04"),
        ("căn cứ", "9/2021/NĐ-CP", None),
        ("dẫn chiếu", "3/2018/QH14", None),
    ]
    assert found[1].span.of(text) == "Nghị định số 8/2019/NĐ-CP ngày 4/5/2019"


def test_lists_say_what_the_line_above_them_says():
    text = (
        "Điều 9. Hiệu lực\n1. Từ ngày ký.\n2. Những Thông tư dưới đây hết hiệu lực khi Thông tư này có hiệu lực:\n"
        "a) Thông tư số 4/2020/TT-BXX ngày 1/2/2020;\nb) Điều 6 Thông tư số 5/2020/TT-BXX.\n"
        "3. Các văn bản sau được áp dụng:\na) Thông tư số 6/2020/TT-BXX.\n"
    )
    assert _said(text) == [
        ("bãi bỏ", "4/2020/TT-BXX", None),
        ("bãi bỏ", "5/2020/TT-BXX", "Điều 6"),
        ("dẫn chiếu", "6/2020/TT-BXX", None),
    ]


def test_an_amending_document_names_the_amended_one_once():
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 8/2019/NĐ-CP\n1. Sửa đổi khoản 2 Điều 4 như sau:\n“2. Cây.”\n"
        "2. Bãi bỏ Điều 7.\nĐiều 2. Hiệu lực\n1. Bãi bỏ quy định nội bộ.\n"
    )
    assert _said(text) == [
        ("sửa đổi, bổ sung", "8/2019/NĐ-CP", None),
        ("sửa đổi, bổ sung", "8/2019/NĐ-CP", "khoản 2 Điều 4"),
        ("bãi bỏ", "8/2019/NĐ-CP", "Điều 7"),
    ]


@given(st.text(alphabet="ĐCNT Qđiềukhoảnsố12/-.,;:\n“”ăâbãibỏthayế", max_size=200))
def test_spans_lie_in_the_text(text):
    for relation in relations(text):
        assert relation.span.end <= len(text)
        assert relation.number.split("/")[0] in text.replace("–", "-") or "/" in relation.number


def test_a_heading_completes_the_provision_below_it():
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 8/2019/NĐ-CP\n1. Sửa đổi, bãi bỏ một số khoản của Điều 7:\n"
        "a) Sửa đổi khoản 2 như sau: “2. Cây.”\nb) Bãi bỏ khoản 3.\n2. Bãi bỏ cụm từ “gỗ” tại Điều 9.\n"
    )
    assert _said(text)[1:] == [
        ("sửa đổi, bổ sung", "8/2019/NĐ-CP", "Điều 7"),
        ("sửa đổi, bổ sung", "8/2019/NĐ-CP", "khoản 2 Điều 7"),
        ("bãi bỏ", "8/2019/NĐ-CP", "khoản 3 Điều 7"),
    ]
