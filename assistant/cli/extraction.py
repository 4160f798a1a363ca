"""Commands that give targets: extract from files, targets of the stored documents."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.edge import ending, home_of, workspace
from assistant.why import why

if TYPE_CHECKING:
    from assistant.targets.target import Target
    from corpus.document import Document

__all__ = ["attach"]


class Format(StrEnum):
    """The formats of `assistant.targets.export`, named here so that help needs no heavy import."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


_Form = Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả.")]
_Out = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="OUT", help="Tệp kết quả; là thư mục khi có nhiều tệp vào (mỗi văn bản một tệp)."
    ),
]


def attach(app: typer.Typer) -> None:
    """Adds the commands to `app`."""
    app.command("extract")(_extract)
    app.command("targets")(_targets)


def _extract(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Tệp hoặc thư mục.", show_default=False)],
    form: _Form = Format.JSONL,
    output: _Out = None,
) -> None:
    """Trích chỉ tiêu từ tệp, thư mục, không lưu vào kho.

    Mỗi chỉ tiêu kèm nguyên văn chỗ nêu nó.
    """
    from assistant.intake import Failure, extracted, files, loaded
    from assistant.settings import Settings

    processes = Settings.load(home_of(ctx)).readers
    found, failed = files(paths)
    apart = output is not None and (output.is_dir() or len(paths) > 1 or any(path.is_dir() for path in paths))
    read: list[Document] = []
    for result in loaded(found, processes=processes):
        if isinstance(result, Failure):
            failed.append(result)
        else:
            read.append(result.document)
    every: dict[str, Document] = {}
    targets: list[Target] = []
    good = 0
    for document, made in zip(read, extracted(read, processes), strict=True):
        if isinstance(made, Failure):
            failed.append(made)
            continue
        good += 1
        if apart and output is not None:
            _write(made, form, _place(output, document.id, form, every), {document.id: document})
        else:
            targets += made
        every[document.id] = document
    if good and not apart:
        _write(targets, form, output, every)
    ending(good, failed)


def _targets(
    ctx: typer.Context,
    which: Annotated[str | None, typer.Argument(metavar="ID", help="Mã hoặc số của một văn bản đã lưu.")] = None,
    form: _Form = Format.JSONL,
    output: _Out = None,
) -> None:
    """Xuất chỉ tiêu của các văn bản trong kho."""
    room = workspace(ctx)
    chosen = room.document(which).id if which else None
    rows = room.targets(chosen)
    documents = {id: room.document(id) for id in dict.fromkeys(t.citation.document for t in rows)}
    _write(rows, form, output, documents)


def _place(folder: Path, id: str, form: Format, taken: Mapping[str, Document]) -> Path:
    """Where the targets of `id` go; files of the same stem from different folders get a number."""
    from corpus.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: không tạo được thư mục ({why(error)}); hãy chọn -o khác") from None
    path, at = folder / f"{id}.{form}", 1
    while id in taken and path.exists():
        at += 1
        path = folder / f"{id}-{at}.{form}"
    return path


def _write(targets: Iterable[Target], form: Format, out: Path | None, documents: Mapping[str, Document]) -> None:
    from assistant.targets.export import write

    if out is None or str(out) == "-":
        if form is Format.XLSX and sys.stdout.isatty():
            raise typer.BadParameter("dạng xlsx cần tệp để ghi", param_hint="--output")
        write(targets, form.value, sys.stdout.buffer, documents=documents)
        sys.stdout.buffer.flush()
        return
    write(targets, form.value, out, documents=documents)
