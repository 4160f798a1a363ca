"""The sidecar: a `manifest.json` beside the files that tells what the texts themselves do not state."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import InputError

__all__ = ["FIELDS", "beside", "fields", "manifest"]

FIELDS = (
    "number",
    "kind",
    "issuer",
    "signer",
    "issued_on",
    "effective_from",
    "effective_to",
    "title",
    "about",
    "source",
)
"""The fields of a `Document` that a sidecar may state; what else it holds is for its own readers."""

_DATES = ("issued_on", "effective_from", "effective_to")
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def manifest(path: Path) -> dict[str, dict[str, str]]:
    """The fields that the sidecar at `path` states, by file name: a JSON list of `{"file": ..., "number": ...}`.

    Raises:
        InputError: not there, not JSON, not such a list, or a field of the wrong form; one line says where.
    """
    entries = _entries(path)
    if not isinstance(entries, list):
        raise InputError(f'{path.name}: phải là danh sách JSON các mục {{"file": "tên tệp", ...}}')
    stated: dict[str, dict[str, str]] = {}
    for position, entry in enumerate(entries, start=1):
        name = entry.get("file") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name:
            raise InputError(f'{path.name}: mục thứ {position} không có "file" là tên tệp')
        if name in stated:
            raise InputError(f'{path.name}: "{name}" được nêu hai lần; hãy bỏ một mục')
        stated[name] = fields(entry, f'{path.name}: mục "{name}"')
    return stated


def beside(path: Path) -> dict[str, str] | None:
    """What a `manifest.json` in the folder of `path` states about it; None where there is none.

    A `manifest.json` of another shape (of a web page, say) is not a sidecar and is passed over.
    """
    sidecar = path.parent / "manifest.json"
    if not sidecar.is_file():
        return None
    entries = _entries(sidecar)
    if not isinstance(entries, list) or not all(isinstance(e, dict) and "file" in e for e in entries):
        return None
    return next(
        (fields(e, f'{sidecar.name}: mục "{path.name}"') for e in entries if e["file"] == path.name),
        None,
    )


def fields(entry: Mapping[str, Any], where: str) -> dict[str, str]:
    """The fields of `FIELDS` that `entry` states, dates as ISO 8601; `where` begins the message of an error.

    Raises:
        InputError: a field is no text, or a date is none.
    """
    found: dict[str, str] = {}
    for field in FIELDS:
        value = entry.get(field)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f'{where}: "{field}" phải là chuỗi, không phải {value!r}')
        found[field] = _date(value.strip(), field, where) if field in _DATES else " ".join(value.split())
    return found


def _date(value: str, field: str, where: str) -> str:
    if match := _DAY_FIRST.fullmatch(value):
        day, month, year = match.groups()
        value = f"{year}-{int(month):02}-{int(day):02}"
    if not _ISO.fullmatch(value):
        raise InputError(f'{where}: "{field}" phải là ngày dạng 2010-08-27, 2010-08 hoặc 2010, không phải "{value}"')
    return value


def _entries(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path.name}: không mở được ({error.strerror or error})") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        place = f" (dòng {error.lineno}, cột {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{path.name}: không phải JSON hợp lệ bằng UTF-8{place}; hãy sửa lại") from None
