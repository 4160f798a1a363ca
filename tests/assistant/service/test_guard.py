"""Headers, origins, caching."""

from __future__ import annotations

import pytest

from assistant.service.uploads import LONGEST, file_name

ANYTHING = ["/", "/?q=trạm quan trắc", "/documents", "/documents/123-qd-ttg-2024", "/workbench", "/api/documents",
            "/openapi.json", "/nowhere", "/widget.js", "/static/app.css", "/healthz"]  # fmt: skip


@pytest.mark.parametrize("path", ANYTHING)
def test_strict_policy_everywhere(client, path):
    headers = client.get(path, headers={"accept": "text/html"}).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "connect-src", "img-src", "font-src", "form-action"):
        assert policy[kind] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] in ("'self' https://intranet.example.vn", "'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert set(policy) == {
        "default-src", "script-src", "connect-src", "style-src", "img-src", "font-src", "base-uri", "form-action",
        "frame-ancestors",
    }  # fmt: skip
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers


@pytest.mark.parametrize(
    "path", ["/", "/?q=trạm quan trắc", "/documents", "/documents/123-qd-ttg-2024?q=a", "/workbench"]
)
def test_pages_have_nothing_inline_and_nothing_from_elsewhere(client, path):
    text = client.get(path).text
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
    assert "<script>" not in text
    assert 'src="http' not in text
    assert 'href="http' not in text


def test_a_known_origin_may_ask(client):
    headers = {"origin": "https://intranet.example.vn"}
    reply = client.post("/api/ask", json={"question": "trạm quan trắc"}, headers=headers)
    assert reply.headers["access-control-allow-origin"] == headers["origin"]
    asked = {**headers, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert client.options("/api/ask", headers=asked).status_code == 200


def test_a_known_origin_can_read_failures_too(client):
    headers = {"origin": "https://intranet.example.vn"}
    for body in ({"question": "nổ máy"}, {}):
        reply = client.post("/api/ask", json=body, headers=headers)
        assert reply.headers["access-control-allow-origin"] == headers["origin"]


def test_a_foreign_origin_may_not(client):
    reply = client.post("/api/ask", json={"question": "trạm quan trắc"}, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize("origin", ["https://intranet.example.vn", "https://evil.example"])
@pytest.mark.parametrize("method", ["get", "options"])
def test_cookies_never_cross_to_another_origin(client, origin, method):
    asked = {"origin": origin, "access-control-request-method": "POST", "cookie": "chitieu_session=a"}
    assert "access-control-allow-credentials" not in getattr(client, method)("/api/documents", headers=asked).headers


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/cron.d/x", "x"),
        ("C:\\a\\b.txt", "b.txt"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("...", "tai-lieu"),
        ("..", "tai-lieu"),
        ("", "tai-lieu"),
        (None, "tai-lieu"),
        (".htaccess", "htaccess"),
    ],
)
def test_the_name_of_an_upload_leads_nowhere(tmp_path, sent, kept):
    name = file_name(sent)
    assert name == kept
    assert (tmp_path / name).parent == tmp_path
    assert len(file_name("ữ" * 500 + ".docx").encode()) <= LONGEST + len(".docx")


def test_static_files_are_named_by_content_and_revalidate(client):
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    reply = client.get(address)
    assert "immutable" in reply.headers["cache-control"]
    again = client.get("/widget.js", headers={"if-none-match": client.get("/widget.js").headers["etag"]})
    assert again.status_code == 304


def test_only_the_widget_may_be_loaded_by_other_sites(client):
    assert client.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert client.get("/static/app.css").headers["cross-origin-resource-policy"] == "same-origin"


_OPENAI_CLIENT = (
    "authorization,content-type,x-stainless-arch,x-stainless-helper-method,x-stainless-lang,x-stainless-os,"
    "x-stainless-package-version,x-stainless-retry-count,x-stainless-runtime,x-stainless-runtime-version,"
    "x-stainless-timeout,openai-organization,openai-project"
)


def _preflight(client, origin, headers):
    asked = {"access-control-request-method": "POST", "access-control-request-headers": headers}
    return client.options("/v1/chat/completions", headers={"origin": origin, **asked})


def test_a_browser_lets_the_openai_client_of_a_known_origin_through(client):
    reply = _preflight(client, "https://intranet.example.vn", _OPENAI_CLIENT)
    assert reply.status_code == 200
    allowed = {name.strip().lower() for name in reply.headers["access-control-allow-headers"].split(",")}
    assert allowed >= set(_OPENAI_CLIENT.split(","))
    assert "access-control-allow-credentials" not in reply.headers


def test_neither_other_origins_nor_other_headers_pass(client):
    foreign = _preflight(client, "https://evil.example", _OPENAI_CLIENT)
    assert foreign.status_code == 400
    assert "access-control-allow-origin" not in foreign.headers
    assert _preflight(client, "https://intranet.example.vn", "x-secret").status_code == 400


def test_pages_of_a_known_origin_can_read_how_long_to_wait(client):
    reply = client.get("/api/suggestions", headers={"origin": "https://intranet.example.vn"})
    assert "retry-after" in reply.headers["access-control-expose-headers"]
