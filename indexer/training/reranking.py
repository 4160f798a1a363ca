"""Trains the reranker: `python -m indexer.training.reranking --corpus C --train T --dev D --work DIR`.

The base model with all its layers learns to put the right passage first among those that the shipped search ranks
highest, where the search itself is in doubt: the trees' scores, of trees that did not see the question, are part of the
sum whose softmax is trained. A passage is scored by the cosine of its mean vector with the question's, and by the mean
over the question's pieces of the best cosine with a piece of the passage. Headings and the passages under them, and the
lists of the other questions of a batch, keep the vectors apart.

Each step leaves its result under DIR; training goes on from its last checkpoint, and gives the same weights. What is
released is the running mean of the weights.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from indexer.training.bags import Bags, Ids
from indexer.training.base import Base, read_base
from indexer.training.candidates import FORMS, candidates
from indexer.training.lists import Batch, Lists, Recipe, Shelf
from indexer.training.transformer import PASSAGE, QUERY, remembered, tokenizer, transformer
from indexer.training.workshop import Workshop
from indexer.windows import Alike
from indexer.words import bare

__all__ = ["LAYERS", "Plan", "Tools", "train"]

LAYERS = tuple(range(12))


@dataclass(frozen=True)
class Plan:
    """How long and how fast; `frozen` layers, and the words below them, stay as they are.

    The scales turn cosines into logits: `whole` and `pieces` within a list, where the trees' scores count `trees`, and
    `apart` among all passages of a batch, whose loss counts `share`.
    """

    steps: int = 340
    rate: float = 3e-5
    warm: int = 12
    frozen: int = 4
    trees: float = 0.5
    whole: float = 30.0
    pieces: float = 30.0
    apart: float = 50.0
    share: float = 0.5
    kept: float = 0.98
    every: int = 20
    chunk: int = 16


class Tools(NamedTuple):
    """What a work folder holds for the training."""

    base: Base
    ids: list[int]
    tokenizer: Tokenizer
    shelf: Shelf


def main() -> None:
    """Runs the steps that are not done yet."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training.reranking", description=__doc__)
    for name in ("corpus", "train", "dev", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--first", type=Path, help="weights to begin with in place of the base model's")
    parser.add_argument("--steps", type=int, default=Plan.steps)
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    tools = prepared(Workshop(given.corpus, given.work, {"train": given.train, "dev": given.dev}))
    lists = Lists(tools.shelf, Recipe(), Alike(tools.tokenizer), given.seed)
    model = _first(tools, given.first)
    train(model, lists, Plan(steps=given.steps, rate=given.rate), given.work / "reranker.pt")


def prepared(shop: Workshop) -> Tools:
    """All that training reads, made where it is missing."""
    base = read_base()
    texts = {"texts": [p.text for p in shop.passages], "headings": [p.context for p in shop.passages]}
    whole = [f"{h}\n{t}" for h, t in zip(texts["headings"], texts["texts"], strict=True)]
    ids = remembered(shop.work / "pieces.json", base, whole)
    cut = tokenizer(base, ids)
    asked = [q["question"] for q in shop.questions["train"]]
    written = {**texts, "plain-headings": map(bare, texts["headings"]), "accented": asked, "plain": map(bare, asked)}
    bags = {name: _pieces(shop.work / f"pieces-{name}.npz", cut, list(found)) for name, found in written.items()}
    before = [[0, *cut.encode(prefix.strip(), add_special_tokens=False).ids] for prefix in (QUERY, PASSAGE)]
    shelf = Shelf(
        bags["headings"], bags["texts"], bags["plain-headings"], {form: bags[form] for form in FORMS},
        candidates(shop), shop.owner, shop.heading, (before[0], before[1]),
    )  # fmt: skip
    return Tools(base, ids, cut, shelf)


def _pieces(path: Path, cut: Tokenizer, texts: list[str]) -> Bags:
    if not path.exists():
        Bags.of(cut, texts).save(path)
    return Bags.load(path)


def _first(tools: Tools, weights: Path | None) -> Any:
    """The base model with all its layers, or the weights of a file."""
    import torch

    model = transformer(tools.base, tools.ids, LAYERS)
    if weights:
        model.load_state_dict(torch.load(weights, map_location="cpu"))
    return model


def train(model: Any, lists: Lists, plan: Plan, checkpoint: Path) -> dict[str, Any]:
    """The running mean of the trained weights; `model` itself ends as the last step left it."""
    import torch

    torch.manual_seed(0)
    _freeze(model, plan.frozen)
    learnt = {name: p for name, p in model.named_parameters() if p.requires_grad}
    adam = torch.optim.AdamW(learnt.values(), lr=plan.rate, weight_decay=0.01)
    mean = {name: p.detach().clone() for name, p in learnt.items()}
    start = _resumed(checkpoint, model, adam, mean, lists)
    losses, begun = [], time.monotonic()
    for step in range(start, plan.steps):
        for group in adam.param_groups:
            group["lr"] = plan.rate * min(1.0, (step + 1) / plan.warm) * max(0.02, 1 - step / plan.steps)
        listed, apart = losses_of(model, lists.batch(), plan)
        adam.zero_grad()
        (listed + plan.share * apart).backward()
        torch.nn.utils.clip_grad_norm_(learnt.values(), 1.0)
        adam.step()
        kept = min(plan.kept, (step + 1) / (step + 10))
        for name, values in learnt.items():
            mean[name].lerp_(values.detach(), 1 - kept)
        losses.append((float(listed.detach()), float(apart.detach())))
        if (step + 1) % plan.every == 0 or step + 1 == plan.steps:
            _save(checkpoint, model, adam, mean, lists, step + 1)
            told = np.mean(losses[-plan.every :], axis=0)
            seconds = time.monotonic() - begun
            sys.stderr.write(f"step {step + 1}: lists {told[0]:.4f}, apart {told[1]:.4f}, {seconds:.0f} s\n")
            sys.stderr.flush()
    made: dict[str, Any] = model.state_dict() | mean
    return made


def _freeze(model: Any, layers: int) -> None:
    """Leaves the words and the first layers as they are: a third of the time of a step."""
    for part in (model.embeddings, *model.encoder.layer[:layers]):
        part.requires_grad_(requires_grad=False)


def losses_of(model: Any, batch: Batch, plan: Plan) -> tuple[Any, Any]:
    """The cross-entropies of the right passages: within the lists, and among all passages of the batch."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    states = encoded(model, [*batch.queries, *batch.passages], plan.chunk)
    count = len(batch.queries)
    whole = normalize(torch.stack([s.mean(dim=0) for s in states]), dim=1)
    queries, passages = whole[:count], whole[count:]
    apart = (plan.apart * queries @ passages.T).masked_fill(torch.from_numpy(batch.same), -1e4)
    rows = []
    for row, places in enumerate(batch.lists):
        pieces = torch.stack([likeness(states[row][batch.opening : -1], states[count + p]) for p in places])
        cosines = passages[torch.from_numpy(places)] @ queries[row]
        rows.append(plan.whole * cosines + plan.pieces * pieces)
    logits = torch.stack(rows) + plan.trees * torch.from_numpy(batch.trees)
    first = torch.zeros(len(rows), dtype=torch.long)
    return cross_entropy(logits, first), cross_entropy(apart, torch.from_numpy(batch.own))


def likeness(asked: Any, read: Any) -> Any:
    """The mean over the pieces `asked` of the best cosine with a piece that is `read`."""
    from torch.nn.functional import normalize

    return (normalize(asked, dim=1) @ normalize(read, dim=1).T).max(dim=1).values.mean()


def encoded(model: Any, sequences: Sequence[Ids], chunk: int) -> list[Any]:
    """The last layer's states of each sequence, `(pieces, width)` float32; those of like length go together."""
    import torch

    order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
    made: list[Any] = [None] * len(sequences)
    for begin in range(0, len(order), chunk):
        rows = order[begin : begin + chunk]
        longest = max(len(sequences[at]) for at in rows)
        ids = torch.ones((len(rows), longest), dtype=torch.long)
        for row, at in enumerate(rows):
            ids[row, : len(sequences[at])] = torch.from_numpy(sequences[at].astype(np.int64))
        with torch.autocast("cpu", torch.bfloat16):
            states = model(input_ids=ids, attention_mask=(ids != 1).long()).last_hidden_state.float()
        for row, at in enumerate(rows):
            made[at] = states[row, : len(sequences[at])]
    return made


def _save(path: Path, model: Any, adam: Any, mean: dict[str, Any], lists: Lists, step: int) -> None:
    import torch

    state = {
        "model": model.state_dict(), "adam": adam.state_dict(), "mean": mean, "step": step,
        "random": lists.random.bit_generator.state, "left": lists.left,
    }  # fmt: skip
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    fresh.replace(path)


def _resumed(path: Path, model: Any, adam: Any, mean: dict[str, Any], lists: Lists) -> int:
    """The step to go on with, everything set as it was before it."""
    import torch

    if not path.exists():
        return 0
    state = torch.load(path, weights_only=False)
    model.load_state_dict(state["model"])
    adam.load_state_dict(state["adam"])
    mean.update(state["mean"])
    lists.random.bit_generator.state = state["random"]
    lists.left = state["left"]
    return int(state["step"])


if __name__ == "__main__":
    main()
