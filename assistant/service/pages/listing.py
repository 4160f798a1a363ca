"""The list of stored documents."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.service.catalogue import matching
from assistant.service.pages.layout import page
from assistant.service.routes.common import At

__all__ = ["router"]

router = APIRouter()

PAGE = 50


@router.get("/documents")
def documents(
    request: Request,
    at: At,
    q: Annotated[str, Query(max_length=200)] = "",
    p: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Documents, newest first, `PAGE` to a page."""
    found = matching(at.desk, q)
    pages = max(1, -(-len(found) // PAGE))
    p = min(p, pages)
    counts = Counter(t.citation.document for t in at.desk.targets())
    shown = found[(p - 1) * PAGE : p * PAGE]
    return page(
        request, "documents.html", documents=shown, total=len(found), q=q, page_number=p, pages=pages, counts=counts
    )
