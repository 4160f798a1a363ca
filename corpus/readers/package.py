"""Zip packages (docx, xlsx, odt, archives) read with a bound on what they unpack to, and XML without entities."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableFile

__all__ = ["BROKEN_ZIP", "Package", "parse_xml"]

MAX_PART = 128 << 20
"""Bytes that one part may unpack to."""
MAX_RATIO = 300
"""Times that a large part may be larger than its packed form; text packs 5 to 30 times."""
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


class Package:
    """An open zip package; `part` gives the bytes of a member within the bounds."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN_ZIP:
            raise UnreadableFile(path.name, "tệp nén bị hỏng hoặc bị cắt cụt") from None
        self._members = {info.filename.lstrip("/"): info for info in self._zip.infolist()}

    @property
    def names(self) -> list[str]:
        """The members' names, in the order of the archive."""
        return list(self._members)

    def part(self, name: str) -> bytes | None:
        """The bytes of member `name`; None where there is none.

        Raises:
            UnreadableFile: the member is encrypted, damaged, or unpacks to more than the bounds allow.
        """
        info = self._members.get(name)
        if info is None:
            return None
        self.measure(name)
        try:
            with self._zip.open(info) as member:
                return member.read(MAX_PART)
        except BROKEN_ZIP:
            raise UnreadableFile(self._name, f"phần {name} trong tệp bị hỏng") from None

    def measure(self, name: str) -> None:
        """Refuses member `name` where it is encrypted or unpacks to more than the bounds allow.

        Raises:
            UnreadableFile: so it is.
        """
        info = self._members[name]
        if info.flag_bits & 1:
            raise UnreadableFile(self._name, "tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi thêm lại")
        swollen = info.file_size > (4 << 20) and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if info.file_size > MAX_PART or swollen:
            raise UnreadableFile(self._name, "nội dung nén bung ra lớn bất thường (bom nén), không đọc")

    def xml(self, name: str) -> Any:
        """The root element of XML member `name`; None where there is none.

        Raises:
            UnreadableFile: as for `part`, or the member is no well-formed XML.
        """
        data = self.part(name)
        return None if data is None else parse_xml(data, self._name)


def parse_xml(data: bytes, name: str) -> Any:
    """The root element of `data`; entities are not expanded, nothing is fetched, depth and text are bounded.

    Raises:
        UnreadableFile: `data` is no well-formed XML, or declares a document type.
    """
    from lxml import etree

    # No office program writes a document type; one that stands there declares entities to blow the text up.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableFile(name, "XML bên trong khai báo DTD hoặc thực thể, không đọc vì lý do an toàn")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(name, "XML bên trong tệp bị hỏng") from None
