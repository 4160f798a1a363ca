"""What the tools ask: the workspace of this machine, or a service elsewhere with a key."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.answers.answer import Answer, Turn
from assistant.service.shapes import DocumentLine
from assistant.targets.target import Target
from corpus.document import Document

if TYPE_CHECKING:
    from assistant.client import Client
    from assistant.mcp.shapes import Passage
    from assistant.workspace import Workspace

__all__ = ["Backend", "Local", "Remote"]


class Backend(Protocol):
    """The doors; each may raise `corpus.errors.ChitieuError` or `assistant.client.ClientError`."""

    def warm(self) -> None:
        """Loads what the first question needs."""
        ...

    def ask(self, question: str, history: Sequence[Turn], as_of: str | None, scope: Sequence[str]) -> Answer:
        """The cited answer, or a refusal."""
        ...

    def search(self, query: str, k: int, scope: Sequence[str]) -> list[Passage]:
        """The `k` best passages."""
        ...

    def documents(self, q: str) -> list[DocumentLine]:
        """The documents that have all words of `q`, newest first."""
        ...

    def document(self, id: str) -> Document:
        """A stored document by id or number."""
        ...

    def extract(self, name: str, content: bytes) -> tuple[str, list[Target]]:
        """The id that a file gets, and its targets; nothing is kept."""
        ...


class Local:
    """The workspace in a home of this machine, with everything that it holds, or a view of it."""

    def __init__(self, workspace: Any, home: Path | None = None) -> None:
        """`workspace` is a `Workspace`, or a `View` of one, which has to be told the `home` of its log."""
        self._workspace: Workspace = workspace
        self._home: Path = home or workspace.home

    def warm(self) -> None:
        """Loads index, words and model."""
        self._workspace.ask("chỉ tiêu")

    def ask(self, question: str, history: Sequence[Turn], as_of: str | None, scope: Sequence[str]) -> Answer:
        """The cited answer, or a refusal."""
        return self._workspace.ask(question, tuple(history), as_of, only=scope or None)

    def search(self, query: str, k: int, scope: Sequence[str]) -> list[Passage]:
        """The `k` best passages."""
        from assistant.mcp.shapes import Passage
        from indexer.search import Filter

        hits = self._workspace.search(query, k, Filter(documents=frozenset(scope)) if scope else None)
        named = ("document", "path", "context", "start", "end", "text")
        return [Passage(score=hit.score, **{name: getattr(hit.passage, name) for name in named}) for hit in hits]

    def documents(self, q: str) -> list[DocumentLine]:
        """The documents that have all words of `q`, newest first."""
        from assistant.service.catalogue import matching

        return [DocumentLine.model_validate(s, from_attributes=True) for s in matching(self._workspace, q)]

    def document(self, id: str) -> Document:
        """A stored document by id or number."""
        return self._workspace.document(id)

    def extract(self, name: str, content: bytes) -> tuple[str, list[Target]]:
        """The targets of a file that is read in a folder of its own and removed; recorded in the log.

        Raises:
            StoreError: that cannot be written.
        """
        from assistant.service.uploads import file_name
        from assistant.watch import audit

        with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
            path = Path(folder) / file_name(name)
            path.write_bytes(content)
            targets = self._workspace.extract(path)
            audit.did(self._home, "extract", path.name, str(len(targets)))
            return path.stem, targets


class Remote:
    """A service elsewhere; what may be seen is decided there, by the key."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def warm(self) -> None:
        """Nothing: the service is warm."""

    def ask(self, question: str, history: Sequence[Turn], as_of: str | None, scope: Sequence[str]) -> Answer:
        """The cited answer, or a refusal."""
        return self._client.ask(question, history=history, as_of=as_of, scope=scope)

    def search(self, query: str, k: int, scope: Sequence[str]) -> list[Passage]:
        """The `k` best passages."""
        from assistant.mcp.shapes import Passage

        return [Passage(**hit.model_dump()) for hit in self._client.search(query, k=k, scope=scope).hits]

    def documents(self, q: str) -> list[DocumentLine]:
        """The documents that have all words of `q`, newest first."""
        return list(self._client.every_document(q))

    def document(self, id: str) -> Document:
        """A stored document by id or number; a number has strokes, which no address of one document may hold."""
        if "/" not in id:
            return self._client.document(id)
        from corpus.errors import NotFound
        from corpus.schema import number_key

        found = [d.id for d in self._client.every_document(id) if d.number and number_key(d.number) == number_key(id)]
        if len(found) != 1:
            raise NotFound(f"Không có văn bản {id!r}; xem các văn bản bằng công cụ list_documents")
        return self._client.document(found[0])

    def extract(self, name: str, content: bytes) -> tuple[str, list[Target]]:
        """The targets of a file that the service reads and does not keep."""
        reply = self._client.extract((name, content))
        return reply.document, reply.targets
