"""Tones left out of a question typed with diacritics: put back by what the documents write, and by nothing else."""

from __future__ import annotations

import pytest

from assistant.answers.lexicon import Lexicon
from assistant.answers.normalise import key, tokens

TEXT = (
    "Tỷ lệ hộ nuôi tằm đạt ít nhất 60%. Hộ nuôi tằm được xếp loại hằng năm. Ít nhất hai điểm thu mua kén. "
    "Điểm thu mua kén báo cáo ngay sau mỗi vụ. Cán bộ xã hỏi ý kiến hộ nuôi tằm. "
) * 3


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.of([TEXT])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ít nhât bao nhiêu hộ nuôi tằm", "ít nhất bao nhiêu hộ nuôi tằm"),
        ("điêm thu mua kén", "điểm thu mua kén"),
        ("hộ được xêp loại trong mấy ngay", "hộ được xếp loại trong mấy ngày"),
        ("báo cáo ngay sau mỗi vụ", "báo cáo ngay sau mỗi vụ"),
        ("hộ nuôi tôm", "hộ nuôi tôm"),
    ],
)
def test_a_tone_left_out_is_put_back(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert [w.key for w in lexicon.toned(tokens(typed))] == [key(w) for w in meant.split()]
