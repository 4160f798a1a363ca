"""Trains the bundled static encoder: `python -m indexer.training --corpus C --train T --dev D --work DIR`.

C, T and D are files as `chitieu eval retrieval` reads them. Each step leaves its result under DIR and is passed over
when that is there; training goes on from its last checkpoint. `--release NAME` writes the model to `indexer/models/`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from indexer.embedding import MODELS
from indexer.fusion import TUNED
from indexer.generation import verify
from indexer.lexical import Lexical
from indexer.training import mining, vocabulary
from indexer.training.release import release
from indexer.training.sampling import Material, Recipe, Sampler
from indexer.training.static import Plan, train
from indexer.training.trial import Trial
from indexer.training.workshop import Workshop


def main() -> None:
    """Runs the steps that are not done yet."""
    parser = argparse.ArgumentParser(prog="python -m indexer.training", description=__doc__)
    for name in ("corpus", "train", "dev", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=Plan.steps)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--release", metavar="NAME")
    given = parser.parse_args()
    shop = Workshop(given.corpus, given.work, {"train": given.train, "dev": given.dev})
    bags = shop.bags
    owners = [p.document for p in shop.passages]
    right = [q["relevant"] for q in shop.questions["dev"]]
    trial = Trial(bags["texts"], bags["headings"][0], bags["dev"], owners, right)
    material = Material(bags["headings"], bags["texts"], bags["train"], _mined(shop), shop.owner, shop.heading)
    trial.show(0, 0.0, shop.first)
    sampler = Sampler(material, Recipe(), given.seed)
    made = train(shop.first, sampler, Plan(steps=given.steps), shop.work / "static.pt", trial.show)
    if given.release:
        pieces, vectors = vocabulary.aliased(shop.scored, made)
        release(MODELS / given.release, vocabulary.tokenizer(pieces), vectors)


def _mined(shop: Workshop) -> list[mining.Mined]:
    asked = shop.questions["train"]
    codes = dict(zip((p.document for p in shop.passages), shop.owner.tolist(), strict=True))
    lexical = Lexical(shop.generation, verify(shop.generation, full=False).passages, TUNED.lexical)
    relevant = [{codes[id] for id in q["relevant"] if id in codes} for q in asked]
    return mining.mine(lexical, [q["question"] for q in asked], relevant, shop.owner)


if __name__ == "__main__":
    main()
