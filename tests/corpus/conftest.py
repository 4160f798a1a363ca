"""Files made for the readers' tests: small, of our own words, each with the marks of its format."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Placed = tuple[float, float, str]
"""Points from the left and the bottom, and the words that start there."""


def pdf_bytes(pages: list[list[Placed]], rules: list[str] | None = None, size: float = 12) -> bytes:
    """A PDF with a text layer: each page's words at their places, in one font whose codes map to Unicode.

    `rules` are drawing operators added to each page. Every character is half as wide as the font is high.
    """
    letters = sorted({c for page in pages for _, _, words in page for c in words} | {" "})
    assert len(letters) < 220
    codes = {c: 33 + i for i, c in enumerate(letters)}
    cmap = "\n".join(f"<{code:02x}> <{c.encode('utf-16-be').hex()}>" for c, code in codes.items())
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar {cmap} endbfchar endcmap end end"
    ).encode()
    widths = " ".join(["500"] * 222)
    font = (
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 33/LastChar 254/Widths[{widths}]/ToUnicode 4 0 R>>"
    ).encode()
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font, _stream(unicode)]
    kids = []
    for page in pages:
        drawn = [
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{bytes(codes[c] for c in words).hex()}> Tj ET" for x, y, words in page
        ]
        objects.append(_stream("\n".join([*drawn, *(rules or [])]).encode()))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return _assembled(objects)


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _assembled(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_bytes(body: str, **parts: str) -> bytes:
    """A .docx whose body is `body` (WordprocessingML); `parts` are the inner XML of styles, numbering, footnotes."""
    import io

    buffer = io.BytesIO()
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{roots[name]} xmlns:w="{W}">{inner}</w:{roots[name]}>')
    return buffer.getvalue()


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes bytes or text to a file and gives its path."""

    def write(data: bytes | str, name: str = "tep.bin") -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """`pdf_bytes`."""
    return pdf_bytes


@pytest.fixture(scope="session")
def make_docx() -> Callable[..., bytes]:
    """`docx_bytes`."""
    return docx_bytes
