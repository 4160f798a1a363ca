"""A home in one file, taken while it is in use; and back again."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import file_digest
from pathlib import Path

from assistant.access.sessions import KEY_FILE
from assistant.access.tally import FOLDER as LIMITS
from assistant.filling import alone
from assistant.settings import Settings
from assistant.watch.ledger import FOLDER, Ledger
from assistant.why import why
from corpus.errors import IndexDamaged, InputError, StoreError

__all__ = ["backup", "restore"]

_CONTENTS = "backup.json"
_DATABASE = "chitieu.db"
_LOCK = "backup.lock"
_ELSEWHERE = ("lock", _LOCK, "index", _DATABASE, LIMITS, KEY_FILE)
"""Names in a home that are not copied as they are: locks, counts of a minute, what is copied in its own way, and the
key of sessions: whoever gets hold of a backup must not be able to write themselves a session."""


def backup(home: Path, file: Path) -> int:
    """Writes all that `home` holds, with the serving index, to `file` (.tar.gz), and returns its size in bytes.

    Readers go on meanwhile; writers wait until the state is held fast, not until it is written. `file` can be read by
    its owner only, and appears when it was read back and every hash in it was right. Backups of one home wait for each
    other.

    Raises:
        InputError: nothing to back up, or `file` cannot be written.
        StoreError: the database is not SQLite, is damaged or cannot be read.
        IndexDamaged: the serving index is damaged.
    """
    if not (home / _DATABASE).is_file():
        raise InputError(f"{home}: chưa có dữ liệu để sao lưu; hãy kiểm tra --home")
    if Settings.load(home).database is not None:
        raise StoreError(
            "Cơ sở dữ liệu đặt ở nơi khác (thiết lập database); hãy sao lưu bằng công cụ của nó, "
            "với PostgreSQL là: pg_dump --format=custom --file=chitieu.dump"
        )
    partial = file.with_name(f".{file.name}.partial")
    try:
        with _one_at_a_time(home), tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as folder:
            with alone(home):
                staged = _staged(home, Path(folder))
            _write(partial, staged)
        os.replace(partial, file)
    except OSError as error:
        raise InputError(f"{error.filename or file}: không ghi được ({why(error)}); hãy chọn chỗ khác") from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: Path, home: Path) -> int:
    """Makes `home`, which must not hold data yet, what it was at the time of the backup; returns its documents.

    Killed anywhere, `home` is as before or complete; the next call clears away what was begun.

    Raises:
        InputError: `file` is not a whole backup, `home` holds data already or cannot be written.
        StoreError: a newer version of the program made the backup.
    """
    if home.exists() and any(home.iterdir()):
        raise InputError(f"{home}: đã có dữ liệu; hãy khôi phục vào một thư mục trống")
    if not file.is_file():
        raise InputError(f"{file}: không có tệp này")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with _staging(home) as staged:
            staged.mkdir(mode=0o700)
            _unpack(file, staged)
            count = _documents(staged)
            if home.exists():
                home.rmdir()
            staged.rename(home)
            _flush(home.parent)
    except OSError as error:
        raise InputError(f"{home}: không ghi được ({why(error)}); hãy chọn --home khác") from None
    return count


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Waits for another backup of `home`, then clears away what a killed one left."""
    with (home / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for left in home.glob(".backup-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


@contextmanager
def _staging(home: Path) -> Iterator[Path]:
    """A place beside `home` for what becomes it; what a killed restore left there is gone."""
    folder = home.with_name(f".{home.name}.restoring")
    folder.mkdir(exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{home}: một lệnh khác đang khôi phục vào đây; hãy đợi lệnh đó xong") from None
        shutil.rmtree(folder / "home", ignore_errors=True)
        yield folder / "home"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _staged(home: Path, folder: Path) -> dict[str, Path]:
    """The state of `home` held fast in `folder`: files by their names in the backup, the list with their hashes first.

    Files of a generation never change, so a second name keeps them though a later generation sweeps them away.
    """
    from indexer.build import current
    from indexer.generation import verify

    _copy_database(home / _DATABASE, folder / _DATABASE)
    staged = {_DATABASE: folder / _DATABASE}
    generation = current(home)
    files = []
    if generation is not None:
        try:
            verify(generation)
        except IndexDamaged as damage:
            raise IndexDamaged(f"{damage}; chạy: chitieu doctor --repair, rồi sao lưu lại") from None
        files += [(p, True) for p in sorted(generation.rglob("*")) if p.is_file()]
        files.append((home / "index" / "current", False))
    staged |= _copied(home, folder, files)
    with Ledger(home).still():  # closed while it is copied, a file of the log would be missed under both its names
        staged |= _copied(home, folder, [(p, _closed(home, p)) for p in _beside(home)])
    (folder / _CONTENTS).write_text(json.dumps({name: _hash(path) for name, path in staged.items()}), "utf-8")
    return {_CONTENTS: folder / _CONTENTS} | staged


def _copied(home: Path, folder: Path, files: Iterable[tuple[Path, bool]]) -> dict[str, Path]:
    """Each file held in `folder`, by its name in the backup; the second of a pair says that it never changes again."""
    staged = {}
    for path, fixed in files:
        name = str(path.relative_to(home))
        staged[name] = folder / name
        staged[name].parent.mkdir(parents=True, exist_ok=True)
        _held(path, staged[name], fixed)
    return staged


def _closed(home: Path, path: Path) -> bool:
    """Whether this is a file of the log that is written no more: a second name for it takes no time."""
    return path.parent == home / FOLDER and path.suffix == ".jsonl"


def _beside(home: Path) -> list[Path]:
    """What a home holds besides database and index: settings, what administrators changed, feedback, the audit log."""
    kept = [p for p in sorted(home.iterdir()) if not p.name.startswith((".", f"{_DATABASE}-"))]
    kept = [p for p in kept if p.name not in _ELSEWHERE and not p.is_symlink()]
    inside = [p for folder in kept if folder.is_dir() for p in sorted(folder.rglob("*"))]
    return [p for p in [*kept, *inside] if p.is_file() and not p.is_symlink()]


def _held(source: Path, target: Path, fixed: bool) -> None:
    if fixed:
        try:
            os.link(source, target)
            return
        except OSError:
            pass  # some file systems have no second names
    shutil.copy(source, target)  # with its permissions: settings may hold a secret


def _copy_database(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            said = new.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise StoreError(f"{source}: không sao chép được ({' '.join(said.split())}); chạy: chitieu doctor --repair")


def _write(partial: Path, staged: dict[str, Path]) -> None:
    """Writes the archive and reads it back.

    Raises:
        OSError: it cannot be written, or the disk gives back something else.
    """
    with open(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
            for name, path in staged.items():
                archive.add(path, name, recursive=False)
        out.flush()
        os.fsync(out.fileno())
        out.seek(0)
        expected = json.loads(staged[_CONTENTS].read_text("utf-8"))
        with tarfile.open(fileobj=out, mode="r:gz") as archive:
            for member in archive:
                content = archive.extractfile(member)
                digest = file_digest(content, "sha256").hexdigest() if content else ""  # type: ignore[arg-type]
                if member.name != _CONTENTS and digest != expected[member.name]:
                    raise OSError(f"đọc lại {member.name} không khớp")


def _unpack(file: Path, folder: Path) -> None:
    broken = InputError(f"{file}: không phải bản sao lưu nguyên vẹn của chitieu; hãy dùng bản khác")
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        contents = json.loads((folder / _CONTENTS).read_text("utf-8"))
        if not all(_hash(folder / name) == digest for name, digest in contents.items()):
            raise broken
        for name in contents:
            _flush(folder / name)
    except FileNotFoundError:
        raise broken from None
    except OSError as error:
        if error.errno is not None:  # the disk; a damaged gzip has no number
            raise
        raise broken from None
    except (tarfile.TarError, EOFError, ValueError, AttributeError, zlib.error):
        raise broken from None
    (folder / _CONTENTS).unlink()


def _documents(home: Path) -> int:
    """How many documents the database of `home` holds, brought up to date."""
    from corpus.store import Store

    store = Store(f"sqlite:///{home / _DATABASE}")
    try:
        return len(store.summaries())
    finally:
        store.close()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
