"""The OpenAPI description tells the truth: examples fit, requests in it work, errors are of the one shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from assistant.service.failures import ErrorReply
from assistant.service.routes import routers
from assistant.service.routes.v1.shapes import OpenAIErrorReply

ROUTES = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
NAMES = [f"{','.join(r.methods)} {r.path}" for r in ROUTES]
DESCRIBED = {
    "/api/ask", "/api/ask/stream", "/api/extract", "/api/search", "/api/documents", "/api/documents/{id}",
    "/api/documents/{id}/original", "/api/targets", "/api/targets/export", "/api/feedback", "/healthz", "/readyz",
}  # fmt: skip


def _examples(response: dict[str, Any]) -> Iterator[Any]:
    for media in response.get("content", {}).values():
        if "example" in media:
            yield media["example"]
        yield from (e["value"] for e in media.get("examples", {}).values())


def _operations(client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def test_all_routes_are_described(client):
    paths = {path for _, path, _ in _operations(client)}
    assert paths >= DESCRIBED
    assert all(operation["summary"] and operation["description"] for _, _, operation in _operations(client))


@pytest.mark.parametrize("route", ROUTES, ids=NAMES)
def test_examples_of_replies_fit_the_model(route):
    found = 0
    for status, response in route.responses.items():
        errors = OpenAIErrorReply if route.path.startswith("/v1/") else ErrorReply
        model = errors if int(status) >= 400 else response.get("model") or route.response_model
        for example in _examples(response):
            found += 1
            if model is not None:
                TypeAdapter(model).validate_python(example)
    assert found


def test_errors_are_documented_with_the_one_shape(client):
    for method, path, operation in _operations(client):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"]["application/json"]["schema"]
                shape = "OpenAIErrorReply" if path.startswith("/v1/") else "ErrorReply"
                assert schema == {"$ref": f"#/components/schemas/{shape}"}, (method, path, status)
    assert "HTTPValidationError" not in client.get("/openapi.json").text


def test_example_requests_succeed(client):
    tried = 0
    for method, path, operation in _operations(client):
        media = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in media.get("examples", {}).values():
            tried += 1
            reply = client.request(method, path, json=example["value"])
            assert reply.status_code < 300, (path, reply.text)
    assert tried >= 3


def test_what_is_sent_is_documented(client):
    """Each status that a request can provoke stands in the description of its route."""
    described = {(m.upper(), p): set(o["responses"]) for m, p, o in _operations(client)}
    provoked = [
        ("POST", "/api/ask", {"json": {}}),
        ("POST", "/api/ask", {"content": b"a"}),
        ("POST", "/api/ask", {"content": b"a" * 300_000}),
        ("POST", "/api/extract", {"json": {}}),
        ("POST", "/api/extract", {"files": {"a": ("b", b"c")}}),
        ("POST", "/api/feedback", {"json": {}}),
        ("GET", "/api/search", {}),
        ("GET", "/api/documents?limit=a", {}),
        ("GET", "/api/targets?year=a", {}),
        ("GET", "/api/targets?document=none", {}),
        ("GET", "/api/targets/export?document=none", {}),
        ("GET", "/healthz", {}),
        ("GET", "/readyz", {}),
    ]
    for method, path, extra in provoked:
        status = client.request(method, path, **extra).status_code
        assert str(status) in described[method, path.split("?")[0]], (method, path, status)
