"""A home in one file, taken while it is in use; and back again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from hashlib import file_digest
from pathlib import Path

from assistant.filling import alone
from assistant.settings import CONFIG, Settings
from assistant.why import why
from assistant.workspace import Workspace
from corpus.errors import InputError, StoreError

__all__ = ["backup", "restore"]

_CONTENTS = "backup.json"
_DATABASE = "chitieu.db"


def backup(home: Path, file: Path) -> int:
    """Writes database, settings and the serving index of `home` to `file` (.tar.gz), and returns its size in bytes.

    Readers go on meanwhile; writers wait. `file` appears only when it is complete.

    Raises:
        InputError: nothing to back up, or `file` cannot be written.
        StoreError: the database is not SQLite or cannot be read.
    """
    if not (home / _DATABASE).is_file():
        raise InputError(f"{home}: chưa có dữ liệu để sao lưu; hãy kiểm tra --home")
    if Settings.load(home).database is not None:
        raise StoreError("Cơ sở dữ liệu đặt ở nơi khác (thiết lập database); hãy sao lưu bằng công cụ của nó")
    partial = file.with_name(f".{file.name}.partial")
    try:
        with alone(home), tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as folder:
            staged = _staged(home, Path(folder))
            with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
                for name, path in staged.items():
                    archive.add(path, name)
        os.replace(partial, file)
    except OSError as error:
        raise InputError(f"{file}: không ghi được ({why(error)}); hãy chọn chỗ khác") from None
    finally:
        partial.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: Path, home: Path) -> int:
    """Makes `home`, which must not hold data yet, what it was at the time of the backup; returns its documents.

    Raises:
        InputError: `file` is not a whole backup, or `home` holds data already.
    """
    if home.exists() and any(home.iterdir()):
        raise InputError(f"{home}: đã có dữ liệu; hãy khôi phục vào một thư mục trống")
    home.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}-"))
    try:
        _unpack(file, staged)
        if home.exists():
            home.rmdir()
        staged.rename(home)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return len(Workspace(home).documents())


def _staged(home: Path, folder: Path) -> dict[str, Path]:
    """The files of the backup by their names in it, the list with their hashes first."""
    from indexer.build import current

    _copy_database(home / _DATABASE, folder / _DATABASE)
    staged = {_DATABASE: folder / _DATABASE}
    if (home / CONFIG).is_file():
        staged[CONFIG] = home / CONFIG
    generation = current(home)
    if generation is not None:
        kept = sorted(p for p in generation.rglob("*") if p.is_file())
        staged |= {str(p.relative_to(home)): p for p in [home / "index" / "current", *kept]}
    (folder / _CONTENTS).write_text(json.dumps({name: _hash(path) for name, path in staged.items()}), "utf-8")
    return {_CONTENTS: folder / _CONTENTS} | staged


def _copy_database(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise StoreError(f"{source}: không sao chép được ({error}); chạy: chitieu doctor") from None


def _unpack(file: Path, folder: Path) -> None:
    broken = InputError(f"{file}: không phải bản sao lưu nguyên vẹn của chitieu; hãy dùng bản khác")
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        contents = json.loads((folder / _CONTENTS).read_text("utf-8"))
        if not all(_hash(folder / name) == digest for name, digest in contents.items()):
            raise broken
    except FileNotFoundError as error:
        raise (broken if error.filename != str(file) else InputError(f"{file}: không có tệp này")) from None
    except (tarfile.TarError, OSError, EOFError, ValueError, AttributeError):
        raise broken from None
    (folder / _CONTENTS).unlink()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
