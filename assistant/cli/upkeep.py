"""Commands of the person who guards the program: serve, doctor, backup, restore."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.edge import home_of, progress, say
from assistant.why import why

__all__ = ["attach"]


class LogFormat(StrEnum):
    """The forms of the log."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least weight of what is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("serve")(_serve)
    app.command("doctor")(_doctor)
    app.command("backup")(_backup)
    app.command("restore")(_restore)


def _serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option(help="Địa chỉ.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Cổng.", show_default="8000")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Số tiến trình.", show_default="1")] = None,
    log_format: Annotated[
        LogFormat | None, typer.Option("--log-format", help="Dạng nhật ký trên stderr.", show_default="text")
    ] = None,
    log_level: Annotated[
        LogLevel | None, typer.Option("--log-level", help="Mức nhật ký thấp nhất.", show_default="info")
    ] = None,
) -> None:
    """Chạy API và trang hỏi đáp."""
    import socket
    import sys

    from assistant.service.workers import serve
    from assistant.settings import Settings
    from assistant.watch.call import unwatched
    from assistant.watch.logs import configure
    from corpus.errors import InputError

    home = home_of(ctx)
    settings = Settings.load(home)
    address = (host or settings.host, settings.port if port is None else port)
    try:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        listening = socket.create_server(address, family=family, backlog=2048)
    except OSError as error:
        where = f"{address[0]}:{address[1]}"
        raise InputError(f"{where}: không mở được cổng ({why(error)}); hãy chọn --host, --port khác") from None

    def announce() -> None:
        typer.echo(f"chitieu: http://{address[0]}:{listening.getsockname()[1]}  (Ctrl-C để dừng)")
        sys.stdout.flush()

    form, level = log_format or settings.log_format, log_level or settings.log_level
    configure(LogFormat(form).value, LogLevel(level).value)
    with unwatched():
        status = serve(home, listening, workers or settings.workers, settings.drain_timeout_s, announce)
    if status:
        raise typer.Exit(status)


def _doctor(
    ctx: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Cứu kho bị hỏng, lập lại chỉ mục, bỏ phần thừa.")] = False,
) -> None:
    """Kiểm tra hệ thống và nêu cách sửa."""
    from assistant.doctor import State, check, mend

    home = home_of(ctx)
    if repair:
        with progress() as tell:
            done = mend(home, tell)
        for line in done:
            say(line)
    findings = check(home)
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.state is State.BROKEN for finding in findings):
        raise typer.Exit(1)


def _backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp .tar.gz để ghi.")],
) -> None:
    """Sao lưu tất cả vào một tệp, không cần dừng."""
    from assistant.backup import backup
    from assistant.watch import audit

    home = home_of(ctx)
    size = backup(home, file)
    audit.did(home, "backup", file.name, "done")
    typer.echo(f"Đã sao lưu vào {file} ({size / 1_048_576:.1f} MB).")


def _restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Tệp do chitieu backup ghi.")],
) -> None:
    """Khôi phục bản sao lưu vào --home còn trống."""
    from assistant.backup import restore
    from assistant.watch import audit

    home = home_of(ctx)
    count = restore(file, home)
    audit.did(home, "restore", file.name, "done")
    say(f"Đã khôi phục {count} văn bản vào {home}.")
