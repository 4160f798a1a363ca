"""The command `chitieu`. Everything heavy is imported inside the commands, so that help appears at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import access, asking, audit, configuring, documents, export, extraction, programs, register, upkeep
from assistant.cli.edge import Commands, end_on_sigterm, home_first, run

__all__ = ["app", "main"]

app = typer.Typer(
    name="chitieu",
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Hỏi đáp có trích dẫn và trích chỉ tiêu từ văn bản, chạy ngay trên máy, không cần mạng.",
    epilog="Trạng thái kết thúc: 0 là xong; 1 là công việc hỏng (hoặc một số tệp hỏng); 2 là dùng sai, đầu vào sai.",
)


_COLLECTED = (7_000, 10, 30)
"""After how many new objects the young, and after how many rounds of that the older and the oldest are looked through
for rings. All that was read of thousands of documents is among the oldest: with Python's 700 and 10, one question in
twenty waits a quarter of a second for a search that finds nothing, and each a twentieth of its time for looking through
what it reads, since what is let go of is freed at once by its count."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"chitieu {version('chitieu')}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            metavar="DIR",
            envvar="CHITIEU_HOME",
            help="Thư mục chứa mọi dữ liệu; đặt trước hay sau tên lệnh đều được.",
            show_default="~/.chitieu",
        ),
    ] = None,
    _asked: Annotated[
        bool, typer.Option("--version", help="In phiên bản rồi thoát.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    if home == "":
        raise typer.BadParameter("cần tên thư mục", param_hint="--home")
    ctx.obj = Path(home) if home else None


for _room in (documents, export, asking, extraction, register, configuring, programs, access, audit, upkeep):
    _room.attach(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process: 0 done, 1 work failed, 2 wrong use or input, 130 interrupted."""
    end_on_sigterm()
    gc.set_threshold(*_COLLECTED)
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(run(app, home_first(given)))
