"""Readers: a file becomes text. The kind is decided by content, never by name."""

from __future__ import annotations

from corpus.readers.router import read
from corpus.reading import Reading

__all__ = ["Reading", "read"]
