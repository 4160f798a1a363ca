"""The register of targets."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from assistant.service import samples
from assistant.service.catalogue import Wanted, register
from assistant.service.downloads import Format, attachment
from assistant.service.failures import documented
from assistant.service.routes.common import At, example
from assistant.service.shapes import TargetList
from assistant.targets.export import MEDIA_TYPES
from assistant.targets.target import Status
from assistant.watch import audit

__all__ = ["router"]

router = APIRouter(tags=["targets"])

_CONTENT: dict[str, dict[str, Any]] = {
    "json": {"type": "array", "items": {"type": "object"}},
    "xlsx": {"type": "string", "format": "binary"},
    "docx": {"type": "string", "format": "binary"},
}
_Words = Annotated[str, Query(max_length=200, description="words of the indicator, with or without diacritics")]
_Id = Annotated[str | None, Query(max_length=255)]
_Year = Annotated[int | None, Query(ge=1900, le=2200, description="year of the deadline")]


@router.get("/api/targets", responses={**example(page=samples.TARGETS), **documented(404, 422)})
def targets(
    at: At,
    q: _Words = "",
    document: _Id = None,
    status: Annotated[Status | None, Query()] = None,
    year: _Year = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> TargetList:
    """Targets of the stored documents, in the order of documents and texts."""
    found = register(at.desk, Wanted(q=q, document=document, status=status, year=year))
    return TargetList(total=len(found), targets=found[offset : offset + limit])


_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The targets in the format that was asked for.",
        "content": {
            media.partition(";")[0]: {"schema": _CONTENT.get(format, {"type": "string"})}
            for format, media in MEDIA_TYPES.items()
        },
    }
}


@router.get(
    "/api/targets/export", response_model=None, response_class=Response, responses={**_FILE, **documented(404, 422)}
)
def export(
    at: At,
    request: Request,
    format: Annotated[Format, Query()] = "xlsx",
    q: _Words = "",
    document: _Id = None,
    status: Annotated[Status | None, Query()] = None,
    year: _Year = None,
) -> Response:
    """The same selection as a file."""
    found = register(at.desk, Wanted(q=q, document=document, status=status, year=year))
    name = document or "chi-tieu"
    audit.did(at.home, "export", f"{name}.{format}", str(len(found)))
    return attachment(found, format, name, request=request)
