from __future__ import annotations

import shutil

import pytest

from corpus.encoding import encode
from corpus.errors import MissingPart, UnreadableFile
from corpus.readers import office, read


def p(text, properties="", run=""):
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def num(level, number=1):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(depth, form, text, start=1):
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "Điều %1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + level(0, "upperRoman", "Chương %1")
    + level(1, "decimal", "%1.%2.")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def lines(reading):
    return [line for line in reading.text.split("\n") if line]


MOTTO = "Độc lập - Tự do - Hạnh phúc"


def test_automatic_numbers_are_printed(put, make_docx):
    body = "".join(
        [
            p("QUY ĐỊNH CHUNG", num(0, 2)),
            p("Phạm vi", num(0)),
            p("Áp dụng tại cảng cá.", num(1)),
            p("Áp dụng tại chợ.", num(1)),
            p("chợ đầu mối;", num(2)),
            p("chợ xã;", num(2)),
            p("chợ phiên;", num(3)),
            p("Đối tượng", num(0)),
            p("Hộ kinh doanh.", num(1)),
            p("Bắt đầu lại.", num(1, 3)),
            p("Không đánh số.", num(0, 0)),
            p("TỔ CHỨC", num(0, 2)),
            p("Phân công", num(1, 2)),
        ]
    )
    assert lines(read(put(make_docx(body, numbering=LISTS)))) == [
        "Chương I QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
        "1. Áp dụng tại cảng cá.",
        "2. Áp dụng tại chợ.",
        "a) chợ đầu mối;",
        "b) chợ xã;",
        "- chợ phiên;",
        "Điều 2. Đối tượng",
        "1. Hộ kinh doanh.",
        "1. Bắt đầu lại.",
        "Không đánh số.",
        "Chương II TỔ CHỨC",
        "II.1. Phân công",
    ]


def test_a_style_can_number_its_paragraphs(put, make_docx):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style>'
    )
    body = p("Một", '<w:pStyle w:val="Dieu"/>') + p("Hai", '<w:pStyle w:val="DieuCon"/>')
    assert lines(read(put(make_docx(body, numbering=LISTS, styles=styles)))) == ["Điều 1. Một", "Điều 2. Hai"]


def test_tracked_changes_hidden_text_breaks_and_footnotes(put, make_docx):
    body = (
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:br/><w:t>dòng hai</w:t>"
        '<w:footnoteReference w:id="7"/></w:r><w:r><w:rPr><w:caps/></w:rPr><w:tab/><w:t>hoa</w:t></w:r></w:p>'
    )
    notes = '<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="7"><w:p><w:r><w:t>Chú thích.</w:t></w:r></w:p></w:footnote>'
    assert lines(read(put(make_docx(body, footnotes=notes)))) == ["Giữ thêm", "dòng hai[1] HOA", "[1] Chú thích."]


def table(*rows):
    return "<w:tbl>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows) + "</w:tbl>"


def cell(text, properties=""):
    paragraphs = "".join(p(part) for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def test_tables_stand_in_the_order_of_the_body_with_merged_cells_at_their_first_place(put, make_docx):
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        p("Trước")
        + table(
            [cell("TT", down), cell("Mức đạt", '<w:gridSpan w:val="2"/>')],
            [cell("", more), cell("2031"), cell("2032")],
            [cell("1"), cell("10 | 12\nkm"), cell("")],
        )
        + p("Sau")
    )
    assert lines(read(put(make_docx(body)))) == [
        "Trước",
        "| TT | Mức đạt | |",
        "| | 2031 | 2032 |",
        "| 1 | 10 / 12 km | |",
        "Sau",
    ]


def test_head_and_foot_tables_are_lines(put, make_docx):
    body = table(
        [cell("ỦY BAN MẪU"), cell(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{MOTTO}")],
        [cell("Số: 9/KH-UBM"), cell("Mẫu Sơn, ngày 2 tháng 3 năm 2031")],
    ) + table([cell("Nơi nhận:\n- Như trên;"), cell("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị Mẫu")])
    assert lines(read(put(make_docx(body)))) == [
        "ỦY BAN MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        MOTTO,
        "Số: 9/KH-UBM",
        "Mẫu Sơn, ngày 2 tháng 3 năm 2031",
        "Nơi nhận:",
        "- Như trên;",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Thị Mẫu",
    ]


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "TCVN3"), ("VNI-Times", "VNI"), ("VPS Long An", "VPS")])
def test_runs_in_old_fonts_are_converted_and_others_kept(put, make_docx, font, encoding):
    def run(text, face):
        return f'<w:r><w:rPr><w:rFonts w:ascii="{face}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    text = "được bổ sung đường"
    old = encode(text, encoding).decode("latin-1").replace("\u00ad", "</w:t><w:softHyphen/><w:t>")
    reading = read(
        put(make_docx(f"<w:p>{run('Đường này ', 'Arial')}{run(old, font)}{run(' năm 2031 §5', 'Arial')}</w:p>"))
    )
    assert reading.text == f"Đường này {text} năm 2031 §5\n"
    assert encoding in reading.notes[0]


def test_capital_fonts_print_capitals(put, make_docx):
    old = encode("Quyết định", "TCVN3").decode("latin-1")
    assert read(put(make_docx(p(old, run='<w:rFonts w:ascii=".VnTimeH"/>')))).text == "QUYẾT ĐỊNH\n"


def test_an_entity_bomb_is_not_expanded(put, make_docx):
    import io
    import zipfile

    bomb = (
        '<!DOCTYPE x [<!ENTITY a "bom">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        archive.writestr(
            "word/document.xml", f"{bomb}<w:document {ns}><w:body>{p('chữ &i; hết')}</w:body></w:document>"
        )
    with pytest.raises(UnreadableFile, match="thực thể"):
        read(put(buffer.getvalue()))


def test_a_broken_package_is_one_line(put, make_docx):
    data = make_docx(p("chữ"))
    for wrong in (data[:-40], data.replace(b"PK\x01\x02", b"PK\x01\x09")):
        with pytest.raises(UnreadableFile, match="hỏng"):
            read(put(wrong))


RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 \u272?i\u7873?u 1. Ch\u7907? c\u225? m\u7851?u.\par}"


def test_without_libreoffice_one_line_names_the_package(put, monkeypatch):
    path = put(RTF, "x.doc")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(MissingPart, match="libreoffice-writer-nogui") as caught:
        office.read(path)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_rtf_under_a_wrong_name_is_read(put):
    reading = read(put(RTF, "x.doc"))
    assert (reading.text, reading.media) == ("Điều 1. Chợ cá mẫu.\n", "application/rtf")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_broken_doc_is_refused(put):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "WordDocument".encode("utf-16-le") + b"\0" * 9000
    with pytest.raises(UnreadableFile, match=r"không mở được|hỏng|không có chữ"):
        read(put(data))
