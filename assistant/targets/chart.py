"""A series as a picture that everyone can read: SVG with words for screen readers, and the same as a table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from html import escape

from assistant.targets.plot import COLUMN, Box, Frame, frame, place, wrapped
from assistant.targets.timeline import Point, Series
from assistant.targets.wording import number
from corpus.document import Frozen

__all__ = ["HEADINGS", "Chart", "chart"]

HEADINGS = ("Thời hạn", "Mức đặt ra", "Văn bản", "Ngày ban hành", "Ghi chú", "Trích nguyên văn")
WIDTH, HEIGHT = 760, 400
AREA = Box(64, 78, WIDTH - 20, HEIGHT - 84)
INK, FAINT, LINE, GREY = "#1f2933", "#d5dae1", "#0b5cad", "#5f6b7a"
UNDATED = "không nêu năm"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Chart(Frozen):
    """`svg` has no script, style sheet or outer reference; `rows` say the same under `HEADINGS`.

    `links` are the permalinks of the rows' quotes.
    """

    title: str
    svg: str
    headings: tuple[str, ...] = HEADINGS
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]


def chart(series: Series) -> Chart:
    """The chart of one series: decided figures joined by steps, drafts as open diamonds, ranges as bars.

    What differs in meaning differs in shape, not in colour alone; figures without a year stand in a column of
    their own, figures in words are listed under the plot.
    """
    title = f"{series.indicator[:1].upper()}{series.indicator[1:]}" + (f" ({series.unit})" if series.unit else "")
    rows = tuple(_row(point) for point in series.points)
    return Chart(title=title, svg=_svg(title, series), rows=rows, links=tuple(p.citation.link for p in series.points))


def _row(point: Point) -> tuple[str, ...]:
    when = point.when[:1].upper() + point.when[1:] or UNDATED.capitalize()
    return when, point.figure, point.source, _day(point.issued_on), point.note, point.citation.quote


def _day(iso: str | None) -> str:
    return "/".join(reversed((iso or "").split("-")))


def _told(point: Point) -> str:
    """A point in one sentence."""
    parts = [point.when or UNDATED, point.figure, f"theo {point.source}"]
    return ", ".join(part for part in parts if part) + (f" ({point.note})" if point.note else "")


def _svg(title: str, series: Series) -> str:
    drawn = [p for p in series.points if p.value is not None]
    values = [v for p in drawn for v in (p.value, p.value_max) if v is not None]
    plot = frame(
        [p.year for p in drawn if p.year is not None],
        values,
        share=(series.unit or "").startswith("%"),
        undated=any(p.year is None for p in drawn),
        area=AREA,
    )
    key = hashlib.sha256(title.encode()).hexdigest()[:8]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" lang="vi" aria-labelledby="t{key} d{key}" font-family="sans-serif" font-size="13" fill="{INK}">',
        f'<title id="t{key}">{_xml(title)}</title>',
        f'<desc id="d{key}">{_xml(_description(series))}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_heading(title),
        *(_axes(plot) if drawn else [_text(WIDTH / 2, HEIGHT / 2, "Không có mức bằng số để vẽ.")]),
        _steps(drawn, plot),
        *_marks(drawn, plot),
        *_footer(series),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _description(series: Series) -> str:
    count = len(series.points)
    return f"{count} mức trong {len(series.documents)} văn bản: " + "; ".join(_told(p) for p in series.points) + "."


def _heading(title: str) -> list[str]:
    lines = wrapped(title, 88, 2)
    return [
        _text(20, 26 + 19 * at, line, anchor="start", extra='font-size="15" font-weight="bold"')
        for at, line in enumerate(lines)
    ]


def _axes(plot: Frame) -> list[str]:
    out = []
    for value in plot.values:
        y = plot.y(value)
        out.append(f'<path d="M{AREA.left} {y:.1f}H{AREA.right}" stroke="{FAINT if value else GREY}"/>')
        out.append(_text(AREA.left - 8, y + 4, number(value), anchor="end", fill=GREY))
    for year in plot.years:
        out.append(_text(plot.x(year), AREA.bottom + 20, str(year), fill=GREY))
    if plot.undated is not None:
        if plot.years:
            edge = AREA.right - COLUMN
            out.append(f'<path d="M{edge:.1f} {AREA.top}V{AREA.bottom}" stroke="{GREY}" stroke-dasharray="3 4"/>')
        out.append(_text(plot.undated, AREA.bottom + 20, UNDATED, fill=GREY))
    return out


def _steps(drawn: Sequence[Point], plot: Frame) -> str:
    """The line through decided figures: each holds until the next deadline; of one year, the latest issued."""
    decided: dict[int, float] = {}
    for point in drawn:
        if point.year is not None and point.value is not None and not point.draft and point.target.status == "target":
            decided[point.year] = plot.y(point.value)
    if len(decided) < 2:
        return ""
    (first, y), *rest = sorted(decided.items())
    path = f"M{plot.x(first):.1f} {y:.1f}" + "".join(f"H{plot.x(year):.1f}V{at:.1f}" for year, at in rest)
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="2" stroke-opacity="0.55"/>'


def _marks(drawn: Sequence[Point], plot: Frame) -> list[str]:
    spots = [(_x(p, plot), plot.y(p.value or 0), p) for p in drawn]
    taken = [Box(x - 8, y - 8, x + 8, y + 8) for x, y, _ in spots]
    out = []
    labels: dict[tuple[float, float, str], list[str]] = {}
    for x, y, point in spots:
        bar = "" if point.value_max is None else _bar(x, y, plot.y(point.value_max))
        out.append(f"<g><title>{_xml(_told(point))}</title>{bar}{_mark(x, y, point)}</g>")
        figure = point.figure + (" (dự thảo)" if point.draft else "")
        labels.setdefault((x, y, figure), []).append(point.source)
    return out + [part for (x, y, figure), sources in labels.items() for part in _label(x, y, figure, sources, taken)]


def _label(x: float, y: float, figure: str, sources: list[str], taken: list[Box]) -> list[str]:
    """The figure with the name of its document under it, and how many more documents set the same."""
    more = len(dict.fromkeys(sources)) - 1
    source = wrapped(sources[0], 26, 1)[0] + (f" +{more}" if more else "")
    middle, top = place((figure, source), x, y, taken, AREA)
    halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="3"'
    small = f'font-size="11" {halo}'
    return [_text(middle, top, figure, extra=halo), _text(middle, top + 14, source, fill=GREY, extra=small)]


def _bar(x: float, y: float, top: float) -> str:
    """A range, from its low figure up to its high one."""
    return f'<path d="M{x:.1f} {y:.1f}V{top:.1f}" stroke="{LINE}" stroke-width="6" stroke-opacity="0.45"/>'


def _x(point: Point, plot: Frame) -> float:
    if point.year is None:
        return plot.undated if plot.undated is not None else AREA.right
    return plot.x(point.year)


def _mark(x: float, y: float, point: Point) -> str:
    """An open diamond for a draft, a square for what was reached, a grey ring for what was replaced, else a disc."""
    if point.draft:
        return f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z" fill="#ffffff" stroke="{GREY}" stroke-width="2"/>'
    if point.target.status == "baseline":
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{GREY}"/>'
    fill, stroke = ("#ffffff", GREY) if point.replaced_by else (LINE, LINE)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{fill}" stroke="{stroke}" stroke-width="2"/>'


def _footer(series: Series) -> list[str]:
    """What the shapes mean, of those that occur, and the figures that are words."""
    shapes = [("● mức đã ban hành", any(not p.draft and not p.replaced_by for p in series.points))]
    shapes.append(("○ đã được thay thế", any(p.replaced_by and not p.draft for p in series.points)))
    shapes.append(("◇ dự thảo", any(p.draft for p in series.points)))
    shapes.append(("■ hiện trạng", any(p.target.status == "baseline" for p in series.points)))
    words = [f"{p.figure} ({p.source}, {p.when or UNDATED})" for p in series.points if p.value is None and p.figure]
    out = [_text(20, HEIGHT - 34, "   ".join(text for text, there in shapes if there), anchor="start", fill=GREY)]
    if words:
        line = wrapped("Khác: " + "; ".join(words), 100, 1)[0]
        out.append(_text(20, HEIGHT - 14, line, anchor="start", fill=GREY))
    return out


def _text(x: float, y: float, text: str, anchor: str = "middle", fill: str = INK, extra: str = "") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"'
    return f"<text {where}{' ' + extra if extra else ''}>{_xml(text)}</text>"


def _xml(text: str) -> str:
    """`text` as character data of XML, without the characters that XML cannot hold."""
    return escape(_NOT_XML.sub("", text))
