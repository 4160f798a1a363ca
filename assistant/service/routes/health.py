"""For the machines that watch the service."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.service.failures import NotReady, documented
from assistant.service.routes.common import At, example
from assistant.service.shapes import HealthReply

__all__ = ["router"]

router = APIRouter(tags=["health"])


@router.get("/healthz", responses={**example(lives={"status": "ok"})})
async def healthz() -> HealthReply:
    """The process lives; says nothing about whether it can answer."""
    return HealthReply(status="ok")


@router.get("/readyz", responses={**example(ready={"status": "ready"}), **documented(503)})
def readyz(at: At) -> HealthReply:
    """Store, index generation and model are in place and a search succeeds; otherwise 503 and which part is missing."""
    problems = at.readiness.check()
    if problems:
        raise NotReady(problems)
    return HealthReply(status="ready")
