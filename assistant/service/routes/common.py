"""What several routes need: the service of a request, the check of a body's media type, examples."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from assistant.service.failures import WrongMedia
from assistant.service.state import Service, service_of

__all__ = ["At", "JsonBody", "MultipartBody", "example"]

At = Annotated[Service, Depends(service_of)]
"""The state of the application."""


def _json(request: Request) -> None:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise WrongMedia("application/json")


def _multipart(request: Request) -> None:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise WrongMedia("multipart/form-data")


JsonBody = Depends(_json)
MultipartBody = Depends(_multipart)


def example(**values: Any) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI `responses` entry of a successful reply with named examples."""
    named = {name: {"value": value} for name, value in values.items()}
    return {200: {"content": {"application/json": {"examples": named}}}}
