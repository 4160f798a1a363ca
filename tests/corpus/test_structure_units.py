"""Which units a text has, and what lawyers call them. The texts are made up; their shapes are not."""

from __future__ import annotations

import pytest

from corpus.structure import provisions


def _named(text: str, *kinds: str) -> list[str]:
    return [p.path for p in provisions(text) if p.path and (p.kind in kinds if kinds else p.kind != "đoạn")]


DECREE = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/2031/NĐ-CP
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 03 tháng 4 năm 2031
NGHỊ ĐỊNH
Quy định về quản lý vườn chim
Căn cứ Luật Tổ chức Chính phủ số 1/2030/QH17;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Nghị định này quy định về vườn chim.
Điều 2. Từ ngữ
1. Trong Nghị định này:
a) Vườn chim là nơi có chim;
b) Chủ vườn gồm:
- Cá nhân;
- Hợp tác xã:
+ Loại một;
+ Loại hai.
đ) Mùa chim về.
2. Ngoài ra còn có khoản này.
Chương II
NUÔI VÀ NGẮM
Mục 1
NUÔI
Điều 3. Thức ăn
Mục 2. NGẮM
Điều 4
Giờ ngắm
Chim ngủ thì không ngắm.
Nơi nhận:
- Các bộ;
- Lưu: VT.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Lê Văn Sáo
PHỤ LỤC I
DANH MỤC LOÀI
(Kèm theo Nghị định số 12/2031/NĐ-CP)
| TT | Loài | Số con |
| 1 | Cò | 12 |
| 1.1 | Cò lửa | 3 |
Mẫu số 02. Đơn xin ngắm
Kính gửi: ...
"""


def test_a_decree_from_head_to_annex():
    assert _named(DECREE) == [
        "phần đầu",
        "Chương I",
        "Điều 1",
        "Điều 2",
        "khoản 1 Điều 2",
        "điểm a khoản 1 Điều 2",
        "điểm b khoản 1 Điều 2",
        "gạch đầu dòng thứ 1 điểm b khoản 1 Điều 2",
        "gạch đầu dòng thứ 2 điểm b khoản 1 Điều 2",
        "dấu cộng thứ 1 gạch đầu dòng thứ 2 điểm b khoản 1 Điều 2",
        "dấu cộng thứ 2 gạch đầu dòng thứ 2 điểm b khoản 1 Điều 2",
        "điểm đ khoản 1 Điều 2",
        "khoản 2 Điều 2",
        "Chương II",
        "Mục 1 Chương II",
        "Điều 3",
        "Mục 2 Chương II",
        "Điều 4",
        "nơi nhận",
        "chữ ký",
        "Phụ lục I",
        "bảng Phụ lục I",
        "dòng thứ 1 bảng Phụ lục I",
        "dòng 1 bảng Phụ lục I",
        "dòng 1.1 bảng Phụ lục I",
        "Mẫu số 02 Phụ lục I",
    ]


def test_headings_are_the_words_beside_or_below_the_number():
    headings = {p.path: p.heading for p in provisions(DECREE) if p.heading}
    assert headings["Chương I"] == "QUY ĐỊNH CHUNG"
    assert headings["Điều 4"] == "Giờ ngắm"
    assert headings["Phụ lục I"] == "DANH MỤC LOÀI"
    assert "khoản 2 Điều 2" not in headings


PLAN = """KẾ HOẠCH
Trồng cây ven sông
A. TÌNH HÌNH
Chưa có cây.
B. NỘI DUNG
I. MỤC TIÊU
1. Mục tiêu chung
Xanh.
2. Mục tiêu cụ thể
2.1. Năm đầu
a) Trồng 10 cây.
2.2. Năm sau
- Trồng 20 cây.
II. TỔ CHỨC THỰC HIỆN
1. Sở Cây: (i) ươm cây; (ii) giao cây.
"""


def test_a_plan_with_letters_above_roman_numbers():
    assert _named(PLAN) == [
        "phần A",
        "phần B",
        "mục I phần B",
        "khoản 1 mục I phần B",
        "khoản 2 mục I phần B",
        "khoản 2.1 mục I phần B",
        "điểm a khoản 2.1 mục I phần B",
        "khoản 2.2 mục I phần B",
        "gạch đầu dòng thứ 1 khoản 2.2 mục I phần B",
        "mục II phần B",
        "khoản 1 mục II phần B",
        "điểm i khoản 1 mục II phần B",
        "điểm ii khoản 1 mục II phần B",
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("I. MỘT\n1. Hai\n1.1. Ba\nII. BỐN", ["phần I", "mục 1 phần I", "mục 1.1 phần I", "phần II"]),
        ("Điều 1. Phê duyệt:\nI. MỘT\n1. Hai\nĐiều 2. Xong.", ["Điều 1", "mục I Điều 1", "khoản 1 mục I Điều 1", "Điều 2"]),
        ("Điều 3. 1. Một.\n2. a) Hai;\nb) Ba.", ["Điều 3", "khoản 1 Điều 3", "khoản 2 Điều 3", "điểm a khoản 2 Điều 3", "điểm b khoản 2 Điều 3"]),
        ("Điều 5a. Thêm\nĐiều 5b: Thêm nữa", ["Điều 5a", "Điều 5b"]),
        ("Ðiều 7. Chữ Ð của Iceland", ["Điều 7"]),
        ("ĐIỀU 2.\nNội dung của điều này.", ["Điều 2"]),
        ("Phần thứ hai\nCÁC TỘI PHẠM\nChương XIV\nTỘI", ["Phần thứ hai", "Chương XIV Phần thứ hai"]),
        ("1. Gồm: a) một; b) hai; c) ba.", ["mục 1", "điểm a mục 1", "điểm b mục 1", "điểm c mục 1"]),
        ("1) Một\n2) Hai\n3/ Ba", ["mục 1", "mục 2", "mục 3"]),
        ("a. Một\nb. Hai", ["điểm a", "điểm b"]),
        ("h) Một\ni) Hai\nk) Ba", ["điểm h", "điểm i", "điểm k"]),
        ("H. MỘT\nI. HAI\nK. BA", ["phần H", "phần I", "phần K"]),
        ("1. a:\ni) Một\nii) Hai\niii) Ba", ["mục 1", "điểm i mục 1", "điểm ii mục 1", "điểm iii mục 1"]),
        ("IV. BỐN\nV. NĂM\nC. CÂY", ["phần IV", "phần V", "phần C"]),
        ("1. Gồm:\n(a) x\n(b) y\n(c) z", ["mục 1", "điểm a mục 1", "điểm b mục 1", "điểm c mục 1"]),
        ("1. Gồm:\n(iii) x\n(iv) y\n(v) z", ["mục 1", "điểm iii mục 1", "điểm iv mục 1", "điểm v mục 1"]),
        ("1. Một:\n- x:\n1. trong\n2. trong\n2. Hai", ["mục 1", "gạch đầu dòng thứ 1 mục 1", "khoản 1 gạch đầu dòng thứ 1 mục 1", "khoản 2 gạch đầu dòng thứ 1 mục 1", "mục 2"]),
        ("Phụ lục I kèm theo Nghị định này được áp dụng.", []),
        ("Chương trình này gồm nhiều bước.", []),
        ("Điều 5 của Luật này quy định như vậy.", []),
        ("Mục tiêu: trồng cây.", []),
        ("1.500 cây được trồng.\n2,5 tỷ đồng.\n15% số cây.", []),
        ("20/11 là ngày hội.\n2030 là hạn cuối.", []),
        ("- 5 độ là lạnh.", ["gạch đầu dòng thứ 1"]),
    ],
)  # fmt: skip
def test_units_and_what_only_looks_like_them(text, paths):
    assert _named(text) == paths


def test_an_enacted_regulation_counts_its_articles_anew():
    text = (
        "QUYẾT ĐỊNH\nVề việc ban hành Quy chế\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế.\nĐiều 2. Thi hành.\n"
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị Sen\n"
        "QUY CHẾ\nQUẢN LÝ BẾN ĐÒ\n(Ban hành kèm theo Quyết định số 9/QĐ-UBND)\nĐiều 1. Phạm vi\n1. Bến đò.\nĐiều 2. Giờ chạy\n"
    )
    assert _named(text, "điều", "khoản", "phụ lục") == [
        "Điều 1",
        "Điều 2",
        "Quy chế kèm theo",
        "Điều 1 Quy chế kèm theo",
        "khoản 1 Điều 1 Quy chế kèm theo",
        "Điều 2 Quy chế kèm theo",
    ]


def test_rows_without_their_first_pipe_are_rows():
    text = "Bảng sau:\n| a | b | c |\n1 | x | y\n| 2 | z | t |\nHết."
    assert [p.kind for p in provisions(text)] == ["đoạn", "bảng", "dòng bảng", "dòng bảng", "dòng bảng", "đoạn"]


def test_a_wrapped_line_belongs_to_the_sentence_that_it_ends():
    text = "1. Trồng cây dọc theo\nhai bờ sông.\n2. Tưới cây."
    assert [p.span.of(text) for p in provisions(text)] == ["1. Trồng cây dọc theo\nhai bờ sông.\n", "2. Tưới cây."]


def test_a_paragraph_after_items_belongs_to_what_holds_the_items():
    text = "1. Gồm:\n- cò;\n- vạc.\nCác loài trên được bảo vệ."
    assert [(p.kind, p.path) for p in provisions(text)][-1] == ("đoạn", "mục 1")


def test_recipients_and_signature_on_one_line_are_told_apart():
    text = (
        "Điều 2. Thi hành.\nNơi nhận: - Như Điều 2; - Lưu: VT. TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Vũ Thị Mai"
    )
    found = {p.kind: p.span.of(text) for p in provisions(text)}
    assert found["nơi nhận"].startswith("Nơi nhận")
    assert found["chữ ký"].startswith("TM. ỦY BAN")
    row = "Điều 2. Thi hành.\n| Nơi nhận: - Lưu: VT. | BỘ TRƯỞNG (Đã ký) Ngô Văn Tùng |"
    assert [p.kind for p in provisions(row)] == ["điều", "nơi nhận", "chữ ký"]


def test_empty_and_blank_texts():
    assert provisions("") == ()
    assert [p.span.end for p in provisions(" \n\n")] == [3]
