"""Metadata that an administrator put right: `metadata.json` in the home, which holds over text, sidecar and command.

It is an object `{document id: {field: value}}` and survives that the file is added again. Homes that share a database
keep it there (`shared_amendments.py`).
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from assistant.why import why
from corpus.document import Document, Provenance
from corpus.errors import StoreError
from corpus.metadata import metadata
from corpus.sidecar import FIELDS, fields

__all__ = ["EDITABLE", "FILE", "Amendments", "Own", "amended", "checked", "clear", "keep", "stated"]

FILE = "metadata.json"
EDITABLE = tuple(field for field in FIELDS if field != "source")
"""The fields that may be put right."""


class Amendments(Protocol):
    """What administrators put right, wherever it is kept."""

    def stated(self) -> dict[str, dict[str, str]]:
        """What was put right, by document; raises `StoreError` where it cannot be read."""
        ...

    def keep(self, id: str, values: Mapping[str, str]) -> dict[str, str]:
        """Makes `values` all that was put right about `id`; raises `InputError` or `StoreError`."""
        ...


class Own:
    """In the file of one home."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def stated(self) -> dict[str, dict[str, str]]:
        """See `stated`."""
        return stated(self._home)

    def keep(self, id: str, values: Mapping[str, str]) -> dict[str, str]:
        """See `keep`."""
        return keep(self._home, id, values)


def checked(id: str, values: Mapping[str, str]) -> dict[str, str]:
    """The fields of `values` that may be put right and are stated, dates as ISO 8601.

    Raises:
        InputError: a date is none.
    """
    return fields({field: values.get(field, "") for field in EDITABLE}, id)


def stated(home: Path) -> dict[str, dict[str, str]]:
    """What was put right, by document.

    Raises:
        StoreError: the file is there and cannot be read.
    """
    try:
        held: dict[str, dict[str, str]] = json.loads((home / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"{FILE}: không đọc được ({why(error)})") from error
    except ValueError as error:
        raise StoreError(f"{FILE}: không phải JSON; hãy sửa hoặc xóa tệp này") from error
    return held


def keep(home: Path, id: str, values: Mapping[str, str]) -> dict[str, str]:
    """Makes `values` all that was put right about `id`; empty ones are dropped. Returns them with dates as ISO 8601.

    Raises:
        InputError: a date is none.
        StoreError: the file cannot be written.
    """
    found = checked(id, values)
    held = {**stated(home), id: found}
    try:
        handle, made = tempfile.mkstemp(dir=home, prefix=f".{FILE}")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump({key: value for key, value in sorted(held.items()) if value}, out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        os.replace(made, home / FILE)
    except OSError as error:
        raise StoreError(f"{FILE}: không ghi được ({why(error)}); kiểm tra quyền ghi và dung lượng") from error
    return found


def clear(home: Path) -> None:
    """Removes what a killed `keep` left; the caller holds `alone(home)`."""
    for left in home.glob(f".{FILE}*"):
        left.unlink(missing_ok=True)


def amended(document: Document, now: Mapping[str, str], before: Mapping[str, str] | None = None) -> Document:
    """`document` with the fields `now`; a field of `before` that is not in `now` is again what the text states."""
    values: dict[str, str | None] = {}
    origin = dict(document.provenance)
    found = metadata(document.text, document.provisions)
    for field in (before or {}).keys() - now.keys():
        fact = found.get(field)
        values[field] = str(fact.value) if fact else None
        origin.pop(field, None)
        if fact:
            origin[field] = Provenance(source="text", span=fact.span)
    for field, value in now.items():
        values[field] = value
        origin[field] = Provenance(source="sidecar")
    return document.model_copy(update={**values, "provenance": origin})
