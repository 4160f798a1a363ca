"""One home directory: documents in, answers and targets out. The command line and the service use nothing else."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.access.collections import Collections
from assistant.access.ledger import Ledger
from assistant.access.names import collection_names
from assistant.amendments import Amendments, Own
from assistant.filling import Filling, Progress, alone, indexed_state, make, state_of
from assistant.intake import Failure, Loaded, Note, files, loaded
from assistant.serving import Generation, GenerationLine, Serving, lines
from assistant.settings import Settings, home_directory
from assistant.shelf import kept
from assistant.watch import audit
from assistant.watch.call import answered as note_answer
from assistant.watch.call import private, stage
from corpus.database import clustered
from corpus.document import Document, Frozen
from corpus.errors import InputError, NotFound
from corpus.store import Citing, Missing, Original, Store, Summary

if TYPE_CHECKING:
    from assistant.answers.answer import Answer, Turn
    from assistant.answers.evidence import Evidence
    from assistant.answers.llm import Phraser
    from assistant.targets.target import Target
    from indexer.embedding import Encoder
    from indexer.fusion import Tuning
    from indexer.reranking import Reranking
    from indexer.search import Filter, Hit
    from indexer.searching import Indexes

__all__ = ["AddReport", "Workspace"]


class AddReport(Frozen):
    """What `add` did: ids of documents that are new or changed, ids that were there already, files that failed.

    `incomplete` are documents that were stored and indexed but whose targets could not be extracted, `notes` what the
    readers say of files that they read.
    """

    added: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    incomplete: tuple[Failure, ...] = ()
    notes: tuple[Note, ...] = ()


class Workspace:
    """The state in one home directory, safe for many threads; other processes may add to it meanwhile."""

    def __init__(self, home: Path | None = None, settings: Settings | None = None) -> None:
        """Opens nothing yet: the database and the index open when first used.

        Raises:
            InvalidSetting: a setting of the home is unknown or out of bounds.
        """
        self.home = home_directory(home)
        self.settings = settings or Settings.load(self.home)
        audit.govern(self.home, self.settings)
        self._turn = threading.RLock()
        self._store: Store | None = None
        self._indexes: Indexes | None = None
        self._encoder: Encoder | None = None
        self._reranking: Reranking | None = None
        self._phraser: Phraser | None = None
        self._serving = Serving(
            lambda: self.indexes,
            lambda: self.store,
            lambda: self.encoder,
            self.settings.answer_threshold,
            self._count,
        )

    def _count(self) -> int:
        """How many documents are stored; none where there is no store yet, and then none is made."""
        made = self._store is not None or self.settings.database is not None or (self.home / "chitieu.db").exists()
        return len(self.store.summaries()) if made else 0

    @property
    def store(self) -> Store:
        """The documents of this home, which is made where it is not there."""
        with self._turn:
            if self._store is None:
                make(self.home)
                self._store = Store(self.settings.url(self.home))
            return self._store

    @property
    def indexes(self) -> Indexes:
        """The index generations, in files of this home or in the database of the settings."""
        from indexer.searching import indexes

        with self._turn:
            if self._indexes is None:
                url = self.settings.url(self.home)
                if clustered(url):
                    _ = self.store  # makes the tables
                self._indexes = indexes(self.home, url, self._tuning)
            return self._indexes

    @cached_property
    def collections(self) -> Collections:
        """Which documents only some may see; the service asks it at each request."""
        return Collections(Ledger(lambda: self.store))

    @property
    def encoder(self) -> Encoder:
        """The encoder that the settings name."""
        from indexer.embedding import DEFAULT, encoder

        with self._turn:
            if self._encoder is None:
                s = self.settings
                self._encoder = encoder(s.encoder or DEFAULT, s.encoder_query_prefix, s.encoder_passage_prefix)
            return self._encoder

    def reranking(self) -> Reranking | None:
        """The reranker that the settings name with its depth and share, None where they name none.

        Raises:
            MissingPart: what it runs on is not installed.
            InvalidSetting: there is no such model on this machine.
        """
        s = self.settings
        if s.reranker is None:
            return None
        from indexer.reranking import Reranking, reranker

        with self._turn:
            if self._reranking is None:
                model = reranker(s.reranker, s.reranker_query_prefix, s.reranker_passage_prefix)
                self._reranking = Reranking(model, s.rerank_depth, s.rerank_weight)
            return self._reranking

    def _tuning(self) -> Tuning:
        """What generations are searched with."""
        from indexer.fusion import TUNED

        return replace(TUNED, reranking=self.reranking())

    @property
    def phraser(self) -> Phraser | None:
        """What phrases answers, None where the settings name no language model.

        Raises:
            InvalidSetting: the key of the language model is not where the settings say.
        """
        if self.settings.llm_base_url is None:
            return None
        from assistant.answers.llm import phraser_of

        with self._turn:
            if self._phraser is None:
                self._phraser = phraser_of(self.settings)
            return self._phraser

    def add(
        self,
        paths: Iterable[Path],
        manifest: Path | None = None,
        overrides: Mapping[str, Any] | None = None,
        progress: Progress | None = None,
        collections: Collection[str] = (),
    ) -> AddReport:
        """Takes in files and folders; those that cannot be read are reported and the rest are in.

        Each document is stored as it is read, then targets are extracted, then one index generation is built. Killed
        anywhere, what was stored stays and the next call goes on from there. With `collections`, each document is put
        into them before it is stored, so that it is never seen by others; without, it stays in those it is in.

        Raises:
            InputError: the manifest or a collection's name cannot be used, or `overrides` name one document for
                several files.
            StoreError: the database cannot be written.
        """
        from corpus.sidecar import manifest as read_manifest

        sidecars = read_manifest(manifest) if manifest else None
        found, failed = files(paths)
        if len(found) > 1 and {"number", "title"} & (overrides or {}).keys():
            raise InputError(f"--number, --title chỉ dùng được với một tệp; ở đây có {len(found)} tệp")
        notes: list[Note] = []
        names = collection_names(collections)
        told = (f"{len(found)}: " if len(found) > 1 else "") + ", ".join(path.name for path in found)
        with audit.recorded(self.home, "add", told), self._filling(progress) as filling:
            if names:
                filling.before = lambda document: self.collections.join([document.id], names)
            results = _noting(loaded(found, sidecars, overrides, self.settings.readers), notes)
            added, unchanged, unread = filling.take(results, len(found))
            unsettled = filling.settle()
        return AddReport(
            added=tuple(added),
            unchanged=tuple(unchanged),
            failed=tuple(failed + unread),
            incomplete=tuple(unsettled),
            notes=tuple(notes),
        )

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> None:
        """Takes documents out and rebuilds the index without them.

        Raises:
            NotFound: one of the ids is not there; then none is removed.
        """
        wanted = list(dict.fromkeys(ids))
        with audit.recorded(self.home, "remove", ", ".join(wanted)), self._filling(progress) as filling:
            for id in wanted:
                self.store.get(id)
            for id in wanted:
                self.store.remove(id)
            filling.settle()

    def amend(self, id: str, values: Mapping[str, str], progress: Progress | None = None) -> None:
        """Makes `values` what an administrator states about `id`, over its text and sidecar; empty ones are taken back.

        Raises:
            NotFound: there is no such document.
            InputError: a date is none.
        """
        with audit.recorded(self.home, "amend", id), self._filling(progress) as filling:
            filling.amend(id, values)
            filling.settle()

    def amended(self, id: str) -> dict[str, str]:
        """The fields of `id` that an administrator put right."""
        return self._right().stated().get(id, {})

    def _right(self) -> Amendments:
        """What administrators put right: in the home, or in the database where several homes share one."""
        if self.settings.database is None:
            return Own(self.home)
        from assistant.shared_amendments import Shared

        return Shared(self.home, lambda: self.store)

    def generations(self) -> list[GenerationLine]:
        """The complete index generations, the newest first."""
        return lines(self.indexes)

    def switch(self, name: str) -> None:
        """Lets the index generation `name` serve; the next change of the documents builds a new one.

        Raises:
            IndexDamaged: it is not there, or not whole.
        """
        with audit.recorded(self.home, "switch", name), alone(self.home), self.indexes.alone():
            self.indexes.switch(name)
        self._serving.catch_up()

    def reindex(self, progress: Progress | None = None) -> None:
        """Builds a new index generation from the store, whatever the present one holds, and prunes the store."""
        with audit.recorded(self.home, "build", ""), self._filling(progress) as filling:
            filling.settle(anyway=True)

    def weighed(self, question: str, history: Sequence[Turn] = ()) -> Evidence | None:
        """The evidence that an answer to `question` would rest on, however unsure, for those who calibrate it."""
        return self._serving.use(lambda now: now.answerer.weighed(question, history))

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: str | None = None,
        only: Collection[str] | None = None,
        excluding: Collection[str] = (),
    ) -> Answer:
        """The cited answer to `question`, or a refusal, as of the ISO date `as_of`; from the documents `only`.

        What answers knows nothing of the documents `excluding`, nor of others than `only` where that is given.
        Where the settings name a language model, its claims are in the words of that model, as far as they passed.

        Raises:
            InvalidSetting: the key of the language model is not where the settings say.
        """
        phraser = self.phraser
        private(question, *(turn.content for turn in history))

        def answered(now: Generation) -> Answer:
            answerer = now.answerer if only is None and not excluding else now.answerer_of(only, excluding)
            return answerer.answer(question, history=history, as_of=as_of)

        with stage("answer"):
            answer = self._serving.use(answered)
            if phraser:
                with stage("model"):
                    answer = phraser.phrase(answer)
        reason = answer.reason.value if answer.reason else None
        note_answer(answer.abstained, reason, answer.phrased_by is not None)
        audit.asked(self.home, "ask", question, reason or "answered")
        return answer

    def search(self, query: str, k: int | None = None, only: Filter | None = None) -> list[Hit]:
        """The `k` best passages for `query`, the best first."""
        private(query)
        with stage("search"):
            hits = self._serving.use(lambda now: now.index.search(query, k or self.settings.results, only))
        audit.asked(self.home, "search", query, str(len(hits)))
        return hits

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
        if id is None:
            return kept(self.store)
        return kept(self.store, [(id, self.store.get(id).sha256)])

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

    def following(self) -> AbstractContextManager[None]:
        """Meanwhile no question waits for a new index generation: a thread makes it ready, the old one answers on."""
        return self._serving.following()

    def settled(self) -> bool:
        """Whether the serving index was built from exactly what the store holds, by the encoder of the settings."""
        return indexed_state(self.indexes) == state_of(self.store.summaries(), self.encoder.fingerprint)

    def citing(self, document: Document) -> list[Citing]:
        """What other stored documents say about this one; numbers that are used anew each year may mix."""
        if document.number is None:
            return []
        return [c for c in self.store.citing(document.number) if c.document != document.id]

    @contextmanager
    def _filling(self, progress: Progress | None) -> Iterator[Filling]:
        with alone(self.home), self.indexes.alone():
            yield Filling(
                self.home, self.store, self.indexes, self.encoder, self.settings.readers, progress, self._right()
            )
        self._serving.catch_up()


def _noting(results: Iterable[Loaded | Failure], notes: list[Note]) -> Iterator[Loaded | Failure]:
    """`results` as they come, what the readers say of them put into `notes`."""
    for result in results:
        if isinstance(result, Loaded) and result.notes:
            notes.append(Note(name=result.path.name, said=result.notes))
        yield result
