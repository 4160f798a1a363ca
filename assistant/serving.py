"""The index generation that serves, reopened when another takes its place, and what answers from it."""

from __future__ import annotations

import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from assistant.changing import Changing, changing
from assistant.shelf import gone, kept
from assistant.texts import opened, several
from corpus.document import Document, Frozen
from corpus.errors import IndexDamaged, NotFound
from corpus.store import Store, Summary

if TYPE_CHECKING:
    from assistant.answers import Answerer
    from assistant.answers.library import Place
    from assistant.targets.target import Target
    from indexer.embedding import Encoder
    from indexer.searching import Indexes, Searcher

__all__ = ["Generation", "GenerationLine", "Serving", "lines"]

Result = TypeVar("Result")

_NARROWED = 8
"""Answerers over a choice of documents that are kept: about one for each page that asks about its own documents."""

_SWEPT = "Thế hệ chỉ mục này đã được thay; hãy hỏi lại"
_LOOK_S = 0.5
"""Seconds between two looks at which generation should serve."""

log = logging.getLogger("chitieu")


class GenerationLine(Frozen):
    """An index generation in a list: when it was made (ISO 8601, UTC), what it holds; `damage` is empty when whole."""

    name: str
    made_at: str
    serving: bool
    documents: int = 0
    passages: int = 0
    encoder: str = ""
    damage: str = ""


def lines(indexes: Indexes) -> list[GenerationLine]:
    """The generations, the newest first; looked over, not read."""
    try:
        serving = indexes.current()
    except IndexDamaged:
        serving = None
    made = []
    for name in reversed(indexes.names()):
        line = GenerationLine(name=name, made_at="", serving=name == serving)
        try:
            made.append(line.model_copy(update=indexes.held(name).model_dump()))
        except IndexDamaged as damage:
            made.append(line.model_copy(update={"made_at": indexes.made_at(name), "damage": str(damage)}))
    return made


class Generation:
    """One index generation with exactly the versions of the documents that it was built from."""

    def __init__(self, index: Searcher, store: Store, threshold: float = 0.5) -> None:
        self.index = index
        self._store = store
        self._threshold = threshold
        self._versions = index.sources.versions()
        self._turn = threading.Lock()
        self._narrowed: OrderedDict[frozenset[str], Answerer] = OrderedDict()

    def document(self, id: str) -> Document:
        """The document as it was when the generation was built."""
        return self._store.get(id, self._versions.get(id))

    def opened(self, id: str) -> Document:
        """The same, its structure read when first asked for."""
        return opened(self._store, id, self._versions.get(id))

    def several(self, ids: Collection[str]) -> dict[str, Document]:
        """Those of the documents by id, read at once."""
        return several(self._store, {id: self._versions.get(id) for id in ids})

    def summaries(self) -> list[Summary]:
        """A line for each document of the generation.

        Raises:
            NotFound: the generation was swept away, and versions that it was built from with it.
        """
        found = self._store.summaries(self._versions.items())
        if len(found) < len(self._versions):
            raise NotFound(_SWEPT)
        return found

    def targets(self, id: str | None = None) -> list[Target]:
        """The targets of the generation's documents, or of one.

        Raises:
            NotFound: the generation was swept away; a version that is gone must not pass for one without targets.
        """
        chosen = self._versions if id is None else {id: self._versions[id]} if id in self._versions else {}
        found = kept(self._store, chosen.items())
        without = chosen.keys() - {target.citation.document for target in found}
        if without and gone(self._store, [(one, chosen[one]) for one in without]):
            raise NotFound(_SWEPT)
        return found

    def changing(self) -> list[Changing]:
        """The documents of the generation that replace, repeal, amend or extend others."""
        return changing(self._store, self._versions)

    @property
    def answerer(self) -> Answerer:
        """What answers from this generation; made once, since it learns the names of all documents."""
        with self._turn:
            return self._answerer

    def answerer_of(self, only: Collection[str] | None, excluding: Collection[str] = ()) -> Answerer:
        """What answers from the documents `only` (all: None) without `excluding` and knows of no others.

        The last few are kept.
        """
        chosen = frozenset(self._versions if only is None else self._versions.keys() & set(only)).difference(excluding)
        with self._turn:
            made = self._narrowed.pop(chosen, None) or self._narrow(chosen)
            self._narrowed[chosen] = made
            while len(self._narrowed) > _NARROWED:
                self._narrowed.popitem(last=False)
        return made

    @cached_property
    def _answerer(self) -> Answerer:
        from assistant.answers import Answerer

        return Answerer(
            self.index, self.opened, self.targets, self.summaries(), self._threshold, self.changing, self.several
        )

    def _narrow(self, chosen: frozenset[str]) -> Answerer:
        from assistant.answers import Answerer
        from assistant.answers.library import from_index

        found = from_index(self.index)

        def search(query: str, k: int, documents: Collection[str] | None) -> Sequence[Place]:
            return found(query, k, chosen if documents is None else chosen.intersection(documents))

        def targets(id: str | None = None) -> list[Target]:
            wanted = chosen if id is None else chosen & {id}
            return [target for one in sorted(wanted) for target in self.targets(one)]

        return Answerer(
            search,
            self.opened,
            targets,
            [s for s in self.summaries() if s.id in chosen],
            self._threshold,
            lambda: [c for c in self.changing() if c.id in chosen],
            self.several,
        )


