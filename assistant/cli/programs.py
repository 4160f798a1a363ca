"""The command for programs that speak the Model Context Protocol."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.edge import home_of

__all__ = ["attach"]


def attach(app: typer.Typer) -> None:
    """Adds the command to `app`."""
    app.command("mcp")(_mcp)


def _mcp(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Option("--files", metavar="DIR", help="Thư mục mà công cụ extract được đọc tệp; dùng được nhiều lần."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Hỏi máy chủ chitieu tại địa chỉ này thay cho --home.")
    ] = None,
    key_env: Annotated[
        str, typer.Option(metavar="NAME", help="Biến môi trường giữ khóa API cho --url.")
    ] = "CHITIEU_API_KEY",
) -> None:
    """Máy chủ MCP qua stdin, stdout cho các trợ lý khác."""
    from assistant.mcp import Allowed, Backend, Local, Remote, serve
    from assistant.settings import Settings
    from corpus.errors import InputError

    backend: Backend
    largest = 32
    if url is None:
        from assistant.workspace import Workspace

        home = home_of(ctx)
        largest = Settings.load(home).max_upload_mb
        backend = Local(Workspace(home))
    else:
        from assistant.client import Client

        try:
            backend = Remote(Client(url, os.environ.get(key_env)))
        except ValueError:
            raise InputError(f"--url {url}: phải có dạng https://ten-mien") from None
    serve(backend, Allowed(files or (), largest * 1024 * 1024))
