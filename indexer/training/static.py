"""Step 5: contrastive training of the static vectors: each query against all passages of its batch.

The loss is that of sentence-transformers' MultipleNegativesRankingLoss within a MatryoshkaLoss, on bags tokenised
beforehand: on two cores the tokenizer would take more time than the training.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.training.bags import Ids
from indexer.training.sampling import Batch, Sampler

__all__ = ["Plan", "train"]

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Plan:
    """How long and how fast; `scale` is the inverse temperature of the softmax over cosines."""

    steps: int = 600
    rate: float = 0.02
    warm: int = 20
    scale: float = 20.0
    widths: tuple[int, ...] = (256, 128, 64)
    every: int = 60


def train(
    first: Vectors, sampler: Sampler, plan: Plan, checkpoint: Path, tell: Callable[[int, float, Vectors], None]
) -> Vectors:
    """The trained vectors, from `first` or from `checkpoint` where a run was cut short.

    `tell` is called every `plan.every` steps with the step, the loss and the vectors so far.
    """
    import torch

    torch.manual_seed(0)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(first), freeze=False, mode="mean")
    adam = torch.optim.Adam(bag.parameters(), lr=plan.rate)
    start = _resumed(checkpoint, bag, adam, sampler)
    for step in range(start, plan.steps):
        for group in adam.param_groups:
            group["lr"] = plan.rate * min(1.0, (step + 1) / plan.warm) * max(0.02, 1 - step / plan.steps)
        loss = _loss(bag, sampler.batch(), plan)
        adam.zero_grad()
        loss.backward()
        adam.step()
        if (step + 1) % plan.every == 0 or step + 1 == plan.steps:
            _save(checkpoint, bag, adam, sampler, step + 1)
            tell(step + 1, float(loss.detach()), bag.weight.detach().numpy())
    return np.array(bag.weight.detach().numpy())


def _loss(bag: Any, batch: Batch, plan: Plan) -> Any:
    """Cross-entropy of each query over all passages and, at half weight, of each passage over all queries."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    queries, passages = _means(bag, batch.queries), _means(bag, batch.passages + batch.extra)
    count = len(batch.queries)
    same, right = torch.from_numpy(batch.same), torch.arange(count)
    total: Any = 0
    for width in plan.widths:
        near = plan.scale * normalize(queries[:, :width]) @ normalize(passages[:, :width]).T
        near[:, :count] = near[:, :count].masked_fill(same, -1e4)
        total = total + cross_entropy(near, right) + 0.5 * cross_entropy(near[:, :count].T, right)
    return total


def _means(bag: Any, texts: list[Ids]) -> Any:
    import torch

    offsets = np.cumsum([0, *map(len, texts)])[:-1]
    return bag(torch.from_numpy(np.concatenate(texts).astype(np.int64)), torch.from_numpy(offsets))


def _save(path: Path, bag: Any, adam: Any, sampler: Sampler, step: int) -> None:
    import torch

    state = {"bag": bag.state_dict(), "adam": adam.state_dict(), "random": sampler.random.bit_generator.state}
    fresh = path.with_suffix(".new")
    torch.save({**state, "step": step}, fresh)
    fresh.replace(path)


def _resumed(path: Path, bag: Any, adam: Any, sampler: Sampler) -> int:
    """The step to go on from."""
    import torch

    if not path.exists():
        return 0
    state = torch.load(path, weights_only=False)
    bag.load_state_dict(state["bag"])
    adam.load_state_dict(state["adam"])
    sampler.random.bit_generator.state = state["random"]
    return int(state["step"])
