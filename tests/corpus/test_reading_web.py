from __future__ import annotations

import contextlib

import pytest

from corpus.encoding import encode
from corpus.errors import UnreadableFile
from corpus.readers import read

LEGAL = """<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p><b>Điều 1.</b> Sửa đường<br/>liên xã.</p>
<p>Điều 2. Mở rộng bến&nbsp;đò &amp; cầu phao, hoàn thành trước ngày 30 tháng 6 năm 2033 theo đúng thiết kế.</p>"""


def lines(put, source):
    data = source if isinstance(source, bytes) else f"<html><body>{source}</body></html>".encode()
    return [line for line in read(put(data)).text.split("\n") if line]


def test_block_elements_are_lines_and_inline_ones_are_not(put):
    assert lines(put, "<div>Một <b>đậm</b><span>, liền</span><p>hai</p>đuôi <i>nghiêng</i></div>x<sup>2</sup>") == [
        "Một đậm, liền",
        "hai",
        "đuôi nghiêng",
        "x2",
    ]


def test_entities_breaks_and_spaces(put):
    assert lines(put, LEGAL)[1:4] == [
        "Điều 1. Sửa đường",
        "liên xã.",
        "Điều 2. Mở rộng bến đò & cầu phao, hoàn thành trước ngày 30 tháng 6 năm 2033 theo đúng thiết kế.",
    ]


def test_tables_keep_their_columns_under_merged_cells(put):
    table = """<table><tr><th rowspan=2>TT</th><th colspan=2>Mức</th></tr><tr><td>2031</td><td>2032</td></tr>
    <tr><td>1</td><td rowspan="2">5 | 6</td><td><p>7</p><p>tấn</p></td></tr><tr><td>2</td><td>8</td></tr></table>"""
    assert lines(put, table) == ["| TT | Mức | |", "| | 2031 | 2032 |", "| 1 | 5 / 6 | 7 tấn |", "| 2 | | 8 |"]


def test_nested_tables_stay_in_their_cell_and_frames_unfold(put):
    inner = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert lines(put, f"<table><tr><td>1</td><td>{inner}</td></tr><tr><td>2</td><td>x</td></tr></table>") == [
        "| 1 | a; b c; d |",
        "| 2 | x |",
    ]
    assert lines(put, f"<table><tr><td>Mở đầu{inner}Kết</td></tr></table>") == [
        "Mở đầu",
        "| a | b |",
        "| c | d |",
        "Kết",
    ]


