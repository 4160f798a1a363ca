"""An uploaded file on disk for as long as it is read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import UploadFile

from assistant.service.words import say
from assistant.watch.call import uploaded
from corpus.errors import UnreadableFile

__all__ = ["LONGEST", "file_name", "kept_briefly"]

LONGEST = 200


def file_name(name: str | None) -> str:
    """The last part of `name`, of at most `LONGEST` bytes with its suffix kept; its stem becomes the document's id."""
    path = Path("".join(c for c in (name or "").replace("\\", "/") if c.isprintable()))
    suffix = path.suffix if len(path.suffix) <= 10 else ""
    stem = path.name.removesuffix(suffix).strip(". ").encode("utf-8", "replace")[:LONGEST]
    return (stem.decode("utf-8", "ignore") or "tai-lieu") + suffix


@contextmanager
def kept_briefly(file: UploadFile) -> Iterator[Path]:
    """The upload in a folder of its own, removed on exit.

    Raises:
        UnreadableFile: the upload is empty.
    """
    name = file_name(file.filename)
    if file.size == 0:
        raise UnreadableFile(file.filename or name, say("error.empty"))
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        path = Path(folder) / name
        with path.open("wb") as out:
            shutil.copyfileobj(file.file, out)
        uploaded(path.stat().st_size)
        yield path
