"""The generations in the files of one home, behind the interface of `indexer.searching`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import IndexDamaged
from indexer import build as building
from indexer import generation as files
from indexer.embedding import Encoder
from indexer.embedding import encoder as find_encoder
from indexer.search import Index
from indexer.searching import Held, Read, Told, Tuned, Wanted, as_shipped

__all__ = ["EmbeddedIndexes"]

_HASHED_BYTES = 128 * 1024 * 1024
"""So much is hashed in a tenth of a second: no answer then comes from a file with a flipped bit."""


class EmbeddedIndexes:
    """`index/` under `home`; see `indexer.searching.Indexes`."""

    def __init__(self, home: Path, tuned: Tuned = as_shipped) -> None:
        """`tuned` gives what a generation is searched with, asked for when one is opened."""
        self._home = home
        self._tuned = tuned

    def current(self) -> str | None:
        """See `Indexes`; raises `IndexDamaged` where `index/current` leads nowhere."""
        directory = files.current(self._home)
        return directory.name if directory else None

    def names(self) -> list[str]:
        """See `Indexes`."""
        return [directory.name for directory in files.generations(self._home)]

    def held(self, name: str, full: bool = False) -> Held:
        """See `Indexes`; hashes every file when `full`, else compares sizes."""
        manifest = files.verify(self._directory(name), full=full)
        return Held(
            documents=manifest.documents,
            passages=manifest.passages,
            encoder=manifest.encoder,
            made_at=self.made_at(name),
        )

    def made_at(self, name: str) -> str:
        """See `Indexes`."""
        return datetime.fromtimestamp(self._directory(name).stat().st_mtime, UTC).isoformat(timespec="seconds")

    def state(self, name: str) -> str | None:
        """See `Indexes`."""
        try:
            files.verify(self._directory(name), full=False)
            return (self._directory(name) / "state").read_text("ascii")
        except (IndexDamaged, OSError):
            return None

    def open(self, name: str, usual: Encoder) -> Index:
        """See `Indexes`; a generation that is not large is hashed first, a larger one only by `held`."""
        made = files.Manifest.read(self._directory(name))
        if sum(file.bytes for file in made.files.values()) <= _HASHED_BYTES:
            files.verify(self._directory(name))
        if made.encoder == usual.name and made.fingerprint == usual.fingerprint:
            return Index(self._directory(name), usual, self._tuned())
        other = find_encoder(made.encoder, made.query_prefix, made.passage_prefix)
        return Index(self._directory(name), other, self._tuned())

    def build(
        self, wanted: Iterable[Wanted], read: Read, encoder: Encoder, processes: int = 1, state: str = "",
        anew: bool = False, tell: Told | None = None,
    ) -> str:  # fmt: skip
        """See `Indexes`; documents that the serving generation holds unchanged are not read, unless `anew`."""
        made = building.renew(self._home, wanted, read, encoder, processes, anew, tell)
        (made / "state").write_text(state, "ascii")
        return made.name

    def switch(self, name: str) -> None:
        """See `Indexes`."""
        building.switch(self._home, name)

    def sweep(self) -> set[tuple[str, str]]:
        """See `Indexes`."""
        serving = files.current(self._home)
        for generation in files.generations(self._home):
            try:
                files.verify(generation, full=False)
            except IndexDamaged:
                if generation != serving:
                    files.sweep(generation)
        return files.referenced(self._home)

    def alone(self) -> AbstractContextManager[object]:
        """Nothing to do: the lock of the home keeps everyone out."""
        return nullcontext()

    def _directory(self, name: str) -> Path:
        return self._home / "index" / name
