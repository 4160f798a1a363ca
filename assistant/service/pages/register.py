"""`/targets`: the register; `/targets/timeline`: one indicator across documents and years."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.service.catalogue import Wanted, register
from assistant.service.desk import Desk
from assistant.service.pages.layout import page
from assistant.service.routes.common import At
from assistant.targets.chart import chart
from assistant.targets.target import Status, Target
from assistant.targets.timeline import Point, timeline
from assistant.targets.wording import STATUSES

__all__ = ["router"]

router = APIRouter()

SHOWN = 200
ALIGNED = 300
CHARTS = 5


class Drawn(NamedTuple):
    """A chart with its table; `svg` comes escaped from `chart`, without script and style."""

    rows: tuple[tuple[tuple[str, ...], Point], ...]
    svg: Markup
    title: str
    headings: tuple[str, ...]


def _wanted(q: str, year: str, status: str, document: str) -> Wanted:
    """What a form asks for; what it leaves empty or cannot mean does not count."""
    known: Status | None = next((s for s in STATUSES if s == status), None)
    number = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
    return Wanted(q=q, document=document or None, status=known, year=number)


@router.get("/targets")
def targets(
    request: Request,
    at: At,
    q: Annotated[str, Query(max_length=200)] = "",
    year: Annotated[str, Query(max_length=4)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    document: Annotated[str, Query(max_length=255)] = "",
) -> HTMLResponse:
    """The targets that the form describes, at most `SHOWN` of them on the page; files hold all."""
    wanted = _wanted(q, year, status, document)
    found = register(at.desk, wanted)
    years = sorted({t.deadline[:4] for t in at.desk.targets() if t.deadline})
    return page(
        request, "targets.html", targets=found[:SHOWN], total=len(found), wanted=wanted, years=years, shown=SHOWN
    )


@router.get("/targets/timeline")
def over_time(request: Request, at: At, q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    """Charts of the indicators that match `q` and are stated more than once, each with its table."""
    found = register(at.desk, Wanted(q=q))[:ALIGNED] if q.strip() else []
    return page(request, "timeline.html", q=q, charts=_charts(at.desk, found))


def _charts(desk: Desk, targets: list[Target]) -> list[Drawn]:
    documents = {id: desk.document(id) for id in dict.fromkeys(t.citation.document for t in targets)}
    drawn = []
    for series in timeline(targets, documents)[:CHARTS]:
        made = chart(series)
        rows = tuple(zip(made.rows, series.points, strict=True))
        drawn.append(Drawn(rows, Markup(made.svg), made.title, made.headings))
    return drawn
