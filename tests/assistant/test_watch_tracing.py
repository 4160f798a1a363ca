"""Spans: of a request and its stages, without words; nothing is imported or sent unless a setting asks for it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.service import create_app
from assistant.service.options import Options
from assistant.watch import call
from assistant.watch.tracing import tracing
from assistant.workspace import Workspace
from corpus.errors import MissingPart

PLAN = "KẾ HOẠCH\nVề bến phà\n\nI. CHỈ TIÊU\n1. Đến năm 2032, 71% bến phà có cầu dẫn.\n"
QUESTION = "Đến năm 2032 bao nhiêu phần trăm bến phà có cầu dẫn?"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with one plan."""
    home = tmp_path_factory.mktemp("traced")
    (home / "ben-pha.txt").write_text(PLAN, "utf-8")
    Workspace(home).add([home / "ben-pha.txt"])
    return home


@pytest.fixture
def traced(home):
    """A client of a traced application, and the spans."""
    exporter = InMemorySpanExporter()
    app = create_app(home)
    app.state.watch.tracing = tracing(None, exporter)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client, exporter
    app.state.watch.tracing.close()


def by_name(exporter):
    return {span.name: span for span in exporter.get_finished_spans()}


def test_a_question_is_one_trace(traced):
    client, exporter = traced
    sent = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01", "X-Request-ID": "yeu-cau-0007"}
    assert "71%" in client.post("/api/ask", json={"question": QUESTION}, headers=sent).json()["answer"]
    spans = by_name(exporter)
    request = spans["POST /api/ask"]
    assert request.attributes["http.route"] == "/api/ask"
    assert request.attributes["http.response.status_code"] == 200
    assert request.attributes["chitieu.request"] == "yeu-cau-0007"
    assert request.attributes["chitieu.abstained"] is False
    assert {f"{s.context.trace_id:032x}" for s in spans.values()} == {TRACE}
    assert spans["answer"].parent.span_id == request.context.span_id
    assert spans["evidence"].parent.span_id == spans["answer"].context.span_id
    assert spans["search"].parent.span_id == spans["evidence"].context.span_id
    assert {"compose", "verify"} <= set(spans)


def test_no_span_holds_a_word(traced):
    client, exporter = traced
    client.post("/api/ask", json={"question": QUESTION})
    client.get("/api/search", params={"q": "bến phà bí mật"})
    client.get("/api/documents/ben-pha")
    told = " ".join(span.to_json() for span in exporter.get_finished_spans())
    assert "GET /api/documents/{id}" in told
    for word in ("bến phà", "b\\u1ebfn", "ben-pha", "%E1%BA%BF", "127.0.0.1", "testclient"):
        assert word not in told


def test_what_fails_is_an_error_without_its_message(traced, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(QUESTION)

    client, exporter = traced
    monkeypatch.setattr(Workspace, "ask", broken)
    assert client.post("/api/ask", json={"question": QUESTION}).status_code == 500
    request = by_name(exporter)["POST /api/ask"]
    assert request.status.status_code.name == "ERROR"
    assert "bến phà" not in request.to_json()


def test_without_a_setting_nothing_is_imported(home):
    code = (
        "import sys; from pathlib import Path; from assistant.service import create_app; "
        f"create_app(Path({str(home)!r})); "
        "print([m for m in sys.modules if m.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
    assert tracing(None) is None


def test_the_framework_sends_nothing_of_its_own(home, monkeypatch):
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    app = create_app(home)
    assert app._telemetry["auto_configure"] is False
    assert not app._native_telemetry.enabled()


def test_a_missing_part_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(MissingPart, match=r"chitieu\[otel\]"):
        tracing("http://127.0.0.1:4318")


def test_spans_go_to_the_collector_that_the_setting_names(home):
    got = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}"
        app = create_app(home, options=Options(otel_endpoint=endpoint))
        try:
            with TestClient(app) as client:
                client.post("/api/ask", json={"question": QUESTION})
            assert got
        finally:
            app.state.watch.tracing.close()
            server.shutdown()
    assert {path for path, _ in got} == {"/v1/traces"}
    sent = b"".join(body for _, body in got)
    assert b"/api/ask" in sent
    assert "bến phà".encode() not in sent


def test_a_collector_that_is_not_there_holds_nothing_up(home):
    app = create_app(home, options=Options(otel_endpoint="http://127.0.0.1:9"))
    try:
        with TestClient(app) as client:
            assert client.post("/api/ask", json={"question": QUESTION}).status_code == 200
    finally:
        app.state.watch.tracing.close()


def test_stages_without_a_request_do_nothing():
    with call.stage("search"):
        assert call.current() is None


def test_a_stage_within_itself_counts_once():
    with call.acting("lan") as acting, call.stage("search"):
        with call.stage("search"), call.stage("verify"):
            pass
        assert set(acting.stages) == {"verify"}
    assert set(acting.stages) == {"verify", "search"}
    assert json.dumps(acting.stages)
