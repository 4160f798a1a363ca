"""Whole documents in formats that other systems read."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from assistant.service.catalogue import shown_source
from assistant.service.failures import documented
from assistant.service.routes.common import At
from assistant.watch import audit
from corpus.export import MEDIA_TYPES, SUFFIXES, Format, acting
from corpus.export import export as exported

__all__ = ["router"]

router = APIRouter(tags=["documents"])

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The document in the format that was asked for.",
        "content": {
            media.partition(";")[0]: {"schema": {"type": "object"} if format == "json" else {"type": "string"}}
            for format, media in MEDIA_TYPES.items()
        },
    }
}


@router.get(
    "/api/documents/{id}/export",
    response_model=None,
    response_class=Response,
    responses={**_FILE, **documented(404, 422)},
)
def export(
    at: At,
    id: Annotated[str, Path(max_length=255, examples=["123-qd-ttg-2024"])],
    format: Annotated[
        Format, Query(description="akn: Akoma Ntoso 3.0; json: all fields; text: the text alone")
    ] = "akn",
) -> Response:
    """One document to be saved: Akoma Ntoso 3.0 XML, JSON, or plain text."""
    found = at.desk.document(id)
    audit.did(at.home, "export", f"{found.id}{SUFFIXES[format]}")
    citing = at.desk.citing(found) if format == "akn" else []
    found = found.model_copy(update={"source": shown_source(found)})
    content = exported(found, format, acting(citing, at.desk.documents()) if citing else ())
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.id, safe='')}{SUFFIXES[format]}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)
