"""An index generation on disk: which files, made from which documents by which encoder, and whether they are whole."""

from __future__ import annotations

import os
from hashlib import file_digest
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from corpus.document import Frozen
from corpus.errors import IndexDamaged

__all__ = ["FORMAT", "Manifest", "Source", "current", "generations", "mapped", "referenced", "verify"]

FORMAT = 2
"""Changed whenever files or scores of older generations could no longer be read or mixed with new ones."""


class Source(Frozen):
    """What the index knows of a document; `passages` are its places in the generation, from `first` on."""

    id: str
    sha256: str
    number: str | None = None
    about: str | None = None
    kind: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    first: int = 0
    passages: int = 0


class FileSum(Frozen):
    """Size and hash of one file."""

    bytes: int
    sha256: str


class Manifest(Frozen):
    """`manifest.json` of a generation."""

    format: int
    encoder: str
    fingerprint: str
    dimension: int
    passages: int
    documents: tuple[Source, ...]
    files: dict[str, FileSum]

    @classmethod
    def read(cls, directory: Path) -> Manifest:
        """The manifest in `directory`.

        Raises:
            IndexDamaged: if it is missing, cannot be read, or is of another format.
        """
        try:
            made = cls.model_validate_json((directory / "manifest.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise IndexDamaged(f"{directory}/manifest.json: không đọc được; hãy lập lại chỉ mục") from error
        if made.format != FORMAT:
            raise IndexDamaged(f"{directory}: định dạng {made.format}, cần {FORMAT}; hãy lập lại chỉ mục")
        return made


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
    return {(d.id, d.sha256) for g in generations(home) for d in Manifest.read(g).documents}


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


def measure(path: Path, full: bool = True) -> FileSum | None:
    """Size and, when `full`, hash of the file at `path`; None when there is none."""
    try:
        if not full:
            return FileSum(bytes=path.stat().st_size, sha256="")
        with path.open("rb") as file:
            return FileSum(bytes=os.fstat(file.fileno()).st_size, sha256=file_digest(file, "sha256").hexdigest())
    except FileNotFoundError:
        return None


def mapped(path: Path) -> npt.NDArray[np.uint8]:
    """The bytes of the file at `path`, mapped into memory; they stay readable after the file was removed."""
    return np.memmap(path, np.uint8, "r") if path.stat().st_size else np.empty(0, np.uint8)
