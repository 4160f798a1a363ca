"""What the service asks of `assistant.workspace.Workspace`, and nothing more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.answers.answer import Answer, Turn
from assistant.targets.target import Target
from corpus.document import Document

if TYPE_CHECKING:
    from corpus.store import Citing, Original, Summary
    from indexer.search import Filter, Hit

__all__ = ["Desk"]


class Desk(Protocol):
    """The doors of the workspace that routes and pages use; each may raise `corpus.errors.ChitieuError`."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: str | None = None,
        only: Collection[str] | None = None,
    ) -> Answer:
        """The cited answer to `question`, or a refusal, as of the ISO date `as_of`; from the documents `only`."""
        ...

    def search(self, query: str, k: int | None = None, only: Filter | None = None) -> list[Hit]:
        """The `k` best passages for `query`, best first, among those that `only` allows."""
        ...

    def read(self, path: Path) -> Document:
        """The document in the file at `path`, which is not stored."""
        ...

    def extract(self, path: Path) -> list[Target]:
        """The targets of the file at `path`, which is not stored."""
        ...

    def targets(self, id: str | None = None) -> list[Target]:
        """The register: the targets of all stored documents, or of one."""
        ...

    def documents(self) -> list[Summary]:
        """A line for each stored document."""
        ...

    def document(self, id: str) -> Document:
        """The stored document; raises `NotFound` with the id."""
        ...

    def citing(self, document: Document) -> list[Citing]:
        """What other stored documents say about this one."""
        ...

    def original(self, id: str) -> Original:
        """The file that the document was read from."""
        ...
