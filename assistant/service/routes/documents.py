"""The stored documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.service import samples
from assistant.service.catalogue import matching, shown_source, targets_of
from assistant.service.failures import documented
from assistant.service.routes.common import At, example
from assistant.service.shapes import DocumentLine, DocumentList, DocumentReply

__all__ = ["router"]

router = APIRouter(tags=["documents"])


@router.get("/api/documents", responses={**example(page=samples.DOCUMENTS), **documented(422)})
def documents(
    at: At,
    q: Annotated[str, Query(max_length=200, description="words of number, title, issuer or kind")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> DocumentList:
    """The stored documents, newest first."""
    found = matching(at.desk, q)
    page = [DocumentLine.model_validate(s, from_attributes=True) for s in found[offset : offset + limit]]
    return DocumentList(total=len(found), documents=page)


@router.get("/api/documents/{id}", responses={**example(document=samples.DOCUMENT), **documented(404, 422)})
def document(at: At, id: Annotated[str, Path(max_length=255, examples=["123-qd-ttg-2024"])]) -> DocumentReply:
    """One document: metadata, text, provisions, relations and targets."""
    found = at.desk.document(id)
    fields = {**dict(found), "source": shown_source(found)}
    return DocumentReply(**fields, targets=tuple(targets_of(at.desk, id)))
