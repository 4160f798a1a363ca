"""The documents of a generation in mapped columns: opened without being read, filtered all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from corpus.document import Frozen
from indexer.files import load, paired, pairs
from indexer.lexical import term_hash
from indexer.mentions import serial

__all__ = ["Filter", "Source", "Sources"]

Mask = npt.NDArray[np.bool_]

_TEXTS = ("id", "sha256", "number", "about", "kind", "issuer", "issued_on", "effective_from", "effective_to")
_NONE = b"\0"
_KEYS = ("id", "kind", "issuer")
_DAY = "S10"
_MARKS = "fingerprints"


class Source(Frozen):
    """What the index knows of a document; `passages` are its places in the generation, from `first` on."""

    id: str
    sha256: str
    number: str | None = None
    about: str | None = None
    kind: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    first: int = 0
    passages: int = 0


class Filter(Frozen):
    """Which documents may be found; a field left None allows all.

    `as_of` (a date) allows those in force on that day: from `effective_from`, else the day of issue, until the day
    before `effective_to`; a date that is not known excludes nothing.
    """

    documents: frozenset[str] | None = None
    excluding: frozenset[str] = frozenset()
    kinds: frozenset[str] | None = None
    issuers: frozenset[str] | None = None
    years: frozenset[int] | None = None
    as_of: str | None = None

    def allows(self, source: Source) -> bool:
        """Whether passages of `source` may be found; `Sources.allowed` says the same of all documents at once."""
        if source.id in self.excluding or (self.documents is not None and source.id not in self.documents):
            return False
        if self.kinds is not None and _folded(source.kind) not in map(_folded, self.kinds):
            return False
        if self.issuers is not None and _folded(source.issuer) not in map(_folded, self.issuers):
            return False
        if self.years is not None and int((source.issued_on or "0")[:4]) not in self.years:
            return False
        return self.as_of is None or _in_force(source, self.as_of)


class Sources(Sequence[Source]):
    """The documents of the generation in `directory`, in the order of their passages; safe for many threads."""

    def __init__(self, directory: Path) -> None:
        self._texts, self._ends, self.starts, self._keys, self._days, self._years, self._serials = (
            load(directory / f"documents.{part}.npy")
            for part in ("texts", "ends", "starts", "keys", "days", "years", "serials")
        )

    @staticmethod
    def fingerprints(directory: Path) -> list[str]:
        """What `write` was given of each document in `directory`."""
        return [mark.decode() for mark in np.load(directory / f"documents.{_MARKS}.npy").tolist()]

    @staticmethod
    def write(directory: Path, sources: Sequence[Source], fingerprints: Sequence[str] = ()) -> None:
        """Writes the columns of `sources`; their keys, days and numbers stand apart, ready to be compared.

        `fingerprints` tell each document from others with the same text; an empty one tells it from all.
        """
        cells = [_cell(getattr(s, name)) for s in sources for name in _TEXTS]
        sizes = np.fromiter(map(len, cells), np.int64, len(cells))
        columns: dict[str, npt.NDArray[Any]] = {
            "texts": np.frombuffer(b"".join(cells), np.uint8),
            "ends": np.cumsum(sizes).reshape(-1, len(_TEXTS)),
            "starts": np.cumsum([0, *(s.passages for s in sources)], dtype=np.int64),
            "keys": np.array([[_key(name, getattr(s, name)) for s in sources] for name in _KEYS], np.uint64),
            "days": np.array(
                [[s.effective_from or s.issued_on or "" for s in sources], [s.effective_to or "" for s in sources]],
                _DAY,
            ),
            "years": np.array([int((s.issued_on or "0")[:4]) for s in sources], np.int32),
            "serials": pairs(_serials(sources)),
            _MARKS: np.array([mark.encode() for mark in fingerprints] or [b""] * len(sources), np.bytes_),
        }
        for part, column in columns.items():
            np.save(directory / f"documents.{part}.npy", column)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, at: int) -> Source: ...

    @overload
    def __getitem__(self, at: slice) -> list[Source]: ...

    def __getitem__(self, at: int | slice) -> Source | list[Source]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        first, stop = int(self.starts[at]), int(self.starts[at + 1])
        return Source.model_construct(**self._row(at), first=first, passages=stop - first)

    def __iter__(self) -> Iterator[Source]:
        return (self[at] for at in range(len(self)))

    def versions(self) -> dict[str, str]:
        """The sha256 of each document by its id; 0.1 s for 100,000 documents."""
        whole = self._texts.tobytes()
        ends = self._ends[:, :2].tolist()
        begun = [0, *self._ends[:-1, -1].tolist()] if len(self) else []
        return {whole[a:b].decode(): whole[b:c].decode() for a, (b, c) in zip(begun, ends, strict=True)}

    def bearing(self, running: str) -> list[int]:
        """The places of the documents whose number, or the number they speak of, begins with the serial `running`."""
        return [int(at) for at in paired(self._serials, term_hash(running))]

    def allowed(self, only: Filter) -> Mask:
        """Which documents `only` allows, `(len(self),)`: as `Filter.allows` says of each."""
        mask = np.ones(len(self), np.bool_)
        if only.excluding:
            mask &= ~self._among("id", only.excluding)
        for name, wanted in (("id", only.documents), ("kind", only.kinds), ("issuer", only.issuers)):
            if wanted is not None:
                mask &= self._among(name, wanted)
        if only.years is not None:
            mask &= np.isin(self._years, list(only.years))
        return mask & self._in_force(only.as_of) if only.as_of is not None else mask

    def _among(self, name: str, values: Iterable[str]) -> Mask:
        wanted = np.fromiter((_key(name, value) for value in values), np.uint64)
        found = np.isin(self._keys[_KEYS.index(name)], wanted) if len(wanted) else np.zeros(len(self), np.bool_)
        return found

    def _in_force(self, day: str) -> Mask:
        """A shortened day is a prefix of the days that it stands for, so that bytes compare as dates do."""
        start, end = self._days[0], self._days[1]
        ended = np.zeros(len(self), np.bool_)
        lengths = np.char.str_len(end)
        for length in set(lengths.tolist()) - {0}:
            passed = end <= day.encode() if length == len(day) else end < day[:length].encode()
            ended |= passed & (lengths == length)
        held: Mask = (start <= day.encode()) & ~ended
        return held

    def _row(self, at: int) -> dict[str, Any]:
        begun = int(self._ends[at - 1, -1]) if at else 0
        raw = self._texts[begun : int(self._ends[at, -1])].tobytes()
        stops = [int(end) - begun for end in self._ends[at]]
        cells = [raw[a:b] for a, b in zip([0, *stops], stops, strict=False)]
        return {n: None if cell == _NONE else cell.decode() for n, cell in zip(_TEXTS, cells, strict=True)}


def _cell(value: str | None) -> bytes:
    return _NONE if value is None else value.encode()


def _key(name: str, value: str | None) -> int:
    """What stands for a value of the column `name` when it is compared."""
    return term_hash((value or "") if name == "id" else _folded(value))


def _serials(sources: Sequence[Source]) -> Iterator[tuple[int, int]]:
    """(hash of the serial, place) for each document with a number, and for each that speaks of one."""
    for at, source in enumerate(sources):
        for number in {source.number, source.about} - {None, ""}:
            yield term_hash(serial(number or "")), at


def _folded(name: str | None) -> str:
    return " ".join((name or "").lower().split())


def _in_force(source: Source, day: str) -> bool:
    start, end = source.effective_from or source.issued_on, source.effective_to
    began = start is None or start <= day[: len(start)]
    ended = end is not None and (end <= day if len(end) == len(day) else end < day[: len(end)])
    return began and not ended
