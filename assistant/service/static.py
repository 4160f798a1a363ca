"""The stylesheet and the built scripts, with entity tags; pages name them with their hash, so they may be kept."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.service.words import say
from corpus.errors import NotFound

__all__ = ["router", "url"]

_FOLDER = Path(__file__).parent / "static"
_MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_KEPT = "public, max-age=31536000, immutable"
_CHECKED = "public, max-age=300, must-revalidate"

router = APIRouter(include_in_schema=False)


@cache
def _asset(name: str) -> tuple[bytes, str, str]:
    path = _FOLDER / name
    if path.parent != _FOLDER or path.suffix not in _MEDIA or not path.is_file():
        raise NotFound(say("error.static", name=name))
    content = path.read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:16], f"{_MEDIA[path.suffix]}; charset=utf-8"


def url(name: str) -> str:
    """The address of the asset `name`, which changes when its content does."""
    return f"/static/{name}?v={_asset(name)[1]}"


def _send(name: str, request: Request, caching: str) -> Response:
    content, tag, media = _asset(name)
    headers = {"ETag": f'"{tag}"', "Cache-Control": caching}
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media, headers=headers)


@router.get("/static/{name}")
def asset(name: str, request: Request) -> Response:
    """A built file."""
    return _send(name, request, _KEPT if "v" in request.query_params else _CHECKED)


@router.get("/widget.js")
def widget(request: Request) -> Response:
    """The chat widget, at the address that other sites name in a script tag."""
    return _send("widget.js", request, _CHECKED)


@router.get("/favicon.ico")
@router.get("/favicon.svg")
def icon(request: Request) -> Response:
    """The mark of the service."""
    return _send("favicon.svg", request, _CHECKED)
