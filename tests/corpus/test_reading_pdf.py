from __future__ import annotations

import contextlib

import pytest

from corpus.errors import UnreadableFile
from corpus.readers import pdf, read


def lines_at(left, top, texts, step=18):
    return [(left, top - step * i, text) for i, text in enumerate(texts)]


def box(x0, y0, x1, y1):
    return f"0.5 w {x0} {y0} m {x1} {y1} l S"


MOTTO = "Độc lập - Tự do - Hạnh phúc"


def test_lines_join_to_paragraphs_by_indent_and_fullness(put, make_pdf):
    full = "x" * 5
    wide = " ".join(["chữ dài"] * 11)
    page = [
        (100, 700, "Điều 1. " + wide[:72]),
        (72, 682, wide + full[:1]),
        (72, 664, "hết đoạn."),
        (100, 646, "a) " + wide[:75]),
        (72, 628, "Điều 5 của Luật này thì tiếp tục."),
        (100, 610, "b) Ngắn."),
    ]
    text = read(put(make_pdf([page]))).text
    assert text.split("\n")[:-1] == [
        f"Điều 1. {wide[:72].strip()} {wide}x hết đoạn.",
        f"a) {wide[:75].strip()} Điều 5 của Luật này thì tiếp tục.",
        "b) Ngắn.",
    ]


def test_a_number_cut_at_its_hyphen_is_mended(put, make_pdf):
    wide = " ".join(["chữ dài"] * 10)
    page = [(72, 700, f"{wide} số 52-"), (72, 682, "CT/TW được thực hiện."), (72, 664, wide + " aaaa bb")]
    assert "số 52-CT/TW được" in read(put(make_pdf([page]))).text


def test_running_heads_page_numbers_and_stamps_go(put, make_pdf):
    pages = []
    wide = "viết kín " * 8
    for n in range(1, 7):
        body = [
            (100, 700, f"Câu {n} ngắn."),
            (100, 682, f"Câu {n} {wide}dài"),
            (72, 664, "rồi hết."),
            (100, 646, "Câu cuối."),
        ]
        head = (72, 800, f"CÔNG BÁO/Số {100 + n}/Ngày 01-02-2031 {n}")
        pages.append([head, *body, (290, 30, str(n)), (72, 60, "Tập san của cơ quan mẫu")])
    pages[0] += [
        (400, 500, "Ký bởi: CỔNG THÔNG TIN MẪU"),
        (400, 482, "Email: mau@vi.du.vn"),
        (400, 464, "Thời gian ký: 01.02.2031 10:11:12 +07:00"),
    ]
    got = [line for line in read(put(make_pdf(pages))).text.split("\n") if line]
    assert got == [s for n in range(1, 7) for s in (f"Câu {n} ngắn.", f"Câu {n} {wide}dài rồi hết.", "Câu cuối.")]


def test_head_and_foot_side_by_side_are_read_side_after_side(put, make_pdf):
    page = [
        (80, 780, "ỦY BAN MẪU"),
        (330, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (80, 762, "Số: 12/QĐ-UBM"),
        (370, 762, MOTTO),
        (72, 700, "Nội dung của quyết định này viết kín cả chiều ngang của trang giấy để làm mẫu."),
        (72, 600, "Nơi nhận:"),
        (360, 600, "TM. ỦY BAN MẪU"),
        (72, 582, "- Như Điều 3;"),
        (380, 582, "CHỦ TỊCH"),
        (72, 564, "- Lưu: VT."),
    ]
    got = [line for line in read(put(make_pdf([page]))).text.split("\n") if line]
    assert got[:4] == [
        "ỦY BAN MẪU",
        "Số: 12/QĐ-UBM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        MOTTO,
    ]
    assert got[-5:] == ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "TM. ỦY BAN MẪU", "CHỦ TỊCH"]


RULES = (
    [box(70, y, 470, y) for y in (720, 690, 660, 630)]
    + [box(x, 630, x, 720) for x in (70, 120, 470)]
    + [box(300, 630, 300, 690)]
)


