"""Articles quoted inside an amending document are not its own."""

from __future__ import annotations

import pytest

from corpus.structure import provisions

_AFTER = "2. Bãi bỏ khoản 3 Điều 8.\nĐiều 2. Hiệu lực thi hành\nThông tư này có hiệu lực từ ngày ký.\n"


@pytest.mark.parametrize(
    "quotation",
    [
        "“Điều 5. Giờ mở cửa\n1. Sáng.\n2. Chiều.”.\n",
        "“Điều 5. Giờ mở cửa\n1. Từ “bình minh” đến trưa.\nĐiều 6. Giờ đóng cửa\n2. Chiều.”\n",
        '"Điều 5. Giờ mở cửa\n1. Sáng.\n2. Chiều.";\n',
        "«Điều 5. Giờ mở cửa\n1. Sáng.»\n",
        "“Điều 5. Giờ mở cửa\n1. Dấu đóng bị quên.\n",
        "Điều 5. Giờ mở cửa\n1. Không có dấu nào.\n",
        "“Điều 2. Giờ mở cửa\nTrùng số với điều của chính văn bản.”\n",
    ],
)
def test_only_own_articles_count(quotation):
    text = f"Điều 1. Sửa đổi Thông tư số 3/2030/TT-BXX\n1. Sửa đổi, bổ sung Điều 5 như sau:\n{quotation}{_AFTER}"
    units = [p.path for p in provisions(text) if p.kind in ("điều", "khoản")]
    assert units == ["Điều 1", "khoản 1 Điều 1", "khoản 2 Điều 1", "Điều 2"]


def test_a_quotation_that_opens_in_the_line_of_the_instruction():
    text = "Điều 1. Sửa đổi\n1. Khoản 2 Điều 4 được sửa đổi như sau: “2. Mở cửa:\na) Sáng;\nb) Chiều.”\n2. Bỏ Điều 9.\n"
    assert [p.path for p in provisions(text) if p.kind in ("khoản", "điểm")] == ["khoản 1 Điều 1", "khoản 2 Điều 1"]


def test_an_annex_in_new_wording_does_not_end_the_articles():
    text = (
        "Điều 1. Thay thế Phụ lục II như sau:\nPHỤ LỤC II\nDANH MỤC GHẾ ĐÁ\n(Kèm theo Nghị định số 5/2029/NĐ-CP)\n| 1 | ghế |\n"
        "Điều 2. Hiệu lực thi hành\n1. Từ ngày ký.\nPHỤ LỤC\nCỦA CHÍNH VĂN BẢN\n"
    )
    assert [p.path for p in provisions(text) if p.kind in ("điều", "phụ lục")] == ["Điều 1", "Điều 2", "Phụ lục"]


def test_quoted_words_in_a_sentence_change_nothing():
    text = '1. “Ghế đá” là ghế bằng đá.\n2. Cụm từ “ghế gỗ" bị viết sai dấu.\n3. Hết.'
    assert [p.label for p in provisions(text)] == ["1", "2", "3"]
