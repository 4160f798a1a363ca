"""A watched service over a real home: ids, lines, counters, records, health; and no word of a question among them."""

from __future__ import annotations

import html
import io
import json
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from assistant.service import create_app
from assistant.service.options import Options
from assistant.settings import Settings
from assistant.watch import audit, texts
from assistant.watch.logs import configure
from assistant.watch.verify import verify
from assistant.watch.watching import may_look
from assistant.workspace import Workspace

PLAN = """ỦY BAN NHÂN DÂN TỈNH QUẢNG AN
Số: 91/KH-UBND
Quảng An, ngày 06 tháng 5 năm 2027

KẾ HOẠCH
Nâng cấp bến đò ngang

I. CHỈ TIÊU
1. Đến năm 2031, 64% bến đò ngang có đèn hiệu.
2. Đến năm 2031, 80% phương tiện thủy có phao cứu sinh.
"""
QUESTION = "Đến năm 2031 bao nhiêu phần trăm bến đò ngang có đèn hiệu?"
HERE = ("127.0.0.1", 50_000)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with one plan."""
    home = tmp_path_factory.mktemp("watched")
    (home / "91-kh-ubnd.txt").write_text(PLAN, "utf-8")
    Workspace(home).add([home / "91-kh-ubnd.txt"])
    return home


@pytest.fixture(scope="module")
def client(home):
    """A client on the machine of the service, with a log of its own."""
    with TestClient(create_app(home), client=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def lines(monkeypatch):
    """What the service logs, as it comes, one JSON object a line."""
    out = io.StringIO()
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    configure("json", "debug", out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers[:], root.level = kept, level
    logging.captureWarnings(False)


def samples(client) -> dict[str, float]:
    text = client.get("/metrics").text
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in text.splitlines() if line[0] != "#"}


def readiness(client):
    """The reply of /readyz once the first check, which loads the model, is over."""
    for _ in range(300):
        reply = client.get("/readyz")
        if reply.status_code == 200 or reply.json()["error"]["detail"][0]["where"] != "model":
            return reply
        time.sleep(0.05)
    raise AssertionError("the model was not loaded")


def ask(client, question=QUESTION, **headers):
    return client.post("/api/ask", json={"question": question}, headers=headers)


def test_a_question_is_counted_timed_logged_and_recorded_without_its_words(home, client, lines):
    before = samples(client)
    reply = ask(client, **{"X-Request-ID": "yeu-cau-0042", "Authorization": "Bearer " + "s" * 40})
    assert "64%" in reply.json()["answer"]
    after = samples(client)
    grown = {name for name, value in after.items() if value > before.get(name, 0)}
    assert 'chitieu_answers_total{abstained="false",kind="percent",reason="none"}' in grown
    assert 'chitieu_requests_total{method="POST",route="/api/ask",status="200"}' in grown
    for stage in ("answer", "search", "evidence", "compose", "verify"):
        assert f'chitieu_stage_seconds_count{{stage="{stage}"}}' in grown
    assert after["chitieu_audit_records"] > before["chitieu_audit_records"]
    [line] = [line for line in lines() if line.get("route") == "/api/ask"]
    assert (line["request"], line["status"], line["abstained"]) == ("yeu-cau-0042", 200, False)
    assert line["ms"] > line["stages_ms"]["answer"] > 0
    everything = client.get("/metrics").text + json.dumps(lines(), ensure_ascii=False)
    assert "bến đò" not in everything
    assert "s" * 40 not in everything
    assert "91-kh-ubnd" not in client.get("/metrics").text
    record = audit.last(home, 1)[0]
    assert (record["who"], record["action"], record["request"]) == ("127.0.0.1", "ask", "yeu-cau-0042")
    assert texts.texts(home)[record["question"]] == QUESTION
    assert verify(home).whole


def test_a_refusal_says_why(client):
    ask(client, "Ai là giám đốc sở thú trên sao Hỏa?")
    declined = [name for name, value in samples(client).items() if 'abstained="true"' in name and value]
    assert declined
    assert all('reason="none"' not in name for name in declined)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0123456789abcdef", True),
        ("a.b-c_d.e-f_g", True),
        ("ngắn", False),
        ("short", False),
        ("x" * 65, False),
        ("mot hai ba bon", False),
        ("-begins-with-a-dash", False),
        ('a"b{c}d<e>f', False),
        ("ctk_9f8e7d6c5b4a39281706f5e4d3c2b1a0", False),
    ],
)
def test_an_id_is_taken_where_it_is_one(client, given, kept):
    reply = client.get("/healthz", headers={"X-Request-ID": given.encode()})
    returned = reply.headers["x-request-id"]
    assert (returned == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", returned)


def test_every_reply_has_an_id_of_its_own(client):
    paths = ("/", "/healthz", "/api/documents", "/gibt-es-nicht", "/static/app.css", "/metrics", "/openapi.json")
    ids = [client.get(path).headers["x-request-id"] for path in paths]
    ids.append(client.post("/api/ask", content=b"x" * 300_000).headers["x-request-id"])
    assert len(set(ids)) == len(ids)


def test_addresses_that_no_route_has_are_one_label(client):
    for path in ("/khong-co/1", "/khong-co/2", "/wp-login.php"):
        client.get(path)
    for method in ("BREW", "PROPFIND"):
        client.request(method, "/api/documents")
    routes = {name for name in samples(client) if name.startswith("chitieu_requests_total")}
    assert 'chitieu_requests_total{method="GET",route="unmatched",status="404"}' in routes
    assert not [name for name in routes if "khong-co" in name or "wp-login" in name or "BREW" in name]


def test_labels_are_templates_and_words_of_lists(client):
    ask(client)
    client.get("/api/documents/91-kh-ubnd")
    client.get("/api/search", params={"q": "bến đò"})
    for name in samples(client):
        labels = re.findall(r'(\w+)="([^"]*)"', name)
        for label, value in labels:
            assert label in {
                "method", "route", "status", "kind", "abstained", "reason", "stage", "outcome", "cause", "le",
                "version", "python", "generation", "name", "encoder", "phraser",
            }, name  # fmt: skip
            assert label != "route" or value.startswith("/") or value in {"unmatched", "refused"}


def test_what_fails_names_its_request_and_the_log_has_the_traceback(home, lines, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(f"secret internals, token=abcdef123456, {QUESTION}")

    app = create_app(home)
    monkeypatch.setattr(type(app.state.service.desk), "ask", broken)
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        reply = ask(client)
    assert reply.status_code == 500
    assert reply.json()["error"]["request_id"] == reply.headers["x-request-id"]
    assert "secret" not in reply.text
    failed = [line for line in lines() if "exception" in line and "request" in line]
    assert [line["request"] for line in failed] == [reply.headers["x-request-id"]]
    assert "RuntimeError" in failed[0]["exception"]
    assert "abcdef123456" not in json.dumps(lines())


def test_who_asks_is_the_name_of_the_key(home, lines):
    from assistant.access.identity import Identity
    from assistant.access.roles import GRANTS, Role

    identity = Identity(
        subject="key:7", name="Cổng nội bộ", kind="key", role=Role.READER, permissions=GRANTS[Role.READER]
    )

    class Named:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            if scope["type"] == "http":
                scope["state"]["identity"] = identity
            await self.app(scope, receive, send)

    app = create_app(home)
    at = next(i for i, one in enumerate(app.user_middleware) if one.cls.__name__ == "Gatekeeper")
    app.user_middleware[at] = type(app.user_middleware[at])(Named)
    with TestClient(app, client=HERE) as client:
        ask(client)
    record = audit.last(home, 1)[0]
    assert (record["who"], record["id"], record["from"]) == ("Cổng nội bộ", "key:7", "127.0.0.1")
    assert [line["who"] for line in lines() if line.get("route") == "/api/ask"] == ["Cổng nội bộ"]


def test_uploads_exports_and_corrections_leave_traces(home, client):
    before = samples(client)
    client.post("/api/extract", files={"file": ("moi.txt", PLAN.encode())})
    client.post("/api/extract", files={"file": ("hong.pdf", b"%PDF-1.4 nothing")})
    client.get("/api/documents/91-kh-ubnd/export?format=json")
    client.get("/api/documents/91-kh-ubnd/original")
    client.get("/api/targets/export?format=csv")
    after = samples(client)
    grown = {name: value - before.get(name, 0) for name, value in after.items()}
    assert grown['chitieu_uploads_total{outcome="read"}'] == 1
    assert grown['chitieu_uploads_total{outcome="failed"}'] == 1
    assert grown["chitieu_upload_bytes_total"] == len(PLAN.encode()) + 16
    told = [(r["action"], r["subject"]) for r in audit.last(home, 4)]
    assert told == [
        ("export", "chi-tieu.csv"),
        ("export", "91-kh-ubnd.txt"),
        ("export", "91-kh-ubnd.json"),
        ("extract", "moi.txt"),
    ]


def test_a_page_that_shows_a_conversation_again_records_its_last_question_alone(home, client):
    count = len(audit.last(home, 10_000))
    shown = client.get("/", params={"q": "Còn phao cứu sinh?", "before": [QUESTION, QUESTION]})
    assert shown.status_code == 200
    assert len(audit.last(home, 10_000)) == count + 1


PLANTED = "quả sầu riêng 7f3a9c"


def test_no_route_logs_what_it_was_sent(client, lines):
    """The same words in the query, the body, a form, a header and a cookie of every route."""
    routes = [(p, m.upper()) for p, item in client.app.openapi()["paths"].items() for m in item]
    routes += [("/", "GET"), ("/documents", "GET"), ("/targets", "GET"), ("/workbench", "POST"), ("/admin", "GET")]
    headers = {"Authorization": "Bearer planted-7f3a9c-0123456789", "Cookie": "chitieu_admin=planted-7f3a9c"}
    told = {"question": PLANTED, "messages": [{"role": "user", "content": PLANTED}], "model": "chitieu"}
    for path, method in routes:
        address = path.replace("{id}", "91-kh-ubnd").replace("{model}", "chitieu")
        query = {"q": PLANTED, "question": PLANTED, "before": PLANTED, "token": "planted-7f3a9c"}
        for body in (
            {"json": told},
            {"data": {"q": PLANTED, "secret": "planted-7f3a9c"}},
            {"content": PLANTED.encode()},
        ):
            client.request(method, address, params=query, headers=headers, **({} if method == "GET" else body))
    written = json.dumps(lines(), ensure_ascii=False)
    assert len({line.get("route") for line in lines()}) > 15
    for word in ("7f3a9c", "sầu riêng", "s%E1%BA%A7u", "sau-rieng"):
        assert word not in written
        assert word not in client.get("/metrics").text


def test_a_chat_front_end_is_recorded_like_everybody(home, client):
    name = 'chitieu_requests_total{method="POST",route="/v1/chat/completions",status="200"}'
    before = samples(client).get(name, 0)
    message = {"role": "user", "content": QUESTION}
    reply = client.post("/v1/chat/completions", json={"model": "chitieu", "messages": [message]})
    assert reply.status_code == 200, reply.text
    record = audit.last(home, 1)[0]
    assert (record["action"], record["outcome"]) == ("ask", "answered")
    assert record["request"] == reply.headers["x-request-id"]
    assert samples(client)[name] == before + 1


def test_a_check_on_the_workbench_says_what_was_approved_and_rejected(home, client):
    page = client.post("/workbench", files={"file": ("moi.txt", PLAN.encode())}).text
    hidden = {
        name: html.unescape(re.search(rf'<textarea name="{name}"[^>]*>([^<]*)</textarea>', page)[1])
        for name in ("targets", "text", "found")
    }
    fields = {**hidden, "name": "moi", "who": "Nguyễn Thị Kiểm", "keep": "1"}
    reply = client.post("/workbench/corrections", files=[(k, (None, v)) for k, v in fields.items()])
    assert reply.status_code == 200, reply.text
    record = audit.last(home, 1)[0]
    assert (record["action"], record["subject"]) == ("correct", "moi")
    assert record["outcome"] == "Nguyễn Thị Kiểm: approved 1, rejected 1"


def test_streams_end_with_their_last_event(client):
    before = samples(client)
    with client.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as reply:
        assert "event: done" in reply.read().decode()
    name = 'chitieu_requests_total{method="POST",route="/api/ask/stream",status="200"}'
    after = samples(client)
    assert after[name] - before.get(name, 0) == 1
    assert sum(v for n, v in after.items() if n.startswith("chitieu_answers")) - sum(
        v for n, v in before.items() if n.startswith("chitieu_answers")
    ) == 1  # fmt: skip


def test_many_at_once_are_each_counted_and_recorded_once(home, client):
    before, count = samples(client), len(audit.last(home, 10_000))
    with ThreadPoolExecutor(8) as pool:
        ids = [r.headers["x-request-id"] for r in pool.map(lambda _: ask(client), range(24))]
    after = samples(client)
    name = 'chitieu_requests_total{method="POST",route="/api/ask",status="200"}'
    assert after[name] - before.get(name, 0) == 24
    assert after["chitieu_requests_in_progress"] == 1
    recorded = audit.last(home, 10_000)[: -count or None]
    assert {r["request"] for r in recorded} == set(ids)
    assert len(recorded) == 24
    assert verify(home).whole


def test_probes_and_the_start_ask_nothing_that_is_recorded(home):
    with TestClient(create_app(home), client=HERE) as client:
        count = len(audit.last(home, 10_000))
        for _ in range(3):
            client.get("/readyz")
        assert len(audit.last(home, 10_000)) == count


def test_health_has_one_shape_and_details_for_this_machine_alone(home, client):
    near, ready = client.get("/healthz").json(), readiness(client)
    assert near["status"] == "ok"
    assert near["uptime_seconds"] >= 0
    found = ready.json()
    assert (ready.status_code, found["status"], found["store"]) == (200, "ready", "up")
    assert found["index"]["documents"] == 1
    assert found["index"]["age_seconds"] >= 0
    assert found["disk"]["free_bytes"] > 0
    assert found["encoder"] == found["index"]["encoder"]
    with TestClient(create_app(home), client=("10.1.2.3", 1)) as far:
        assert far.get("/healthz").json() == {"status": "ok"}
        assert readiness(far).json() == {"status": "ready"}


def test_what_is_missing_is_told_in_the_same_shape(tmp_path):
    with TestClient(create_app(tmp_path), client=HERE) as client:
        reply = readiness(client)
        assert reply.status_code == 503
        body = reply.json()
        assert (body["status"], body["error"]["code"], body["store"]) == ("not_ready", "not_ready", "up")
        assert body["error"]["detail"][0]["where"] == "index"
        assert reply.headers["retry-after"]
        assert samples(client)["chitieu_ready"] == 0
    with TestClient(create_app(tmp_path), client=("10.1.2.3", 1)) as far:
        assert set(far.get("/readyz").json()) == {"error", "status"}


def test_a_broken_store_is_seen(home, monkeypatch):
    app = create_app(home)
    with TestClient(app, client=HERE) as client:
        assert samples(client)["chitieu_store_up"] == 1
        monkeypatch.setattr(type(app.state.service.desk.store), "reading", lambda _: 1 / 0)
        assert samples(client)["chitieu_store_up"] == 0


@pytest.mark.parametrize(
    ("opening", "address", "headers", "seen"),
    [
        ("local", "127.0.0.1", {}, True),
        ("local", "::1", {}, True),
        ("local", "127.8.8.8", {}, True),
        ("local", "10.0.0.1", {}, False),
        ("local", "testclient", {}, False),
        ("local", None, {}, False),
        ("local", "127.0.0.1", {"x-forwarded-for": "10.1.2.3"}, False),
        ("local", "127.0.0.1", {"forwarded": "for=10.1.2.3"}, False),
        ("local", "127.0.0.1", {"x-real-ip": "10.1.2.3"}, False),
        ("open", "10.0.0.1", {"x-forwarded-for": "1.2.3.4"}, True),
        ("off", "127.0.0.1", {}, False),
    ],
)
def test_who_may_look(opening, address, headers, seen):
    assert may_look(opening, address, headers) is seen


@pytest.mark.parametrize(("opening", "address", "status"), [
    ("local", "127.0.0.1", 200), ("local", "10.0.0.1", 404), ("open", "10.0.0.1", 200), ("off", "127.0.0.1", 404),
])  # fmt: skip
def test_metrics_are_shown_to_those_who_may_look(home, opening, address, status):
    app = create_app(home, options=Options(metrics=opening))
    with TestClient(app, client=(address, 1)) as client:
        reply = client.get("/metrics")
    assert reply.status_code == status
    assert ("chitieu_build_info" in reply.text) is (status == 200)


def test_the_exposition_can_be_parsed(client):
    from prometheus_client.parser import text_string_to_metric_families

    ask(client)
    families = {f.name: f for f in text_string_to_metric_families(client.get("/metrics").text)}
    assert families["chitieu_request_seconds"].type == "histogram"
    assert all(f.documentation for f in families.values())


def test_questions_are_forgotten_while_the_service_runs(tmp_path, monkeypatch):
    from datetime import UTC, datetime, timedelta

    from assistant.watch import watching

    audit.govern(tmp_path, Settings())
    texts.keep(tmp_path, "xưa?", 90, datetime.now(UTC) - timedelta(days=91))
    texts.keep(tmp_path, "nay?", 90)
    monkeypatch.setattr(watching, "_EVERY", 0.02)
    with TestClient(create_app(tmp_path)) as client:
        for _ in range(200):
            client.get("/healthz")
            if len(texts.texts(tmp_path)) == 1:
                break
    assert list(texts.texts(tmp_path).values()) == ["nay?"]


def test_an_audit_that_cannot_be_written_is_counted(home, client, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(audit.Ledger, "append", full)
    before = samples(client)["chitieu_audit_failures_total"]
    assert ask(client).status_code == 200
    assert client.get("/api/documents/91-kh-ubnd/export").status_code == 500
    monkeypatch.undo()
    assert samples(client)["chitieu_audit_failures_total"] == before + 1
