"""Commands that set a home up: init, config."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.edge import ending, home_of, progress, say, workspace

__all__ = ["attach"]


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("init")(_init)
    app.command("config")(_config)


def _init(
    ctx: typer.Context,
    samples: Annotated[bool, typer.Option("--samples", help="Nạp kho văn bản mẫu kèm theo.")] = False,
) -> None:
    """Lập thư mục dữ liệu và tệp thiết lập có chú giải.

    Chạy lại không làm mất gì: tệp thiết lập đã có thì giữ nguyên.
    """
    from assistant.configuration import write_template
    from assistant.settings import CONFIG, Settings

    home = home_of(ctx)
    made = write_template(home)
    Settings.load(home)
    typer.echo(f"{home / CONFIG}: {'đã ghi; mọi thiết lập đang là mặc định' if made else 'đã có, giữ nguyên'}.")
    if samples:
        from importlib.resources import as_file, files

        with as_file(files("corpus") / "digests") as folder, progress() as tell:
            report = workspace(ctx).add([folder], progress=tell)
        typer.echo(f"Kho mẫu: {len(report.added) + len(report.unchanged)} văn bản.")
        ending(len(report.added) + len(report.unchanged), report.failed + report.incomplete)


def _config(
    ctx: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra; sai thì nêu chỗ sai, kết thúc bằng 2.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Thiết lập đang dùng và nguồn của nó (mặc định).")] = False,
    template: Annotated[bool, typer.Option("--template", help="In tệp thiết lập mẫu có chú giải.")] = False,
) -> None:
    """Xem, kiểm tra thiết lập; khóa bí mật được che.

    Thiết lập lấy từ biến CHITIEU_..., rồi config.toml trong thư mục dữ liệu, rồi mặc định.
    """
    if check + show + template > 1:
        raise typer.BadParameter("chỉ chọn một", param_hint="--check, --show, --template")
    from assistant import configuration

    if template:
        typer.echo(configuration.template(), nl=False)
        return
    found = configuration.in_force(home_of(ctx))
    for variable, nearest in configuration.strangers():
        say(f"chitieu: {variable}: không có thiết lập này, nên bị bỏ qua; gần nhất là {nearest}")
    if check:
        typer.echo(f"{home_of(ctx)}: thiết lập hợp lệ.")
        return
    typer.echo("\n".join(map(str, found)))
