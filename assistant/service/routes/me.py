"""Who the service takes somebody for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from assistant.access import Identity
from assistant.service.failures import documented
from assistant.service.routes.common import At, example

__all__ = ["Me", "router"]

router = APIRouter(tags=["access"])


class Me(BaseModel):
    """Somebody's name, role and what follows from it; a visitor of an open service has neither name nor role."""

    name: str
    kind: str
    role: str | None
    permissions: list[str]
    collections: list[str]


_EXAMPLE = {"name": "intranet", "kind": "key", "role": "reader", "permissions": ["ask", "read"], "collections": []}


@router.get("/api/me", responses={**example(key=_EXAMPLE), **documented(401)})
def me(at: At, request: Request) -> Me:
    """What the credentials of this request allow."""
    identity: Identity = request.scope.get("state", {}).get("identity") or at.access.visitor
    return Me(
        name=identity.name,
        kind=identity.kind,
        role=identity.role,
        permissions=sorted(identity.permissions),
        collections=sorted(identity.collections),
    )
