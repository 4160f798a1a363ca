"""Saves from a damaged SQLite database every row that can still be read, into a new one beside it.

The damaged files are set aside and never changed or deleted, so that a specialist may try again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from corpus.store import Store

__all__ = ["Salvage", "damaged_texts", "salvage"]

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_PROBES = 2000
"""Row numbers that are tried one by one between the two ends of a damaged table."""

_TABLES = ("originals", "versions", "documents", "relations", "targets")
"""Those that others refer to come first; whatever else there is comes after them."""


class Salvage(NamedTuple):
    """`aside` holds the damaged files, `kept` documents are whole, `lost` are others with their files' paths."""

    aside: Path
    kept: tuple[str, ...]
    lost: dict[str, str]


def salvage(database: Path) -> Salvage:
    """Makes `database` whole again with all that can be read of it; the caller holds `alone(home)`.

    Where relations are gone, versions have an empty fingerprint: what is put next is written in full.

    Raises:
        OSError: there is no room for the copies, or they cannot be written.
        StoreError: the new database cannot be made.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = _free(database.parent / f"damaged-{stamp}")
    aside.mkdir()
    for path in _files(database):
        shutil.copyfile(path, aside / path.name)
    working = aside / "working.db"
    for path in _files(database):
        shutil.copyfile(path, aside / path.name.replace(database.name, working.name))
    fresh = aside / "fresh.db"
    _with_header(working, fresh)
    lost = _copied(working, fresh)
    for path in aside.glob("working.db*"):
        path.unlink()
    with closing(sqlite3.connect(fresh)) as made:
        kept = tuple(id for (id,) in made.execute("SELECT id FROM documents ORDER BY id"))
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in _files(database)[1:]:
        path.unlink()
    os.replace(fresh, database)
    for path in aside.glob("fresh.db*"):
        path.unlink()
    return Salvage(aside, kept, lost)


def damaged_texts(store: Store) -> list[str]:
    """The ids of documents whose text is not the one that was stored: SQLite keeps no checksums of its pages."""
    found = []
    for summary in store.summaries():
        text = store.get(summary.id, summary.sha256).text
        if hashlib.sha256(text.encode()).hexdigest() != summary.sha256:
            found.append(summary.id)
    return found


def _files(database: Path) -> list[Path]:
    """The database and what SQLite keeps beside it."""
    names = (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm")))
    return [path for path in names if path.exists()]


def _free(folder: Path) -> Path:
    tried, number = folder, 1
    while tried.exists():
        number += 1
        tried = folder.with_name(f"{folder.name}-{number}")
    return tried


def _with_header(working: Path, fresh: Path) -> None:
    """Makes the new database and, where the old one's first bytes are gone, gives it those of the new one."""
    Store(f"sqlite:///{fresh}").close()
    with working.open("r+b") as old, fresh.open("rb") as new:
        head, model = old.read(_HEADER), new.read(_HEADER)
        if head[:16] == _MAGIC and head[16:24] == model[16:24]:
            return
        size = int.from_bytes(model[16:18], "big")
        pages = working.stat().st_size // size
        old.seek(0)
        old.write(model[:28] + pages.to_bytes(4, "big") + bytes(8) + model[40:])


def _copied(working: Path, fresh: Path) -> dict[str, str]:
    """Copies what can be read; returns the documents of which something is missing, with the paths of their files."""
    with closing(sqlite3.connect(working)) as old, closing(sqlite3.connect(fresh)) as new:
        new.execute("PRAGMA foreign_keys = OFF")
        broken: set[str] = set()
        columns = {name: [row[1] for row in new.execute(f'PRAGMA table_info("{name}")')] for name in _names(new)}
        for name in sorted(columns, key=lambda n: (_TABLES.index(n) if n in _TABLES else len(_TABLES), n)):
            for row in _rows(old, name, columns[name], broken):
                if _whole(name, row):
                    marks = ", ".join("?" * len(row))
                    listed = ", ".join(f'"{column}"' for column in row)
                    values = list(row.values())
                    new.execute(f'INSERT OR IGNORE INTO "{name}" ({listed}) VALUES ({marks})', values)
        lost = _loose(new, "documents" in broken)
        if "relations" in broken:
            new.execute("UPDATE versions SET fingerprint = ''")
        new.commit()
    return lost


def _names(database: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in database.execute(query) if name != "alembic_version"]


def _rows(old: sqlite3.Connection, table: str, columns: list[str], broken: set[str]) -> Iterator[dict[str, Any]]:
    """The rows that can be read: from the front until the damage, from the back until it, and what lies between.

    `broken` gets the table where there is damage.
    """
    seen: set[int] = set()
    ends: list[int] = []
    for order in ("ASC", "DESC"):
        last = 0
        try:
            for number, *values in old.execute(_select(table, columns) + f" ORDER BY rowid {order}"):
                last = number
                if number not in seen:
                    seen.add(number)
                    yield dict(zip(columns, values, strict=True))
        except sqlite3.Error:
            broken.add(table)
            ends.append(last)
            continue
        return
    between = range(min(ends) + 1, max(ends) or min(ends) + _PROBES)
    for number in [n for n in between if n not in seen][:_PROBES]:
        with contextlib.suppress(sqlite3.Error):
            for _, *values in old.execute(_select(table, columns) + " WHERE rowid = ?", (number,)):
                yield dict(zip(columns, values, strict=True))


def _select(table: str, columns: list[str]) -> str:
    return f"""SELECT rowid, {", ".join(f'"{column}"' for column in columns)} FROM "{table}" NOT INDEXED"""


def _whole(table: str, row: dict[str, Any]) -> bool:
    """Whether a text or a file is the one that its hash was made of."""
    if table == "versions":
        text = row["text"]
        return isinstance(text, str) and hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() == row["sha256"]
    if table == "originals":
        content = row["content"]
        return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == row["sha256"]
    return True


def _loose(new: sqlite3.Connection, uncounted: bool) -> dict[str, str]:
    """Takes out rows that refer to what is not there; returns the documents among them with the paths of their files.

    Where rows that say which version counts are gone (`uncounted`), the last version that was saved counts again.
    """
    missing = "NOT EXISTS (SELECT 1 FROM versions v WHERE v.id = t.id AND v.sha256 = t.sha256)"
    lost = {id: path or "" for id, path in new.execute(f"SELECT t.id, t.path FROM documents t WHERE {missing}")}
    for table in ("documents", "relations", "targets"):
        new.execute(f"DELETE FROM {table} AS t WHERE {missing}")
    new.execute("UPDATE versions SET original = NULL WHERE original NOT IN (SELECT sha256 FROM originals)")
    new.execute(
        "UPDATE versions AS t SET targets_by = NULL WHERE NOT EXISTS "
        "(SELECT 1 FROM targets WHERE targets.id = t.id AND targets.sha256 = t.sha256)"
    )
    if uncounted:
        new.execute(
            "INSERT OR IGNORE INTO documents (id, sha256) SELECT id, sha256 FROM versions v "
            "WHERE id NOT IN (SELECT id FROM documents) AND rowid = (SELECT max(rowid) FROM versions WHERE id = v.id)"
        )
    for id in [id for id in lost if new.execute("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone()]:
        del lost[id]
    return lost
