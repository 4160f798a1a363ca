"""A field that the text states, and where."""

from __future__ import annotations

from corpus.document import Frozen, Span

__all__ = ["Found"]


class Found(Frozen):
    """`value` as the field keeps it, read from the characters of `span`."""

    value: str
    span: Span
