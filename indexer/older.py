"""What a build may take over from the generation that serves: whole documents, or words and vectors of passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import IndexDamaged
from indexer.embedding import Encoder
from indexer.generation import CUT, FORMAT, Manifest, current, verify
from indexer.searching import Wanted
from indexer.sources import Sources
from indexer.writing import Known

__all__ = ["Older"]


class Older:
    """The generation that serves, as far as it is whole and can be taken over."""

    def __init__(self, home: Path, encoder: Encoder) -> None:
        self.directory, self.manifest = _whole(home)
        same = self.manifest is not None and self.manifest.fingerprint == encoder.fingerprint
        self.known = Known(self.directory, encoder.dimension if same else 0)
        made = (self.manifest.format, self.manifest.cut) if self.manifest else None
        self.keeps = same and made == (FORMAT, CUT)
        """Whether documents can be taken over, not only words and vectors of passages."""

    def among(self, wanted: Iterable[Wanted]) -> Iterator[int | Wanted]:
        """The place of each document of `wanted` that is unchanged and behind those before it, else what was wanted."""
        places: dict[tuple[str, str, str], int] = {}
        if self.keeps and self.directory:
            marks = Sources.fingerprints(self.directory)
            versions = Sources(self.directory).versions().items()
            places = {(*v, mark): at for at, (v, mark) in enumerate(zip(versions, marks, strict=True)) if mark}
        last = -1
        for one in wanted:
            at = places.get((one.id, one.sha256, one.fingerprint), -1)
            yield at if at > last else one
            last = max(last, at)


def _whole(home: Path) -> tuple[Path | None, Manifest | None]:
    """The generation that serves, unless it is empty, damaged or of a format that is not read any more."""
    try:
        old = current(home)
        manifest = verify(old) if old else None
    except IndexDamaged:
        return None, None
    return (old, manifest) if manifest and manifest.passages else (None, None)
