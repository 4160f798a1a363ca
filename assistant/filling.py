"""The way in: documents to the store, their targets beside them, all of them into one index generation."""

from __future__ import annotations

import fcntl
import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.amendments import Amendments, amended, clear
from assistant.intake import Failure, Loaded, extracted, extractor
from assistant.shelf import keep, pending
from assistant.why import why
from corpus.document import Document
from corpus.errors import IndexDamaged, StoreError
from corpus.store import Store, Summary

if TYPE_CHECKING:
    from indexer.embedding import Encoder
    from indexer.searching import Indexes

__all__ = ["Filling", "Progress", "alone", "indexed_state", "make", "state_of"]

Progress = Callable[[str, int, int], None]
"""Told of a step ("đọc tệp", "trích chỉ tiêu", "lập chỉ mục"), how much of it is done, and of how much."""

log = logging.getLogger("chitieu")


class Filling:
    """Changes one home; the caller holds `alone(home)`. `before` is called with each document before it is stored."""

    def __init__(
        self,
        home: Path,
        store: Store,
        indexes: Indexes,
        encoder: Encoder,
        processes: int,
        tell: Progress | None,
        right: Amendments,
    ) -> None:
        """`right` holds what administrators put right."""
        self._home = home
        self._right = right
        self._store = store
        self._indexes = indexes
        self._encoder = encoder
        self._processes = processes
        self._tell = tell or _silent
        self.before: Callable[[Document], None] | None = None

    def take(self, results: Iterable[Loaded | Failure], total: int) -> tuple[list[str], list[str], list[Failure]]:
        """Stores what was read, one transaction a document.

        Returns:
            Ids that are new or changed, ids that were there already, and the failures among `results`.
        """
        names = _Names(self._store)
        right = self._right.stated()
        changed: dict[str, bool] = {}
        failed: list[Failure] = []
        for done, result in enumerate(results, start=1):
            if isinstance(result, Failure):
                failed.append(result)
            else:
                document = names.give(result)
                if document.id in right:
                    document = amended(document, right[document.id])
                if self.before:
                    self.before(document)
                new = self._store.put(document, result.original, result.path.absolute())
                changed[document.id] = changed.get(document.id, False) or new
            self._tell("đọc tệp", done, total)
        return [id for id, new in changed.items() if new], [id for id, new in changed.items() if not new], failed

    def amend(self, id: str, values: Mapping[str, str]) -> None:
        """Puts metadata of the stored document `id` right, for as long as it is stored."""
        document = self._store.get(id)
        before = self._right.stated().get(id, {})
        self._store.put(amended(document, self._right.keep(id, values), before))

    def settle(self, anyway: bool = False) -> list[Failure]:
        """Brings targets and index in step with the store, then drops what nothing needs any more.

        Returns:
            The documents whose targets could not be extracted; they are stored and indexed all the same.
        """
        failed = self._register()
        summaries = self._store.summaries()
        state = state_of(summaries, self._encoder.fingerprint)
        if anyway or state != indexed_state(self._indexes):
            self._build(summaries, state, anyway)
        self._prune()
        return failed

    def _register(self) -> list[Failure]:
        versions = pending(self._store, extractor())
        documents = (self._store.get(id, sha256) for id, sha256 in versions)
        failed = []
        for done, (document, targets) in enumerate(extracted(documents, self._processes), start=1):
            if isinstance(targets, Failure):
                failed.append(targets)
            keep(self._store, document, [] if isinstance(targets, Failure) else targets, extractor())
            self._tell("trích chỉ tiêu", done, len(versions))
        return failed

    def _build(self, summaries: list[Summary], state: str, anew: bool) -> None:
        def tell(done: int, of: int) -> None:
            self._tell("lập chỉ mục", done, of)

        self._indexes.build(
            summaries, self._store.get, self._encoder, self._processes, state=state, anew=anew, tell=tell
        )

    def _prune(self) -> None:
        """Only whole generations say which versions they need, so damaged ones go first."""
        clear(self._home)
        try:
            self._store.prune(self._indexes.sweep())
        except IndexDamaged as damage:
            log.warning("%s", damage)


def indexed_state(indexes: Indexes) -> str | None:
    """What the serving generation was built from, as `state_of` names it; None when unknown or damaged."""
    try:
        serving = indexes.current()
    except IndexDamaged:
        return None
    return None if serving is None else indexes.state(serving)


def state_of(summaries: Iterable[Summary], encoder: str) -> str:
    """A hash of what an index of these documents by this encoder would be built from."""
    listed = "\n".join(f"{s.id} {s.sha256} {s.fingerprint}" for s in summaries)
    return hashlib.sha256(f"{encoder}\n{listed}".encode()).hexdigest()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Waits until no other process changes `home`, and keeps others from it meanwhile.

    Raises:
        StoreError: `home` cannot be made or written.
    """
    make(home)
    try:
        file = (home / "lock").open("w")
    except OSError as error:
        raise _unwritable(home, error) from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make(home: Path) -> None:
    """Makes the home directory where it is not there.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(home, error) from None


def _unwritable(home: Path, error: OSError) -> StoreError:
    return StoreError(f"{home}: không ghi được ({why(error)}); hãy kiểm tra quyền hoặc chọn --home khác")


class _Names:
    """Gives ids: the stem of the file, with a number behind it where another document has that already."""

    def __init__(self, store: Store) -> None:
        self._texts = {s.id: s.sha256 for s in store.summaries()}
        self._ids = {path: id for id, path in store.paths().items()}

    def give(self, result: Loaded) -> Document:
        path, document = str(result.path.absolute()), result.document
        id = self._ids.get(path) or next(
            name for name in _numbered(document.id) if self._texts.get(name) in (None, document.sha256)
        )
        self._texts[id] = document.sha256
        self._ids[path] = id
        return document if id == document.id else document.model_copy(update={"id": id})


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    at = 2
    while True:
        yield f"{stem}-{at}"
        at += 1


def _silent(_step: str, _done: int, _total: int) -> None:
    return None
