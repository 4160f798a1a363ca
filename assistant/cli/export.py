"""The command that gives whole documents in formats that other systems read."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.edge import ending, workspace
from assistant.why import why

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.document import Document

__all__ = ["attach"]


class Form(StrEnum):
    """The formats of `corpus.export`, named here so that help needs no heavy import."""

    AKN = "akn"
    JSON = "json"
    TEXT = "text"


def attach(app: typer.Typer) -> None:
    """Adds the command to `app`."""
    app.command("export")(_export)


def _export(
    ctx: typer.Context,
    which: Annotated[
        list[str],
        typer.Argument(metavar="ID|PATH", help="Mã, số văn bản đã lưu; hoặc tệp, thư mục.", show_default=False),
    ],
    form: Annotated[
        Form, typer.Option("--format", "-f", help="akn: Akoma Ntoso 3.0; json: mọi thành phần; text: nguyên văn.")
    ] = Form.AKN,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Tệp kết quả; là thư mục khi có nhiều văn bản (mỗi văn bản một tệp)."
        ),
    ] = None,
) -> None:
    """Xuất văn bản ra Akoma Ntoso, JSON hoặc chữ.

    Tệp chưa lưu trong kho được đọc rồi xuất, không lưu lại.
    """
    from assistant.intake import Failure
    from corpus.errors import ChitieuError

    several = len(which) > 1 or Path(which[0]).is_dir()
    if several and (output is None or output.is_file()):
        raise typer.BadParameter("nhiều văn bản cần một thư mục để ghi", param_hint="--output")
    room = workspace(ctx)
    taken: set[Path] = set()
    good = 0
    failed: list[Failure] = []
    for asked in which:
        for one in _each(asked):
            try:
                document, content = _made(room, one, form)
                _write(content, _target(output, document.id, form, taken, several))
            except ChitieuError as error:
                said = " ".join(str(error).split()).removeprefix(f"{one}: ").removeprefix(f"{Path(one).name}: ")
                failed.append(Failure(name=one, reason=said))
                continue
            good += 1
    ending(good, failed)


def _each(asked: str) -> list[str]:
    """The files of a folder; an id or a file by itself."""
    path = Path(asked)
    if not path.is_dir():
        return [asked]
    from corpus.load import walk

    return [str(file) for file in walk([path])]


def _made(room: Workspace, which: str, form: Form) -> tuple[Document, bytes]:
    from assistant.watch import audit
    from corpus.export import acting, export

    if Path(which).is_file():
        document = room.read(Path(which))
        return document, export(document, form.value)
    document = room.document(which)
    audit.did(room.home, "export", f"{document.id} ({form.value})")
    citing = room.citing(document) if form is Form.AKN else []
    return document, export(document, form.value, acting(citing, room.documents()) if citing else ())


def _target(output: Path | None, id: str, form: Form, taken: set[Path], several: bool) -> Path | None:
    """Where the document goes: standard output, the file asked for, or a file of its own in the folder."""
    from corpus.export import SUFFIXES

    if output is None or str(output) == "-":
        return None
    if not several and not output.is_dir():
        return output
    numbered = (f"{id}-{at}" if at > 1 else id for at in count(1))
    files = (output / f"{name}{SUFFIXES[form.value]}" for name in numbered)
    target = next(file for file in files if file not in taken)
    taken.add(target)
    return target


def _write(content: bytes, target: Path | None) -> None:
    from corpus.errors import InputError

    if target is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise InputError(f"{target}: không ghi được ({why(error)}); hãy chọn -o khác") from None
