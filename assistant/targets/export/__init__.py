"""Targets as files: jsonl and json for programs, csv and xlsx for people who work in Excel, docx for reports."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from assistant.targets.export.delimited import write_csv
from assistant.targets.export.lines import write_json, write_jsonl
from assistant.targets.export.report import write_docx
from assistant.targets.export.workbook import write_xlsx
from assistant.targets.target import Target
from corpus.document import Document
from corpus.errors import InputError

__all__ = ["FORMATS", "MEDIA_TYPES", "Format", "write"]

Format = Literal["jsonl", "json", "csv", "xlsx", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES: dict[Format, str] = {
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write(
    targets: Iterable[Target],
    format: Format,
    out: Path | BinaryIO,
    *,
    decimal_comma: bool = False,
    documents: Mapping[str, Document] | None = None,
    base_url: str | None = None,
) -> None:
    """Writes `targets` to `out` in `format`; the same targets always give the same bytes.

    A path is replaced in one step when all of it is written; a stream is left open. `decimal_comma` concerns csv
    only, `documents` (by id: what the sheet of sources says) and `base_url` (the address of the service: a quote
    then links to its place in the viewer) concern xlsx only.

    Raises:
        InputError: if the format is unknown or the targets do not fit in a sheet.
    """
    if format not in FORMATS:
        raise InputError(f"Không có định dạng {format!r}; hãy chọn một trong: {', '.join(FORMATS)}.")
    if isinstance(out, Path):
        _write_file(targets, format, out, decimal_comma, documents, base_url)
    else:
        _write_stream(targets, format, out, decimal_comma, documents, base_url)


def _write_stream(
    targets: Iterable[Target],
    format: Format,
    out: BinaryIO,
    decimal_comma: bool,
    documents: Mapping[str, Document] | None,
    base_url: str | None,
) -> None:
    if format == "jsonl":
        write_jsonl(targets, out)
    elif format == "json":
        write_json(targets, out)
    elif format == "csv":
        write_csv(targets, out, decimal_comma=decimal_comma)
    elif format == "docx":
        write_docx(targets, out)
    else:
        write_xlsx(targets, out, documents=documents or {}, base_url=base_url)


def _write_file(
    targets: Iterable[Target],
    format: Format,
    path: Path,
    decimal_comma: bool,
    documents: Mapping[str, Document] | None,
    base_url: str | None,
) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"{path}: không ghi được tệp ({error.strerror}); hãy chọn thư mục khác.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            _write_stream(targets, format, out, decimal_comma, documents, base_url)
        Path(name).chmod(0o666 & ~_umask())
        _replace(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _replace(made: Path, path: Path) -> None:
    try:
        made.replace(path)
    except OSError as error:
        raise InputError(f"{path}: không ghi được tệp ({error.strerror}); hãy đóng tệp nếu đang mở.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
