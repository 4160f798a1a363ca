"""The workspace as somebody sees it who may not see every document.

It has the doors of `assistant.service.desk.Desk` and no others: what is not listed here cannot be reached. A hidden
document does not exist in any of them; messages never name one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.document import Document
from corpus.errors import NotFound
from corpus.schema import number_key

if TYPE_CHECKING:
    from assistant.answers.answer import Answer, Turn
    from assistant.targets.target import Target
    from corpus.store import Citing, Original, Summary
    from indexer.search import Filter, Hit

__all__ = ["View"]


class View:
    """A workspace without the documents `hidden`."""

    def __init__(self, workspace: Any, hidden: frozenset[str]) -> None:
        """`workspace` is an `assistant.workspace.Workspace`; `hidden` are ids."""
        self._workspace = workspace
        self._hidden = hidden

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: str | None = None,
        only: Collection[str] | None = None,
    ) -> Answer:
        """The answer of somebody who knows of no other documents than those that are seen."""
        answer: Answer = self._workspace.ask(question, history, as_of, only=only, excluding=self._hidden)
        return answer

    def search(self, query: str, k: int | None = None, only: Filter | None = None) -> list[Hit]:
        """The `k` best passages among what is seen."""
        from indexer.search import Filter

        given = only or Filter()
        chosen = given.model_copy(update={"excluding": given.excluding | self._hidden})
        hits: list[Hit] = self._workspace.search(query, k, chosen)
        return hits

    def read(self, path: Path) -> Document:
        """The document in a file, which is not stored."""
        document: Document = self._workspace.read(path)
        return document

    def extract(self, path: Path) -> list[Target]:
        """The targets of a file, which is not stored."""
        targets: list[Target] = self._workspace.extract(path)
        return targets

    def targets(self, id: str | None = None) -> list[Target]:
        """The register without the rows of hidden documents, or the rows of one document.

        Raises:
            NotFound: there is no such document to be seen.
        """
        if id is not None:
            id = self._seen(id)
        return [t for t in self._workspace.targets(id) if t.citation.document not in self._hidden]

    def documents(self) -> list[Summary]:
        """A line for each document that is seen."""
        return [s for s in self._workspace.documents() if s.id not in self._hidden]

    def document(self, id: str) -> Document:
        """The document with this id, or the only one seen that bears it as its number.

        Raises:
            NotFound: there is none to be seen.
        """
        if id in {s.id for s in self.documents()}:
            found: Document = self._workspace.document(id)
        else:
            key = number_key(id)
            bearing = [s.id for s in self.documents() if s.number and number_key(s.number) == key]
            if len(bearing) != 1:
                raise self._missing(id)
            found = self._workspace.document(bearing[0])
        if found.id in self._hidden:
            raise self._missing(id)
        return found

    def citing(self, document: Document) -> list[Citing]:
        """What other documents that are seen say about this one."""
        return [c for c in self._workspace.citing(document) if c.document not in self._hidden]

    def original(self, id: str) -> Original:
        """The file that the document was read from.

        Raises:
            NotFound: there is no such document to be seen, or its file was not kept.
        """
        original: Original = self._workspace.original(self._seen(id))
        return original

    def _seen(self, id: str) -> str:
        if id in self._hidden or not any(s.id == id for s in self.documents()):
            raise self._missing(id)
        return id

    def _missing(self, id: str) -> NotFound:
        from rapidfuzz import fuzz, process

        seen = [s.id for s in self.documents()]
        near = [name for name, _, _ in process.extract(id, seen, scorer=fuzz.WRatio, limit=3, score_cutoff=60)]
        mend = f"gần nhất: {', '.join(near)}" if near else "xem các văn bản bằng: chitieu list"
        return NotFound(f"Không có văn bản {id!r}; {mend}")
