"""A bounded taste of `python -m eval.fuzz_readers`: mutated files are read, or refused in one line."""

from __future__ import annotations

import io
import random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import MissingPart, UnreadableFile
from corpus.readers import html, read
from corpus.readers.mend import mended
from corpus.readers.text import decode
from eval.fuzz_readers import mutated, tried

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Mẫu</title></head><body><div class="nav">Menu</div>
<table><tr><td rowspan=2>Bộ Mẫu</td><td colspan="2">Số: 1/TT</td></tr><tr><td>a</td><td>b</td></tr></table>
<ol start="2"><li>Điều <b>một</b></li></ol><p style="font-family:.VnTime">§iÒu 2</p></body></html>"""
RTF = rb"{\rtf1\ansi\f0 ch\u7919?\par}"


def refusal(act, *given):
    """The line with which `act` refuses what is `given`, "" where it does not; anything else goes through."""
    try:
        act(*given)
    except (UnreadableFile, MissingPart) as error:
        return str(error)
    return ""


def workbook():
    book = openpyxl.Workbook()
    book.active.append(["TT", "Mức", 0.5])
    book.active.merge_cells("A2:B3")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def sources(make_pdf, make_docx):
    body = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Điều mẫu</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return {
        "html": PAGE.encode(),
        "txt": ("Điều 1. Đường liên xã\n| a | b |\n" * 5).encode(),
        "tcvn3": ("§iÒu 1. §­êng liªn x·\n" * 5).encode("latin-1"),
        "md": "# Đầu\n\n**Đậm** [x](http://a)\n|a|b|\n|---|---|\n|1|2|\n".encode(),
        "mht": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>a</p>\n--x--",
        "docx": make_docx(body, numbering=numbering),
        "xlsx": workbook(),
        "pdf": make_pdf(
            [[(72, 700, "Điều 1. Mẫu"), (300, 700, "cột hai")]], ["70 690 m 400 690 l S 70 720 m 400 720 l S"]
        ),
        "rtf": RTF,
    }


@pytest.mark.parametrize("kind", ["html", "txt", "tcvn3", "md", "mht", "docx", "xlsx"])
def test_mutated_files_are_read_or_refused(sources, tmp_path, kind):
    path = tmp_path / "tep.bin"
    outcomes = set()
    for number in range(60):
        path.write_bytes(mutated(sources[kind], random.Random(f"{kind}{number}")))
        if path.read_bytes()[:5] == b"%PDF-":
            continue
        outcomes.add(tried(path))
    assert outcomes <= {"read", "refused"}
    assert "read" in outcomes


def test_mutated_pdfs_are_read_or_refused_apart(sources, tmp_path):
    path = tmp_path / "tep.bin"
    for number in range(8):
        path.write_bytes(mutated(sources["pdf"], random.Random(number)))
        assert len(refusal(read, path).splitlines()) <= 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data):
    assert len(refusal(lambda: decode(data, "x")[0].encode()).splitlines()) <= 1


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"'& \nabtdpirlou;#1Đế"), max_size=300))
def test_any_markup_is_read_or_refused(source):
    assert len(refusal(html.page, b"<html><body>" + source.encode(), "x").splitlines()) <= 1


@given(st.text(alphabet="abcdđeêghiklmnơopqrstuưvxyàáạảãếệĐ \n.,;:0123", max_size=120))
def test_mending_only_moves_spaces_and_settles(text):
    once = mended(text)
    assert once.replace(" ", "") == text.replace(" ", "")
    assert mended(once) == once


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Quy ết định của Chính ph ủ", "Quyết định của Chính phủ"),
        ("một sốđiều vềĐào tạo", "một số điều về Đào tạo"),
        ("thuậ n lợi, nhiệ m vụ", "thuận lợi, nhiệm vụ"),
        ("thành ph ố, gi ao thông", "thành phố, giao thông"),
    ],
)
def test_split_and_joined_syllables_are_mended(broken, whole):
    assert mended(broken) == whole


@pytest.mark.parametrize(
    "text",
    ["rộng 10 m ở cửa sông", "điểm c ở trên", "nhà ở xã hội", "êm ấm ở đây", "Công ty A ở xã B", "a, ă, â", "rơmoóc"],
)
def test_whole_words_stay_apart(text):
    assert mended(text) == text


@pytest.mark.shared
def test_no_real_text_is_changed_by_mending(shared):
    for path in (shared / "documents").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert mended(text) == text, path.name
