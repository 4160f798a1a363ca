"""Targets of a file that is uploaded and not kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import Response

from assistant.service import samples
from assistant.service.downloads import Format, attachment
from assistant.service.failures import documented
from assistant.service.routes.common import At, MultipartBody
from assistant.service.shapes import ExtractReply
from assistant.service.uploads import kept_briefly
from assistant.watch import audit

__all__ = ["router"]

router = APIRouter(tags=["extract"])

_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Targets in the format asked for.",
        "model": ExtractReply,
        "content": {
            "application/json": {"example": samples.EXTRACTED},
            "application/x-ndjson": {"schema": {"type": "string"}},
            "text/csv": {"schema": {"type": "string"}},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "format": "binary"}
            },
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
                "schema": {"type": "string", "format": "binary"}
            },
        },
    }
}


@router.post(
    "/api/extract",
    response_model=None,
    dependencies=[MultipartBody],
    responses={**_CONTENT, **documented(413, 415, 422, 501)},
)
def extract(
    at: At,
    file: Annotated[UploadFile, File(description="txt, html, md, docx or pdf with a text layer")],
    format: Annotated[Format, Query(description="json, jsonl, csv, xlsx or docx")] = "json",
) -> Response:
    """Reads a document and gives its targets, each with the words that state it."""
    with kept_briefly(file) as path:
        targets = at.desk.extract(path)
    audit.did(at.home, "extract", path.name, str(len(targets)))
    if format == "json":
        reply = ExtractReply(document=path.stem, targets=list(targets))
        return Response(reply.model_dump_json(), media_type="application/json")
    return attachment(targets, format, path.stem)
