"""Chat completions and models in the shapes of OpenAI's API, so that chat front ends can use chitieu as a model."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.service.routes.v1 import completions, models

__all__ = ["router"]

router = APIRouter(tags=["openai"])
for _part in (models, completions):
    router.include_router(_part.router)
