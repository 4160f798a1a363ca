"""From a path to its reader."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.encoding import repair
from corpus.errors import UnreadableFile
from corpus.readers import html, markdown, scans, text
from corpus.readers.archive import expand
from corpus.readers.kind import Kind, kind_of, looks_like_markdown
from corpus.reading import Reading
from corpus.sandbox import read_apart

__all__ = ["read"]

MAX_FILE = 512 << 20
"""Bytes; no decision is larger, and a scan of a thousand pages is smaller."""
MAX_PLAIN = 64 << 20
"""Bytes of a file that is text already: a library of laws is smaller."""
MAX_NEAR = 1 << 20
"""Bytes up to which a web page is parsed in this process; all other markup and packages are parsed apart."""

_APART = {
    Kind.HTML: "html",
    Kind.MHT: "mht",
    Kind.DOCX: "docx",
    Kind.XLSX: "xlsx",
    Kind.DOC: "office",
    Kind.RTF: "office",
    Kind.ODT: "office",
}


def read(path: Path) -> Reading:
    """The text of the file at `path`, tables as lines `| a | b |`, with notes on what had to be guessed.

    Raises:
        UnreadableFile: empty, broken, encrypted, too large or of no known kind; one line says which.
        MissingPart: the kind needs a program that is not installed; the message names the package.
    """
    _check(path)
    kind = kind_of(path)
    if kind is Kind.TEXT:
        return _plain(path)
    if kind is Kind.HTML and path.stat().st_size <= MAX_NEAR:
        return _tidy(_near(path))
    if kind is Kind.PDF:
        return _tidy(scans.read(path))
    if kind is Kind.IMAGE:
        return _tidy(scans.read_image(path))
    reader = _APART.get(kind)
    if reader is None:
        raise UnreadableFile(path.name, _why_archive(path))
    return _tidy(read_apart(reader, path))


def _near(path: Path) -> Reading:
    """The web page at `path`, parsed in this process; whatever breaks on the way is the page's fault."""
    try:
        return html.read(path)
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(path.name, f"trang web bị hỏng, không đọc được ({type(error).__name__})") from None


def _why_archive(path: Path) -> str:
    """Why an archive is handed to a reader at all: it cannot be unpacked, or nobody unpacked it."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            if next(expand(path, Path(folder)), None) is None:
                return "tệp nén rỗng"
    except UnreadableFile as error:
        return error.reason
    return "tệp nén lồng quá sâu; hãy giải nén rồi thêm các tệp bên trong"


def _tidy(reading: Reading) -> Reading:
    """`reading` with single spaces and at most one empty line in a row; what layout left over says nothing."""
    lines = (re.sub(r"[ \t\u00a0\u200b\ufeff]+", " ", line).strip() for line in reading.text.split("\n"))
    words, guess = repair(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n")
    return replace(reading, text=words, notes=(*reading.notes, text.converted(guess)) if guess else reading.notes)


def _check(path: Path) -> None:
    """Refuses what is no regular file, links out of the folder that holds them, and files beyond all measure."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise UnreadableFile(path.name, "liên kết dẫn ra ngoài thư mục chứa nó; hãy thêm chính tệp gốc")
    if not path.exists():
        raise UnreadableFile(path.name, "không có tệp này")
    if not path.is_file():
        raise UnreadableFile(path.name, "không phải tệp thường")
    if path.stat().st_size > MAX_FILE:
        raise UnreadableFile(path.name, f"tệp lớn hơn {MAX_FILE >> 20} MB; hãy chia nhỏ")


def _plain(path: Path) -> Reading:
    if path.stat().st_size > MAX_PLAIN:
        raise UnreadableFile(path.name, f"tệp văn bản lớn hơn {MAX_PLAIN >> 20} MB; hãy chia nhỏ")
    words, notes = text.decode(path.read_bytes(), path.name)
    if not words.strip():
        raise UnreadableFile(path.name, "tệp không có chữ nào")
    if looks_like_markdown(words):
        return Reading(markdown.plain(words), Kind.MARKDOWN, notes)
    return Reading(words, Kind.TEXT, notes)
