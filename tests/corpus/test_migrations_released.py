"""A database of every schema that was ever released opens, is brought up to date, and holds the same documents."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.shelf import kept
from assistant.workspace import Workspace
from corpus import schema
from corpus.errors import StoreError
from corpus.store import Store

RELEASED = Path(__file__).parent / "released"
DUMPS = sorted(RELEASED.glob("*.sql"))
REVISIONS = {p.name[1:5] for p in (Path(schema.__file__).parent / "migrations" / "versions").glob("r*.py")}


def opened(dump: Path, path: Path) -> str:
    """The URL of the database that `dump` says, made at `path`."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text("utf-8"))
    return f"sqlite:///{path}"


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def rows(path: Path, table: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)


def test_each_dump_is_of_a_revision_and_the_first_is_kept_for_ever():
    assert {d.stem for d in DUMPS} <= REVISIONS
    assert DUMPS[0].stem == "0001"


@pytest.mark.parametrize("dump", DUMPS, ids=lambda d: d.stem)
def test_an_old_database_becomes_a_new_one_with_the_same_documents(tmp_path, dump):
    path = tmp_path / "chitieu.db"
    url = opened(dump, path)
    before = {name: rows(path, name) for name in ("originals", "documents", "relations", "targets")}
    assert revision(path) == dump.stem
    store = Store(url)
    assert revision(path) == schema.REVISION
    assert {name: rows(path, name) for name in before} == before
    assert [s.id for s in store.summaries()] == ["ke-hoach-xe-buyt", "quyet-dinh-vuon-rau"]
    for summary in store.summaries():
        document = store.get(summary.id)
        assert hashlib.sha256(document.text.encode()).hexdigest() == document.sha256
        assert store.original(summary.id).content.decode() == document.text
        assert document.provisions
    assert {r.number for r in store.get("quyet-dinh-vuon-rau").relations} == {"3/QĐ-UBND"}
    assert len(kept(store)) == 2
    assert store.integrity() == ""
    store.close()


@pytest.mark.parametrize("dump", DUMPS, ids=lambda d: d.stem)
def test_an_old_home_answers_after_one_repair(tmp_path, dump):
    (tmp_path / "home").mkdir()
    opened(dump, tmp_path / "home" / "chitieu.db")
    room = Workspace(tmp_path / "home", Settings(readers=1))
    room.reindex()
    assert "66%" in room.ask("Đến năm 2029 bao nhiêu phần trăm xã có tuyến xe buýt?").answer
    room.store.close()


def test_those_who_open_an_old_database_at_once_migrate_it_once(tmp_path):
    url = opened(DUMPS[0], tmp_path / "chitieu.db")
    errors = []

    def open_it() -> None:
        try:
            Store(url).close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert revision(tmp_path / "chitieu.db") == schema.REVISION


def test_a_database_newer_than_the_program_is_one_line_and_stays_as_it_is(tmp_path):
    path = tmp_path / "chitieu.db"
    url = opened(DUMPS[-1], path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreError, match=r"phiên bản 9999, mới hơn chương trình; hãy nâng cấp chitieu") as told:
        Store(url)
    assert "\n" not in str(told.value)
    assert revision(path) == "9999"
