"""How sure an answer may be: the coefficients of `assistant.answers.confidence`, fitted and checked.

    python -m eval.calibration collect --home HOME --out SAMPLES.jsonl QUESTIONS...
    python -m eval.calibration fit NEW.jsonl [--known KNOWN.jsonl --weight 1.0]

`collect` writes for each question what the confidence is made of, for the evidence an answer would rest on, and whether
that evidence is the right one. `fit` prints the coefficients, and what the estimate in use is worth on NEW: questions
that nobody had read the errors of when the rules were written. KNOWN are the others, each counted `--weight` times.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus.document import Frozen
from eval.answer_scores import fully_cited, numbers
from eval.stats import wilson

if TYPE_CHECKING:
    from assistant.answers.evidence import Evidence

__all__ = ["Sample", "apart", "collect", "fitted", "is_right", "main"]

Doubles = npt.NDArray[np.float64]
_RIDGE = 0.1
"""What the squares of the coefficients, without the bias, count against them."""
_STEPS = 50
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


class Sample(Frozen):
    """The evidence that an answer would rest on: what its confidence is made of, the estimate, whether it is right."""

    id: str
    features: dict[str, float]
    confidence: float
    right: bool
    answerable: bool


def collect(home: Path, questions: Iterable[Path]) -> list[Sample]:
    """The samples of `questions` asked of `home`, without those that are answered without evidence to choose.

    Raises:
        InputError: a question or a document that it quotes cannot be read.
    """
    from assistant.answers.answer import Turn
    from assistant.answers.confidence import confidence, features
    from assistant.watch.call import unwatched
    from assistant.workspace import Workspace
    from eval.answers import asked

    room, out = Workspace(home), []
    for path in questions:
        for row in asked(path, room.document):
            history = tuple(Turn.model_validate(turn) for turn in row.get("history") or [])
            with unwatched():
                best = room.weighed(row["question"], history)
            if best is not None:
                right = is_right(best, row)
                answerable = row.get("type") != "unanswerable"
                out.append(
                    Sample(
                        id=row["id"],
                        features=features(best),
                        confidence=confidence(best),
                        right=right,
                        answerable=answerable,
                    )
                )
    return out


def is_right(best: Evidence, row: dict[str, Any]) -> bool:
    """Whether the evidence stands where one of the quotes of the question does, with a figure of the answer."""
    text, figure = best.reading.document.text, best.figure
    said = text[best.unit.start : best.unit.end]
    wanted = numbers(" ".join([str(row.get("answer") or ""), *map(str, row.get("figures") or [])]))
    stated = numbers(text[figure.lead : figure.end]) if figure else set()
    agrees = not wanted or not stated or bool(wanted & stated)
    return agrees and any(fully_cited([quote], [said]) for quote in row["quotes"])


def fitted(samples: Sequence[Sample], weights: Doubles, names: Sequence[str]) -> Doubles:
    """`(len(names),)`: the coefficients of the logistic function that makes `samples` likeliest, by Newton's method."""
    x = np.array([[s.features[n] for n in names] for s in samples])
    y = np.array([s.right for s in samples], np.float64)
    ridge = _RIDGE * np.diag([float(n != "bias") for n in names])
    found = np.zeros(len(names))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (weights * (y - p)) - ridge @ found
        bent = (x.T * (weights * p * (1 - p))) @ x + ridge + 1e-9 * np.eye(len(names))
        found = found + np.linalg.solve(bent, slope)
    return found


def apart(samples: Sequence[Sample]) -> float:
    """The chance that right evidence is estimated above wrong evidence, ties half (area under the ROC curve)."""
    right = np.array([s.confidence for s in samples if s.right])
    wrong = np.array([s.confidence for s in samples if not s.right])
    if not len(right) or not len(wrong):
        return 1.0
    above = (right[:, None] > wrong).mean() + 0.5 * (right[:, None] == wrong).mean()
    return float(above)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one of the two commands; 0."""
    parser = argparse.ArgumentParser(prog="python -m eval.calibration", description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    gather = commands.add_parser("collect")
    gather.add_argument("--home", type=Path, required=True)
    gather.add_argument("--out", type=Path, required=True)
    gather.add_argument("questions", type=Path, nargs="+")
    fit = commands.add_parser("fit")
    fit.add_argument("new", type=Path)
    fit.add_argument("--known", type=Path)
    fit.add_argument("--weight", type=float, default=1.0)
    told = parser.parse_args(arguments)
    if told.command == "collect":
        found = collect(told.home, told.questions)
        told.out.write_text("".join(f"{s.model_dump_json()}\n" for s in found), "utf-8")
        sys.stdout.write(f"{len(found)}\n")
    else:
        sys.stdout.write(_told(_read(told.new), _read(told.known) if told.known else [], told.weight))
    return 0


def _read(path: Path) -> list[Sample]:
    return [Sample.model_validate(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _told(new: Sequence[Sample], known: Sequence[Sample], weight: float) -> str:
    names = list(new[0].features)
    weights = np.concatenate([np.ones(len(new)), np.full(len(known), weight)])
    made = fitted([*new, *known], weights, names)
    lines = ["fitted: " + ", ".join(f"{n} {c:.2f}" for n, c in zip(names, made, strict=True))]
    for title, samples in (("new", new), ("known", known)):
        if samples:
            lines += ["", f"{title}: {len(samples)} questions, right evidence above wrong {apart(samples):.3f}"]
            lines += [*_reliability(samples), *_by_threshold(samples)]
    return "\n".join(lines) + "\n"


def _reliability(samples: Sequence[Sample]) -> list[str]:
    """How often the evidence is right by what was estimated."""
    out = []
    for low, high in pairwise(_BINS):
        held = [s for s in samples if low <= s.confidence < high or (high == 1 and s.confidence == 1)]
        mean = sum(s.confidence for s in held) / len(held) if held else 0.0
        out.append(
            f"  estimated {low:.1f} to {high:.1f}, mean {mean:.2f}: {wilson(sum(s.right for s in held), len(held))}"
        )
    return out


def _by_threshold(samples: Sequence[Sample]) -> list[str]:
    """What would be given at each threshold: right, wrong, and wrong though nothing answers."""
    out = []
    for t in _THRESHOLDS:
        given = [s for s in samples if s.confidence >= t]
        right = sum(s.right for s in given)
        never = sum(not s.answerable for s in given)
        out.append(f"  threshold {t:.1f}: given {len(given)}, right {right}, wrong {len(given) - right - never}, "
                   f"given though nothing answers {never}")  # fmt: skip
    return out


if __name__ == "__main__":
    sys.exit(main())
