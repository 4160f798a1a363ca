"""How well targets are extracted: predictions against hand annotation, by documents, with intervals and errors.

Definitions. A quote is looked up in the text (white space and case folded); one that is not there is never right. A
prediction matches an annotated target when their spans share at least half of the shorter and the figures agree; one
outside the exhaustively annotated ranges, or at a place listed as a repetition, is neither right nor wrong.
Milestones are counted apart. `strict` also asks for comparator, year, status and a word F1 of the indicators of 0.6.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.targets import extract
from corpus.document import Frozen
from corpus.errors import InputError
from corpus.load import load, walk
from corpus.sidecar import manifest as read_manifest
from eval.matching import Annotated, Counts, Miss, compared
from eval.stats import Estimate, bootstrap, wilson

__all__ = ["DocumentScore", "FalseTargets", "Report", "evaluate", "false_targets", "run", "show"]


class DocumentScore(Frozen):
    """What was counted in one document."""

    document: str
    counts: Counts


class Report(Frozen):
    """Scores over all documents together; intervals resample documents, those of shares are Wilson's.

    `fields` holds for each field of the matched pairs the share that agrees, `misses` every target missed, extra or
    different. `characters` and `seconds` are of the extraction alone.
    """

    documents: tuple[DocumentScore, ...]
    precision: Estimate
    recall: Estimate
    f1: Estimate
    strict: Estimate
    milestone_recall: Estimate
    verbatim: Estimate
    fields: dict[str, Estimate]
    misses: tuple[Miss, ...]
    characters: int
    seconds: float


class FalseTargets(Frozen):
    """Targets found in documents that lay down law, where there are almost none: their rate and the worst of them."""

    documents: int
    characters: int
    found: int
    per_100k: float
    worst: tuple[tuple[str, int, str], ...]


def run(gold_dir: Path, text_dir: Path, manifest: Path | None = None) -> Report:
    """Extracts every document of `text_dir` that has annotation in `gold_dir`, and compares.

    Raises:
        InputError: an annotated text is missing or the annotation cannot be read.
    """
    coverage = _coverage(gold_dir)
    sidecars = read_manifest(manifest or text_dir / "manifest.json") if (manifest or text_dir).exists() else {}
    scores: list[DocumentScore] = []
    misses: list[Miss] = []
    characters, seconds = 0, 0.0
    for path in sorted(gold_dir.glob("*.jsonl")):
        source = text_dir / f"{path.stem}.txt"
        if not source.exists():
            raise InputError(f"{source.name}: không có trong {text_dir}; hãy chỉ đúng thư mục văn bản")
        document = load(source, sidecar=sidecars.get(source.name, {}))
        started = time.perf_counter()
        found = extract(document)
        seconds += time.perf_counter() - started
        characters += len(document.text)
        counts, wrong = compared(document, _annotated(path), found, coverage.get(path.stem))
        scores.append(DocumentScore(document=path.stem, counts=counts))
        misses += wrong
    return _report(scores, misses, characters, seconds)


def evaluate(gold_dir: Path, text_dir: Path, manifest: Path | None = None) -> Report:
    """The same as `run`."""
    return run(gold_dir, text_dir, manifest)


def false_targets(folder: Path, worst: int = 10) -> FalseTargets:
    """Counts what is extracted from a folder of legal texts without targets."""
    rows: list[tuple[str, int, str]] = []
    documents = characters = 0
    for path in walk([folder]):
        document = load(path, sidecar={})
        found = extract(document)
        documents += 1
        characters += len(document.text)
        if found:
            rows.append((path.name, len(found), found[0].citation.quote[:160]))
    total = sum(n for _, n, _ in rows)
    rows.sort(key=lambda row: -row[1])
    return FalseTargets(
        documents=documents,
        characters=characters,
        found=total,
        per_100k=round(1e5 * total / characters, 3) if characters else 0.0,
        worst=tuple(rows[:worst]),
    )


def show(report: Report, as_json: bool = False) -> str:
    """The report as lines for a terminal; with `as_json` one more line of JSON ends it."""
    lines = [
        f"{len(report.documents)} văn bản, {report.characters} ký tự, {report.seconds:.2f} giây",
        f"precision        {report.precision}",
        f"recall           {report.recall}",
        f"f1               {report.f1}",
        f"strict           {report.strict}",
        f"milestone_recall {report.milestone_recall}",
        f"verbatim         {report.verbatim}",
        *(f"{name:<16} {share}" for name, share in report.fields.items()),
    ]
    lines += [f"{m.document}: {m.kind}: {m.figure} {m.year or '-'} | {m.quote}" for m in report.misses]
    if as_json:
        named = ("precision", "recall", "f1", "strict", "milestone_recall", "verbatim")
        scores = {name: round(getattr(report, name).value, 4) for name in named}
        shares = {name: round(share.value, 4) for name, share in report.fields.items()}
        lines.append(json.dumps({"documents": len(report.documents), **scores, **shares}))
    return "\n".join(lines)


def _coverage(gold_dir: Path) -> dict[str, list[tuple[int, int]]]:
    path = gold_dir / "coverage.json"
    if not path.exists():
        return {}
    try:
        stated = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError(f"{path.name}: không đọc được JSON ({error}); hãy sửa tệp") from error
    return {name: [(int(a), int(b)) for a, b in ranges] for name, ranges in stated.items()}


def _annotated(path: Path) -> list[Annotated]:
    records: list[Any] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            records.append(Annotated.model_validate_json(line))
        except ValueError as error:
            raise InputError(
                f"{path.name}, dòng {number}: không phải một chỉ tiêu đã gán nhãn; hãy sửa dòng"
            ) from error
    return records


def _report(scores: Sequence[DocumentScore], misses: list[Miss], characters: int, seconds: float) -> Report:
    total = Counts.sum([s.counts for s in scores])
    units = [s.counts for s in scores]
    return Report(
        documents=tuple(scores),
        precision=wilson(total.matched, total.predicted),
        recall=wilson(total.matched, total.gold),
        f1=bootstrap(units, lambda drawn: Counts.sum(drawn).f1),
        strict=bootstrap(units, lambda drawn: Counts.sum(drawn).strict_f1),
        milestone_recall=wilson(total.milestones_found, total.milestones),
        verbatim=wilson(total.verbatim, total.quotes),
        fields={
            "comparator": wilson(total.comparator, total.matched),
            "deadline": wilson(total.deadline, total.matched),
            "status": wilson(total.status, total.matched),
            "indicator": wilson(total.indicator, total.matched),
        },
        misses=tuple(misses),
        characters=characters,
        seconds=round(seconds, 4),
    )
