"""Commands on the stored documents: add, list, show, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.edge import emit, ending, iso_date, progress, say, workspace

__all__ = ["attach"]


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("add")(_add)
    app.command("list")(_list)
    app.command("show")(_show)
    app.command("remove")(_remove)


def _add(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Tệp hoặc thư mục.", show_default=False)],
    manifest: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Tệp JSON nêu số, ngày, cơ quan... của từng tệp.")
    ] = None,
    number: Annotated[str | None, typer.Option(metavar="SỐ", help="Số, ký hiệu văn bản.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="NGÀY", callback=iso_date, help="Ngày ban hành (2020-03-04, 04/03/2020).")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="CHỮ", help="Trích yếu.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="CHỮ", help="Loại: quyết định, kế hoạch, bài viết...")] = None,
    issuer: Annotated[str | None, typer.Option(metavar="CHỮ", help="Cơ quan ban hành.")] = None,
    signer: Annotated[str | None, typer.Option(metavar="CHỮ", help="Người ký.")] = None,
    about: Annotated[
        str | None, typer.Option(metavar="SỐ", help="Số văn bản mà bài viết, tóm lược này nói về.")
    ] = None,
    effective_from: Annotated[
        str | None, typer.Option(metavar="NGÀY", callback=iso_date, help="Ngày bắt đầu có hiệu lực.")
    ] = None,
    effective_to: Annotated[
        str | None, typer.Option(metavar="NGÀY", callback=iso_date, help="Ngày cuối cùng còn hiệu lực.")
    ] = None,
    collection: Annotated[
        list[str] | None,
        typer.Option(metavar="NHÓM", help="Xếp vào nhóm này: chỉ người được cấp nhóm xem được; lặp lại được."),
    ] = None,
) -> None:
    """Thêm tệp, thư mục vào kho và chỉ mục.

    Tệp hỏng được nêu tên và lý do, các tệp khác vẫn vào. Thêm lại tệp cũ không thay đổi gì.
    """
    stated = {
        "number": number,
        "issued_on": date,
        "title": title,
        "kind": kind,
        "issuer": issuer,
        "signer": signer,
        "about": about,
        "effective_from": effective_from,
        "effective_to": effective_to,
    }
    with progress() as tell:
        overrides = {name: value for name, value in stated.items() if value is not None}
        try:
            report = workspace(ctx).add(paths, manifest, overrides, tell, collection or ())
        except KeyboardInterrupt:
            say("chitieu: đã dừng; văn bản nào đọc xong thì đã được giữ, chạy lại lệnh này để làm tiếp")
            raise
    typer.echo(f"Đã thêm hoặc cập nhật {len(report.added)} văn bản; {len(report.unchanged)} văn bản không thay đổi.")
    for note in report.notes:
        say(f"{note.name}: {' '.join(note.said)}")
    ending(len(report.added) + len(report.unchanged), report.failed + report.incomplete)


def _list(
    ctx: typer.Context,
    missing: Annotated[bool, typer.Option("--missing", help="Các văn bản được dẫn mà chưa có.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Mỗi dòng một đối tượng JSON.")] = False,
) -> None:
    """Liệt kê văn bản trong kho, hoặc được dẫn mà thiếu."""
    room = workspace(ctx)
    rows = room.missing() if missing else room.documents()
    if as_json:
        for row in rows:
            emit(row.model_dump())
        return
    if not rows:
        say("Không thiếu văn bản nào." if missing else "Chưa có văn bản nào; hãy thêm bằng: chitieu add PATH...")
    from assistant.cli.views import absent, line

    for text in absent(room.missing()) if missing else map(line, room.documents()):
        typer.echo(text)


def _show(
    ctx: typer.Context,
    which: Annotated[str, typer.Argument(metavar="ID|PATH", help="Mã, số văn bản đã lưu hoặc một tệp.")],
    as_json: Annotated[bool, typer.Option("--json", help="Toàn bộ văn bản dạng JSON.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="NGÀY", callback=iso_date, help="Điều, khoản nào còn hiệu lực vào ngày này."),
    ] = None,
) -> None:
    """Xem siêu dữ liệu, cấu trúc, quan hệ, hiệu lực."""
    from corpus.load import Loaded, loaded

    room = workspace(ctx)
    stored = not Path(which).is_file()
    document, notes = Loaded(room.document(which)) if stored else loaded(Path(which))
    if as_json:
        emit(document.model_dump(mode="json"))
        return
    from assistant.cli.standing import addressed, noted, standing
    from assistant.cli.views import portrait

    citing = room.citing(document) if stored else []
    others = [room.document(id) for id in dict.fromkeys(c.document for c in citing)]
    lines = [*portrait(document, citing), *addressed(document), *standing(document, others, as_of)]
    typer.echo("\n".join([*lines, *noted(notes)]))


def _remove(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Mã văn bản, xem bằng: chitieu list.")],
) -> None:
    """Bỏ văn bản khỏi kho và chỉ mục."""
    with progress() as tell:
        workspace(ctx).remove(ids, tell)
    typer.echo(f"Đã bỏ {len(dict.fromkeys(ids))} văn bản.")
