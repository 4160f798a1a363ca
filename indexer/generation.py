"""An index generation on disk: which files, made by which encoder, and whether they are whole."""

from __future__ import annotations

import json
import os
import shutil
from hashlib import file_digest
from pathlib import Path

from pydantic import ValidationError

from corpus.document import Frozen
from corpus.errors import IndexDamaged
from indexer.sources import Sources

__all__ = [
    "CUT",
    "FORMAT",
    "Manifest",
    "Trained",
    "current",
    "generations",
    "measure",
    "referenced",
    "sweep",
    "verify",
]

FORMAT = 6
"""Changed whenever files or scores of older generations could no longer be read or mixed with new ones."""
_READ = (4, 5, FORMAT)
"""Formats that can be searched. Those before do not hold what impacts were computed from, or hold it otherwise."""
CUT = 1
"""Changed whenever passages are cut or terms made otherwise: a build then reads all documents again."""


class FileSum(Frozen):
    """Size and hash of one file."""

    bytes: int
    sha256: str


class Trained(Frozen):
    """How many passages the codes of the vectors were trained on, and how many were added since."""

    passages: int
    added: int = 0


class Manifest(Frozen):
    """`manifest.json` of a generation; `documents` and `passages` count what `indexer.sources` and the files hold.

    The prefixes are those that the encoder put before questions and passages. `cut` is the `CUT` that the passages were
    made by, 0 where that is not known.
    """

    format: int
    encoder: str
    fingerprint: str
    dimension: int
    query_prefix: str = ""
    passage_prefix: str = ""
    passages: int
    documents: int
    files: dict[str, FileSum]
    cut: int = 0
    trained: Trained | None = None

    @classmethod
    def read(cls, directory: Path) -> Manifest:
        """The manifest in `directory`.

        Raises:
            IndexDamaged: if it is missing, cannot be read, or is of another format.
        """
        try:
            stated = json.loads((directory / "manifest.json").read_bytes())
            if isinstance(stated, dict) and stated.get("format") not in _READ:
                told = f"định dạng {stated.get('format')}, bản chương trình này cần {FORMAT}"
                raise IndexDamaged(f"{directory}: {told}; hãy lập lại chỉ mục")
            return cls.model_validate(stated)
        except (OSError, ValueError, ValidationError) as error:
            raise IndexDamaged(f"{directory}/manifest.json: không đọc được; hãy lập lại chỉ mục") from error


def current(home: Path) -> Path | None:
    """The generation that serves, or None before the first."""
    try:
        name = (home / "index" / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    directory = home / "index" / name
    if not name.isdigit() or not directory.is_dir():
        raise IndexDamaged(f"{home}/index/current: trỏ tới {name!r}, không có ở đó; hãy lập lại chỉ mục")
    return directory


def generations(home: Path) -> list[Path]:
    """All complete generations, the oldest first."""
    folder = home / "index"
    found = [d for d in folder.iterdir() if d.name.isdigit()] if folder.is_dir() else []
    return sorted(found, key=lambda d: int(d.name))


def referenced(home: Path) -> set[tuple[str, str]]:
    """The (id, sha256) of every document version that some generation still on disk was made from."""
    found: set[tuple[str, str]] = set()
    for directory in generations(home):
        Manifest.read(directory)
        found.update(Sources(directory).versions().items())
    return found


def verify(directory: Path, full: bool = True) -> Manifest:
    """The manifest, once sizes and, when `full`, hashes of all files agree with it.

    Raises:
        IndexDamaged: naming the first file that differs.
    """
    manifest = Manifest.read(directory)
    for name, expected in manifest.files.items():
        found = measure(directory / name, full)
        if found is None or found.bytes != expected.bytes or (full and found.sha256 != expected.sha256):
            state = "thiếu tệp" if found is None else "tệp không khớp mã kiểm tra"
            raise IndexDamaged(f"{directory}/{name}: {state}; hãy lập lại chỉ mục")
    return manifest


def sweep(directory: Path) -> None:
    """Removes a generation: first from the list, in one step, then its files; open readers keep those they mapped."""
    gone = directory.with_name(f".{directory.name}.partial")
    try:
        directory.rename(gone)
    except OSError:
        return
    shutil.rmtree(gone, ignore_errors=True)


def measure(path: Path, full: bool = True) -> FileSum | None:
    """Size and, when `full`, hash of the file at `path`; None when there is none."""
    try:
        if not full:
            return FileSum(bytes=path.stat().st_size, sha256="")
        with path.open("rb") as file:
            return FileSum(bytes=os.fstat(file.fileno()).st_size, sha256=file_digest(file, "sha256").hexdigest())
    except FileNotFoundError:
        return None
