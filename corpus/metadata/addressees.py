"""To whom a document goes: "Kính gửi" of a letter, "Nơi nhận" of a decision (Decree 30/2020/NĐ-CP, Annex I)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Provision, Span
from corpus.document import ProvisionKind as Kind
from corpus.metadata.found import Found
from corpus.metadata.layout import Layout

__all__ = ["addressees"]

_TO = re.compile(r"^[\W_]*Kính\s+gửi\s*:?[^\S\n]*", re.MULTILINE)
_ITEM = re.compile(r"[^\S\n]*[-–+•*]")
_COPIES = re.compile(r"[\W_]*Nơi\s+nhận\s*:?", re.IGNORECASE)
_PART = re.compile(r"(?:(?<=\s)[-–+•]\s+|[^;|\n]|(?<=\()[^)]*\))+?(?=;|\||\n|\s[-–+•]\s|$)")
_KEPT_ON_FILE = re.compile(r"Lưu\b", re.IGNORECASE)
_LINES = 60
_SHORT = 160
"""Longest line, in characters, that may name an addressee without a dash before it."""


def addressees(text: str, provisions: tuple[Provision, ...] | None = None) -> list[Found]:
    """Who is addressed, in the order of the text and each once: "Kính gửi" first, then "Nơi nhận".

    Words are as printed, with notes such as "(để b/c)", without dashes and closing marks. The copy that the sender
    keeps ("Lưu: VT") is none of them.
    """
    layout = Layout.of(text, provisions)
    found: dict[str, Found] = {}
    for span in [*_written_to(layout), *_copied_to(layout)]:
        for part in _parts(text, span):
            found.setdefault(part.value, part)
    return list(found.values())


def _written_to(layout: Layout) -> Iterator[Span]:
    """The words after "Kính gửi": on its line and, while they are items or nothing has ended, on the next ones."""
    match = _TO.search(layout.text, layout.header.start, max(layout.opening.end, layout.header.end))
    if match is None:
        return
    ended, any_item = False, False
    for at, line in enumerate(layout.lines(Span(start=match.end(), end=layout.opening.end))[:_LINES]):
        words = line.of(layout.text)
        item = bool(_ITEM.match(words))
        same_line = "\n" not in layout.text[match.end() : line.start]
        if at and (ended or (any_item and not item)):
            return
        if not (item or same_line) and (len(words) > _SHORT or re.match(r"Căn\s+cứ|Thực\s+hiện|Theo\s", words)):
            return
        any_item = any_item or item
        ended = words.endswith(".") or (same_line and not words.endswith((",", ";", ":")))
        yield line


def _copied_to(layout: Layout) -> Iterator[Span]:
    for span in layout.part(Kind.RECIPIENTS):
        head = _COPIES.match(layout.text, span.start, span.end)
        yield Span(start=head.end() if head else span.start, end=span.end)


def _parts(text: str, span: Span) -> Iterator[Found]:
    for match in _PART.finditer(text, span.start, span.end):
        words = match.group()
        bare = words.strip(" \t\n-–+•*|").rstrip(" .,;:/")
        if not any(c.isalpha() for c in bare) or _KEPT_ON_FILE.match(bare) or _COPIES.fullmatch(bare):
            continue
        start = match.start() + words.find(bare)
        yield Found(value=" ".join(bare.split()), span=Span(start=start, end=start + len(bare)))
