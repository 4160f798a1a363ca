"""The one model."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path

from assistant.service.routes.common import At, example
from assistant.service.routes.v1.errors import Refused, documented
from assistant.service.routes.v1.shapes import MODEL, Model, ModelList
from assistant.service.words import say

__all__ = ["router"]

router = APIRouter()

_EXAMPLE = {"id": MODEL, "object": "model", "created": 1767225600, "owned_by": MODEL}


@router.get("/v1/models", responses={**example(models={"object": "list", "data": [_EXAMPLE]}), **documented()})
def models(at: At) -> ModelList:
    """The models that chat clients may name: `chitieu`."""
    return ModelList(data=[Model(created=_built(at.home))])


@router.get("/v1/models/{id}", responses={**example(model=_EXAMPLE), **documented(400, 404)})
def model(at: At, id: Annotated[str, Path(max_length=200, examples=[MODEL])]) -> Model:
    """One model by its id."""
    if id != MODEL:
        raise Refused(say("v1.model", model=id, known=MODEL), "model", "model_not_found", 404)
    return Model(created=_built(at.home))


def _built(home: FilePath) -> int:
    """When the serving index was switched to, in seconds since 1970."""
    try:
        return int((home / "index" / "current").stat().st_mtime)
    except OSError:
        return 0
