"""Articles of law in any number, for measurements of size: those of a corpus, then the same thinned out, as others.

A copy leaves out one word in ten, another one in each round, so that it ties with no other and its words are counted
as often as in any text. Its words are the longest that the corpus is known to hold, which takes a twentieth of the time
of cutting them; where passages of the corpus themselves get their words from an index, none of these is cut.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from corpus.document import Document
from corpus.errors import InputError
from indexer.words import syllables

__all__ = ["Articles", "Longest", "Version", "compounds", "thinned"]

_DROPPED = 10
_LONGEST = 4
_WORD = re.compile(r"\S+")


class Version(NamedTuple):
    """What names a version of an article; see `indexer.searching.Wanted`."""

    id: str
    sha256: str
    fingerprint: str


class Articles:
    """Articles kept in the file at `path`, read one at a time."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    @classmethod
    def write(cls, path: Path, corpus: Path, size: int) -> None:
        """Keeps as many articles of `corpus`, round after round, as make `size` passages.

        Raises:
            InputError: there is none in `corpus`.
        """
        from corpus.rows import fingerprint

        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("CREATE TABLE articles (id PRIMARY KEY, title, text, sha256, known) WITHOUT ROWID")
            for document in _articles(corpus, size):
                row = (document.id, document.title, document.text, document.sha256, fingerprint(document))
                connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", row)

    def versions(self) -> Iterator[Version]:
        """What names each article, in the order of their ids."""
        for row in self._connection.execute("SELECT id, sha256, known FROM articles ORDER BY id"):
            yield Version(*row)

    def read(self, id: str, _sha256: str = "") -> Document:
        """The article of that id."""
        row = self._connection.execute("SELECT title, text, sha256 FROM articles WHERE id = ?", [id]).fetchone()
        return Document(id=id, title=row[0], text=row[1], sha256=row[2])


class Longest:
    """Cuts texts into the longest of the words in `known`, as `indexer.words.Segmenter` would be asked to."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known

    def __enter__(self) -> Longest:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def words(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """The words of each text, in order."""
        return map(self._cut, texts)

    def _cut(self, text: str) -> list[str]:
        single = syllables(text)
        made, at = [], 0
        while at < len(single):
            for size in range(min(_LONGEST, len(single) - at), 0, -1):
                word = "_".join(single[at : at + size])
                if size == 1 or word in self._known:
                    break
            made.append(word)
            at += size
        return made


def compounds(words: Path) -> frozenset[str]:
    """The words of several syllables in a file of `indexer.build`'s `words.txt`."""
    with words.open(encoding="utf-8") as lines:
        return frozenset(word for line in lines for word in line.split() if "_" in word)


def thinned(text: str, turn: int) -> str:
    """`text` without one word in ten; another one for each `turn` from 1 to 9."""
    count = iter(range(len(text)))
    kept = _WORD.sub(lambda m: "" if next(count) % _DROPPED == turn % _DROPPED else m[0], text)
    return re.sub(r" {2,}", " ", kept)


def _articles(corpus: Path, size: int) -> Iterator[Document]:
    from hashlib import sha256

    from eval.retrieval import documents
    from indexer.passages import passages

    left, turn = size, 0
    while left > 0:
        before = left
        for document in documents(corpus):
            made = document
            if turn:
                text = thinned(document.text, turn)
                made = document.model_copy(
                    update={"id": f"{document.id} ({turn + 1})", "text": text,
                            "sha256": sha256(text.encode()).hexdigest()}
                )  # fmt: skip
            left -= len(passages(made))
            yield made
            if left <= 0:
                return
        turn += 1
        if left == before:
            raise InputError(f"{corpus}: không có văn bản nào")
