"""Search for passages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.service import samples
from assistant.service.failures import documented
from assistant.service.routes.common import At, example, indexed
from assistant.service.shapes import HitLine, SearchReply
from assistant.service.state import Service

__all__ = ["router"]

router = APIRouter(tags=["search"])


@router.get("/api/search", responses={**example(found=samples.SEARCH), **documented(422, 503)})
async def search(
    at: At,
    q: Annotated[str, Query(min_length=1, max_length=2000, examples=["trạm quan trắc nước"])],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    scope: Annotated[list[str] | None, Query(max_length=100, description="ids: only these documents")] = None,
) -> SearchReply:
    """The passages nearest to the query, best first."""
    return await at.thinking.of(_found, at, q, k, scope)


def _found(at: Service, q: str, k: int, scope: list[str] | None) -> SearchReply:
    from indexer.search import Filter

    lines = []
    with indexed():
        hits = at.desk.search(q, k, Filter(documents=frozenset(scope)) if scope else None)
    for hit in hits:
        p = hit.passage
        lines.append(
            HitLine(
                document=p.document,
                path=p.path,
                context=p.context,
                start=p.start,
                end=p.end,
                text=p.text,
                score=float(hit.score),
            )
        )
    return SearchReply(query=q, hits=lines)
