"""Bugs to plant: a search for damage that finds none has to show that it finds these."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["PLANTS"]


def _torn_rename() -> None:
    """Renames copy piece by piece instead: what reads or dies meanwhile meets a part."""

    def slow(source: Any, target: Any, **_: Any) -> None:
        if Path(source).is_dir():
            Path(target).mkdir(exist_ok=True)
            for path in sorted(Path(source).iterdir()):
                slow(path, Path(target) / path.name)
            os.rmdir(source)
            return
        content = Path(source).read_bytes()
        with Path(target).open("wb") as out:
            out.write(content[: len(content) // 2])
        with Path(target).open("ab") as out:
            out.write(content[len(content) // 2 :])
        os.remove(source)

    def renamed(path: Path, target: Any) -> Path:
        slow(path, target)
        return Path(target)

    _put(os, slow, "replace", "rename")
    _put(Path, renamed, "replace", "rename")
    _put(shutil, slow, "move")


def _lost_put() -> None:
    """Another text of a document takes two transactions: in between it is not there."""
    from corpus.errors import NotFound
    from corpus.store import Store

    put = Store.put

    def twice(store: Store, document: Any, *rest: Any) -> bool:
        with contextlib.suppress(NotFound):
            store.remove(document.id)
        return put(store, document, *rest)

    _put(Store, twice, "put")


def _greedy_prune() -> None:
    """Versions that a generation still quotes are deleted."""
    from corpus.store import Store

    prune = Store.prune
    _put(Store, lambda store, keep=(): prune(store), "prune")  # noqa: ARG005


def _put(place: object, instead: object, *names: str) -> None:
    for name in names:
        setattr(place, name, instead)


PLANTS: dict[str, Callable[[], None]] = {
    "torn-rename": _torn_rename,
    "lost-put": _lost_put,
    "greedy-prune": _greedy_prune,
}
"""Each changes the process that calls it; the programs that are killed do, those that look do not."""
