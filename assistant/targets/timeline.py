"""One indicator over time and across documents: every point a quote, with what replaced what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.targets.align import SAME, groups, same_indicator
from assistant.targets.dimensions import SHARE, measure
from assistant.targets.standing import Standing, name_of, standings
from assistant.targets.target import Target
from assistant.targets.wording import deadline, figure
from corpus.document import Citation, Document, Frozen

if TYPE_CHECKING:
    from indexer.embedding import Encoder

__all__ = ["Point", "Series", "timeline"]


class Point(Frozen):
    """One figure of a series.

    `year` is that of the deadline, else the last of the period, else None; `value` and `value_max` are in the
    series' unit, None where the figure cannot be brought to it; `source` names the document and `note` says what
    became of it. `also` are further documents that state the same figure of the same decision.
    """

    target: Target
    year: int | None
    value: float | None
    value_max: float | None = None
    figure: str
    when: str
    source: str
    issued_on: str | None = None
    draft: bool = False
    replaced_by: tuple[str, ...] = ()
    note: str = ""
    also: tuple[Citation, ...] = ()

    @property
    def citation(self) -> Citation:
        """The words of the document that state the figure."""
        return self.target.citation


class Series(Frozen):
    """One indicator: its most typical wording, the unit of its points, and the points by year and date of issue."""

    indicator: str
    unit: str | None
    points: tuple[Point, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that the points come from, each once."""
        return tuple(dict.fromkeys(point.citation.document for point in self.points))


def timeline(
    targets: Iterable[Target],
    documents: Mapping[str, Document],
    *,
    minimum: int = 2,
    threshold: float = SAME,
    encoder: Encoder | None = None,
) -> list[Series]:
    """The indicators that have `minimum` points or more, those that span the most documents first.

    `documents` by id give names, dates and relations; a target of another document is dated by its citation alone.
    """
    aligned = groups(targets, threshold, encoder)
    standing = standings(documents, aligned)
    made = [_series(group, documents, standing) for group in aligned]
    kept = [series for series in made if len(series.points) >= minimum]
    return sorted(kept, key=lambda s: (-len(s.documents), -len(s.points)))


def _series(group: Sequence[Target], documents: Mapping[str, Document], standing: Mapping[str, Standing]) -> Series:
    typical = _typical(group)
    unit = next((t.unit for t in (typical, *group) if t.unit), None)
    points = [_point(target, typical, documents, standing) for target in group]
    points.sort(key=lambda p: (p.year or 9999, p.issued_on or "9999", p.citation.document, p.citation.start))
    return Series(indicator=typical.indicator, unit=unit, points=tuple(_merged(points, documents)))


def _typical(group: Sequence[Target]) -> Target:
    """The target most like all others; the first of equals."""
    if len(group) < 3:
        return next((t for t in group if t.value is not None), group[0])
    return max(group, key=lambda t: (t.value is not None, sum(same_indicator(t, other) for other in group)))


def _point(
    target: Target, typical: Target, documents: Mapping[str, Document], standing: Mapping[str, Standing]
) -> Point:
    document = documents.get(target.citation.document)
    known = standing.get(target.citation.document, Standing(draft=target.status == "draft"))
    factor = _factor(target, typical)
    return Point(
        target=target,
        year=_year(target),
        value=None if target.value is None or factor is None else target.value * factor,
        value_max=None if target.value_max is None or factor is None else target.value_max * factor,
        figure=figure(target),
        when=deadline(target) or (f"{target.period[0]}-{target.period[1]}" if target.period else ""),
        source=name_of(document) if document else target.citation.number or target.citation.document,
        issued_on=document.issued_on if document else None,
        draft=target.status == "draft",
        replaced_by=known.replaced_by,
        note=_note(target, known),
    )


def _factor(target: Target, typical: Target) -> float | None:
    """What leads from the unit of `target` to that of `typical`; None where nothing does (tỷ đồng and triệu USD)."""
    one, other = measure(target), measure(typical)
    if one.base == other.base or (one.dimension[:1] == other.dimension[:1] == SHARE):
        return one.factor / other.factor
    return None


def _year(target: Target) -> int | None:
    if target.deadline:
        return int(target.deadline[:4])
    return target.period[1] if target.period else None


def _note(target: Target, standing: Standing) -> str:
    said = {"budget": "kinh phí", "baseline": "hiện trạng"}.get(target.status, "")
    if target.status == "draft" and not standing.note:
        said = "dự thảo"
    return "; ".join(part for part in (said, standing.note) if part)


def _merged(points: Sequence[Point], documents: Mapping[str, Document]) -> list[Point]:
    """Points without repeats: one decision's figure, reported by several documents, is one point."""
    kept: dict[tuple[object, ...], Point] = {}
    for point in points:
        document = documents.get(point.citation.document)
        decision = (document.number or document.about if document else None) or point.citation.document
        key = (decision, point.year, point.value, point.value_max, point.target.qualitative, point.draft)
        first = kept.setdefault(key, point)
        if first is not point:
            kept[key] = first.model_copy(update={"also": (*first.also, point.citation)})
    return list(kept.values())
