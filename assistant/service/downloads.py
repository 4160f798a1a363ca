"""Targets as files to take away."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from assistant.targets.export import MEDIA_TYPES, Format, write

if TYPE_CHECKING:
    from assistant.targets.target import Target
    from corpus.document import Document

__all__ = ["Format", "attachment"]


def attachment(
    targets: Sequence[Target],
    format: Format,
    name: str,
    *,
    request: Request | None = None,
    documents: Mapping[str, Document] | None = None,
) -> Response:
    """`targets` as a file `name.format` that a browser saves; with `request`, quotes link to this service's viewer."""
    out = io.BytesIO()
    base = str(request.base_url) if request else None
    write(targets, format, out, documents=documents, base_url=base)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.{format}",
        "Cache-Control": "no-store",
    }
    return Response(out.getvalue(), media_type=MEDIA_TYPES[format], headers=headers)
