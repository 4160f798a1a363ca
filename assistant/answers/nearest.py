"""What the documents do state where a figure is not stated for the year that was asked: the same thing for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from assistant.answers import compose
from assistant.answers.confidence import confidence
from assistant.answers.evidence import Evidence
from assistant.answers.figures import years
from assistant.answers.verify import problem
from assistant.targets.target import Target
from corpus.document import Citation

__all__ = ["deadlines", "elsewhere"]

Rows = Callable[[str], Sequence[Target]]
_TRIED = 3


def deadlines(e: Evidence, rows: Rows | None) -> frozenset[int]:
    """The years for which the register keeps the figure of `e`; empty where it keeps none."""
    if rows is None or e.figure is None:
        return frozenset()
    return frozenset(
        year
        for row in rows(e.reading.document.id)
        if row.value == e.figure.value and row.citation.start < e.unit.end and e.unit.start < row.citation.end
        for year in years(row.deadline or "")
    )


def elsewhere(
    ranked: Iterable[Evidence], asked: set[int], known: str, threshold: float, rows: Rows | None
) -> tuple[str, list[Citation]]:
    """A sentence with the figure for the nearest other year and its citation, or "" and nothing.

    `ranked` is the evidence for the question without its years `asked`; `known` the question, whose numbers may be
    repeated. What the quote does not carry is not said.
    """
    for e in list(ranked)[:_TRIED]:
        if e.figure is None or e.lead or confidence(e) < threshold:
            continue
        times = set(deadlines(e, rows) or e.unit.years or e.unit.years_above)
        if not times or times & asked:
            continue
        year = min(times, key=lambda y: min(abs(y - a) for a in asked))
        source = compose.citation(e.reading.document, e.unit.start, e.unit.end)
        words = compose.statement(e, known)
        if problem(words, [source.quote], known):
            continue
        said = compose.sentence(source, e.reading.document, words)
        return f"Chỉ thấy nêu cho năm {year}. {said}", [source]
    return "", []
