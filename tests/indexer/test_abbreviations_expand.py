from __future__ import annotations

import pytest

from indexer.abbreviations import ABBREVIATIONS, alternatives


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NLĐ mất CMND", ["người lao động", "chứng minh nhân dân"]),
        ("nld mat cmnd", ["người lao động", "chứng minh nhân dân"]),
        ("Uỷ ban nhân dân huyện", ["UBND"]),
        ("uy ban nhan dan huyen", ["UBND"]),
        ("phát triển công nghệ thông tin ở HĐND", ["hội đồng nhân dân", "CNTT"]),
        ("cấp nước sạch", []),
        ("", []),
    ],
)
def test_alternatives(text, expected):
    assert alternatives(text) == expected


@pytest.mark.parametrize("short", sorted(ABBREVIATIONS))
def test_every_pair_leads_both_ways(short):
    assert alternatives(short) == [ABBREVIATIONS[short]]
    assert short in alternatives(ABBREVIATIONS[short])
