"""What `/admin` asks of the workspace beside what every page asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from assistant.filling import Progress
from assistant.service.desk import Desk
from assistant.serving import GenerationLine

if TYPE_CHECKING:
    from assistant.workspace import AddReport
    from corpus.store import Missing

__all__ = ["Keeper"]


@runtime_checkable
class Keeper(Desk, Protocol):
    """The doors of the workspace that change it; each may raise `corpus.errors.ChitieuError`."""

    def add(
        self, paths: Iterable[Path], *, progress: Progress | None = None, collections: Collection[str] = ()
    ) -> AddReport:
        """Takes in files, into these collections."""
        ...

    def remove(self, ids: Iterable[str], progress: Progress | None = None) -> None:
        """Takes documents out."""
        ...

    def amend(self, id: str, values: Mapping[str, str], progress: Progress | None = None) -> None:
        """Puts metadata right."""
        ...

    def amended(self, id: str) -> dict[str, str]:
        """What was put right."""
        ...

    def missing(self) -> list[Missing]:
        """Numbers that are cited though no document bears them."""
        ...

    def generations(self) -> list[GenerationLine]:
        """The index generations, the newest first."""
        ...

    def switch(self, name: str) -> None:
        """Lets another generation serve."""
        ...

    def reindex(self, progress: Progress | None = None) -> None:
        """Builds a new generation."""
        ...