class Serving:
    """Follows the generation that serves, for many threads."""

    def __init__(
        self,
        indexes: Callable[[], Indexes],
        store: Callable[[], Store],
        encoder: Callable[[], Encoder],
        threshold: float = 0.5,
        stored: Callable[[], int] = lambda: 0,
    ) -> None:
        """`indexes`, `store` and `encoder` give what the home uses, opened when first needed.

        `threshold` is the least confidence of an answer; `stored` counts the documents, and makes no store to do so.
        """
        self._stored = stored
        self._indexes = indexes
        self._store = store
        self._encoder = encoder
        self._threshold = threshold
        self._turn = threading.Lock()
        self._named: str | None = None
        self._generation: Generation | None = None
        self._followed = False

    def use(self, work: Callable[[Generation], Result]) -> Result:
        """`work` of the generation that serves; once more where that one is swept away meanwhile.

        Raises:
            NotFound: nothing was indexed yet.
            IndexDamaged: neither the generation that should serve nor one before it is whole.
        """
        try:
            generation = self._current()
        except NotFound:
            count = self._stored()
            if not count:
                raise
            said = f"Kho có {count} văn bản nhưng chưa có chỉ mục; chạy: chitieu doctor --repair"
            raise NotFound(said) from None
        try:
            return work(generation)
        except (OSError, NotFound):
            again = self.renew()
            if again is generation:
                raise
            return work(again)

    @contextmanager
    def following(self) -> Iterator[None]:
        """Meanwhile a thread opens each new generation and makes it ready, and the one before it answers until then.

        Without it, whoever asks first after a change waits for that.
        """
        ended = threading.Event()
        thread = threading.Thread(target=self._follow, args=(ended,), name="chitieu-follow", daemon=True)
        thread.start()
        self._followed = True
        try:
            yield
        finally:
            self._followed = False
            ended.set()
            thread.join()

    def catch_up(self) -> None:
        """Makes a new generation ready now where a thread would do it in a moment: who changed something sees it."""
        if self._followed:
            with suppress(NotFound, IndexDamaged):
                self.renew()

    def renew(self) -> Generation:
        """The generation that serves now, opened and ready where it was not yet.

        Raises:
            NotFound: nothing was indexed yet.
            IndexDamaged: neither the generation that should serve nor one before it is whole.
        """
        named = self._indexes().current()
        if named is None:
            raise NotFound("Chưa có văn bản nào; hãy thêm bằng: chitieu add PATH...")
        with self._turn:
            if self._generation is None or self._named != named:
                made = Generation(self._open(named), self._store(), self._threshold)
                if self._followed:
                    _ = made.answerer
                replaced = self._generation is not None
                self._generation, self._named = made, named
                if replaced:
                    gc.collect()  # a generation holds itself in a circle, and with it the files that were deleted
            return self._generation

    def _current(self) -> Generation:
        held = self._generation
        return held if held is not None and self._followed else self.renew()

    def _follow(self, ended: threading.Event) -> None:
        told = ""
        while not ended.wait(_LOOK_S):
            try:
                self.renew()
            except NotFound:
                continue
            except Exception as error:
                if told != str(error):
                    told = str(error)
                    log.warning("%s", told)

    def _open(self, named: str) -> Searcher:
        """The generation `named`; where it is damaged, the newest before it that is whole."""
        indexes, encoder = self._indexes(), self._encoder()
        try:
            return indexes.open(named, encoder)
        except (IndexDamaged, OSError, ValueError) as damage:
            for older in reversed([name for name in indexes.names() if name != named]):
                try:
                    index = indexes.open(older, encoder)
                except (IndexDamaged, OSError, ValueError):
                    continue
                log.warning("%s; đang dùng thế hệ %s", damage, older)
                return index
            raise IndexDamaged(f"{damage}; chạy: chitieu doctor --repair") from damage
