"""From a path to its reader."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers import markdown, text
from corpus.readers.kind import Kind, kind_of, looks_like_markdown
from corpus.readers.reading import Reading

__all__ = ["read"]

MAX_FILE = 512 << 20
"""Bytes; no decision is larger, and a scan of a thousand pages is smaller."""
MAX_PLAIN = 64 << 20
"""Bytes of a file that is text already: a library of laws is smaller."""


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
    if kind is Kind.DOCX:
        from corpus.readers import docx

        return docx.read(path)
    if kind is Kind.HTML:
        from corpus.readers import html

        return html.read(path.read_bytes(), path.name)
    raise UnreadableFile(path.name, f"chưa có bộ đọc cho loại {kind.value}")


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
