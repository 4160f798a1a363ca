"""Trains the bundled static encoder: `python -m indexer.training --corpus C --train T --dev D --work DIR`.

C, T and D are files as `chitieu eval retrieval` reads them. Each step leaves its result under DIR and is passed over
when that is there; training goes on from its last checkpoint. `--release NAME` writes the model to `indexer/models/`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from corpus.canonical import canonicalise
from corpus.document import Document
from indexer.build import build, current
from indexer.embedding import MODELS
from indexer.files import mapped
from indexer.generation import verify
from indexer.lexical import Lexical
from indexer.passages import Passage
from indexer.search import TUNED
from indexer.training import mining, vocabulary
from indexer.training.bags import Bags
from indexer.training.base import read_base
from indexer.training.release import release
from indexer.training.sampling import Material, Recipe, Sampler
from indexer.training.static import Plan, train
from indexer.training.trial import Trial
from indexer.words import bare, folded

WIDTH = 256
_FORMS = ("accented", "plain")


class _Blank:
    """Stands in for the encoder while there is none."""

    name = fingerprint = "blank"
    dimension = 8

    def passages(self, texts: list[str]) -> npt.NDArray[np.float32]:
        return np.zeros((len(texts), self.dimension), np.float32)

    queries = passages


def main() -> None:
    """Runs the steps that are not done yet."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training", description=__doc__)
    for name in ("corpus", "train", "dev", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=Plan.steps)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--release", metavar="NAME")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    generation = _indexed(given.corpus, given.work)
    passages = _passages(generation)
    scored, first = _vocabulary(given.work, generation)
    questions = {part: list(_lines(getattr(given, part))) for part in ("train", "dev")}
    bags = _bags(given.work, vocabulary.tokenizer(scored), passages, questions)
    owners = [p.document for p in passages]
    mined = _mined(generation, questions["train"], owners)
    trial = Trial(bags["texts"], bags["headings"][0], bags["dev"], owners, [q["relevant"] for q in questions["dev"]])
    material = Material(
        bags["headings"], bags["texts"], bags["train"], mined, _codes(owners), _codes([p.context for p in passages])
    )
    trial.show(0, 0.0, first)
    sampler = Sampler(material, Recipe(), given.seed)
    made = train(first, sampler, Plan(steps=given.steps), given.work / "static.pt", trial.show)
    if given.release:
        pieces, vectors = vocabulary.aliased(scored, made)
        release(MODELS / given.release, vocabulary.tokenizer(pieces), vectors)


def _indexed(corpus: Path, work: Path) -> Path:
    """A generation of the corpus, for its passages, its counted words and its lexical search."""
    return current(work) or build(work, _documents(corpus), _Blank(), processes=2)


def _documents(path: Path) -> Iterator[Document]:
    for line in _lines(path):
        text, _ = canonicalise(line["text"])
        title = canonicalise(line.get("title") or "")[0] or None
        yield Document(id=line["id"], title=title, text=text, sha256=sha256(text.encode()).hexdigest())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _passages(generation: Path) -> list[Passage]:
    lines = mapped(generation / "passages.jsonl").tobytes().splitlines()
    return [Passage.model_validate_json(line) for line in lines]


def _vocabulary(work: Path, generation: Path) -> tuple[list[tuple[str, float]], npt.NDArray[np.float32]]:
    """Pieces with their scores, and their first vectors."""
    kept = work / "vocabulary.json"
    if not kept.exists():
        base = read_base()
        counts = Counter((generation / "words.txt").read_text(encoding="utf-8").split())
        spelled = [word.replace("_", " ") for word, n in counts.items() if n > 1]
        own = vocabulary.base_tokenizer(base)
        encoded = own.encode_batch_fast([*spelled, *map(bare, spelled)], add_special_tokens=False)
        seen = sorted({i for e in encoded for i in e.ids} - {base.bos, base.pad, base.eos, base.unk})
        scored = vocabulary.pieces(counts, base, [base.pieces[i] for i in seen])
        often = np.array([counts[p.strip("▁").replace("▁", "_")] + 0.5 for p, _ in scored])
        np.save(work / "first.npy", vocabulary.initial(scored, base, often, WIDTH))
        kept.write_text(json.dumps(scored, ensure_ascii=False), encoding="utf-8")
    scored = [(piece, score) for piece, score in json.loads(kept.read_text(encoding="utf-8"))]
    return scored, np.load(work / "first.npy")


def _bags(
    work: Path, tokenizer: Tokenizer, passages: list[Passage], questions: dict[str, list[dict[str, Any]]]
) -> dict[str, tuple[Bags, Bags]]:
    texts = {
        "texts": [p.text for p in passages],
        "headings": [p.context for p in passages],
        **{part: [q["question"] for q in asked] for part, asked in questions.items()},
    }
    made: dict[str, tuple[Bags, Bags]] = {}
    for name, found in texts.items():
        forms = []
        for form in _FORMS:
            path = work / f"{name}-{form}.npz"
            if not path.exists():
                plain = [folded(t) if form == "accented" else bare(folded(t)) for t in found]
                Bags.of(tokenizer, plain).save(path)
            forms.append(Bags.load(path))
        made[name] = (forms[0], forms[1])
    return made


def _mined(generation: Path, asked: list[dict[str, Any]], owners: list[str]) -> list[mining.Mined]:
    codes = {id: code for code, id in enumerate(dict.fromkeys(owners))}
    lexical = Lexical(generation, verify(generation, full=False).passages, TUNED.lexical)
    relevant = [{codes[id] for id in q["relevant"] if id in codes} for q in asked]
    return mining.mine(lexical, [q["question"] for q in asked], relevant, _codes(owners))


def _codes(names: list[str]) -> npt.NDArray[np.int32]:
    """One number for each distinct name."""
    codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
    return np.array([codes[name] for name in names], np.int32)


if __name__ == "__main__":
    main()