def test_ruled_tables_become_rows_with_merged_cells_at_their_first_place(put, make_pdf):
    page = [
        (72, 760, "Bảng chỉ tiêu"),
        (75, 700, "TT"),
        (125, 700, "Tên chung hai cột"),
        (75, 675, "1"),
        (125, 675, "Độ che phủ | rừng"),
        (310, 675, "42%"),
        (75, 645, "2"),
        (125, 650, "Nước sạch"),
        (125, 636, "nông thôn"),
        (310, 645, "80%"),
        (72, 600, "Ghi chú cuối trang."),
    ]
    got = [line for line in read(put(make_pdf([page], RULES, 10))).text.split("\n") if line]
    assert got == [
        "Bảng chỉ tiêu",
        "| TT | Tên chung hai cột | |",
        "| 1 | Độ che phủ / rừng | 42% |",
        "| 2 | Nước sạch nông thôn | 80% |",
        "Ghi chú cuối trang.",
    ]


def test_a_table_that_runs_over_pages_is_one_table(put, make_pdf):
    def page(rows):
        head = [(75, 700, "TT"), (125, 700, "Việc"), (310, 700, "Hạn")]
        cells = [
            (x, y, w)
            for y, row in zip((675, 645), rows, strict=True)
            for x, w in zip((75, 125, 310), row, strict=True)
            if w
        ]
        return head + cells

    rules = [*RULES, box(300, 690, 300, 720)]
    pages = [
        page([("1", "Rà soát quy hoạch", "2031"), ("2", "Sửa quy chế và", "2032")]),
        page([("", "ban hành mẫu đơn", ""), ("3", "Tổng kết", "2033")]),
    ]
    got = [line for line in read(put(make_pdf(pages, rules, 10))).text.split("\n") if line]
    assert got == [
        "| TT | Việc | Hạn |",
        "| 1 | Rà soát quy hoạch | 2031 |",
        "| 2 | Sửa quy chế và ban hành mẫu đơn | 2032 |",
        "| 3 | Tổng kết | 2033 |",
    ]


@pytest.mark.parametrize("cut", [8, 200, 900])
def test_a_truncated_pdf_is_refused_or_read_but_never_breaks(put, make_pdf, cut):
    data = make_pdf([lines_at(72, 700, ["Một câu để cắt."] * 5)])
    with contextlib.suppress(UnreadableFile):
        assert "Một câu" in read(put(data[:cut])).text


def test_a_pdf_of_blank_pages_says_so(put, make_pdf):
    with pytest.raises(UnreadableFile, match="không có chữ"):
        read(put(make_pdf([[]])))


def test_a_locked_pdf_asks_for_its_password(put):
    import io

    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        read(put(buffer.getvalue()))


@pytest.mark.shared
def test_our_tables_agree_with_pdfplumber_on_ruled_pages(shared):
    """The slow obvious way: pdfplumber finds as many cells on pages without shading."""
    import pdfplumber

    from corpus.readers.pdf_tables import ruled_tables

    path = shared / "files" / "congbao-quyet-dinh-so-982-qd-ttg-469699.pdf"
    ours = list(pdf._pages(path))
    with pdfplumber.open(path) as slow:
        for number in (12, 15):
            theirs = [t for t in slow.pages[number].find_tables() if len(t.cells) > 1]
            mine = ruled_tables(ours[number].level, ours[number].upright)
            assert len(mine) == len(theirs) == 1
            cells = {place for row in mine[0].owner for place in row}
            assert len(cells) == len(theirs[0].cells), number


