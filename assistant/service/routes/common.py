"""What several routes need: the service of a request, the check of a body's media type, examples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from assistant.service.failures import NotReady, Problem, WrongMedia
from assistant.service.state import Service, service_of
from corpus.errors import NotFound

__all__ = ["At", "JsonBody", "MultipartBody", "example", "indexed", "own_form"]

At = Annotated[Service, Depends(service_of)]
"""The state of the application."""


async def _json(request: Request) -> None:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise WrongMedia("application/json")


async def _multipart(request: Request) -> None:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise WrongMedia("multipart/form-data")


@contextmanager
def indexed() -> Iterator[None]:
    """Around what needs an index: a store without any document is a service that is not ready.

    Raises:
        NotReady: nothing has been added yet.
    """
    try:
        yield
    except NotFound as error:
        raise NotReady([Problem(where="index", problem=str(error))]) from error


def own_form(request: Request, at: Service, token: str) -> None:
    """Lets a form of somebody's session pass only with the token that its page was given.

    Raises:
        HTTPException: 403, where it carries another one or none.
    """
    session = request.scope.get("state", {}).get("session")
    if session is not None and not at.access.sessions.sent(session, token):
        raise HTTPException(403)


JsonBody = Depends(_json)
MultipartBody = Depends(_multipart)


def example(**values: Any) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI `responses` entry of a successful reply with named examples."""
    named = {name: {"value": value} for name, value in values.items()}
    return {200: {"content": {"application/json": {"examples": named}}}}
