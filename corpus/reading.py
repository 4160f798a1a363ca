"""What every reader hands back. Kept free of heavy imports: the child process that parses starts with it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a file: one paragraph or table row a line, before canonicalisation.

    `media` is the media type that the content showed ("application/pdf"), whatever the name says; `notes` are
    Vietnamese sentences for the person who added the file (guessed encoding, pages that could not be read).
    `unread` are the pages, from 0, that are pictures without a text layer.
    """

    text: str
    media: str
    notes: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()
