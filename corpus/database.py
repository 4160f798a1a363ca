"""Opens the database, SQLite or PostgreSQL: writers that wait for one another, migrations, errors in one line."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from corpus.errors import MissingPart, StoreError
from corpus.schema import REVISION

__all__ = ["clustered", "explained", "migrate", "open_engine", "reading", "revision", "writing"]

BUSY_SECONDS = 30
CONNECT_SECONDS = 10
WRITERS = 0x63_68_69_74
"""The advisory lock of PostgreSQL that each writing transaction holds, as SQLite's write lock is held."""

_migrating = threading.Lock()
"""alembic keeps what it is doing in module globals: one migration at a time in a process."""

_REASONS = (
    ("disk is full", "ổ đĩa đã đầy; hãy giải phóng dung lượng rồi chạy lại"),
    ("readonly", "không có quyền ghi; hãy kiểm tra quyền của thư mục và tệp"),
    ("read-only", "không có quyền ghi; hãy kiểm tra quyền của thư mục và tệp"),
    ("unable to open", "không mở được tệp; hãy kiểm tra thư mục có tồn tại và quyền truy cập"),
    ("not a database", "tệp không phải cơ sở dữ liệu; chạy: chitieu doctor --repair, hoặc khôi phục bản sao lưu"),
    ("malformed", "tệp cơ sở dữ liệu đã hỏng; chạy: chitieu doctor --repair, hoặc khôi phục bản sao lưu"),
    ("disk i/o", "lỗi đọc ghi ổ đĩa; hãy kiểm tra ổ đĩa"),
    ("locked", f"cơ sở dữ liệu bận quá {BUSY_SECONDS} giây; hãy thử lại sau"),
)
_SERVER_REASONS = (
    ("during recovery", "đây là bản sao chỉ đọc; hãy đặt database là máy chủ chính để ghi"),
    ("read-only transaction", "đây là bản sao chỉ đọc; hãy đặt database là máy chủ chính để ghi"),
    ('extension "vector" is not available', "máy chủ PostgreSQL chưa có pgvector; hãy cài rồi chạy lại"),
    ("permission denied to create extension", "thiếu quyền; hãy để quản trị máy chủ chạy: CREATE EXTENSION vector"),
    ("no space left", "ổ đĩa của máy chủ đã đầy; hãy giải phóng dung lượng rồi chạy lại"),
    ("disk full", "ổ đĩa của máy chủ đã đầy; hãy giải phóng dung lượng rồi chạy lại"),
    ("password", "máy chủ không nhận tài khoản; hãy kiểm tra tên và mật khẩu trong database"),
    ("permission denied", "tài khoản thiếu quyền trên cơ sở dữ liệu; hãy để quản trị máy chủ cấp quyền"),
    ("too many clients", "máy chủ hết kết nối; hãy tăng max_connections hoặc dùng pgbouncer"),
    ("could not translate host name", "không tìm thấy tên máy chủ; hãy kiểm tra thiết lập database"),
    ("name or service not known", "không tìm thấy tên máy chủ; hãy kiểm tra thiết lập database"),
    ("connection", "không kết nối được máy chủ cơ sở dữ liệu; hãy kiểm tra máy chủ và thiết lập database"),
)


def open_engine(url: str) -> Engine:
    """An engine for `url`, not yet connected; SQLite runs in WAL mode with foreign keys on.

    Statements are not prepared on PostgreSQL: plans depend on what is asked, and pgbouncer may stand between.

    Raises:
        StoreError: if `url` is not a database URL.
        MissingPart: if the driver that `url` names is not installed.
    """
    try:
        parsed = _driven(make_url(url))
        sqlite = parsed.get_backend_name() == "sqlite"
        fixed = sqlite and _cannot_change(parsed.database)
        engine = create_engine(_fixed(parsed) if fixed else parsed, **(_EMBEDDED if sqlite else _SERVER))
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"Địa chỉ cơ sở dữ liệu không hợp lệ: {url!r}; ví dụ: sqlite:////du/lieu/chitieu.db"
        ) from error
    except ModuleNotFoundError as error:
        raise MissingPart(
            f"Thiếu thư viện {error.name} để mở cơ sở dữ liệu {parsed.drivername}; "
            "hãy cài: pip install 'chitieu[postgres]'"
        ) from error
    if sqlite:
        if not fixed:
            event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def clustered(url: str) -> bool:
    """Whether `url` names a PostgreSQL server.

    Raises:
        StoreError: if `url` is not a database URL.
    """
    try:
        return make_url(url).get_backend_name() in ("postgresql", "postgres")
    except ArgumentError as error:
        raise StoreError(f"Địa chỉ cơ sở dữ liệu không hợp lệ: {url!r}") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database throughout."""
    with explained(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed as a whole at the end, or rolled back when anything is raised."""
    with explained(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
        yield connection


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Errors of the database and its driver become a `StoreError` of one line."""
    try:
        yield
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        sqlite = engine.url.get_backend_name() == "sqlite"
        name = engine.url.database if sqlite else engine.url.render_as_string()
        raise StoreError(f"{name}: {_reason(error, _REASONS if sqlite else _SERVER_REASONS)}") from error


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(engine: Engine) -> None:
    """Brings the database to `REVISION`; nothing happens when it is there already.

    Raises:
        StoreError: if the database was made by a newer version of the program.
    """
    with reading(engine) as connection:
        if revision(connection) == REVISION:
            return
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with _migrating, writing(engine) as connection:
        if revision(connection) == REVISION:
            return
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, REVISION)
        except CommandError as error:
            found = revision(connection)
            raise StoreError(
                f"Cơ sở dữ liệu ở phiên bản {found}, mới hơn chương trình; hãy nâng cấp chitieu"
            ) from error


_EMBEDDED: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
_SERVER: dict[str, Any] = {
    "pool_pre_ping": True,
    "connect_args": {"prepare_threshold": None, "connect_timeout": CONNECT_SECONDS, "application_name": "chitieu"},
}


def _driven(url: URL) -> URL:
    """`url` with the driver that comes with chitieu where it names none."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _cannot_change(path: str | None) -> bool:
    """Whether the database lies whole in one file on a disk that is read-only: SQLite then needs to be told so."""
    if not path or not os.path.isfile(path):
        return False
    log = Path(f"{path}-wal")
    read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    return read_only and not (log.exists() and log.stat().st_size)


def _fixed(url: URL) -> URL:
    quoted = quote(str(url.database))
    return url.set(database=f"file:{quoted}", query={"mode": "ro", "immutable": "1", "uri": "true"})


def _prepare(connection: Any, _record: object) -> None:
    """Transactions are begun by `_begin`, so that a writer waits at its start and never half-way."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: Exception, reasons: tuple[tuple[str, str], ...]) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    lower = said.lower()
    known = next((reason for sign, reason in reasons if sign in lower), None)
    return known or " ".join(said.split())
