"""Names of collections as people give them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from assistant.access.identity import ALL
from corpus.errors import InputError

__all__ = ["collection_name", "collection_names"]

LONGEST = 100


def collection_name(given: str) -> str:
    """`given` as it is compared: NFC, lower case, blanks as one blank.

    Raises:
        InputError: it is empty, too long, or has commas or characters that cannot be seen.
    """
    name = " ".join(unicodedata.normalize("NFC", given).casefold().split())
    if not 1 <= len(name) <= LONGEST or "," in name or not name.isprintable() or (ALL in name and name != ALL):
        raise InputError(
            f"Tên nhóm văn bản {given!r} không dùng được; cần 1 đến {LONGEST} ký tự, không có dấu phẩy, dấu *"
        )
    return name


def collection_names(given: Iterable[str]) -> tuple[str, ...]:
    """The names without repetition, in order; one text may hold several, separated by commas.

    Raises:
        InputError: a name cannot be used.
    """
    parts = (part for text in given for part in text.split(",") if part.strip())
    return tuple(sorted({collection_name(part) for part in parts}))
