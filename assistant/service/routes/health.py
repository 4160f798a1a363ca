"""For the machines that watch the service."""

from __future__ import annotations

import json
import time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from assistant.service.failures import NotReady, documented, of
from assistant.service.routes.common import At, example
from assistant.service.routes.metrics import watch_for
from assistant.service.shapes import HealthReply
from assistant.watch.call import unwatched
from assistant.watch.gauges import disk_of, generation_of, store_answers
from assistant.watch.ledger import Ledger
from assistant.watch.watching import Watch

__all__ = ["router"]

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model_exclude_none=True, responses={**example(lives={"status": "ok"})})
async def healthz(request: Request) -> HealthReply:
    """The process lives; says nothing about whether it can answer."""
    watch = watch_for(request)
    return HealthReply(status="ok", **_running(watch)) if watch else HealthReply(status="ok")


@router.get(
    "/readyz",
    response_model=HealthReply,
    response_model_exclude_none=True,
    responses={**example(ready={"status": "ready"}), **documented(503)},
)
def readyz(at: At, request: Request) -> HealthReply | Response:
    """Store, index generation and model are in place and a search succeeds; otherwise 503 and which part is missing."""
    with unwatched():
        problems = at.readiness.check()
    request.app.state.watch.ready = not problems
    watch = watch_for(request)
    found = HealthReply(status="not_ready" if problems else "ready", **(_standing(watch) if watch else {}))
    if not problems:
        return found
    refusal = of(NotReady(problems))
    body = json.loads(bytes(refusal.body)) | found.model_dump(mode="json", exclude_none=True)
    return JSONResponse(body, status_code=503, headers={"Retry-After": refusal.headers["retry-after"]})


def _running(watch: Watch) -> dict[str, Any]:
    return {"version": watch.version, "uptime_seconds": int(time.time() - watch.began)}


def _standing(watch: Watch) -> dict[str, Any]:
    """What those may know who may read the metrics."""
    generation = generation_of(watch.home)
    last = Ledger(watch.home).last()
    return _running(watch) | {
        "store": "up" if store_answers(watch.desk) else "down",
        "index": generation,
        "disk": disk_of(watch.home),
        "encoder": generation.encoder if generation else None,
        "phraser": watch.phraser,
        "audit_records": last.n if last else 0,
    }
