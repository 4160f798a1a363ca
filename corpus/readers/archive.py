"""Zip archives: their members written out as files, within bounds, never outside the folder given."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from corpus.errors import UnreadableFile
from corpus.readers.package import BROKEN_ZIP

__all__ = ["expand"]

MAX_MEMBERS = 10_000
MAX_TOTAL = 4 << 30
"""Bytes that one archive may unpack to."""
MAX_RATIO = 200
_CHUNK = 1 << 20


def expand(path: Path, into: Path) -> Iterator[Path]:
    """Writes the members of the zip at `path` under `into`, sorted by name, and hands on where each lies.

    Links, folders and hidden files in it are passed over; a name that climbs out is written inside all the same.

    Raises:
        UnreadableFile: encrypted, damaged, or unpacking to more than the bounds allow.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_link(m)]
            _check(path.name, members)
            left = MAX_TOTAL
            for member in sorted(members, key=_name):
                target = into.joinpath(*_parts(member))
                if any(part.startswith((".", "__MACOSX")) for part in target.relative_to(into).parts):
                    continue
                left -= _write(archive, member, target, left, path.name)
                yield target
    except BROKEN_ZIP:
        raise UnreadableFile(path.name, "tệp nén zip bị hỏng hoặc bị cắt cụt") from None


def _check(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(name, f"tệp nén chứa {len(members)} tệp, quá {MAX_MEMBERS}; hãy chia nhỏ")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(name, "tệp nén được đặt mật khẩu; hãy giải nén rồi thêm các tệp bên trong")
    swollen = any(m.file_size > (16 << 20) and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
    if swollen or sum(member.file_size for member in members) > MAX_TOTAL:
        raise UnreadableFile(name, "tệp nén bung ra lớn bất thường (bom nén), không đọc")


def _is_link(member: zipfile.ZipInfo) -> bool:
    return (member.external_attr >> 16) & 0o170000 == 0o120000


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; Windows writes UTF-8 names that the format then takes for code page 437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _parts(member: zipfile.ZipInfo) -> list[str]:
    parts = PurePosixPath(_name(member).replace("\\", "/").replace("\0", "")).parts
    safe = [part.replace(":", "_")[-200:] for part in parts if part not in ("..", ".", "/")]
    return safe[-8:] or ["khong-ten"]


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int, name: str) -> int:
    """Writes one member to `target`; the bytes written. What states a false size is cut off at it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if member.file_size > left:
        raise UnreadableFile(name, "tệp nén bung ra lớn bất thường (bom nén), không đọc")
    with archive.open(member) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink, _CHUNK)
    return member.file_size
