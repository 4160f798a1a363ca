"""How values are compared in the tables: names without case, provisions as numbers."""

from __future__ import annotations

from indexer.lexical import term_hash

__all__ = ["folded", "unit"]


def folded(name: str | None) -> str:
    """`name` as kinds and issuers are compared."""
    return " ".join((name or "").lower().split()).replace("\0", "")


def unit(path: str) -> int:
    """The number of a provision's path, in any case: "Khoản 2 Điều 1"."""
    hashed = term_hash(path.lower())
    return hashed - (1 << 64) if hashed >> 63 else hashed
