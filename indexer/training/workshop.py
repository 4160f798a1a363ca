"""What every training begins with: the corpus cut and indexed, the vocabulary, all texts as bags of pieces.

Each part is left under the working folder when it is made, and read from there the next time.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from corpus.canonical import canonicalise
from corpus.document import Document
from indexer.build import build, current
from indexer.files import mapped
from indexer.passages import Passage
from indexer.training import vocabulary
from indexer.training.bags import Bags
from indexer.training.base import read_base
from indexer.words import bare, folded

__all__ = ["Workshop"]

WIDTH = 256
_FORMS = ("accented", "plain")


class _Blank:
    """Stands in for the encoder while there is none."""

    name = fingerprint = "blank"
    dimension = 8

    def passages(self, texts: list[str]) -> npt.NDArray[np.float32]:
        return np.zeros((len(texts), self.dimension), np.float32)

    queries = passages


class Workshop:
    """`corpus` and files of questions as `chitieu eval retrieval` reads them, worked up under `work`."""

    def __init__(self, corpus: Path, work: Path, questions: Mapping[str, Path]) -> None:
        work.mkdir(parents=True, exist_ok=True)
        self.work = work
        self.questions = {part: list(_lines(path)) for part, path in questions.items()}
        self.generation = current(work) or build(work, _documents(corpus), _Blank(), processes=2)

    @cached_property
    def passages(self) -> list[Passage]:
        """All passages, in the order of the generation."""
        lines = mapped(self.generation / "passages.jsonl").tobytes().splitlines()
        return [Passage.model_validate_json(line) for line in lines]

    @cached_property
    def owner(self) -> npt.NDArray[np.int32]:
        """The article of each passage, as a number."""
        return _codes([p.document for p in self.passages])

    @cached_property
    def heading(self) -> npt.NDArray[np.int32]:
        """The headings of each passage, as a number."""
        return _codes([p.context for p in self.passages])

    @cached_property
    def scored(self) -> list[tuple[str, float]]:
        """The pieces of the vocabulary with their scores."""
        self._chosen()
        return [(piece, score) for piece, score in json.loads(self._vocabulary.read_text(encoding="utf-8"))]

    @cached_property
    def first(self) -> npt.NDArray[np.float32]:
        """The pieces' vectors before training."""
        self._chosen()
        made: npt.NDArray[np.float32] = np.load(self.work / "first.npy")
        return made

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """What cuts a text into the pieces."""
        return vocabulary.tokenizer(self.scored)

    @cached_property
    def bags(self) -> dict[str, tuple[Bags, Bags]]:
        """`texts`, `headings` and each part's questions as bags: with diacritics at [0], without at [1]."""
        texts = {
            "texts": [p.text for p in self.passages],
            "headings": [p.context for p in self.passages],
            **{part: [q["question"] for q in asked] for part, asked in self.questions.items()},
        }
        return {name: (self._bags(name, found, 0), self._bags(name, found, 1)) for name, found in texts.items()}

    @property
    def _vocabulary(self) -> Path:
        return self.work / "vocabulary.json"

    def _chosen(self) -> None:
        """Chooses pieces from the counted words of the corpus, and their first vectors from the base model."""
        if self._vocabulary.exists():
            return
        base = read_base()
        counts = Counter((self.generation / "words.txt").read_text(encoding="utf-8").split())
        spelled = [word.replace("_", " ") for word, n in counts.items() if n > 1]
        own = vocabulary.base_tokenizer(base)
        encoded = own.encode_batch_fast([*spelled, *map(bare, spelled)], add_special_tokens=False)
        seen = sorted({i for e in encoded for i in e.ids} - {base.bos, base.pad, base.eos, base.unk})
        scored = vocabulary.pieces(counts, base, [base.pieces[i] for i in seen])
        often = np.array([counts[p.strip("▁").replace("▁", "_")] + 0.5 for p, _ in scored])
        np.save(self.work / "first.npy", vocabulary.initial(scored, base, often, WIDTH))
        self._vocabulary.write_text(json.dumps(scored, ensure_ascii=False), encoding="utf-8")

    def _bags(self, name: str, texts: list[str], form: int) -> Bags:
        path = self.work / f"{name}-{_FORMS[form]}.npz"
        if not path.exists():
            spelled = [bare(folded(t)) if form else folded(t) for t in texts]
            Bags.of(self.tokenizer, spelled).save(path)
        return Bags.load(path)


def _documents(path: Path) -> Iterator[Document]:
    for line in _lines(path):
        text, _ = canonicalise(line["text"])
        title = canonicalise(line.get("title") or "")[0] or None
        yield Document(id=line["id"], title=title, text=text, sha256=sha256(text.encode()).hexdigest())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _codes(names: list[str]) -> npt.NDArray[np.int32]:
    """One number for each distinct name."""
    codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
    return np.array([codes[name] for name in names], np.int32)
