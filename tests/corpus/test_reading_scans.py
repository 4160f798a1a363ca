"""Pages that are pictures: with tesseract where it is installed, with a made recogniser everywhere."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from corpus.errors import MissingPart, UnreadableFile
from corpus.readers import ocr, pdf, read, scans
from corpus.readers.pdf_lines import Line
from corpus.reading import Reading

NEEDS_OCR = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")


def recognised(lines, confidence=92.0):
    """What `ocr.read` hands on for lines given as (x, y, words)."""
    made = [Line(w, x, y, x + 5.5 * len(w), y + 11, 11, False, 5.5 * len(w.split()[0]), x) for x, y, w in lines]
    return json.dumps({"confidence": confidence, "height": 842.0, "lines": [asdict(line) for line in made]})


@pytest.fixture
def scan(put):
    """A PDF whose pages are pictures of nothing, as many as asked."""

    def make(pages, words=()):
        import io

        import pypdfium2 as pdfium
        import pypdfium2.raw as raw

        document = pdfium.PdfDocument.new()
        for _ in range(pages):
            page = document.new_page(595, 842)
            bitmap = pdfium.PdfBitmap.new_native(60, 80, raw.FPDFBitmap_BGR)
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, 60, 80)
            image = pdfium.PdfImage.new(document)
            image.set_bitmap(bitmap)
            image.set_matrix(pdfium.PdfMatrix().scale(500, 700))
            page.insert_obj(image)
            page.gen_content()
        buffer = io.BytesIO()
        document.save(buffer)
        return put(buffer.getvalue(), "scan.pdf")

    return make


def test_pictures_are_found_and_what_was_recognised_is_joined_to_paragraphs(scan):
    path = scan(2)
    assert pdf.read(path).unread == (0, 1)
    wide = "chữ nhận dạng kín dòng " * 3
    first = recognised(
        [(100, 100, "Điều 1. " + wide.strip()), (72, 116, wide + "ở nguồn"), (72, 132, "hết."), (290, 800, "1")]
    )
    second = recognised([(100, 100, "Điều 2. Ngắn."), (290, 800, "2")])
    reading = pdf.read(path, recognised=[(0, first), (1, second)])
    assert reading.unread == ()
    assert reading.text.split("\n") == [f"Điều 1. {wide}{wide}ở nguồn hết.", "Điều 2. Ngắn."]


def test_without_tesseract_one_line_names_the_package(scan, monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(MissingPart, match="tesseract-ocr-vie") as caught:
        read(scan(1))
    assert "\n" not in str(caught.value)


def faked(monkeypatch, answers):
    real = scans.read_apart

    def apart(reader, path, *limits, **options):
        if reader != "ocr":
            return real(reader, path, *limits, **options)
        answer = answers[options["page"]]
        if isinstance(answer, Exception):
            raise answer
        return Reading(answer, "image/*")

    monkeypatch.setattr(scans, "read_apart", apart)
    monkeypatch.setattr(ocr, "available", lambda: True)


def test_the_confidence_gate_tells_good_doubtful_and_lost_pages(scan, monkeypatch):
    answers = [
        recognised([(72, 100, "Trang rõ.")]),
        recognised([(72, 100, "Trang mờ.")], 70.0),
        recognised([(72, 100, "xl;k")], 20.0),
        UnreadableFile("scan.pdf", "quá lâu"),
    ]
    faked(monkeypatch, answers)
    reading = read(scan(4))
    assert reading.text == "Trang rõ.\nTrang mờ.\n"
    notes = " ".join(reading.notes)
    assert "(OCR) trang 1-2," in notes
    assert "chưa chắc ở trang 2;" in notes
    assert "Không nhận dạng được trang 3-4" in notes


def test_nothing_readable_is_refused(scan, monkeypatch):
    faked(monkeypatch, [recognised([])])
    with pytest.raises(UnreadableFile, match="quá mờ"):
        read(scan(1))


def test_more_pictures_than_the_bound_are_named(scan, monkeypatch):
    monkeypatch.setattr(scans, "MAX_PAGES", 1)
    faked(monkeypatch, [recognised([(72, 100, "Trang rõ.")])])
    assert "Chưa đọc trang 2-3" in " ".join(read(scan(3)).notes)


@NEEDS_OCR
def test_a_blank_page_is_recognised_as_blank(scan):
    lines, _, _ = ocr.lines_from(ocr.read(scan(1), page=0).text)
    assert not any(line.text.strip() for line in lines)


@NEEDS_OCR
@pytest.mark.shared
def test_a_real_scan_is_read(shared):
    reading = read(shared / "files" / "scan-ksTTHC-2011.pdf")
    assert "kế hoạch rà soát quy định, thủ tục hành chính" in reading.text
    assert "OCR" in reading.notes[0]


def test_two_columns_are_cut_apart_and_one_is_not():
    import numpy as np

    from corpus.readers.ocr_columns import parts

    page = np.full((3500, 2480), 255, np.uint8)
    page[150:180, 300:2200] = 0
    for top in range(500, 3300, 60):
        page[top : top + 25, 200:1180] = 0
        page[top : top + 25, 1290:2280] = 0
    head, left, right = parts(page)
    assert (head == 0).sum() == 30 * 1900
    assert (left == 0).sum() == 47 * 25 * 980
    assert (right == 0).sum() == 47 * 25 * 990
    page[1700:1720, 300:2200] = 0
    page[500:3300:60, 1180:1290] = 0
    assert len(parts(page)) == 1
