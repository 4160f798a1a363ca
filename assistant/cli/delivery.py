"""Targets out of a command: in which format, to which file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.targets.target import Target
    from corpus.document import Document

__all__ = ["DecimalComma", "Form", "Format", "Out", "deliver"]


class Format(StrEnum):
    """The formats of `assistant.targets.export`, named here so that help needs no heavy import."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


Form = Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả.")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="OUT", help="Tệp kết quả; là thư mục khi có nhiều tệp vào (mỗi văn bản một tệp)."
    ),
]
DecimalComma = Annotated[
    bool,
    typer.Option(
        "--decimal-comma", help="csv cho Excel cài đặt kiểu Việt Nam: dấu phẩy thập phân, cột cách nhau bằng ;"
    ),
]


def deliver(
    targets: Iterable[Target],
    form: Format,
    out: Path | None,
    documents: Mapping[str, Document],
    decimal_comma: bool = False,
) -> None:
    """Writes `targets` to `out`, or to standard output where it is None or "-"."""
    from assistant.targets.export import write

    if out is None or str(out) == "-":
        if form in (Format.XLSX, Format.DOCX) and sys.stdout.isatty():
            raise typer.BadParameter(f"dạng {form.value} cần tệp để ghi", param_hint="--output")
        write(targets, form.value, sys.stdout.buffer, decimal_comma=decimal_comma, documents=documents)
        sys.stdout.buffer.flush()
        return
    write(targets, form.value, out, decimal_comma=decimal_comma, documents=documents)
