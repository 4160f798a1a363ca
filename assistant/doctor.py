"""Looks a home over: what is wrong, and how to mend it."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import amendments
from assistant.settings import Settings
from assistant.why import why
from corpus.document import Frozen
from corpus.errors import ChitieuError, IndexDamaged, StoreError

if TYPE_CHECKING:
    from assistant.filling import Progress
    from assistant.workspace import Workspace

__all__ = ["Finding", "State", "check", "leftovers", "mend"]

_DAY_S = 86_400
_ROOM = 500 * 1024 * 1024
_REPAIR = "chạy: chitieu doctor --repair"
_LOST = "hãy thêm lại bằng chitieu add, hoặc lấy từ bản sao lưu."
DATABASE = "chitieu.db"


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
        "thư mục": _folder,
        "kho": _store,
        "chỉ mục": _index,
        "mô hình": _model,
        "ổ đĩa": _disk,
        "nhật ký": _audit,
    }
    for part, look in parts.items():
        try:
            findings.append(look(home))
        except ChitieuError as error:
            mending = "" if "; " in str(error) else _REPAIR
            findings.append(Finding(part=part, state=State.BROKEN, found=str(error), mending=mending))
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            findings.append(Finding(part=part, state=State.BROKEN, found=f"{where}{why(error)}", mending=_REPAIR))
    return [*findings, *_programs()]


def mend(home: Path, progress: Progress | None = None) -> list[str]:
    """Mends what can be mended, loses nothing that can still be read, and says what it did, a line each.

    A damaged database is set aside and its rows are saved into a new one; documents of which rows are gone are read
    again from their files where these still are. Then the index is built anew from the store, and what nothing needs
    is dropped.

    Raises:
        StoreError: the home cannot be written, or the database is elsewhere and broken.
    """
    from assistant.filling import alone
    from assistant.workspace import Workspace

    with alone(home):
        said = [*_cleared(home), *_straightened(home)]
        saved, again = _saved(home)
    workspace = Workspace(home)
    if again:
        workspace.add(again)
    _related(workspace)
    workspace.reindex(progress)
    return said + saved


def _cleared(home: Path) -> Iterator[str]:
    """Removes what killed commands left; a backup that runs keeps what is its own."""
    with (home / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left = leftovers(home)
        except BlockingIOError:
            left = [path for path in leftovers(home) if not path.name.startswith(".backup-")]
        for path in left:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            yield f"Đã xóa phần dở dang {path.name}."


def _straightened(home: Path) -> Iterator[str]:
    """Sets a file of amendments aside that cannot be read; what it said is in the store already."""
    try:
        amendments.stated(home)
    except ChitieuError:
        aside = home / f"{amendments.FILE}.damaged"
        (home / amendments.FILE).replace(aside)
        yield f"Đã để riêng {amendments.FILE} bị hỏng thành {aside.name}; các văn bản vẫn giữ thông tin đã sửa."


def _saved(home: Path) -> tuple[list[str], list[Path]]:
    """Saves a damaged database; what was done, and files to be read again."""
    from assistant.salvage import salvage

    if Settings.load(home).database is not None or not (home / DATABASE).exists():
        return [], []
    if _store(home).state is not State.BROKEN:
        return [], []
    indexed = _indexed(home)
    done = salvage(home / DATABASE)
    lost = {id: "" for id in indexed - set(done.kept)} | done.lost
    said = [f"Đã cứu {len(done.kept)} văn bản từ cơ sở dữ liệu hỏng; tệp hỏng để ở {done.aside.name}."]
    if lost:
        _keep_index(home, done.aside)
    again = [Path(path) for path in lost.values() if path and Path(path).is_file()]
    said += [
        f"Văn bản {id}: không cứu được; " + ("đã đọc lại từ tệp gốc." if Path(path) in again else _LOST)
        for id, path in sorted(lost.items())
    ]
    return said, again


def _indexed(home: Path) -> set[str]:
    """The documents that the serving index was made from; none where it is damaged too."""
    from indexer.build import current
    from indexer.sources import Sources

    try:
        generation = current(home)
        return set(Sources(generation).versions()) if generation else set()
    except (ChitieuError, OSError, ValueError):
        return set()


def _keep_index(home: Path, aside: Path) -> None:
    """Keeps the passages of documents that could not be saved: a person may want to read them."""
    from indexer.build import current

    with suppress(ChitieuError, OSError):
        generation = current(home)
        if generation:
            shutil.copytree(generation, aside / "index", copy_function=os.link)


def _related(workspace: Workspace) -> None:
    """Finds relations anew where rows of them were lost."""
    from corpus.relations import relations

    for summary in workspace.documents():
        if not summary.fingerprint:
            document = workspace.store.get(summary.id, summary.sha256)
            found = relations(document.text, document.number)
            workspace.store.put(document.model_copy(update={"relations": found}))


def _settings(home: Path) -> Finding:
    try:
        Settings.load(home)
    except ChitieuError as error:
        return Finding(part="thiết lập", state=State.BROKEN, found=str(error))
    return Finding(part="thiết lập", state=State.FINE, found=f"thư mục {home}")


def leftovers(home: Path) -> list[Path]:
    """What killed commands left in `home`."""
    patterns = (".backup-*", f".{amendments.FILE}*", "index/.*.partial")
    return [path for pattern in patterns for path in sorted(home.glob(pattern))]


def _folder(home: Path) -> Finding:
    """Whether the home can be written, and whether anything in it is strange."""
    if not home.exists():
        return Finding(part="thư mục", state=State.FINE, found="chưa có, sẽ được lập khi cần")
    effective = os.access in os.supports_effective_ids
    listed = (home, *home.iterdir())
    wrong = next((p for p in listed if not os.access(p, os.R_OK | os.W_OK, effective_ids=effective)), None)
    if os.statvfs(home).f_flag & os.ST_RDONLY:
        mending = "hãy gắn lại ổ đĩa cho ghi (mount -o remount,rw); câu hỏi vẫn được trả lời"
        return Finding(part="thư mục", state=State.BROKEN, found=f"{home}: ổ đĩa chỉ cho đọc", mending=mending)
    if wrong is not None:
        found = f"{wrong}: người dùng {_user(os.geteuid())} không đọc, ghi được (chủ: {_user(wrong.stat().st_uid)})"
        mending = f"chạy: sudo chown -R {_user(os.geteuid())} {home}"
        return Finding(part="thư mục", state=State.BROKEN, found=found, mending=mending)
    amendments.stated(home)
    ahead = [p.name for p in home.iterdir() if p.stat().st_mtime > time.time() + _DAY_S]
    if ahead:
        found = f"{ahead[0]} có giờ sửa ở tương lai; đồng hồ của máy có thể đã bị lùi"
        return Finding(
            part="thư mục", state=State.NOTED, found=found, mending="hãy chỉnh đồng hồ; dữ liệu không ảnh hưởng"
        )
    left = leftovers(home)
    if left:
        found = f"{len(left)} phần dở dang của lệnh đã bị ngắt ({left[0].name})"
        return Finding(part="thư mục", state=State.NOTED, found=found, mending=_REPAIR)
    return Finding(part="thư mục", state=State.FINE, found="đọc, ghi được")


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _newer(error: Exception) -> bool:
    return "mới hơn chương trình" in str(error)


def _store(home: Path) -> Finding:
    from assistant.salvage import damaged_texts
    from assistant.workspace import Workspace

    settings = Settings.load(home)
    if settings.database is None and not (home / "chitieu.db").exists():
        return Finding(part="kho", state=State.NOTED, found="chưa có văn bản nào", mending="chạy: chitieu add PATH...")
    store, count = None, 0
    try:
        store = Workspace(home).store
        broken = store.integrity()
        changed = [] if broken else damaged_texts(store)
        count = 0 if broken else len(store.summaries())
    except (StoreError, ValueError) as error:
        if _newer(error) or settings.database is not None:
            raise
        broken, changed = " ".join(str(error).split())[:300], []
    finally:
        if store is not None:
            store.close()
    if changed:
        broken = f"nội dung không khớp mã kiểm tra: {', '.join(changed[:5])}"
    if broken:
        mending = f"{_REPAIR}, hoặc khôi phục từ bản sao lưu: chitieu restore FILE"
        return Finding(part="kho", state=State.BROKEN, found=broken, mending=mending)
    return Finding(part="kho", state=State.FINE, found=f"{count} văn bản")


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

    workspace = Workspace(home)
    from indexer.ranking import RANKER, ranker

    encoder = workspace.encoder
    ranker()
    shape = encoder.queries(["kiểm tra"]).shape
    if shape != (1, encoder.dimension):
        return Finding(part="mô hình", state=State.BROKEN, found=f"{encoder.name} cho véc-tơ cỡ {shape}")
    found = f"{encoder.name}, {encoder.dimension} chiều; xếp hạng bằng {RANKER}"
    if reranking := workspace.reranking():
        found += f"; xếp lại {reranking.depth} đoạn bằng {reranking.reranker.name}"
    return Finding(part="mô hình", state=State.FINE, found=found)


def _disk(home: Path) -> Finding:
    place = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(place).free
    if free < _ROOM:
        found = f"chỉ còn {free // 1024**2} MB trống"
        mending = "hãy giải phóng dung lượng trước khi thêm văn bản hay lập lại chỉ mục; nên có ít nhất 0,5 GB"
        return Finding(part="ổ đĩa", state=State.NOTED, found=found, mending=mending)
    found = f"còn {free / 1024**3:.1f} GB trống".replace(".", ",")
    return Finding(part="ổ đĩa", state=State.FINE, found=found)


def _audit(home: Path) -> Finding:
    """A chain that does not hold keeps nothing from working, and nothing can mend it: somebody has to look."""
    from assistant.watch.verify import verify

    verdict = verify(home)
    if verdict.first_break is not None:
        found = f"{verdict.first_break.file}: bản ghi {verdict.first_break.n}: {verdict.first_break.said}"
        return Finding(part="nhật ký", state=State.NOTED, found=found, mending="xem: chitieu audit verify")
    return Finding(part="nhật ký", state=State.FINE, found=f"{verdict.records} bản ghi khớp nhau")


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
