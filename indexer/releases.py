"""The files of a bundled model, held to the hashes that it was released with."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.errors import IndexDamaged

__all__ = ["FILE", "release"]

FILE = "release.json"


def release(directory: Path) -> dict[str, Any]:
    """What `release.json` of `directory` says, once all files that it names are found to be its own.

    Raises:
        IndexDamaged: a file is missing, or is not the one of the release.
    """
    try:
        stated: dict[str, Any] = json.loads((directory / FILE).read_text(encoding="utf-8"))
        files = dict(stated["files"])
    except FileNotFoundError:
        raise IndexDamaged(f"{directory / FILE}: thiếu tệp mô hình; hãy cài lại chitieu") from None
    except (ValueError, KeyError, TypeError):
        raise IndexDamaged(f"{directory / FILE}: tệp mô hình đã bị thay đổi; hãy cài lại chitieu") from None
    for file, expected in files.items():
        if not (directory / file).is_file():
            raise IndexDamaged(f"{directory / file}: thiếu tệp mô hình; hãy cài lại chitieu")
        if sha256((directory / file).read_bytes()).hexdigest() != expected:
            raise IndexDamaged(f"{directory / file}: tệp mô hình đã bị thay đổi; hãy cài lại chitieu")
    return stated
