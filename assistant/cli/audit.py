"""Commands on the audit log: is it whole, hand it over, look at its end."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.edge import emit, home_of, iso_date, say
from assistant.why import why

if TYPE_CHECKING:
    from assistant.watch.verify import Verdict

__all__ = ["attach"]

_room = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Nhật ký kiểm toán: kiểm tra, xuất, xem cuối.",
)


class Form(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.add_typer(_room, name="audit")


@_room.command("verify")
def _verify(
    ctx: typer.Context,
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="Mã băm đã ghi lại trước đây; nhật ký phải còn bản ghi ấy."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Kết quả dạng JSON.")] = False,
) -> None:
    """Kiểm tra chuỗi băm của nhật ký.

    Không khớp thì nêu bản ghi sai đầu tiên và kết thúc bằng 1. Bản ghi bị sửa, bỏ, chèn hay đổi chỗ đều lộ ra;
    bị cắt ở cuối hay viết lại hết thì chỉ lộ khi có --head.
    """
    from assistant.watch.verify import verify

    if head is not None and (len(head) < 12 or not set(head.lower()) <= set("0123456789abcdef")):
        raise typer.BadParameter("cần ít nhất 12 chữ số thập lục phân của mã băm", param_hint="--head")
    verdict = verify(home_of(ctx), head)
    if as_json:
        emit(verdict.model_dump(mode="json") | {"whole": verdict.whole})
    else:
        _tell(verdict)
    if not verdict.whole:
        raise typer.Exit(1)


def _tell(verdict: Verdict) -> None:
    if verdict.records:
        torn = f", {verdict.torn} dòng dở dang đã tách" if verdict.torn else ""
        typer.echo(f"{verdict.records} bản ghi khớp, trong {verdict.files} tệp{torn}; đến {verdict.at}.")
        typer.echo(f"Mã băm cuối: {verdict.head}")
    elif verdict.whole:
        typer.echo("Nhật ký chưa có bản ghi nào.")
    if verdict.first_break is not None:
        found = verdict.first_break
        line = f", dòng {found.line}" if found.line else ""
        say(f"chitieu: {found.file}{line}: bản ghi {found.n}: {found.said}")


@_room.command("export")
def _export(
    ctx: typer.Context,
    since: Annotated[
        str | None, typer.Option("--from", metavar="NGÀY", callback=iso_date, help="Từ ngày này (giờ UTC).")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="NGÀY", callback=iso_date, help="Đến hết ngày này (giờ UTC).")
    ] = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="Định dạng.")] = Form.CSV,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Tệp để ghi; không có thì in ra.")
    ] = None,
    questions: Annotated[
        bool, typer.Option("--questions", help="Kèm lời của câu hỏi còn được giữ; đó là dữ liệu cá nhân.")
    ] = False,
) -> None:
    """Xuất bản ghi trong một khoảng ngày."""
    import io
    import sys

    from assistant.watch import audit
    from assistant.watch.exporting import records, write
    from assistant.watch.texts import texts
    from corpus.errors import InputError

    home = home_of(ctx)
    asked = f"audit {since or ''}..{until or ''}{' questions' if questions else ''}"
    if home.is_dir():
        audit.did(home, "export", asked)
    out = io.BytesIO()
    rows = list(records(home, since or "", _last_day(until), texts(home) if questions else None))
    write(rows, form.value, out)
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(out.getvalue())
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(out.getvalue())
    except OSError as error:
        raise InputError(f"{output}: không ghi được ({why(error)}); hãy chọn -o khác") from None
    say(f"Đã ghi {len(rows)} bản ghi vào {output}.")


@_room.command("tail")
def _tail(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("-n", min=1, max=100_000, help="Số bản ghi.")] = 20,
    questions: Annotated[bool, typer.Option("--questions", help="Kèm lời của câu hỏi còn được giữ.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Mỗi dòng một đối tượng JSON.")] = False,
) -> None:
    """Xem những bản ghi mới nhất, mới nhất ở cuối."""
    from assistant.watch.audit import last
    from assistant.watch.texts import texts

    home = home_of(ctx)
    known = texts(home) if questions else {}
    for record in reversed(last(home, count)):
        text = known.get(str(record.get("question", "")))
        shown = record | {"text": text} if text else record
        if as_json:
            emit(shown)
        else:
            typer.echo(_line(shown))


@_room.command("forget")
def _forget(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="TÊN", help="Tên hoặc mã người, khóa, địa chỉ, như trong nhật ký.")],
) -> None:
    """Xóa lời mọi câu hỏi của một người.

    Dùng khi người ấy yêu cầu xóa dữ liệu cá nhân. Bản ghi vẫn còn, chuỗi băm không đổi; việc xóa cũng được ghi lại.
    """
    from assistant.watch import audit
    from assistant.watch.exporting import records
    from assistant.watch.texts import forget
    from corpus.errors import NotFound

    home = home_of(ctx)
    theirs = [r for r in records(home) if who in (r.get("who"), r.get("id"))]
    if not theirs:
        raise NotFound(f"Nhật ký không có bản ghi nào của {who!r}; xem tên bằng: chitieu audit tail")
    audit.did(home, "forget", who)
    gone = forget(home, {str(r["question"]) for r in theirs if r.get("question")})
    typer.echo(f"Đã xóa lời của {gone} câu hỏi.")


def _line(record: dict[str, Any]) -> str:
    from assistant.service.words import doing

    who = record.get("who") or "?"
    place = record.get("from", "")
    did = doing(str(record.get("action", "")))
    told = [did, *(str(record[name]) for name in ("subject", "text") if record.get(name))]
    outcome = f" -> {record['outcome']}" if record.get("outcome") else ""
    source = f" ({place})" if place and place != who else ""
    return f"{record.get('n', '')} {record.get('at', '')} {who}{source}: {': '.join(told)}{outcome}"


def _last_day(until: str | None) -> str:
    """The last day of a year or a month that stands for all of it."""
    return f"{until}~" if until and len(until) < 10 else until or ""
