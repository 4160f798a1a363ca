"""What a file is, by its bytes: magic numbers, members of archives, the first words of a text. Never by its name."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from corpus.errors import UnreadableFile

__all__ = ["Kind", "kind_of", "looks_like_html", "looks_like_markdown"]

HEAD = 8192
"""Bytes that a decision looks at first."""


class Kind(StrEnum):
    """The kinds of file that have a reader; the value is the media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    MHT = "multipart/related"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"
    DOC = "application/msword"
    RTF = "application/rtf"
    IMAGE = "image/*"
    ZIP = "application/zip"


_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED_MAGIC = {
    b"Rar!": "tệp nén RAR; hãy giải nén rồi thêm các tệp bên trong",
    b"7z\xbc\xaf": "tệp nén 7z; hãy giải nén rồi thêm các tệp bên trong",
    b"\x1f\x8b": "tệp nén gzip; hãy giải nén rồi thêm tệp bên trong",
    b"MZ": "chương trình Windows, không phải văn bản",
    b"\x7fELF": "chương trình Linux, không phải văn bản",
    b"GIF8": "ảnh GIF; hãy chuyển sang PDF, PNG, JPEG hoặc TIFF",
    b"SQLite format 3": "cơ sở dữ liệu SQLite, không phải văn bản",
}


def kind_of(path: Path) -> Kind:
    """The kind of the file at `path`, from its first bytes and, for archives, its members.

    Raises:
        UnreadableFile: empty, unreadable, encrypted, or of a kind that has no reader; the reason says which.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise UnreadableFile(path.name, f"không mở được tệp ({error.strerror or error})") from None
    if not head:
        raise UnreadableFile(path.name, "tệp rỗng")
    for magic, reason in _REFUSED_MAGIC.items():
        if head.startswith(magic):
            raise UnreadableFile(path.name, reason)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_CFB):
        return _compound_kind(path)
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(_IMAGES):
        return Kind.IMAGE
    return _text_kind(head)


def _zip_kind(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80].decode("ascii", "replace") if _small(archive) else ""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableFile(path.name, "tệp nén (docx, xlsx, odt, zip) bị hỏng hoặc bị cắt cụt") from None
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", n) for n in names):
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if mimetype.startswith(Kind.ODT):
        return Kind.ODT
    if "ppt/presentation.xml" in names:
        raise UnreadableFile(path.name, "tệp trình chiếu PowerPoint chưa đọc được; hãy chuyển sang PDF")
    if mimetype or "xl/workbook.bin" in names:
        raise UnreadableFile(path.name, f"tệp loại {mimetype or 'xlsb'} chưa đọc được; hãy chuyển sang docx hoặc PDF")
    return Kind.ZIP


def _small(archive: zipfile.ZipFile) -> bool:
    try:
        return archive.getinfo("mimetype").file_size < 200
    except KeyError:
        return False


def _compound_kind(path: Path) -> Kind:
    """The kind of an OLE2 compound file: its directory names the streams in UTF-16."""
    with path.open("rb") as file:
        data = file.read(64 << 20)
    if _stream("EncryptedPackage") in data:
        raise UnreadableFile(path.name, "tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi thêm lại")
    if _stream("WordDocument") in data:
        return Kind.DOC
    if _stream("Workbook") in data or _stream("Book") in data:
        raise UnreadableFile(path.name, "bảng tính Excel 97 (.xls); hãy lưu lại thành .xlsx")
    if _stream("PowerPoint Document") in data:
        raise UnreadableFile(path.name, "tệp trình chiếu PowerPoint chưa đọc được; hãy chuyển sang PDF")
    raise UnreadableFile(path.name, "tệp Microsoft Office cũ bị hỏng hoặc không phải tệp Word")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _text_kind(head: bytes) -> Kind:
    text = _peek(head)
    if re.search(r"^(MIME-Version|Content-Type:\s*multipart/related)", text, re.I | re.M) and "boundary=" in text:
        return Kind.MHT
    if looks_like_html(text):
        return Kind.HTML
    return Kind.TEXT


def _peek(head: bytes) -> str:
    """`head` as text, well enough to see ASCII marks."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) & ~1].decode("utf-16", "replace")
    if head[1:2] == b"\0":
        return head[: len(head) & ~1].decode("utf-16-le", "replace")
    if head[:1] == b"\0":
        return head[: len(head) & ~1].decode("utf-16-be", "replace")
    return head.decode("latin-1")


_HTML_START = re.compile(
    r"^(?:\ufeff|ï»¿)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(r"</?(?:p|div|table|tr|td|br|span|font|b|i|strong|em|h[1-6]|ul|li)\b[^<>]*>", re.I)


def looks_like_html(text: str) -> bool:
    """Whether the beginning of a file is HTML: a document's first tag, or a fragment full of tags."""
    if _HTML_START.match(text):
        return True
    tags = len(_HTML_TAG.findall(text))
    return text.lstrip().startswith("<") and tags >= 4


_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.M),
    re.compile(r"^ *\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:? *)?\|? *$", re.M),
    re.compile(r"(?<![\w*\\])\*\*[^\s*][^*\n]*\*\*"),
    re.compile(r"(?<!!)\[[^\]\n]+\]\((?:https?://|#|/|\.)[^)\s]*\)"),
    re.compile(r"^```", re.M),
)


def looks_like_markdown(text: str) -> bool:
    """Whether a text uses markdown: a heading mark or a table rule, or three emphases, links or fences.

    A lone "*" or "#" of a plain text is no sign: marks are taken away only from what certainly is markdown.
    """
    headings, rules, *rest = (len(sign.findall(text)) for sign in _MARKDOWN_SIGNS)
    return headings >= 2 or rules >= 1 or (headings + sum(rest)) >= 3