def test_head_tables_are_lines(put):
    head = "<table><tr><td>BỘ MẪU<br>-----</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>Số: 3/CT-BM</td><td>ngày 1</td></tr></table>"
    assert lines(put, head) == ["BỘ MẪU", "-----", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 3/CT-BM", "ngày 1"]


def test_lists_print_their_marks(put):
    source = (
        "<ol start=3><li>ba</li><li>bốn</li></ol><ul><li>gạch</li><li>+ cộng</li></ul><ol type='a'><li>chữ</li></ol>"
    )
    assert lines(put, source) == ["3. ba", "4. bốn", "- gạch", "+ cộng", "a. chữ"]


NOISE = """<header><a href=/>Trang chủ</a></header><nav>Danh mục</nav><div class="sidebar-right">Tin nổi bật</div>
<div class="main"><div class="news-content">{}</div><div class="related-news"><a href=x>Bài khác hay lắm</a></div></div>
<div id="comments">Bình luận: hay</div><footer>Bản quyền</footer><script>var x = "Điều 9."</script><div style="display:none">ẩn</div>"""


def test_menus_side_columns_and_hidden_parts_are_not_content(put):
    text = "\n".join(lines(put, NOISE.format(LEGAL)))
    for noise in ("Trang chủ", "Danh mục", "nổi bật", "Bài khác", "Bình luận", "Bản quyền", "Điều 9", "ẩn"):
        assert noise not in text
    assert text.startswith("CỘNG HÒA")
    assert text.endswith("thiết kế.")


def test_a_legal_text_in_an_unlucky_box_is_kept(put):
    assert lines(put, f'<div class="footer-widget">{LEGAL}</div>')[0].startswith("CỘNG HÒA")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_declared_and_marked_encodings(put, charset):
    text = "Mực nước hồ dâng cao quá mức báo động hai trong đêm"
    page = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'
    data = encode(page, "Windows-1258") if charset == "windows-1258" else page.encode(charset)
    assert lines(put, data) == [text]


def test_old_fonts_are_converted_by_run(put):
    old = encode("Cấp nước sạch cho đồng bào", "TCVN3").decode("latin-1")
    source = f"<p>Đợt 2: <font face='.VnTime'>{old}</font>; <span style='font-family:Arial'>đã xong</span></p>"
    reading = read(put(f"<html><body>{source}</body></html>"))
    assert reading.text == "Đợt 2: Cấp nước sạch cho đồng bào; đã xong\n"
    assert "TCVN3" in reading.notes[0]


def test_a_server_error_is_no_document(put):
    page = (
        "<html><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1></body></html>"
    )
    with pytest.raises(UnreadableFile, match="máy chủ"):
        read(put(page, "van-ban.pdf"))


def test_a_page_without_words_says_so(put):
    with pytest.raises(UnreadableFile, match="không có chữ"):
        read(put("<html><body><script>draw()</script></body></html>"))


@pytest.mark.parametrize("depth", [150, 5000])
def test_deep_nesting_is_survived(put, depth):
    source = "<html><body>" + "<div><table><tr><td>" * depth + "đáy" + "</td></tr></table></div>" * depth
    with contextlib.suppress(UnreadableFile):
        assert len(read(put(source)).text) < 100_000


def test_huge_spans_do_not_blow_a_table_up(put):
    row = "<tr><td colspan=9999 rowspan=9999>a</td><td>b</td></tr>"
    assert len(read(put(f"<html><body><table>{row * 30}</table></body></html>")).text) < 1_000_000


MHT = """From: <Saved>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="ranh"; type="text/html"

--ranh
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p>=C4=90i=E1=BB=81u 1. C=E1=BA=A7u m=E1=BB=9Bi</p></body></html>
--ranh
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
--ranh--
"""


def test_web_archives_are_read(put):
    reading = read(put(MHT, "trang.doc"))
    assert (reading.text, reading.media) == ("Điều 1. Cầu mới\n", "multipart/related")


def test_a_web_archive_without_a_page_is_refused(put):
    with pytest.raises(UnreadableFile, match="không chứa trang"):
        read(put(MHT.replace("text/html; charset", "image/gif; charset")))


@pytest.mark.shared
def test_real_pages_keep_every_letter(shared):
    """Against the obvious way: tags stripped, entities decoded, spaces, pipes and list marks aside."""
    import html
    import re

    for path in sorted((shared / "pages").glob("*.html"))[::10]:
        source = path.read_text(encoding="utf-8")
        bare = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<title.*?</title>", "", source, flags=re.S)))
        ours = re.sub(r"[\s|/]+", "", read(path).text)
        theirs = re.sub(r"[\s|/]+", "", bare)
        assert abs(len(ours) - len(theirs)) < 0.004 * len(theirs), path.name


def test_control_characters_among_the_tags_do_no_harm(put):
    page = "<table><caption>đầu&#1; \x02bảng</caption><tr><td>a</td><td>b</td></tr></table><script>x</script>\x03đuôi &#11; hết"
    assert lines(put, page)[-2:] == ["| a | b |", lines(put, page)[-1]]
    assert "đuôi" in lines(put, page)[-1]


def test_whatever_breaks_on_a_page_is_one_line(put, monkeypatch):
    def broken(path):
        raise ValueError("hai\ndòng")

    monkeypatch.setattr("corpus.readers.router.html.read", broken)
    with pytest.raises(UnreadableFile, match="ValueError") as caught:
        read(put("<html><body>a</body></html>"))
    assert "\n" not in str(caught.value)
