"""The command that gives the targets of files."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.delivery import DecimalComma, Form, Format, Out, deliver
from assistant.cli.edge import ending, home_of
from assistant.why import why

if TYPE_CHECKING:
    from assistant.targets.target import Target
    from corpus.document import Document

__all__ = ["attach"]


def attach(app: typer.Typer) -> None:
    """Adds the command to `app`."""
    app.command("extract")(_extract)


def _extract(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Tệp hoặc thư mục.", show_default=False)],
    form: Form = Format.JSONL,
    output: Out = None,
    decimal_comma: DecimalComma = False,
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
    for document, targets in extracted(read, processes):
        if isinstance(targets, Failure):
            failed.append(targets)
        else:
            made.append((document, targets))
    apart = output is not None and (output.is_dir() or len(paths) > 1 or any(path.is_dir() for path in paths))
    if apart and output is not None:
        _write_apart(made, form, output, decimal_comma)
    elif made:
        every = [target for _, targets in made for target in targets]
        deliver(every, form, output, {document.id: document for document, _ in made}, decimal_comma)
    ending(len(made), failed)


def _write_apart(
    made: Iterable[tuple[Document, list[Target]]], form: Format, folder: Path, decimal_comma: bool
) -> None:
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
        deliver(targets, form, folder / f"{name}.{form}", {document.id: document}, decimal_comma)
