"""To whom documents go."""

from __future__ import annotations

import pytest

from corpus.metadata import addressees

LETTER = "BỘ VƯỜN ƯƠM\nSố: 12/BVU-KH\nHà Nội, ngày 04 tháng 5 năm 2031\nV/v góp ý đề cương\n{to}\nBộ Vườn ươm đề nghị các cơ quan góp ý trước ngày 20.\n"
DECISION = (
    "BỘ VƯỜN ƯƠM\nSố: 12/QĐ-BVU\nHà Nội, ngày 04 tháng 5 năm 2031\nQUYẾT ĐỊNH\nVề cây giống\n"
    "Điều 1. Trồng cây.\nĐiều 2. Thi hành.\n{copies}\nBỘ TRƯỞNG\nTrần Thị Mẫu Đơn\n"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LETTER.format(to="Kính gửi: Sở Vườn ươm tỉnh Mẫu"), ["Sở Vườn ươm tỉnh Mẫu"]),
        (LETTER.format(to="Kính gửi: Các sở; Ủy ban nhân dân các xã."), ["Các sở", "Ủy ban nhân dân các xã"]),
        (LETTER.format(to="Kính gửi:\n- Các sở;\n- Hội Làm vườn (để phối hợp);\n- Các trường."), ["Các sở", "Hội Làm vườn (để phối hợp)", "Các trường"]),
        (LETTER.format(to="Kính gửi:\nỦy ban nhân dân tỉnh Mẫu."), ["Ủy ban nhân dân tỉnh Mẫu"]),
        (LETTER.format(to=""), []),
        (
            DECISION.format(copies="Nơi nhận:\n- Như Điều 2;\n- Bộ trưởng (để b/c);\n- Cổng thông tin;\n- Lưu: VT, KH."),
            ["Như Điều 2", "Bộ trưởng (để b/c)", "Cổng thông tin"],
        ),
        (DECISION.format(copies="Nơi nhận: - Như Điều 2; - Sở ban ngành; - Lưu: VT."), ["Như Điều 2", "Sở ban ngành"]),
        (DECISION.format(copies=""), []),
    ],
)  # fmt: skip
def test_addressees_are_named_once_each_where_they_stand(text, said):
    found = addressees(text)
    assert [f.value for f in found] == said
    assert all(" ".join(f.span.of(text).split()) == f.value for f in found)
