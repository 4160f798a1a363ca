"""Web archives (.mht): the page inside, decoded."""

from __future__ import annotations

from email import policy
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers import html
from corpus.readers.kind import Kind
from corpus.reading import Reading

__all__ = ["read"]


def read(path: Path) -> Reading:
    """The text of the first web page in the archive at `path`.

    Raises:
        UnreadableFile: there is no page in it, or the page has no text.
    """
    message = BytesParser(policy=policy.compat32).parsebytes(path.read_bytes())
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            inner = html.page(_bytes(part), path.name)
            return Reading(inner.text, Kind.MHT, inner.notes)
    raise UnreadableFile(path.name, "tệp lưu trang web (.mht) không chứa trang nào")


def _bytes(part: Message) -> bytes:
    """The decoded content of `part`, as UTF-8 where it states an encoding that its page may not repeat."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset and charset not in ("utf-8", "us-ascii", "iso-8859-1", "windows-1252"):
        try:
            return data.decode(charset).encode("utf-8")
        except (LookupError, UnicodeDecodeError):
            return data
    return data
