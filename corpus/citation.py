"""Citations, made only through `cite`, which takes the quote from the text itself."""

from __future__ import annotations

from corpus.document import Citation, Document, Provision, Span
from corpus.permalink import narrowest, permalink

__all__ = ["cite", "provision_at"]


def cite(document: Document, span: Span) -> Citation:
    """The citation of `document.text[span.start:span.end]`.

    Raises:
        ValueError: if the span is empty or reaches past the end of the text.
    """
    if not len(span) or span.end > len(document.text):
        raise ValueError(f"span [{span.start}:{span.end}] does not lie in a text of {len(document.text)} characters")
    place = provision_at(document, span)
    return Citation(
        document=document.id,
        number=document.number or document.about,
        title=document.title,
        path=place.path if place else "",
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
        link=permalink(document, span),
    )


def provision_at(document: Document, span: Span) -> Provision | None:
    """The narrowest provision that holds `span`, or None when it crosses all of them; O(log n)."""
    at = narrowest(document.provisions, span)
    return None if at is None else document.provisions[at]
