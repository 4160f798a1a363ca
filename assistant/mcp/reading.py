"""A document in pieces that fit a conversation."""

from __future__ import annotations

from assistant.mcp.shapes import DocumentPage, Heading
from corpus.document import Document, Provision, ProvisionKind, Span
from corpus.errors import InputError, NotFound
from corpus.permalink import slug

__all__ = ["OUTLINED", "document_page"]

OUTLINED = 200
"""Entries of an outline, at most."""
_SHOWN = (
    ProvisionKind.PHAN,
    ProvisionKind.CHUONG,
    ProvisionKind.MUC,
    ProvisionKind.TIEU_MUC,
    ProvisionKind.DIEU,
    ProvisionKind.PHU_LUC,
)


def document_page(document: Document, offset: int, limit: int, provision: str | None) -> DocumentPage:
    """`limit` characters of the document, or of its `provision`, from `offset` of the document on.

    Raises:
        NotFound: the document has no such provision.
        InputError: `offset` lies behind the end.
    """
    whole = _unit(document, provision).span if provision else Span(start=0, end=len(document.text))
    start = max(offset, whole.start)
    if start > whole.end or (start == whole.end and offset):
        raise InputError(f"offset {offset} nằm sau cuối phần được hỏi ({whole.end})")
    end = min(start + limit, whole.end)
    facts = {name: getattr(document, name) for name in DocumentPage.model_fields if name in type(document).model_fields}
    facts["text"] = document.text[start:end]
    return DocumentPage(
        **facts,
        length=len(document.text),
        start=start,
        next_offset=end if end < whole.end else None,
        outline=[] if provision or offset else _outline(document),
    )


def _unit(document: Document, provision: str) -> Provision:
    wanted = slug(provision)
    for unit in document.provisions:
        if unit.path and slug(unit.path) == wanted:
            return unit
    near = [unit.path for unit in document.provisions if wanted and slug(unit.path).endswith(wanted)][:5]
    mend = f"; gần nhất: {', '.join(near)}" if near else "; xem outline của get_document"
    raise NotFound(f"văn bản {document.id} không có {provision!r}{mend}")


def _outline(document: Document) -> list[Heading]:
    shown = [unit for unit in document.provisions if unit.kind in _SHOWN][:OUTLINED]
    return [
        Heading(path=unit.path or unit.kind.value, heading=unit.heading, start=unit.span.start, end=unit.span.end)
        for unit in shown
    ]
