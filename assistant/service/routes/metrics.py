"""Numbers for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from assistant.watch.watching import Watch, may_look

__all__ = ["router", "watch_for"]

router = APIRouter(include_in_schema=False)


def watch_for(request: Request) -> Watch | None:
    """What watches the application, where whoever asks may look at it."""
    watch: Watch = request.app.state.watch
    client = request.client.host if request.client else None
    return watch if may_look(watch.opening, client, request.headers) else None


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """All metrics in the text format of Prometheus; for those who may not look there is no such page."""
    watch = watch_for(request)
    if watch is None:
        raise HTTPException(404)
    content, media = await run_in_threadpool(watch.scrape)
    return Response(content, media_type=media, headers={"Cache-Control": "no-store"})
