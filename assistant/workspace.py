"""One home directory: documents in, answers and targets out. The command line and the service use nothing else."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.intake import Failure, Loaded, extracted, extractor, files, loaded
from assistant.settings import Settings, home_directory
from assistant.why import why
from corpus.document import Document, Frozen
from corpus.errors import IndexDamaged, InputError, NotFound, StoreError
from corpus.store import Citing, Missing, Original, Store, Summary

if TYPE_CHECKING:
    from assistant.answers.answer import Answer, Turn
    from assistant.targets.target import Target
    from indexer.embedding import Encoder
    from indexer.search import Filter, Hit, Index

__all__ = ["AddReport", "Progress", "Workspace", "alone"]

Progress = Callable[[str, int, int], None]
"""Told of a step ("đọc tệp", "trích chỉ tiêu", "lập chỉ mục"), how much of it is done, and of how much."""

Result = TypeVar("Result")

log = logging.getLogger("chitieu")


class AddReport(Frozen):
    """What `add` did: ids of documents that are new or changed, ids that were there already, files that failed."""

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()


class Workspace:
    """The state in one home directory, safe for many threads; other processes may add to it meanwhile."""

    def __init__(self, home: Path | None = None, settings: Settings | None = None) -> None:
        """Opens nothing yet: the database and the index open when first used.

        Raises:
            InvalidSetting: a setting of the home is unknown or out of bounds.
        """
        self.home = home_directory(home)
        self.settings = settings or Settings.load(self.home)
        self._turn = threading.RLock()
        self._index: Index | None = None

    @cached_property
    def store(self) -> Store:
        """The documents of this home."""
        with self._turn:
            self._make_home()
            return Store(self.settings.url(self.home))

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that the settings name."""
        from indexer.embedding import DEFAULT, encoder

        return encoder(self.settings.encoder or DEFAULT)

    def add(
        self,
        paths: Iterable[Path],
        manifest: Path | None = None,
        overrides: Mapping[str, Any] | None = None,
        progress: Progress | None = None,
    ) -> AddReport:
        """Takes in files and folders; those that cannot be read are reported and the rest are in.

        Each document is stored as it is read, then targets are extracted, then one index generation is built. Killed
        anywhere, what was stored stays and the next call goes on from there.

        Raises:
            InputError: the manifest cannot be read, or `overrides` name one document for several files.
            StoreError: the database cannot be written.
        """
        from corpus.sidecar import manifest as read_manifest

        tell = progress or _silent
        sidecars = read_manifest(manifest) if manifest else None
        found, failed = files(paths)
        if len(found) > 1 and {"number", "title"} & (overrides or {}).keys():
            raise InputError(f"--number, --title chỉ dùng được với một tệp; ở đây có {len(found)} tệp")
        with alone(self.home):
            added, unchanged = self._take(
                loaded(found, sidecars, overrides, self.settings.readers), failed, tell, len(found)
            )
            self._settle(tell)
        return AddReport(added=tuple(added), unchanged=tuple(unchanged), failed=tuple(failed))

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> None:
        """Takes documents out and rebuilds the index without them.

        Raises:
            NotFound: one of the ids is not there; then none is removed.
        """
        wanted = list(dict.fromkeys(ids))
        with alone(self.home):
            for id in wanted:
                self.store.get(id)
            for id in wanted:
                self.store.remove(id)
            self._settle(progress or _silent)

    def reindex(self, progress: Progress | None = None) -> None:
        """Builds a new index generation from the store, whatever the present one holds, and prunes the store."""
        with alone(self.home):
            self._settle(progress or _silent, anyway=True)

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: str | None = None) -> Answer:
        """The cited answer to `question`, or a refusal, as of the ISO date `as_of`."""

        def answered(index: Index) -> Answer:
            from assistant.answers import Answerer

            return Answerer(index, self._version, self.targets).answer(question, history=history, as_of=as_of)

        return self._with_index(answered)

    def search(self, query: str, k: int | None = None, only: Filter | None = None) -> list[Hit]:
        """The `k` best passages for `query`, the best first."""
        return self._with_index(lambda index: index.search(query, k or self.settings.results, only))

    def read(self, path: Path, overrides: Mapping[str, Any] | None = None) -> Document:
        """The document in the file at `path`, which is not stored."""
        from corpus.load import load

        return load(path, overrides=overrides)

    def extract(self, path: Path) -> list[Target]:
        """The targets of the file at `path`, which is not stored."""
        from assistant.targets import extract

        return list(extract(self.read(path)))

    def targets(self, id: str | None = None) -> list[Target]:
        """The register: targets of all documents that count, or of the document `id`.

        Raises:
            NotFound: there is no document `id`.
        """
        from assistant.shelf import kept

        if id is not None:
            self.store.get(id)
        return kept(self.store, id)

    def documents(self) -> list[Summary]:
        """A line for each stored document, in the order of their ids."""
        return self.store.summaries()

    def document(self, id: str) -> Document:
        """The stored document; a number finds it too where only one document bears it.

        Raises:
            NotFound: there is none; the message suggests ids that look like `id`.
        """
        try:
            return self.store.get(id)
        except NotFound:
            bearing = self.store.find(id)
            if len(bearing) != 1:
                raise
            return self.store.get(bearing[0].id)

    def original(self, id: str) -> Original:
        """The file that the document was read from."""
        return self.store.original(id)

    def missing(self) -> list[Missing]:
        """Numbers that stored documents cite though none bears them."""
        return self.store.missing()

    def settled(self) -> bool:
        """Whether the serving index was built from exactly what the store holds, by the encoder of the settings."""
        return self._indexed_state() == _state(self.store.summaries(), self.encoder.fingerprint)

    def citing(self, document: Document) -> list[Citing]:
        """What other stored documents say about this one; numbers that are used anew each year may mix."""
        if document.number is None:
            return []
        return [c for c in self.store.citing(document.number) if c.document != document.id]

    def _take(
        self, results: Iterator[Loaded | Failure], failed: list[Failure], tell: Progress, total: int
    ) -> tuple[list[str], list[str]]:
        """Stores what was read; the ids that are new or changed, and those that were there."""
        names = _Names(self.store)
        added: dict[str, None] = {}
        unchanged: dict[str, None] = {}
        for done, result in enumerate(results, start=1):
            if isinstance(result, Failure):
                failed.append(result)
            else:
                document = names.give(result)
                new = self.store.put(document, result.original, result.path.absolute())
                (added if new else unchanged)[document.id] = None
            tell("đọc tệp", done, total)
        return list(added), [id for id in unchanged if id not in added]

    def _settle(self, tell: Progress, anyway: bool = False) -> None:
        """Brings targets and index in step with the store, then drops what nothing needs any more."""
        self._register(tell)
        state = _state(self.store.summaries(), self.encoder.fingerprint)
        if anyway or state != self._indexed_state():
            self._build(state, tell)
        self._prune()

    def _register(self, tell: Progress) -> None:
        from assistant.shelf import keep, pending

        documents = [self.store.get(id, sha256) for id, sha256 in pending(self.store, extractor())]
        results = extracted(documents, self.settings.readers)
        for done, (document, targets) in enumerate(zip(documents, results, strict=True), start=1):
            keep(self.store, document, targets or [], extractor())
            tell("trích chỉ tiêu", done, len(documents))

    def _build(self, state: str, tell: Progress) -> None:
        from indexer.build import build

        summaries = self.store.summaries()

        def documents() -> Iterator[Document]:
            for done, summary in enumerate(summaries, start=1):
                yield self.store.get(summary.id, summary.sha256)
                tell("lập chỉ mục", done, len(summaries))

        made = build(self.home, documents(), self.encoder, self.settings.readers)
        (made / "state").write_text(state, "ascii")

    def _indexed_state(self) -> str | None:
        """What the serving generation was built from; None when unknown or damaged."""
        from indexer.build import current
        from indexer.generation import verify

        try:
            generation = current(self.home)
            if generation is None:
                return None
            verify(generation, full=False)
            return (generation / "state").read_text("ascii")
        except (IndexDamaged, OSError):
            return None

    def _prune(self) -> None:
        from indexer.generation import referenced

        try:
            self.store.prune(referenced(self.home))
        except IndexDamaged as error:
            log.warning("nothing pruned: %s", error)

    def _version(self, id: str, sha256: str | None = None) -> Document:
        return self.store.get(id, sha256)

    def _with_index(self, use: Callable[[Index], Result]) -> Result:
        """`use` of the generation that serves; once more where that one is replaced and swept away meanwhile."""
        index = self._current()
        try:
            return use(index)
        except (OSError, NotFound):
            again = self._current()
            if again is index:
                raise
            return use(again)

    def _current(self) -> Index:
        from indexer.build import current

        directory = current(self.home)
        if directory is None:
            raise NotFound("Chưa có văn bản nào; hãy thêm bằng: chitieu add ĐƯỜNG_DẪN")
        with self._turn:
            if self._index is None or self._index.directory != directory:
                self._index = self._open(directory)
            return self._index

    def _open(self, directory: Path) -> Index:
        """The generation in `directory`; where it is damaged, the one that served before, if that is whole."""
        from indexer.generation import generations
        from indexer.search import Index

        try:
            return Index(directory, self._encoder_of(directory))
        except (IndexDamaged, OSError) as error:
            if self._index is not None:
                log.warning("%s; still serving %s", error, self._index.directory.name)
                return self._index
            for older in reversed([g for g in generations(self.home) if g != directory]):
                try:
                    index = Index(older, self._encoder_of(older))
                except (IndexDamaged, OSError):
                    continue
                log.warning("%s; serving %s", error, older.name)
                return index
            raise

    def _encoder_of(self, directory: Path) -> Encoder:
        """The encoder that the generation was built with, which the settings may have left behind."""
        from indexer.embedding import encoder
        from indexer.generation import Manifest

        name = Manifest.read(directory).encoder
        return self.encoder if name == self.encoder.name else encoder(name)

    def _make_home(self) -> None:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.home}: không tạo được thư mục ({why(error)}); hãy chọn --home khác") from None


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Waits until no other process changes `home`, and keeps others from it meanwhile.

    Raises:
        StoreError: `home` cannot be made or written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = (home / "lock").open("w")
    except OSError as error:
        raise StoreError(f"{home}: không ghi được ({why(error)}); hãy kiểm tra quyền hoặc chọn --home khác") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _Names:
    """Gives ids: the stem of the file, with a number behind it where another document has that already."""

    def __init__(self, store: Store) -> None:
        self._texts = {s.id: s.sha256 for s in store.summaries()}
        self._paths = store.paths()

    def give(self, result: Loaded) -> Document:
        path, document = str(result.path.absolute()), result.document
        own = next((id for id, known in self._paths.items() if known == path and id in self._texts), None)
        id = own or next(c for c in _numbered(document.id) if self._texts.get(c) in (None, document.sha256))
        self._texts[id], self._paths[id] = document.sha256, path
        return document if id == document.id else document.model_copy(update={"id": id})


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    at = 2
    while True:
        yield f"{stem}-{at}"
        at += 1


def _state(summaries: Iterable[Summary], encoder: str) -> str:
    """A hash of what an index of these documents by this encoder would be built from."""
    listed = "\n".join(f"{s.id} {s.sha256} {s.fingerprint}" for s in summaries)
    return hashlib.sha256(f"{encoder}\n{listed}".encode()).hexdigest()


def _silent(_step: str, _done: int, _total: int) -> None:
    return None
