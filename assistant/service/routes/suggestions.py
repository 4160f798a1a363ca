"""Questions to show before anyone has asked."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.service import samples
from assistant.service.failures import documented
from assistant.service.routes.common import At, example
from assistant.service.shapes import SuggestionList

__all__ = ["router"]

router = APIRouter(tags=["ask"])


@router.get("/api/suggestions", responses={**example(questions=samples.SUGGESTIONS), **documented()})
def suggestions(at: At) -> SuggestionList:
    """Questions that the stored documents answer; none until the service has found some after its start."""
    return SuggestionList(suggestions=list(at.suggestions))
