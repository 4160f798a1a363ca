"""Documents read for a generation to come: their passages, words and vectors, kept until it is there.

Each stretch of documents is committed on its own: a build that is killed goes on where it stood.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import Engine

from corpus.document import Document
from indexer.cluster import wire
from indexer.cluster.connections import changing, snapshot
from indexer.cluster.weighing import Entry, lengths
from indexer.embedding import Encoder
from indexer.passages import Passage, passages
from indexer.searching import Wanted
from indexer.sources import Source
from indexer.words import Segmenter

__all__ = ["Known", "copied", "copied_whole", "drafted", "entry", "key_of", "source_of", "stage"]

FORMAT = 1
"""Changed whenever passages would be cut, or words found, in another way."""

_STRETCH = 4_000
_ENCODED = 1_024
_WRITTEN = 512
"""Rows that are handed over together: writing each on its own takes as long as making it."""
_AT_ONCE = 1 << 20
_COPIED = ("id", "sha256", "number", "about", "kind", "issuer", "issued_on", "effective_from", "effective_to")


class Known(NamedTuple):
    """What was computed before for a passage; the vector only where the same encoder made it."""

    words: str
    vector: bytes | None


def source_of(wanted: Wanted) -> int:
    """The number that stands for this version of the document, with these metadata, cut in this way."""
    named = f"{FORMAT}\n{wanted.sha256}\n{wanted.fingerprint}".encode()
    return int.from_bytes(blake2b(named, digest_size=8).digest(), "big", signed=True)


def drafted(engine: Engine, fingerprint: str) -> set[tuple[str, int]]:
    """The documents that are staged already, by this encoder."""
    with snapshot(engine) as connection:
        rows = connection.execute("SELECT document, source FROM draft_sources WHERE fingerprint = %s", [fingerprint])
        return set(rows.fetchall())


def stage(
    engine: Engine, documents: Iterable[tuple[int, Document]], encoder: Encoder, before: tuple[int, str] | None,
    processes: int = 1, also: Callable[[bytes], Known | None] = lambda _: None,
) -> None:  # fmt: skip
    """Reads `documents`, each with its source number, into the drafts.

    `before` are the newest edition and the fingerprint of its encoder: what it knows is copied, as is what `also`
    knows by the `key` of a passage.
    """
    with Segmenter(processes) as segmenter:
        for stretch in _stretches(documents):
            known = _known(engine, [d.id for _, d, _ in stretch], encoder.fingerprint, before)
            found = [p for _, _, made in stretch for p in made]
            keys = [key_of(p) for p in found]
            known |= {key: told for key in keys if key not in known and (told := also(key))}
            words = _words(found, keys, known, segmenter)
            vectors = _vectors(found, keys, known, encoder)
            with changing(engine) as connection:
                _write(connection, stretch, keys, words, vectors, encoder.fingerprint)


def entry(body: Any, words: str) -> Entry:
    """A passage, as JSON and as words in their line, ready to be weighed."""
    above, below = words.split("\t")
    return Entry(body["context"], body["text"], above.split(), below.split())


def copied(connection: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[bytes]]) -> None:
    """Copies `rows`, in the form of `wire`, into `table`."""
    left = map(wire.row, rows)
    _copied(connection, table, columns, iter(lambda: b"".join(islice(left, _WRITTEN)), b""))


def copied_whole(connection: Any, table: str, columns: Sequence[str], rows: bytes) -> None:
    """Copies what `wire.rows` gives into `table`."""
    _copied(connection, table, columns, (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)))


def _copied(connection: Any, table: str, columns: Sequence[str], parts: Iterable[bytes]) -> None:
    with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy:
        for part in chain([wire.HEADER], parts, [wire.TRAILER]):
            copy.write(part)


_Stretch = list[tuple[int, Document, list[Passage]]]


def _stretches(documents: Iterable[tuple[int, Document]]) -> Iterator[_Stretch]:
    stretch: _Stretch = []
    size = 0
    for source, document in documents:
        made = passages(document)
        stretch.append((source, document, made))
        size += len(made)
        if size >= _STRETCH:
            yield stretch
            stretch, size = [], 0
    if stretch:
        yield stretch


def _known(engine: Engine, ids: Sequence[str], fingerprint: str, before: tuple[int, str] | None) -> dict[bytes, Known]:
    if before is None:
        return {}
    edition, made_by = before
    vector = "vector" if made_by == fingerprint else "NULL::halfvec"
    query = f"SELECT key, words, {vector} FROM passages_{edition} WHERE document = ANY(%s)"
    with snapshot(engine) as connection:
        rows = connection.cursor(binary=True).execute(query, [list(ids)])
        return {key: Known(words, vector) for key, words, vector in rows}


def key_of(passage: Passage) -> bytes:
    """16 bytes that two passages share when their words and vectors are the same."""
    return blake2b(f"{passage.context}\0{passage.text}".encode(), digest_size=16).digest()


def _words(
    found: Sequence[Passage], keys: Sequence[bytes], known: dict[bytes, Known], segmenter: Segmenter
) -> list[str]:
    """For each passage the words of its context, a tab, and the words of its text."""
    new = [p for p, key in zip(found, keys, strict=True) if key not in known]
    contexts = list(dict.fromkeys(p.context for p in new))
    made = segmenter.words([*contexts, *(p.text for p in new)])
    above = {context: " ".join(next(made)) for context in contexts}
    return [
        known[key].words if key in known else f"{above[p.context]}\t{' '.join(next(made))}"
        for p, key in zip(found, keys, strict=True)
    ]


def _vectors(
    found: Sequence[Passage], keys: Sequence[bytes], known: dict[bytes, Known], encoder: Encoder
) -> list[bytes]:
    vectors = [known[key].vector if key in known else None for key in keys]
    new = [at for at, vector in enumerate(vectors) if vector is None]
    for start in range(0, len(new), _ENCODED):
        rows = new[start : start + _ENCODED]
        made = encoder.passages([f"{found[r].context}\n{found[r].text}" for r in rows])
        for at, vector in zip(rows, made, strict=True):
            vectors[at] = wire.halfvec(vector)
    return [vector or b"" for vector in vectors]


def _write(
    connection: Any, stretch: _Stretch, keys: Sequence[bytes], words: Sequence[str], vectors: Sequence[bytes],
    fingerprint: str,
) -> None:  # fmt: skip
    places = [(d.id.encode(), wire.long(source), n, p) for source, d, made in stretch for n, p in enumerate(made)]
    bodies = [p.model_dump_json() for *_, p in places]
    rows = (
        (id, source, wire.number(n), key, body.encode(), line.encode(), vector)
        for (id, source, n, _), key, body, line, vector in zip(places, keys, bodies, words, vectors, strict=True)
    )
    columns = ("document", "source", "ordinal", "key", "body", "words", "vector")
    for source, document, _ in stretch:
        for table in ("drafts", "draft_sources"):
            connection.execute(f"DELETE FROM {table} WHERE document = %s AND source = %s", [document.id, source])
    copied(connection, "drafts", columns, rows)
    each = lengths([entry(json.loads(body), line) for body, line in zip(bodies, words, strict=True)])
    at = 0
    listed = []
    for source, document, made in stretch:
        sums = each[at : at + len(made)].sum(axis=0)
        at += len(made)
        fields = Source(**{name: getattr(document, name) for name in _COPIED}, passages=len(made))
        listed.append(
            (document.id.encode(), wire.long(source), fingerprint.encode(), fields.model_dump_json().encode(),
             wire.number(len(made)), wire.integers(sums, 8))
        )  # fmt: skip
    named = ("document", "source", "fingerprint", "fields", "passages", "lengths")
    copied(connection, "draft_sources", named, listed)
