"""Every error has one shape, says what is wrong in one line, and leaks nothing."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.service import create_app
from assistant.service.options import Options
from corpus.errors import IndexDamaged, MissingPart, NotFound, StoreError

JSON = {"content-type": "application/json"}

ERRORS = [
    ("GET", "/api/nowhere", {}, 404, "not_found"),
    ("GET", "/api/documents/khong-co", {}, 404, "not_found"),
    ("GET", "/api/targets?document=khong-co", {}, 404, "not_found"),
    ("GET", "/vn/qd-ttg/1999/1", {}, 404, "not_found"),
    ("GET", "/static/..%2Fapp.py", {}, 404, "not_found"),
    ("GET", "/api/ask", {}, 405, "method_not_allowed"),
    ("DELETE", "/api/documents/123-qd-ttg-2024", {}, 405, "method_not_allowed"),
    ("POST", "/api/ask", {"content": b"x" * 300_000, "headers": JSON}, 413, "payload_too_large"),
    ("POST", "/api/extract", {"files": {"file": ("a.txt", b"x" * 70_000)}}, 413, "payload_too_large"),
    ("POST", "/api/ask", {"content": b"question=1"}, 415, "unsupported_media_type"),
    ("POST", "/api/ask/stream", {"data": {"question": "a"}}, 415, "unsupported_media_type"),
    ("POST", "/api/extract", {"json": {"file": "a"}}, 415, "unsupported_media_type"),
    ("POST", "/api/extract", {"files": {"file": ("a.exe", b"\xff\xfe\x80MZ")}}, 415, "unreadable_file"),
    ("POST", "/api/extract", {"files": {"file": ("a.txt", b"")}}, 415, "unreadable_file"),
    ("POST", "/api/extract", {"files": {"other": ("a.txt", b"a")}}, 422, "invalid_input"),
    ("POST", "/api/extract?format=exe", {"files": {"file": ("a.txt", b"a")}}, 422, "invalid_input"),
    ("POST", "/api/ask", {"content": b"{not json", "headers": JSON}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {}}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {"question": "   "}}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {"question": "a" * 2001}}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {"question": "a", "as_of": "hôm qua"}}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {"question": "a", "history": [{"role": "user"}]}}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {"question": "a", "colour": "red"}}, 422, "invalid_input"),
    ("POST", "/api/feedback", {"json": {"question": "a", "answer": "b", "verdict": "so-so"}}, 422, "invalid_input"),
    ("GET", "/api/search", {}, 422, "invalid_input"),
    ("GET", "/api/search?q=a&k=0", {}, 422, "invalid_input"),
    ("GET", "/api/documents?limit=many", {}, 422, "invalid_input"),
    ("GET", "/api/targets?status=maybe", {}, 422, "invalid_input"),
    ("POST", "/api/ask", {"json": {"question": "nổ máy"}}, 500, "internal_error"),
]


@pytest.mark.parametrize(("method", "path", "extra", "status", "code"), ERRORS)
def test_one_shape(client, method, path, extra, status, code):
    reply = client.request(method, path, **extra)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/json"
    body = reply.json()
    assert set(body) == {"error"}
    assert set(body["error"]) <= {"code", "message", "detail", "request_id"}
    assert body["error"]["code"] == code
    assert body["error"]["message"].strip()
    assert "\n" not in body["error"]["message"]
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text


def test_a_missing_field_is_named(client):
    detail = client.post("/api/ask", json={}).json()["error"]["detail"]
    assert detail == [{"where": "question", "problem": "bắt buộc phải có"}]


def test_a_body_without_a_length_is_cut_off(client):
    chunks = (b"x" * 50_000 for _ in range(20))
    reply = client.post("/api/ask", content=chunks, headers=JSON)
    assert reply.json()["error"]["code"] == "payload_too_large"


def test_allowed_methods_are_told(client):
    assert client.get("/api/ask").headers["allow"] == "POST"


class _Broken:
    """A workspace whose parts fail."""

    def __init__(self, desk, **failing):
        self._desk = desk
        self._failing = failing

    def __getattr__(self, name):
        if name in self._failing:

            def fail(*_, **__):
                raise self._failing[name]

            return fail
        return getattr(self._desk, name)


@pytest.mark.parametrize(
    ("failing", "part"),
    [
        ({"documents": StoreError("không mở được chitieu.db")}, "store"),
        ({"search": IndexDamaged("/srv/secret/home/index/7: thiếu tệp vectors")}, "index"),
        ({"search": RuntimeError("secret internals")}, "index"),
    ],
)
def test_not_ready_says_which_part(desk, tmp_path, failing, part):
    app = create_app(tmp_path, desk=_Broken(desk, **failing), options=Options())
    with TestClient(app) as client:
        reply = client.get("/readyz")
        assert client.get("/healthz").status_code == 200
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
    assert [d["where"] for d in reply.json()["error"]["detail"]] == [part]
    assert "secret" not in reply.text


def test_a_failed_part_is_named_without_its_folder(desk, tmp_path):
    broken = _Broken(desk, ask=IndexDamaged("/srv/secret/home/index/7: thiếu tệp; hãy lập lại chỉ mục"))
    with TestClient(create_app(tmp_path, desk=broken, options=Options())) as client:
        reply = client.post("/api/ask", json={"question": "a"})
    error = {"code": "index_damaged", "message": "7: thiếu tệp; hãy lập lại chỉ mục"}
    assert reply.json()["error"] == error | {"request_id": reply.headers["x-request-id"]}


def test_nothing_added_yet_is_not_ready(desk, tmp_path):
    empty = _Broken(desk, ask=NotFound("Chưa có văn bản nào"), search=NotFound("Chưa có văn bản nào"))
    with TestClient(create_app(tmp_path, desk=empty, options=Options())) as client:
        for reply in (client.post("/api/ask", json={"question": "a"}), client.get("/api/search?q=a")):
            assert (reply.status_code, reply.json()["error"]["code"]) == (503, "not_ready")


def test_a_missing_reader_is_told(desk, tmp_path):
    without = _Broken(desk, extract=MissingPart("cần tesseract để đọc ảnh; hãy cài tesseract-ocr-vie"))
    with TestClient(create_app(tmp_path, desk=without, options=Options())) as client:
        reply = client.post("/api/extract", files={"file": ("a.pdf", b"%PDF")})
    assert (reply.status_code, reply.json()["error"]["code"]) == (501, "missing_part")


def test_an_empty_store_is_not_ready(desk, tmp_path):
    desk.kept.clear()
    with TestClient(create_app(tmp_path, desk=desk, options=Options())) as client:
        assert client.get("/readyz").json()["error"]["detail"][0]["where"] == "index"


def test_people_get_a_page(client):
    for path in ("/nowhere", "/documents/khong-co"):
        reply = client.get(path, headers={"accept": "text/html,*/*"})
        assert reply.status_code == 404
        assert reply.headers["content-type"].startswith("text/html")
        assert "<h1>" in reply.text