WIDE = "viết kín cả chiều ngang của trang giấy " * 2


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        ("Trần Thị Mẫu Đơn", "Phụ lục", False),
        ("Trần Thị Mẫu Đơn", "THỦ TRƯỞNG CƠ QUAN MẪU", False),
        ("Trần Thị Mẫu Đơn", "Danh sách tổ công tác", False),
        (f"1. Sở Mẫu {WIDE}và", "PHỤ LỤC II", False),
        (f"1. Sở Mẫu {WIDE}và", "KẾ HOẠCH TRỒNG CÂY MẪU", False),
        (f"1. Sở Mẫu {WIDE}và", "các sở khác cùng làm.", True),
        (f"1. Sở Mẫu {WIDE}và", "Phụ lục này được gửi kèm theo.", True),
        (
            "GIAO CHO SỞ MẪU VIẾT KÍN CẢ CHIỀU NGANG CỦA TRANG GIẤY MẪU NÀY CÙNG LÀM VIỆC VỚI MỌI SỞ",
            "CÁC SỞ KHÁC",
            True,
        ),
    ],
)
def test_a_page_break_parts_a_signature_and_headings_from_what_follows(put, make_pdf, last, first, joined):
    body = [(72, 760 - 18 * i, f"Câu {i} {WIDE}hết.") for i in range(12)]
    middle = 72 if len(last) > 40 else 320
    pages = [[*body, (middle, 500, last)], [(72, 780, first), *body]]
    got = read(put(make_pdf(pages))).text.split("\n")
    assert (first not in got) is joined
    assert (last in got) is not joined


def test_number_place_and_subject_of_a_letter_stay_apart(put, make_pdf):
    page = [
        (80, 780, "Số: 31/SMT-KH"),
        (330, 780, "Tỉnh Mẫu, ngày 04 tháng 5 năm 2031"),
        (80, 762, "V/v góp ý đề cương kế hoạch"),
        (80, 744, "trồng cây"),
        (120, 690, "Kính gửi: Các sở."),
    ]
    got = [line for line in read(put(make_pdf([page]))).text.split("\n") if line]
    assert got[0] == "Số: 31/SMT-KH"
    assert "Tỉnh Mẫu, ngày 04 tháng 5 năm 2031" in got
    assert any(line.startswith("V/v góp ý đề cương kế hoạch") for line in got)


def test_a_hyphen_at_the_end_of_a_line_stays_a_hyphen(put, make_pdf):
    wide = "viết kín cả chiều ngang của trang giấy " * 2
    page = [(72, 700, f"{wide}theo 34/2031/TT-"), (72, 682, f"BVU {wide}hết.")]
    text = read(put(make_pdf([page]))).text
    assert "34/2031/TT-BVU" in text
    assert "\x02" not in text


def test_small_letters_at_the_margin_go_on_with_the_paragraph_set_in(put, make_pdf):
    wide = " ".join(["chữ dài"] * 11)
    page = [
        (100, 700, f"a) {wide[:60]};"),
        (72, 682, "xong trước mùa mưa."),
        (100, 664, "b) Một câu trọn vẹn."),
        (72, 646, "sau dấu chấm thì sang đoạn."),
        (100, 628, f"c) {wide[:75]}"),
        (72, 610, f"{wide}."),
    ]
    assert read(put(make_pdf([page]))).text.split("\n")[:3] == [
        f"a) {wide[:60]}; xong trước mùa mưa.",
        "b) Một câu trọn vẹn.",
        "sau dấu chấm thì sang đoạn.",
    ]


def test_a_row_under_merged_cells_that_the_page_cuts_is_mended():
    from corpus.readers.pdf_continued import append
    from corpus.readers.pdf_paragraphs import Block

    def table(rows):
        return Block(0.0, None, rows=[[[c] if c else None for c in row] for row in rows], borders=(0.0, 1.0, 2.0, 3.0))

    above = table([["1", "Đắp kè", "Xã"], [None, None, "Báo cáo kết quả đắp kè của các"]])
    append(above, table([[None, None, "xã ven sông"], [None, None, "Sổ bè"], ["2", "Sửa bến", "Huyện"]]))
    assert [row[2] for row in above.rows] == [
        ["Xã"],
        ["Báo cáo kết quả đắp kè của các", "xã ven sông"],
        ["Sổ bè"],
        ["Huyện"],
    ]
