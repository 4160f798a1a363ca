"""The OpenAPI document is good to read and to generate clients from."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from assistant.access.policy import OPEN, need
from assistant.service import create_app
from assistant.service.options import Options


def _described(home, **options):
    with TestClient(create_app(home, options=Options(**options))) as client:
        return client.get("/openapi.json", headers={"Authorization": "Bearer secret-of-sixteen"}).json()


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The description of a service that is open."""
    return _described(tmp_path_factory.mktemp("open"))


@pytest.fixture(scope="module")
def operations(described):
    """Each operation with its method and path."""
    return [(m, p, o) for p, item in described["paths"].items() for m, o in item.items()]


def test_names_are_short_and_each_its_own(operations):
    names = [o["operationId"] for _, _, o in operations]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z0-9]+){0,4}", name) for name in names), names
    assert {"ask", "search", "extract", "get_document", "create_chat_completion"} <= set(names)


def test_everything_is_said_in_a_sentence_under_a_tag(described, operations):
    tags = {tag["name"]: tag.get("description") for tag in described["tags"]}
    for method, path, operation in operations:
        assert 8 <= len(operation["summary"]) <= 120, (method, path)
        assert operation["description"].startswith(operation["summary"][:8]), (method, path)
        assert operation["tags"]
        assert all(tags.get(tag) for tag in operation["tags"]), operation["tags"]
    assert described["info"]["version"]
    assert described["info"]["summary"]


def test_every_reply_with_json_has_an_example(operations):
    for method, path, operation in operations:
        for status, response in operation["responses"].items():
            json = response.get("content", {}).get("application/json")
            told = json and ("example" in json or "examples" in json or json["schema"].get("type"))
            assert json is None or told, (method, path, status)


def test_what_stands_before_the_routes_is_described(operations):
    for method, path, operation in operations:
        if need(method.upper(), path) == OPEN:
            assert operation["security"] == [], path
            continue
        assert {"401", "403", "429"} <= set(operation["responses"]), path
        assert "Retry-After" in operation["responses"]["429"]["headers"]
        assert "WWW-Authenticate" in operation["responses"]["401"]["headers"]
        if "requestBody" in operation:
            assert {"400", "408", "413"} <= set(operation["responses"]), path


def test_a_key_is_asked_for_where_the_service_is_locked(described, operations, tmp_path):
    assert all(o["security"] in ([], [{}, {"key": []}]) for _, _, o in operations)
    scheme = described["components"]["securitySchemes"]["key"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    locked = _described(tmp_path, access={"mode": "keys"}, admin_token="secret-of-sixteen")
    for path, item in locked["paths"].items():
        for method, operation in item.items():
            wanted = [] if need(method.upper(), path) == OPEN else [{"key": []}]
            assert operation["security"] == wanted, (method, path)


def test_no_address_has_a_null_and_nothing_of_the_framework_shows(described, operations):
    for _, path, operation in operations:
        for parameter in operation.get("parameters", ()):
            assert {"type": "null"} not in parameter["schema"].get("anyOf", ()), (path, parameter["name"])
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_an_endless_event_id_is_passed_over(server):
    import httpx

    sent = {**server.headers, "Last-Event-ID": "9" * 5000}
    reply = httpx.post(f"{server.url}/api/ask/stream", json={"question": "Xin chào"}, headers=sent)
    assert reply.status_code == 200
    assert "event: done" in reply.text


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "٢٠٢٦-01-01", "2026-1-1", "0000-01-01"])
def test_a_day_must_be_in_the_calendar(server, day):
    import httpx

    reply = httpx.post(f"{server.url}/api/ask", json={"question": "a", "as_of": day}, headers=server.headers)
    assert reply.status_code == 422
    assert reply.json()["error"]["detail"][0]["where"] == "as_of"


def test_a_refused_method_is_told_all_that_are_served(operations, server):
    import httpx

    served = {}
    for method, path, _ in operations:
        served.setdefault(path.replace("{id}", "a"), set()).add(method.upper())
    for path, methods in served.items():
        reply = httpx.request("OPTIONS", f"{server.url}{path}", headers=server.headers)
        assert reply.status_code == 405, path
        assert methods <= set(reply.headers["allow"].split(", ")), path
