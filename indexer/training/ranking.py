"""Trains the ranker: `python -m indexer.training.ranking --corpus C --train T --dev D --work DIR [--release NAME]`.

Each training question is asked of the lexical search, with its diacritics and without; what it finds becomes rows of
features, labelled by the question's right articles. The vectors' share in them comes from a static encoder that was
trained on headings alone: the shipped one has seen the training questions, and trees would trust it too much.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from indexer.embedding import MODELS
from indexer.features import FEATURES, Rarity, features
from indexer.fusion import TUNED
from indexer.generation import verify
from indexer.lexical import Lexical
from indexer.passages import Passage
from indexer.ranking import Trees
from indexer.training.sampling import Material, Recipe, Sampler
from indexer.training.static import Plan, train
from indexer.training.workshop import Workshop
from indexer.words import bare, syllables

__all__ = ["COUNTED", "Rows", "collected", "counted", "fit", "flattened", "gain", "untaught"]

Floats = npt.NDArray[np.float32]
_DEPTH = 60
_SEEDS = (0, 1)
COUNTED = 40_000
_LEAST = 2
_TREES: dict[str, Any] = {
    "objective": "lambdarank",
    "n_estimators": 200,
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_child_samples": 30,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.5,
    "reg_lambda": 5,
    "lambdarank_truncation_level": 15,
    "verbose": -1,
}


class Rows(NamedTuple):
    """Features `(questions, depth, features)`, labels and passages `(questions, depth)`, right articles of each."""

    table: Floats
    right: npt.NDArray[np.int32]
    relevant: npt.NDArray[np.int32]
    places: npt.NDArray[np.int64]


def main() -> None:
    """Trains, prints nDCG@10 before and after on the development questions, and releases where asked."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training.ranking", description=__doc__)
    for name in ("corpus", "train", "dev", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--release", metavar="NAME")
    given = parser.parse_args()
    shop = Workshop(given.corpus, given.work, {"train": given.train, "dev": given.dev})
    counts = counted(shop.passages)
    rarity, vectors = Rarity(counts, min(COUNTED, len(shop.passages))), untaught(shop)
    rows = {
        (part, form): collected(shop, part, form, vectors, rarity)
        for part in ("train", "dev")
        for form in ("accented", "plain")
    }
    boosters = fit([rows["train", "accented"], rows["train", "plain"]])
    arrays = flattened(boosters)
    for (part, form), found in rows.items():
        before, after = gain(found, _as_found(found)), gain(found, _scored(Trees(arrays), found))
        sys.stderr.write(f"{part}, {form}: nDCG@10 {before:.4f} -> {after:.4f}\n")
    if given.release:
        _release(MODELS / given.release, arrays, counts, min(COUNTED, len(shop.passages)))


def counted(passages: Sequence[Passage], seed: int = 0) -> dict[str, int]:
    """In how many of a sample of `passages` each syllable stands; those in fewer than two are left out."""
    chosen = np.random.default_rng(seed).permutation(len(passages))[:COUNTED]
    counts: Counter[str] = Counter()
    for at in chosen:
        counts.update(set(syllables(f"{passages[at].context} {passages[at].text}")))
    return {syllable: n for syllable, n in sorted(counts.items()) if n >= _LEAST}


def fit(rows: Sequence[Rows]) -> list[Any]:
    """One boosted ensemble a seed, over all `rows` together."""
    from lightgbm import LGBMRanker

    table = np.concatenate([r.table.reshape(-1, len(FEATURES)) for r in rows])
    right = np.concatenate([r.right.ravel() for r in rows])
    groups = [r.table.shape[1] for r in rows for _ in r.table]
    return [LGBMRanker(random_state=seed, n_jobs=1, **_TREES).fit(table, right, group=groups) for seed in _SEEDS]


def flattened(boosters: Sequence[Any]) -> dict[str, npt.NDArray[np.generic]]:
    """The mean of the ensembles as the arrays that `indexer.ranking.Trees` walks."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots = []
    for booster in boosters:
        for tree in booster.booster_.dump_model()["tree_info"]:
            roots.append(_laid(tree["tree_structure"], nodes, 1 / len(boosters)))
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    return {
        "feature": feature.astype(np.int16),
        "threshold": _rounded_down(threshold),
        "left": left.astype(np.int32),
        "right": right.astype(np.int32),
        "value": value.astype(np.float32),
        "roots": np.array(roots, np.int32),
    }


def _laid(node: dict[str, Any], nodes: list[tuple[int, float, int, int, float]], share: float) -> int:
    """Appends `node` and what hangs on it; its place."""
    place = len(nodes)
    nodes.append((-1, 0.0, place, place, 0.0))
    if "leaf_value" in node and "split_feature" not in node:
        nodes[place] = (-1, 0.0, place, place, share * node["leaf_value"])
        return place
    left, right = (_laid(node[side], nodes, share) for side in ("left_child", "right_child"))
    nodes[place] = (node["split_feature"], node["threshold"], left, right, 0.0)
    return place


def _rounded_down(thresholds: npt.NDArray[np.float64]) -> Floats:
    """Thresholds in float32 that part float32 features as the given ones do."""
    made = thresholds.astype(np.float32)
    lower = np.nextafter(made, np.float32(-np.inf))
    return np.where(made.astype(np.float64) > thresholds, lower, made).astype(np.float32)


def gain(rows: Rows, scores: Floats) -> float:
    """Mean nDCG@10 where candidates are ordered by `scores`, `(questions, depth)`."""
    discount = 1 / np.log2(np.arange(2, 12))
    order = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    hits = np.take_along_axis(rows.right, order, axis=1)
    best = np.array([sum(1 / log2(r + 2) for r in range(min(10, n))) for n in rows.relevant])
    return float(np.mean(hits @ discount / best))


def _as_found(rows: Rows) -> Floats:
    made: Floats = np.broadcast_to(-np.arange(rows.right.shape[1], dtype=np.float32), rows.right.shape)
    return made


def _scored(trees: Trees, rows: Rows) -> Floats:
    return np.stack([trees.scores(table) for table in rows.table])


def untaught(shop: Workshop) -> Floats:
    """The static encoder's vectors, trained without any question."""
    material = Material(shop.bags["headings"], shop.bags["texts"], shop.bags["train"], [], shop.owner, shop.heading)
    sampler = Sampler(material, Recipe(questions=0.0), seed=0)
    return train(shop.first, sampler, Plan(steps=240), shop.work / "headings.pt", lambda *_: None)


def collected(shop: Workshop, part: str, form: str, vectors: Floats, rarity: Rarity) -> Rows:
    """What the lexical search finds for the questions of `part`, `accented` or `plain`, as rows to learn from."""
    lexical = Lexical(shop.generation, verify(shop.generation, full=False).passages, TUNED.lexical)
    plain = form == "plain"
    asked = _unit(shop.bags[part][plain].sums(vectors))
    passages = _unit(shop.bags["texts"][0].sums(vectors) + shop.bags["headings"][0].sums(vectors))
    first = np.flatnonzero(np.r_[True, shop.owner[1:] != shop.owner[:-1]])
    tables, labels, relevant, found = [], [], [], []
    for at, question in enumerate(shop.questions[part]):
        query = bare(question["question"]) if plain else question["question"]
        scores = lexical.scores(query)
        places = _best(scores, first, _DEPTH)
        texts = [(shop.passages[p].context, shop.passages[p].text) for p in places]
        tables.append(features(query, texts, scores[places], passages[places] @ asked[at], rarity))
        labels.append([shop.passages[p].document in question["relevant"] for p in places])
        relevant.append(len(question["relevant"]))
        found.append(places)
    return Rows(np.stack(tables), np.array(labels, np.int32), np.array(relevant, np.int32), np.array(found))


def _best(scores: Floats, first: npt.NDArray[np.int64], depth: int) -> npt.NDArray[np.int64]:
    """The best passage of each of the `depth` best articles, whose passages begin at `first`."""
    highest = np.maximum.reduceat(scores, first)
    top = np.argpartition(-highest, depth)[:depth]
    top = top[np.lexsort((top, -highest[top]))]
    ends = np.append(first[1:], len(scores))
    return np.array([first[a] + int(np.argmax(scores[first[a] : ends[a]])) for a in top])


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    made: Floats = (vectors / np.where(length > 0, length, 1)).astype(np.float32)
    return made


def _release(directory: Path, arrays: dict[str, npt.NDArray[np.generic]], counts: dict[str, int], total: int) -> None:
    """Writes the ranker's folder; a card may already be there."""
    directory.mkdir(parents=True, exist_ok=True)
    save_file(dict(arrays), directory / "trees.safetensors")
    rarity = json.dumps({"total": total, "counts": counts}, ensure_ascii=False, separators=(",", ":"))
    (directory / "rarity.json").write_text(rarity + "\n", encoding="utf-8")
    names = ("trees.safetensors", "rarity.json")
    files = {n: sha256((directory / n).read_bytes()).hexdigest() for n in names}
    sealed = {"features": list(FEATURES), "files": files}
    (directory / "release.json").write_text(json.dumps(sealed, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
