"""What a home costs when one document more comes in, is changed, and goes again; measured on a copy of the home.

Each step runs in a process of its own, as the command line does it, so that it pays for the models it loads.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.document import Frozen
from corpus.errors import InputError

__all__ = ["Step", "run", "show"]


class Step(Frozen):
    """Seconds of processor and clock, and the most memory in MB that no file stands behind.

    `documents` and `passages` are in the index afterwards, which takes `disk` MB; `load` is what waited for a
    processor then.
    """

    name: str
    documents: int
    passages: int
    processor_s: float
    clock_s: float
    memory: float
    disk: float
    load: float


def run(home: Path, files: Sequence[Path], anew: bool = False) -> list[Step]:
    """One step for each of `files` that is added, one that states other metadata of the last, one that takes it out.

    With `anew`, the index is built from all documents at the end, as after `chitieu doctor --repair`.

    Raises:
        InputError: the home has no index, or a database of its own elsewhere.
    """
    if not (home / "index" / "current").is_file() or not (home / "chitieu.db").is_file():
        raise InputError(f"{home}: cần kho có chitieu.db và chỉ mục; hãy thêm văn bản bằng: chitieu add PATH...")
    with TemporaryDirectory(dir=home.parent, prefix=".adding-") as folder:
        copy = _copied(home, Path(folder) / "home")
        steps = [("thêm", str(file)) for file in files]
        steps += [("sửa siêu dữ liệu", ""), ("gỡ", "")] if files else []
        steps += [("lập lại tất cả", "")] if anew else []
        return [_alone(copy, name, value) for name, value in steps]


def show(steps: Sequence[Step], as_json: bool = False) -> str:
    """The steps as a table; `as_json` adds a last line that programs read."""
    heads = ("văn bản", "đoạn", "CPU, s", "giờ, s", "RAM, MB", "đĩa, MB", "tải")
    lines = [f"{'bước':<20}" + "".join(f"{head:>10}" for head in heads)]
    for s in steps:
        figures = (s.processor_s, s.clock_s, s.memory, s.disk, s.load)
        lines.append(f"{s.name:<20}{s.documents:>10}{s.passages:>10}" + "".join(f"{f:>10.1f}" for f in figures))
    if as_json:
        lines.append(json.dumps([s.model_dump() for s in steps], ensure_ascii=False))
    return "\n".join(lines)


def _copied(home: Path, copy: Path) -> Path:
    """A home with the same documents; files of the index, which never change, under a second name."""
    copy.mkdir()
    with closing(sqlite3.connect(home / "chitieu.db")) as old, closing(sqlite3.connect(copy / "chitieu.db")) as new:
        old.backup(new)
    shutil.copytree(home / "index", copy / "index", copy_function=os.link)
    for name in ("current", "lock"):  # these are written to, or replaced
        (copy / "index" / name).unlink(missing_ok=True)
    shutil.copy(home / "index" / "current", copy / "index" / "current")
    if (home / "config.toml").is_file():
        shutil.copy(home / "config.toml", copy / "config.toml")
    return copy


def _alone(home: Path, name: str, value: str) -> Step:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_step, home, name, value).result()


def _step(home: Path, name: str, value: str) -> Step:
    """One step; the document that came last is the one that is changed and goes."""
    from assistant.workspace import Workspace
    from eval.costs import Most, cpu_seconds
    from indexer.generation import Manifest, current

    room = Workspace(home)
    newest = max(room.documents(), key=lambda s: s.added_at).id
    with Most() as most:
        start, cpu = time.perf_counter(), cpu_seconds()
        if name == "thêm":
            room.add([Path(value)])
        elif name == "gỡ":
            room.remove([newest])
        elif name == "lập lại tất cả":
            room.reindex()
        else:
            room.amend(newest, {"signer": "Người ký thử"})
        processor, clock = cpu_seconds() - cpu, time.perf_counter() - start
    serving = current(home)
    assert serving is not None
    made = Manifest.read(serving)
    return Step(
        name=name,
        documents=made.documents,
        passages=made.passages,
        processor_s=processor,
        clock_s=clock,
        memory=most.own / 1e6,
        disk=sum(file.bytes for file in made.files.values()) / 1e6,
        load=os.getloadavg()[0],
    )
