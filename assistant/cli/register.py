"""Commands over the register of targets: find, follow over time, compare two documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.delivery import DecimalComma, Form, Format, Out, deliver
from assistant.cli.edge import emit, workspace
from assistant.why import why
from corpus.errors import InputError, NotFound

if TYPE_CHECKING:
    from assistant.targets.target import Target
    from assistant.targets.timeline import Series
    from assistant.workspace import Workspace

__all__ = ["attach"]

ALONE = "Không có chỉ tiêu nào được đặt từ hai lần trở lên"

FOLLOWED = 20
"""How many of the best targets for a query lead to the series that are shown."""


class Status(StrEnum):
    """The statuses of a target."""

    TARGET = "target"
    DRAFT = "draft"
    BUDGET = "budget"
    BASELINE = "baseline"


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("targets")(_targets)
    app.command("changes")(_changes)


def _targets(
    ctx: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="Từ của chỉ tiêu (có dấu hay không), hoặc mã, số văn bản.")
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Mã hoặc số của một văn bản.")] = None,
    year: Annotated[int | None, typer.Option(min=1900, max=2200, help="Năm phải đạt.")] = None,
    scope: Annotated[str | None, typer.Option(metavar="TEXT", help="Từ chỉ đối tượng thực hiện.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="Đơn vị; triệu đồng gồm cả tỷ đồng.")] = None,
    status: Annotated[Status | None, typer.Option(help="Chỉ tiêu, dự thảo, kinh phí hay hiện trạng.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Số dòng nhiều nhất.")] = None,
    timeline: Annotated[bool, typer.Option("--timeline", help="Xếp theo chỉ tiêu qua các văn bản, các năm.")] = False,
    chart: Annotated[Path | None, typer.Option(metavar="FILE", help="Vẽ chuỗi đầu tiên ra tệp SVG.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In chuỗi của --timeline dưới dạng JSON.")] = False,
    form: Form = Format.JSONL,
    output: Out = None,
    decimal_comma: DecimalComma = False,
) -> None:
    """Tìm chỉ tiêu trong kho; theo dõi một chỉ tiêu qua các văn bản."""
    from assistant.targets.register import find

    room = workspace(ctx)
    if query and document is None and (named := _stored(room, query)):
        document, query = named, None
    elif document is not None:
        document = room.document(document).id
    rows = room.targets()
    found = find(
        rows,
        query,
        year=year,
        scope=scope,
        unit=unit,
        status=status.value if status else None,
        document=document,
        limit=limit,
    )
    if timeline or chart:
        _follow(room, rows, found, chart, as_json)
        return
    documents = {id: room.document(id) for id in dict.fromkeys(t.citation.document for t in found)}
    if output is not None:
        from assistant.watch import audit

        audit.did(room.home, "export", output.name, str(len(found)))
    deliver(found, form, output, documents, decimal_comma)


def _stored(room: Workspace, name: str) -> str | None:
    try:
        return room.document(name).id
    except NotFound:
        return None


def _follow(room: Workspace, rows: list[Target], found: list[Target], chart: Path | None, as_json: bool) -> None:
    from assistant.targets.timeline import timeline

    documents = {id: room.document(id) for id in dict.fromkeys(t.citation.document for t in rows)}
    wanted = found if len(found) == len(rows) else found[:FOLLOWED]
    rank = {target.citation: at for at, target in reversed(list(enumerate(wanted)))}
    series = [s for s in timeline(rows, documents) if any(p.citation in rank for p in s.points)]
    if len(wanted) < len(rows):
        series.sort(key=lambda s: min(rank[p.citation] for p in s.points if p.citation in rank))
    if chart:
        _draw(series, chart)
    elif as_json:
        emit([s.model_dump(mode="json") for s in series])
    else:
        typer.echo("\n\n".join("\n".join(_told(s)) for s in series) or f"{ALONE}.")


def _draw(series: Sequence[Series], path: Path) -> None:
    from assistant.targets.chart import chart

    if not series:
        raise InputError(f"{ALONE} để vẽ; hãy thử từ khác.")
    try:
        path.write_text(chart(series[0]).svg, "utf-8")
    except OSError as error:
        raise InputError(f"{path}: không ghi được tệp ({why(error)}); hãy chọn tệp khác") from None


def _told(series: Series) -> Iterator[str]:
    """The indicator, then a line a point and its quote."""
    yield series.indicator
    for point in series.points:
        note = f"  ({point.note})" if point.note else ""
        yield f"  {point.when or 'không nêu năm':16}{point.figure:22}{point.source}{note}"
        yield f"      “{' '.join(point.citation.quote.split())}”"


def _changes(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="Văn bản trước: mã, số trong kho, hoặc tệp.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Văn bản sau: mã, số trong kho, hoặc tệp.")],
    as_json: Annotated[bool, typer.Option("--json", help="In dưới dạng JSON.")] = False,
) -> None:
    """So chỉ tiêu của hai văn bản: thêm, bỏ, nâng, hạ, lùi hạn, đẩy sớm, viết lại."""
    from assistant.targets.changes import changes

    room = workspace(ctx)
    told = changes(_of(room, old), _of(room, new))
    if as_json:
        emit([change.model_dump(mode="json") for change in told])
    else:
        typer.echo("\n".join(f"- {change.sentence}" for change in told) or "Không văn bản nào nêu chỉ tiêu.")


def _of(room: Workspace, name: str) -> list[Target]:
    """The targets of a stored document or of a file."""
    stored = _stored(room, name)
    if stored is not None:
        return room.targets(stored)
    if Path(name).is_file():
        return room.extract(Path(name))
    return room.targets(room.document(name).id)
