"""Files as they came."""

from __future__ import annotations

import mimetypes
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path
from fastapi.responses import Response

from assistant.service.failures import documented
from assistant.service.routes.common import At
from assistant.watch import audit

__all__ = ["router"]

router = APIRouter(tags=["documents"])

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file that the document was read from.",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    "/api/documents/{id}/original",
    response_model=None,
    response_class=Response,
    responses={**_FILE, **documented(404, 422)},
)
def original(at: At, id: Annotated[str, Path(max_length=255, examples=["123-qd-ttg-2024"])]) -> Response:
    """The original file, to be saved: a browser never shows it on this site."""
    found = at.desk.original(id)
    audit.did(at.home, "export", found.name)
    media = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(found.content, media_type=media, headers=headers)
