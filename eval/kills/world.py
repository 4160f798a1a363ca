"""The home that is attacked: small plans whose figures tell which generation an answer came from, and what changes it.

Every operation takes the home from one state that may be seen to another one. `number` makes its change differ from
the changes before it, so that an answer out of two states cannot look like an answer out of one.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from assistant.settings import Settings
from assistant.workspace import Workspace

__all__ = ["OPERATIONS", "QUERIES", "QUESTIONS", "World", "room_of"]

_SUBJECTS = {"goc-den": ("đèn đường", 64), "goc-bom": ("trạm bơm", 71), "goc-cau": ("cầu treo dân sinh", 38)}
_CHANGING = "thay"
_AMENDED = "goc-cau"

QUESTIONS = (
    "Đến năm 2028 bao nhiêu phần trăm đèn đường được nâng cấp?",
    "Đến năm 2028 bao nhiêu phần trăm trạm bơm được nâng cấp?",
    "Đến năm 2028 bao nhiêu phần trăm cầu treo dân sinh được nâng cấp?",
    "Đến năm 2028 bao nhiêu phần trăm kè cảng cá được nâng cấp?",
)
QUERIES = ("kế hoạch nâng cấp kè cảng cá", "công khai kết quả hằng quý")


def room_of(home: Path) -> Workspace:
    """The workspace of `home`, reading files in its own process."""
    return Workspace(home, Settings(readers=1))


def plan(subject: str, percent: int) -> str:
    """A plan that promises `percent` of `subject`."""
    return (
        f"ỦY BAN NHÂN DÂN\nSố: 7/KH-UBND\n\nKẾ HOẠCH\nVề {subject}\n\nI. CHỈ TIÊU\n"
        f"1. Đến năm 2028, {percent}% {subject} được nâng cấp.\n"
        "2. Công khai kết quả thực hiện kế hoạch hằng quý.\n"
    )


class World:
    """A home, the files that go into it, its backups; each operation is a method that takes the number of the round."""

    def __init__(self, root: Path, released: Path | None = None) -> None:
        """Makes the home in `root`; `released` is a folder of SQL dumps of databases that earlier versions made."""
        self.root, self.home, self.source = root, root / "home", root / "in"
        self.archive, self.fresh = root / "home.tar.gz", root / "fresh"
        self.dumps = sorted(released.glob("*.sql")) if released else []
        self.old = root / "old.db"
        self.source.mkdir()

    def found(self) -> None:
        """Fills the home for the first time, twice, so that there is a generation to go back to."""
        for name, (subject, percent) in _SUBJECTS.items():
            self._write(name, plan(subject, percent))
        self.add(0)
        self.backup(0)
        self.add(1)

    def add(self, number: int) -> None:
        """Two new documents and another text in one that is there."""
        for at in range(2):
            self._write(f"moi-{number % 8}-{at}", plan(f"giếng khoan xóm {number} tổ {at}", 30 + at))
        self._write(_CHANGING, plan("kè cảng cá", 1 + number % 97))
        room_of(self.home).add([self.source])

    def index(self, _number: int) -> None:
        """The index built anew."""
        room_of(self.home).reindex()

    def switch(self, _number: int) -> None:
        """The other generation serves."""
        room = room_of(self.home)
        others = [line.name for line in room.generations() if not line.serving]
        if others:
            room.switch(others[0])

    def remove(self, number: int) -> None:
        """One of the documents that were added is gone."""
        room = room_of(self.home)
        added = [d.id for d in room.documents() if d.id.startswith("moi-")]
        if added:
            gone = added[number % len(added)]
            (self.source / f"{gone}.txt").unlink(missing_ok=True)
            room.remove([gone])

    def amend(self, number: int) -> None:
        """An administrator states another number."""
        room_of(self.home).amend(_AMENDED, {"number": f"{number + 1}/KH-UBND"})

    def backup(self, _number: int) -> None:
        """A new archive in place of the old one."""
        from assistant.backup import backup

        backup(self.home, self.archive)

    def restore(self, _number: int) -> None:
        """The archive becomes a home of its own."""
        from assistant.backup import restore

        restore(self.archive, self.fresh)

    def migrate(self, _number: int) -> None:
        """A database of an earlier version, or an empty one, is opened."""
        from corpus.store import Store

        Store(f"sqlite:///{self.old}").close()

    def prepare(self, name: str, number: int) -> None:
        """What must be there before the operation `name`."""
        if name == "restore":
            shutil.rmtree(self.fresh, ignore_errors=True)
        if name == "migrate":
            for path in self.root.glob("old.db*"):
                path.unlink()
            if self.dumps:
                with closing(sqlite3.connect(self.old)) as made:
                    made.executescript(self.dumps[number % len(self.dumps)].read_text("utf-8"))

    def operation(self, name: str, number: int) -> Callable[[], None]:
        """The operation `name` of the round `number`, to be called."""
        method: Callable[[int], None] = getattr(self, name)
        return lambda: method(number)

    def _write(self, name: str, text: str) -> None:
        (self.source / f"{name}.txt").write_text(text, "utf-8")


OPERATIONS = ("add", "index", "switch", "migrate", "backup", "restore", "remove", "amend")
