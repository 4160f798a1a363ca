"""The OpenAPI description of the whole service: what FastAPI makes of the routes, put right and made good to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.access.policy import OPEN, need
from assistant.service.failures import documented
from assistant.service.routes.v1 import errors as openai_errors
from assistant.service.words import say
from corpus.permalink import slug

__all__ = ["describe"]

_TAGS = {
    "ask": "Questions, answered with citations or declined with a reason.",
    "search": "Passages, without an answer.",
    "extract": "Targets of a file that is not kept.",
    "documents": "The stored documents, their originals and exports.",
    "targets": "The register of targets.",
    "feedback": "What readers think of answers.",
    "openai": "The same answers in the shapes of OpenAI's API, for chat front ends. Errors have OpenAI's shape.",
    "access": "Who the service takes somebody for.",
    "health": "For the machines that watch the service.",
}
_NAMES = {
    "ask": "ask",
    "ask/stream": "ask_stream",
    "extract": "extract",
    "search": "search",
    "documents": "list_documents",
    "post documents": "store_document",
    "documents/{id}": "get_document",
    "documents/{id}/original": "get_original",
    "documents/{id}/export": "export_document",
    "targets": "list_targets",
    "targets/export": "export_targets",
    "suggestions": "list_suggestions",
    "feedback": "send_feedback",
    "me": "who_am_i",
    "healthz": "is_alive",
    "readyz": "is_ready",
    "models": "list_models",
    "models/{id}": "get_model",
    "chat/completions": "create_chat_completion",
}
"""What generated clients call the operation at an address; others are called after method and address."""
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key made by `chitieu key`, or a token of the identity provider that the settings name.",
}
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def describe(app: FastAPI, *, common: bool = True) -> None:
    """Makes `app.openapi()` give the description; it is made once.

    With `common`, each operation has also the errors that what stands before the routes may send.
    """

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _made(app, common)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _made(app: FastAPI, common: bool) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = schema.setdefault("components", {})
    for method, path, operation in _operations(schema):
        _drop_foreign_422(operation)
        operation["operationId"] = _name(method, path)
        operation["summary"] = _summary(operation)
        for parameter in operation.get("parameters", ()):
            _drop_null(parameter)
        if common:
            _add_common(method, path, operation, _locked(app))
    used = {tag for _, _, operation in _operations(schema) for tag in operation.get("tags", ())}
    schema["tags"] = [{"name": name, "description": text} for name, text in _TAGS.items() if name in used]
    schema["tags"] += [{"name": name} for name in sorted(used - set(_TAGS))]
    schema["info"]["summary"] = say("app.about")
    components["securitySchemes"] = {"key": _KEY}
    for name in ("HTTPValidationError", "ValidationError"):
        components.get("schemas", {}).pop(name, None)
    return schema


def _locked(app: FastAPI) -> bool:
    service = getattr(app.state, "service", None)
    return bool(service and service.access.locked)


def _add_common(method: str, path: str, operation: dict[str, Any], locked: bool) -> None:
    if need(method.upper(), path) == OPEN:
        operation["security"] = []
        return
    operation["security"] = [{"key": []}] if locked else [{}, {"key": []}]
    statuses = [401, 403, 429, 504] + ([400, 408, 413] if "requestBody" in operation else [])
    described = openai_errors.documented if path.startswith(openai_errors.PREFIX) else documented
    for status, response in described(*statuses).items():
        added = {key: value for key, value in response.items() if key != "model"}
        added["content"]["application/json"]["schema"] = {"$ref": f"#/components/schemas/{response['model'].__name__}"}
        operation["responses"].setdefault(str(status), added)
    for status, name in (("401", "WWW-Authenticate"), ("429", "Retry-After"), ("503", "Retry-After")):
        if status in operation["responses"]:
            operation["responses"][status]["headers"] = {name: {"schema": {"type": "string"}}}
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _drop_null(parameter: dict[str, Any]) -> None:
    """Says a parameter that may be left out as what it is: there is no null in an address or header."""
    schema = parameter["schema"]
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        schema.update(kinds[0])


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in schema.get("paths", {}).items():
        yield from ((method, path, operation) for method, operation in item.items() if method in _METHODS)


def _name(method: str, path: str) -> str:
    bare = re.sub(r"^/(api/|v1/)?", "", path)
    return _NAMES.get(f"{method} {bare}") or _NAMES.get(bare) or f"{method}_{slug(path)}".replace("-", "_")


def _summary(operation: dict[str, Any]) -> str:
    """The first sentence of the description, which says what the operation does."""
    first = re.split(r"(?<=[.;:])\s", " ".join(operation.get("description", "").split()))[0]
    return first.rstrip(".;:") or str(operation.get("summary", ""))


def _drop_foreign_422(operation: dict[str, Any]) -> None:
    """Removes the reply to invalid fields that FastAPI supposes where a route states none of its own."""
    said = operation["responses"].get("422", {})
    if "HTTPValidationError" in str(said.get("content", "")):
        del operation["responses"]["422"]
