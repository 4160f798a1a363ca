from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.tones import bare, corrected


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("cơ sở đữ liệu quôc gia về hướng dân tổ chức", "cơ sở dữ liệu quốc gia về hướng dẫn tổ chức"),
        (
            "mức thâp nhât theo quyêt định của cơ quan có thẩm quyên",
            "mức thấp nhất theo quyết định của cơ quan có thẩm quyền",
        ),
        ("THỰC HIỆN QUYÊT ĐỊNH SÔ 12", "THỰC HIỆN QUYẾT ĐỊNH SỐ 12"),
        ("Uỷ ban nhân dân thành phô Hà Nội", "Uỷ ban nhân dân thành phố Hà Nội"),
    ],
)
def test_marks_are_put_right_from_the_words_beside(seen, meant):
    assert corrected([seen]) == [meant]


def test_the_line_before_counts_too():
    assert corrected(["theo quy định của pháp", "luât về đất đai"]) == ["theo quy định của pháp", "luật về đất đai"]


@pytest.mark.parametrize(
    "text", ["Ông Lê Sỹ Đẩu ở bản Pá Mỳ", "12.345 km² = 7,5%", "ABC xyz QĐ-TTg", "", "mạnh mẽ, đói no"]
)
def test_names_figures_and_plain_words_stay(text):
    assert corrected([text]) == [text]


@given(st.lists(st.text(alphabet="abcdđeêghiklmnơopqrstuưvxyàáạảãếệôốđĐÂN ., 0123", max_size=60), max_size=4))
def test_only_marks_change(lines):
    lines = [unicodedata.normalize("NFC", line) for line in lines]
    made = corrected(lines)
    assert [bare(line) for line in made] == [bare(line) for line in lines]
    assert list(map(len, made)) == list(map(len, lines))


@pytest.mark.shared
def test_true_text_is_left_alone_but_for_a_few_words_in_a_thousand(shared):
    changed = words = 0
    for path in sorted((shared / "documents").glob("*.txt"))[::6]:
        lines = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).split("\n")
        pairs = [
            (a, b)
            for x, y in zip(lines, corrected(lines), strict=True)
            for a, b in zip(x.split(), y.split(), strict=True)
        ]
        words += len(pairs)
        changed += sum(a != b for a, b in pairs)
    assert changed < 0.0015 * words
