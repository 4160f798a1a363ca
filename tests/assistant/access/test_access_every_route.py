"""Every route with every role, over a home with a hidden document: who gets in, and that nothing of it gets out."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from importlib import util
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from assistant.access.tally import Own

_SPEC = util.spec_from_file_location("chitieu_access_house", Path(__file__).parent / "conftest.py")
house_of = util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(house_of)
HIDDEN_ID, PUBLIC_ID, TRACES, PUBLIC, HIDDEN = (
    house_of.HIDDEN_ID, house_of.PUBLIC_ID, house_of.TRACES, house_of.PUBLIC, house_of.HIDDEN
)  # fmt: skip

OPEN, KNOWN, OWN = "open", "known", "own"
MAY = {
    "reader": {"ask", "read"},
    "insider": {"ask", "read"},
    "asker": {"ask"},
    "editor": {"ask", "read", "try", "correct", "store"},
    "other": {"ask", "read", "try", "correct", "store"},
    "admin": {"ask", "read", "try", "correct", "store", "manage"},
    "secret": {"ask", "read", "try", "correct", "store", "manage"},
}
OUTSIDERS = ("reader", "asker", "editor", "other")
VISITOR = {"ask", "read", "try", "correct"}

ASKED = (
    "Đến năm 2025 bao nhiêu phần trăm hộ dân nông thôn được dùng nước sạch?",
    "Đến năm 2027 bao nhiêu phần trăm hồ chứa được gắn camera?",
    "Có những mục tiêu nào đến năm 2027?",
    "So sánh tỷ lệ hộ dân nông thôn dùng nước sạch giữa các quyết định",
    "Quyết định số 55/QĐ-UBND còn hiệu lực không? Văn bản nào thay thế?",
    "Văn bản nào quy định về hồ chứa?",
    "Có bao nhiêu văn bản về cấp nước? Liệt kê số, ký hiệu.",
    "bao nhieu choi gac duoc xay",
    "Lắp đặt bao nhiêu phao ngăn tại cửa xả?",
    "Kế hoạch mới nhất của Ủy ban nhân dân tỉnh Hải Vân nói gì?",
    "KH bảo vệ hồ chứa đến năm 2027 viết tắt là gì?",
    "ho chua, phao, choi gac, camera",
)
HISTORY = [
    {"role": "user", "content": "Kế hoạch bảo vệ hồ chứa đến năm 2027 có mục tiêu gì?"},
    {"role": "assistant", "content": "Tôi đã nêu các mục tiêu đến năm 2027."},
]
MESSAGES = [*HISTORY, {"role": "user", "content": ASKED[1]}]
FILE = ("thu.txt", ("QUYẾT ĐỊNH\nĐiều 1. Đến năm 2027, 30% hồ chứa được gắn camera giám sát.\n").encode())


class Call(NamedTuple):
    """One request: what to fill into the address, and what to send."""

    fill: Mapping = MappingProxyType({})
    send: Mapping = MappingProxyType({})


def _asks(**more):
    return [Call(send={"json": {"question": q, **more}}) for q in ASKED]


def _reads(*queries):
    return [Call(send={"params": q}) for q in queries]


BOTH = [Call({"id": PUBLIC_ID}), Call({"id": HIDDEN_ID})]
ROUTES = {
    ("GET", "/"): ("ask", [*_reads({}, *({"q": q} for q in ASKED)), *_reads({"q": ASKED[1], "before": ASKED[2]})]),
    ("POST", "/api/ask"): ("ask", [*_asks(), *_asks(scope=[HIDDEN_ID]), *_asks(scope=[HIDDEN_ID, PUBLIC_ID]), *_asks(history=HISTORY), *_asks(as_of="2024-01-01")]),
    ("POST", "/api/ask/stream"): ("ask", [*_asks()[:3], *_asks(scope=[HIDDEN_ID])[:2]]),
    ("GET", "/api/suggestions"): ("ask", [Call()]),
    ("POST", "/api/feedback"): ("ask", [Call(send={"json": {"question": "a?", "answer": "b", "verdict": "up"}})]),
    ("POST", "/v1/chat/completions"): ("ask", [
        *(Call(send={"json": {"model": "chitieu", "messages": [{"role": "user", "content": q}]}}) for q in ASKED[:4]),
        Call(send={"json": {"model": "chitieu", "messages": MESSAGES, "stream": True}}),
    ]),
    ("GET", "/v1/models"): ("ask", [Call()]),
    ("GET", "/v1/models/{id}"): ("ask", [Call({"id": "chitieu"})]),
    ("GET", "/api/search"): ("read", [
        *_reads(*({"q": q, "k": 50} for q in ASKED)), *_reads({"q": "hồ chứa", "scope": HIDDEN_ID}),
        *_reads({"q": "hồ chứa", "scope": [HIDDEN_ID, PUBLIC_ID]}),
    ]),
    ("GET", "/api/documents"): ("read", _reads({}, {"q": "nước"}, {"q": "hồ chứa"}, {"limit": 1, "offset": 1})),
    ("GET", "/api/documents/{id}"): ("read", BOTH),
    ("GET", "/api/documents/{id}/original"): ("read", BOTH),
    ("GET", "/api/documents/{id}/export"): ("read", [
        Call({"id": i}, {"params": {"format": f}}) for i in (PUBLIC_ID, HIDDEN_ID) for f in ("akn", "json", "text")
    ]),
    ("GET", "/api/targets"): ("read", _reads({}, {"q": "hộ dân"}, {"q": "hồ chứa"}, {"document": HIDDEN_ID}, {"document": PUBLIC_ID}, {"year": 2027}, {"document": "mat"})),
    ("GET", "/api/targets/export"): ("read", _reads(*({"format": f} for f in ("xlsx", "docx", "csv", "json", "jsonl")), {"format": "csv", "document": HIDDEN_ID})),
    ("POST", "/api/extract"): ("try", [Call(send={"files": {"file": FILE}})]),
    ("GET", "/documents"): ("read", _reads({}, {"q": "hồ chứa"})),
    ("GET", "/documents/{id}"): ("read", [*BOTH, Call({"id": PUBLIC_ID}, {"params": {"q": "nước"}}), Call({"id": "mat"})]),
    ("GET", "/targets"): ("read", _reads({}, {"q": "hộ dân"}, {"year": "2027"}, {"document": PUBLIC_ID})),
    ("GET", "/targets/timeline"): ("read", _reads({"q": "hộ dân nông thôn"}, {"q": "hồ chứa"}, {"q": "nước sạch"})),
    ("GET", "/vn/{address:path}"): ("read", [
        Call({"address": "uy-ban-nhan-dan-tinh-hai-van/quyet-dinh/909-qd-ubnd@2023-08-20"}),
        Call({"address": "uy-ban-nhan-dan-tinh-hai-van/quyet-dinh/55-qd-ubnd@2021-03-12"}),
    ]),
    ("GET", "/workbench"): ("try", [Call()]),
    ("POST", "/workbench"): ("try", [
        Call(send={"files": {"file": FILE}, "data": {"against": PUBLIC_ID}}),
        Call(send={"files": {"file": FILE}, "data": {"against": HIDDEN_ID}}),
    ]),
    ("POST", "/workbench/export"): ("try", [Call(send={"data": {"targets": "[]", "format": "csv"}})]),
    ("POST", "/workbench/corrections"): ("correct", [Call(send={"data": {"targets": "[]", "text": '"a"', "who": "Tôi", "name": "thu"}})]),
    ("GET", "/openapi.json"): (KNOWN, [Call()]),
    ("GET", "/api/me"): (KNOWN, [Call()]),
    ("POST", "/api/documents"): ("store", [Call(send={"files": {"file": ("khong.txt", b"")}})]),
    ("GET", "/healthz"): (OPEN, [Call()]),
    ("GET", "/readyz"): (OPEN, [Call()]),
    ("GET", "/metrics"): (OPEN, [Call()]),
    ("GET", "/static/{name}"): (OPEN, [Call({"name": "app.css"})]),
    ("GET", "/widget.js"): (OPEN, [Call()]),
    ("GET", "/favicon.ico"): (OPEN, [Call()]),
    ("GET", "/favicon.svg"): (OPEN, [Call()]),
    ("GET", "/login"): (OPEN, [Call()]),
    ("POST", "/login"): (OWN, []),
    ("GET", "/login/start"): (OPEN, [Call()]),
    ("GET", "/login/done"): (OPEN, [Call()]),
    ("POST", "/logout"): (OPEN, [Call()]),
    ("GET", "/admin"): (OWN, [Call()]),
    ("POST", "/admin/session"): (OWN, []),
    ("POST", "/admin/leave"): ("manage", []),
    ("POST", "/admin/documents"): ("manage", []),
    ("GET", "/admin/documents/{id}"): ("manage", BOTH),
    ("POST", "/admin/documents/{id}"): ("manage", []),
    ("POST", "/admin/collections"): ("manage", []),
    ("POST", "/admin/remove"): ("manage", []),
    ("GET", "/admin/index"): ("manage", [Call()]),
    ("POST", "/admin/index"): ("manage", []),
    ("GET", "/admin/questions"): ("manage", [Call()]),
    ("GET", "/admin/health"): ("manage", [Call()]),
    ("GET", "/admin/log"): ("manage", [Call()]),
}  # fmt: skip
"""What each route needs, and requests that try it; a route that changes the home has none and is only knocked at."""


def routes_of(app):
    """Method and address of every route, however deep it was included."""

    def walk(routes, prefix=""):
        for route in routes:
            inner = getattr(route, "original_router", None)
            if inner is not None:
                yield from walk(inner.routes, prefix + (route.include_context.prefix or ""))
            elif getattr(route, "routes", None):
                yield from walk(route.routes, prefix + route.path)
            else:
                yield from ((m, prefix + route.path) for m in getattr(route, "methods", None) or {"ANY"} if m != "HEAD")

    return set(walk(app.routes))


def called(client, route, call, key="", **headers):
    """The response to `call`."""
    path = re.sub(r"\{(\w+)(:path)?\}", lambda m: call.fill.get(m[1], "x"), route[1])
    shown = {"Authorization": f"Bearer {key}"} if key else {}
    return client.request(route[0], path, headers={**shown, **headers}, follow_redirects=False, **call.send)


def words_of(response):
    """Everything that a response says, headers too; files that are archives are unpacked."""
    parts = [json.dumps(dict(response.headers), ensure_ascii=False)]
    if response.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            parts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    else:
        parts.append(response.content.decode("utf-8", "replace"))
    text = " ".join(parts)
    unescaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return unicodedata.normalize("NFC", " ".join((text, unescaped, html.unescape(text), unquote(text))))


def leaked(response, call):
    """The traces of the hidden document in a response, without what the request itself had said."""
    text = words_of(response)
    text = re.sub(r"(?<=[0-9a-f])909|909(?=[0-9a-f])|\b[0-9a-f]{16,}\b", "", text)
    sent = [*call.fill.values(), *call.send.get("params", {}).values(), *call.send.get("data", {}).values()]
    for said in sorted({str(v) for v in sent}, key=len, reverse=True):
        text = text.replace(said, "")
    folded = text.casefold()
    return sorted(t for t in TRACES if t.casefold() in folded)


@pytest.fixture(scope="module")
def client(locked):
    with TestClient(locked, raise_server_exceptions=False) as client:
        for _ in range(600):
            if client.get("/readyz").status_code == 200:
                break
        yield client


@pytest.fixture(scope="module")
def visitor(opened):
    with TestClient(opened, raise_server_exceptions=False) as client:
        yield client


def test_every_route_is_in_the_table(locked):
    assert routes_of(locked) == set(ROUTES)


def test_a_route_that_nobody_thought_of_is_the_administrators(client, house):
    for key, status in (
        ("", 401),
        (house.keys["reader"], 404),
        (house.keys["editor"], 404),
        (house.keys["admin"], 404),
    ):
        assert client.get("/api/new", headers={"Authorization": f"Bearer {key}"} if key else {}).status_code == status
    assert "/api/new" not in {path for _, path in ROUTES}


@pytest.mark.parametrize("route", sorted(ROUTES), ids=" ".join)
@pytest.mark.parametrize("who", ["nobody", "wrong", "ended"])
def test_nobody_gets_in_without_a_key_that_works(client, house, route, who):
    client.app.state.service.access.wrong._rows = Own()
    needed, calls = ROUTES[route]
    response = called(client, route, (calls or [Call()])[0], house.keys[who])
    if who != "nobody" and (needed != OPEN or route[1] in ("/login", "/logout", "/login/start", "/login/done")):
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == 'Bearer realm="chitieu", error="invalid_token"'
    elif needed in (OPEN, OWN):
        assert response.status_code in (200, 303, 403, 404, 422)
    elif route[1].startswith("/admin"):
        assert response.status_code in (401, 403)
    else:
        assert response.status_code == 401, response.text
        assert response.headers["www-authenticate"].startswith("Bearer")
    assert leaked(response, (calls or [Call()])[0]) == []


@pytest.mark.parametrize("route", sorted(ROUTES), ids=" ".join)
@pytest.mark.parametrize("who", sorted(MAY))
def test_each_role_may_what_it_may_and_nothing_else(client, house, route, who):
    needed, calls = ROUTES[route]
    allowed = needed in (OPEN, OWN, KNOWN) or needed in MAY[who]
    call = next((c for c in calls if c.fill.get("id") != HIDDEN_ID), None)
    if call is None:
        if not allowed:
            assert called(client, route, Call(), house.keys[who]).status_code == 403
        return
    status = called(client, route, call, house.keys[who]).status_code
    assert (status not in (401, 403)) if allowed else (status == 403), status
    assert status < 500


@pytest.mark.parametrize("route", sorted(r for r in ROUTES if ROUTES[r][1]), ids=" ".join)
@pytest.mark.parametrize("who", OUTSIDERS)
def test_nothing_of_a_hidden_document_gets_out(client, house, route, who):
    for call in ROUTES[route][1]:
        response = called(client, route, call, house.keys[who])
        assert leaked(response, call) == [], (call, response.text[:2000])
        if call.fill.get("id") == HIDDEN_ID:
            assert response.status_code in (403, 404)


@pytest.mark.parametrize("route", sorted(r for r in ROUTES if ROUTES[r][1]), ids=" ".join)
def test_nothing_of_it_gets_out_to_visitors_of_an_open_service(visitor, route):
    for call in ROUTES[route][1]:
        response = called(visitor, route, call)
        assert leaked(response, call) == [], (call, response.text[:2000])
        if call.fill.get("id") == HIDDEN_ID:
            assert response.status_code in (403, 404)
        if ROUTES[route][0] in VISITOR and call.fill.get("id") != HIDDEN_ID:
            assert response.status_code not in (401, 403)


def test_those_who_may_see_it_do(client, house):
    """Otherwise the tests above would pass on a service that shows nothing."""
    seen = set()
    for who in ("insider", "admin"):
        for route in (r for r in ROUTES if ROUTES[r][0] in ("ask", "read")):
            for call in ROUTES[route][1]:
                if (who, route[1]) not in seen and leaked(called(client, route, call, house.keys[who]), call):
                    seen.add((who, route[1]))
    shows = {
        "/", "/api/ask", "/api/ask/stream", "/api/search", "/api/documents", "/api/documents/{id}", "/documents",
        "/api/documents/{id}/original", "/api/documents/{id}/export", "/api/targets", "/api/targets/export",
        "/documents/{id}", "/targets", "/targets/timeline", "/v1/chat/completions",
    }  # fmt: skip
    assert {(who, path) for who in ("insider", "admin") for path in shows} <= seen


def test_counts_do_not_tell_that_there_is_more(client, house):
    def total(key, path):
        return client.get(path, headers={"Authorization": f"Bearer {house.keys[key]}"}).json()["total"]

    assert [total(who, "/api/documents") for who in ("reader", "insider")] == [1, 2]
    assert total("reader", "/api/targets") < total("insider", "/api/targets")


def test_an_answer_is_the_one_of_a_service_that_never_had_the_document(client, house, tmp_path):
    from assistant.workspace import Workspace

    file = tmp_path / f"{PUBLIC_ID}.txt"
    file.write_text(PUBLIC, "utf-8")
    alone = Workspace(tmp_path / "home")
    alone.add([file])
    headers = {"Authorization": f"Bearer {house.keys['reader']}"}
    for question in ASKED:
        got = client.post("/api/ask", json={"question": question}, headers=headers).json()
        expected = alone.ask(question).model_dump(mode="json")
        assert {k: got[k] for k in ("answer", "abstained", "reason", "standalone", "suggestions")} == {
            k: expected[k] for k in ("answer", "abstained", "reason", "standalone", "suggestions")
        }, question
