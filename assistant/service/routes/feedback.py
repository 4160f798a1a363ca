"""What readers think of answers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from assistant.service import samples
from assistant.service.failures import documented
from assistant.service.feedback import keep
from assistant.service.routes.common import At, JsonBody
from assistant.service.shapes import FeedbackReply, FeedbackRequest

__all__ = ["router"]

router = APIRouter(tags=["feedback"])


@router.post(
    "/api/feedback",
    status_code=201,
    dependencies=[JsonBody],
    responses={
        201: {"content": {"application/json": {"example": samples.FEEDBACK_KEPT}}},
        **documented(413, 415, 422),
    },
)
def feedback(
    at: At, body: Annotated[FeedbackRequest, Body(openapi_examples={"feedback": {"value": samples.FEEDBACK}})]
) -> FeedbackReply:
    """Keeps a verdict on an answer for the people who mend the service."""
    return FeedbackReply(id=keep(at.home, body))
