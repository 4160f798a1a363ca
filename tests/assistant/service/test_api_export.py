"""The route that gives documents away in other formats."""

from __future__ import annotations

import pytest
from lxml import etree


@pytest.mark.parametrize(
    ("format", "media", "name"),
    [
        ("akn", "application/akn+xml", "123-qd-ttg-2024.akn.xml"),
        ("json", "application/json", "123-qd-ttg-2024.json"),
        ("text", "text/plain; charset=utf-8", "123-qd-ttg-2024.txt"),
    ],
)
def test_a_document_is_saved_under_its_name(client, format, media, name):
    reply = client.get("/api/documents/123-qd-ttg-2024/export", params={"format": format})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == media
    assert reply.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_the_formats_hold_the_document(client, desk):
    stored = desk.document("123-qd-ttg-2024")
    get = "/api/documents/123-qd-ttg-2024/export?format="
    assert client.get(get + "text").text == stored.text
    assert client.get(get + "json").json()["text"] == stored.text
    root = etree.fromstring(client.get(get + "akn").content)
    assert [e.get("eId") for e in root.iterfind(".//{*}article")] == ["dieu_1", "dieu_2", "dieu_3", "dieu_4"]


@pytest.mark.parametrize(("path", "status"), [("khong-co/export", 404), ("123-qd-ttg-2024/export?format=doc", 422)])
def test_what_cannot_be_given_is_an_error_of_the_one_shape(client, path, status):
    reply = client.get(f"/api/documents/{path}")
    assert reply.status_code == status
    assert reply.json()["error"]["code"]
