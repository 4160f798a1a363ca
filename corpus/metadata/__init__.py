"""Metadata: what a text itself states about the document, each field with the span it came from."""

from __future__ import annotations

from corpus.dates import iso
from corpus.document import Provision, Span
from corpus.metadata.addressees import addressees
from corpus.metadata.article import about
from corpus.metadata.effect import effect
from corpus.metadata.found import Found
from corpus.metadata.heading import issue_date, kind, number, title
from corpus.metadata.layout import Layout
from corpus.metadata.parties import adopted, issuer, signer

__all__ = ["Found", "addressees", "metadata"]


def metadata(text: str, provisions: tuple[Provision, ...] | None = None) -> dict[str, Found]:
    """The fields of `Document` that `text` states.

    They are number, kind, issuer, signer, issued_on, effective_from, effective_to, title and, for an article, about.
    A field that the text does not state, or states in a way that can be read in two, is missing. Pass `provisions`
    when the structure is known already: it saves reading it again.
    """
    layout = Layout.of(text, provisions)
    own = number(layout)
    fields = {
        "number": own,
        "kind": kind(layout, own),
        "issuer": issuer(layout, own),
        "signer": signer(layout),
        "issued_on": issue_date(layout) or _passed(layout),
        "title": title(layout),
    }
    found = {name: value for name, value in fields.items() if value is not None}
    found |= effect(layout, found.get("issued_on"))
    if own is None and not len(layout.header) and "kind" not in found:
        found |= about(layout)
    return found


def _passed(layout: Layout) -> Found | None:
    match = adopted(layout)
    value = iso(match.group("date")) if match else None
    if match is None or value is None:
        return None
    return Found(value=value, span=Span(start=match.start("date"), end=match.end("date")))
