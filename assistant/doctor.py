"""Looks a home over: what is wrong, and how to mend it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from assistant.why import why
from corpus.document import Frozen
from corpus.errors import ChitieuError, IndexDamaged

if TYPE_CHECKING:
    from assistant.filling import Progress

__all__ = ["Finding", "State", "check", "mend"]

_ROOM = 500 * 1024 * 1024
_REPAIR = "chạy: chitieu doctor --repair"


class State(StrEnum):
    """How bad a finding is: `NOTED` takes away an optional part, `BROKEN` keeps the program from its work."""

    FINE = "tốt"
    NOTED = "lưu ý"
    BROKEN = "hỏng"


class Finding(Frozen):
    """What was looked at, what was found and, unless it is fine, how to mend it."""

    part: str
    state: State
    found: str
    mending: str = ""

    def __str__(self) -> str:
        return f"[{self.state}] {self.part}: {self.found}" + (f"; {self.mending}" if self.mending else "")


def check(home: Path) -> list[Finding]:
    """One finding for each part of the program and of `home`; nothing is changed.

    Hashes every file of the index: about a second for each GB.
    """
    findings = [_settings(home)]
    if findings[0].state is State.BROKEN:
        return findings
    parts: dict[str, Callable[[Path], Finding]] = {
        "kho": _store,
        "chỉ mục": _index,
        "mô hình": _model,
        "ổ đĩa": _disk,
    }
    for part, look in parts.items():
        try:
            findings.append(look(home))
        except ChitieuError as error:
            findings.append(Finding(part=part, state=State.BROKEN, found=str(error)))
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            findings.append(Finding(part=part, state=State.BROKEN, found=f"{where}{why(error)}", mending=_REPAIR))
    return [*findings, *_programs()]


def mend(home: Path, progress: Progress | None = None) -> None:
    """Builds the index anew from the store and drops what nothing needs.

    Raises:
        StoreError: the store itself is broken; only a backup helps then.
    """
    from assistant.workspace import Workspace

    Workspace(home).reindex(progress)


def _settings(home: Path) -> Finding:
    try:
        Settings.load(home)
    except ChitieuError as error:
        return Finding(part="thiết lập", state=State.BROKEN, found=str(error))
    return Finding(part="thiết lập", state=State.FINE, found=f"thư mục {home}")


def _store(home: Path) -> Finding:
    from assistant.workspace import Workspace

    settings = Settings.load(home)
    if settings.database is None and not (home / "chitieu.db").exists():
        return Finding(part="kho", state=State.NOTED, found="chưa có văn bản nào", mending="chạy: chitieu add PATH...")
    store = Workspace(home).store
    broken = store.integrity()
    if broken:
        mending = "hãy khôi phục từ bản sao lưu: chitieu restore FILE"
        return Finding(part="kho", state=State.BROKEN, found=broken, mending=mending)
    return Finding(part="kho", state=State.FINE, found=f"{len(store.summaries())} văn bản")


def _index(home: Path) -> Finding:
    from assistant.workspace import Workspace

    workspace = Workspace(home)
    stored = (home / "chitieu.db").exists() or workspace.settings.database is not None
    count = len(workspace.documents()) if stored else 0
    try:
        generation = workspace.indexes.current()
        if generation is None:
            if not count:
                return Finding(part="chỉ mục", state=State.NOTED, found="chưa có, vì kho còn trống")
            return Finding(part="chỉ mục", state=State.BROKEN, found="chưa có", mending=_REPAIR)
        held = workspace.indexes.held(generation, full=True)
    except IndexDamaged as error:
        return Finding(part="chỉ mục", state=State.BROKEN, found=str(error), mending=_REPAIR)
    found = f"thế hệ {generation}: {held.documents} văn bản, {held.passages} đoạn"
    if not workspace.settled():
        mending = _REPAIR
        return Finding(
            part="chỉ mục", state=State.BROKEN, found=f"{found}, không khớp kho ({count} văn bản)", mending=mending
        )
    return Finding(part="chỉ mục", state=State.FINE, found=found)


def _model(home: Path) -> Finding:
    from assistant.workspace import Workspace

    encoder = Workspace(home).encoder
    shape = encoder.queries(["kiểm tra"]).shape
    if shape != (1, encoder.dimension):
        return Finding(part="mô hình", state=State.BROKEN, found=f"{encoder.name} cho véc-tơ cỡ {shape}")
    return Finding(part="mô hình", state=State.FINE, found=f"{encoder.name}, {encoder.dimension} chiều")


def _disk(home: Path) -> Finding:
    place = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(place).free
    found = f"còn {free / 1024**3:.1f} GB trống"
    if free < _ROOM:
        return Finding(part="ổ đĩa", state=State.NOTED, found=found, mending="nên có ít nhất 0,5 GB")
    return Finding(part="ổ đĩa", state=State.FINE, found=found)


def _programs() -> Iterator[Finding]:
    """Programs that some kinds of files need."""
    wanted = (
        (("soffice", "libreoffice"), "đọc tệp .doc, .rtf, .odt", "apt-get install libreoffice-writer-nogui"),
        (("tesseract",), "nhận dạng chữ trong bản quét", "apt-get install tesseract-ocr tesseract-ocr-vie"),
    )
    for names, use, mending in wanted:
        path = next((p for p in map(shutil.which, names) if p), None)
        if path is None:
            yield Finding(part=names[0], state=State.NOTED, found=f"không có, cần để {use}", mending=mending)
        elif names[0] == "tesseract" and not _reads_vietnamese(path):
            found = "thiếu dữ liệu tiếng Việt"
            yield Finding(part=names[0], state=State.NOTED, found=found, mending="apt-get install tesseract-ocr-vie")
        else:
            yield Finding(part=names[0], state=State.FINE, found=path)


def _reads_vietnamese(path: str) -> bool:
    try:
        listed = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "vie" in (listed.stdout + listed.stderr).split()
