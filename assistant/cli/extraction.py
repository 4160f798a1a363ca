"""Commands that give targets: extract from files, targets of the stored documents."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import count
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
    read: list[Document] = []
    for result in loaded(found, processes=processes):
        if isinstance(result, Failure):
            failed.append(result)
        else:
            read.append(result.document)
    made: list[tuple[Document, list[Target]]] = []
    for document, targets in zip(read, extracted(read, processes), strict=True):
        if isinstance(targets, Failure):
            failed.append(targets)
        else:
            made.append((document, targets))
    apart = output is not None and (output.is_dir() or len(paths) > 1 or any(path.is_dir() for path in paths))
    if apart and output is not None:
        _write_apart(made, form, output)
    elif made:
        every = [target for _, targets in made for target in targets]
        _write(every, form, output, {document.id: document for document, _ in made})
    ending(len(made), failed)


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


def _write_apart(made: Iterable[tuple[Document, list[Target]]], form: Format, folder: Path) -> None:
    """One file a document, named after it; documents of the same stem from different folders get a number."""
    from corpus.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: không tạo được thư mục ({why(error)}); hãy chọn -o khác") from None
    taken: set[str] = set()
    for document, targets in made:
        numbered = (f"{document.id}-{at}" if at > 1 else document.id for at in count(1))
        name = next(name for name in numbered if name not in taken)
        taken.add(name)
        _write(targets, form, folder / f"{name}.{form}", {document.id: document})


def _write(targets: Iterable[Target], form: Format, out: Path | None, documents: Mapping[str, Document]) -> None:
    from assistant.targets.export import write

    if out is None or str(out) == "-":
        if form is Format.XLSX and sys.stdout.isatty():
            raise typer.BadParameter("dạng xlsx cần tệp để ghi", param_hint="--output")
        write(targets, form.value, sys.stdout.buffer, documents=documents)
        sys.stdout.buffer.flush()
        return
    write(targets, form.value, out, documents=documents)
