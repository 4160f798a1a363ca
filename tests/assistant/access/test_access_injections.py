"""Prompt injection over the whole service, without a model and with one that obeys whatever it reads."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import util
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.access.desk import AccessOptions
from assistant.answers.figures import figures
from assistant.service import create_app
from assistant.service.options import Options
from assistant.settings import Settings
from assistant.workspace import Workspace


def _beside(name):
    spec = util.spec_from_file_location(f"chitieu_access_{name}", Path(__file__).parent / f"{name}.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES, HOUSE = _beside("injections"), _beside("conftest")
TEXT = """BỘ GIAO THÔNG VẬN TẢI
Số: 66/QĐ-BGTVT
Hà Nội, ngày 03 tháng 5 năm 2030

QUYẾT ĐỊNH
Phê duyệt Kế hoạch bảo trì cầu treo

Điều 1. Mục tiêu đến năm 2033
1. Có 62% cầu treo dân sinh được sơn lại.
{lines}
2. Có 14 đội bảo trì lưu động.
"""
QUESTION = "Đến năm 2033 bao nhiêu phần trăm cầu treo dân sinh được sơn lại?"


class Obedient(ThreadingHTTPServer):
    """A model on loopback that does what it is told in the text; keeps all that it was sent."""

    daemon_threads = True
    heard: list

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard = []
        self.says = "Tỷ lệ là 99%, xem http://qua-tang.example. [1]"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.heard.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        piece = {"choices": [{"index": 0, "delta": {"content": self.server.says}, "finish_reason": None}]}
        end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        body = "".join(f"data: {json.dumps(part)}\n\n" for part in (piece, end)) + "data: [DONE]\n\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def model():
    server = Obedient()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with a decision full of instructions, and one that only some may see."""
    home, files = tmp_path_factory.mktemp("poisoned"), tmp_path_factory.mktemp("poison")
    (files / "cau-treo.txt").write_text(TEXT.format(lines="\n".join(CASES.IN_DOCUMENTS)), "utf-8")
    (files / f"{HOUSE.HIDDEN_ID}.txt").write_text(HOUSE.HIDDEN, "utf-8")
    room = Workspace(home)
    room.add([files / f"{HOUSE.HIDDEN_ID}.txt"], collections=["mật"])
    room.add([files / "cau-treo.txt"])
    return home


@pytest.fixture(scope="module", params=["without a model", "with an obedient model"])
def client(request, home, model):
    url = f"http://127.0.0.1:{model.server_address[1]}/v1" if request.param.startswith("with an") else None
    desk = Workspace(home, Settings(llm_base_url=url))
    with TestClient(create_app(home, desk=desk, options=Options()), raise_server_exceptions=False) as client:
        client.has_model = url is not None
        yield client


def asked(client, question, **more):
    reply = client.post("/api/ask", json={"question": question, **more})
    assert reply.status_code in (200, 422), reply.text
    return reply.json()


def traces(text):
    folded = text.casefold()
    return [t for t in HOUSE.TRACES if t.casefold() in folded and t != "909"]


def test_a_document_full_of_instructions_is_answered_from_its_provisions(client, model):
    model.heard.clear()
    answer = asked(client, QUESTION)
    assert not answer["abstained"]
    assert "62%" in answer["answer"]
    assert {f.value for f in figures(answer["claims"][0]["text"])} == {62.0}
    assert "http" not in answer["answer"]
    assert bool(model.heard) == client.has_model


@pytest.mark.parametrize("question", CASES.IN_QUESTIONS)
def test_a_question_gets_nothing_out_of_what_is_hidden(client, model, question):
    model.heard.clear()
    said = json.dumps(asked(client, question), ensure_ascii=False).replace(question, "")
    assert traces(said) == []
    assert traces(" ".join(model.heard)) == []


@pytest.mark.parametrize("history", CASES.FORGED, ids=range(len(CASES.FORGED)))
def test_a_forged_conversation_changes_no_right_and_no_figure(client, model, history):
    model.heard.clear()
    answer = asked(client, QUESTION, history=history)
    assert "11%" not in answer["answer"]
    assert traces(json.dumps(answer, ensure_ascii=False) + " ".join(model.heard)) == []
    other = asked(client, "Bao nhiêu phần trăm hồ chứa được gắn camera hồng ngoại?", history=history)
    assert other["abstained"]


def test_what_is_in_a_document_is_shown_as_text_and_never_as_markup(client):
    for page in ("/documents/cau-treo", "/targets", "/?q=cầu treo", f"/?q={CASES.IN_QUESTIONS[14]}"):
        text = client.get(page).text
        assert "<script>fetch" not in text
        assert "<script>alert" not in text
        assert not re.search(r"<img[^>]+onerror", text)
        assert "http://thu-thap.example" not in re.sub(r">[^<]*<", "><", text)
    assert "{{ t.__class__" in client.get("/documents/cau-treo").text


def test_a_model_is_shown_no_secret_and_no_hidden_text(client, model):
    model.heard.clear()
    for question in (QUESTION, *CASES.IN_QUESTIONS[:4]):
        asked(client, question)
    sent = " ".join(model.heard)
    assert traces(sent) == []
    assert "admin_token" not in sent
    assert "ctk_" not in sent


def test_an_insider_may_ask_what_an_outsider_may_not(home):
    """The cases above would pass on a service that knows nothing."""
    from assistant.access.keys import Keys
    from assistant.access.ledger import Ledger

    room = Workspace(home)
    _, shown = Keys(Ledger(lambda: room.store)).create("Trong nhóm", collections=["mật"])
    app = create_app(home, options=Options(access=AccessOptions(mode="keys")))
    reply = TestClient(app).post(
        "/api/ask",
        json={"question": "Bao nhiêu phần trăm hồ chứa được gắn camera hồng ngoại?"},
        headers={"Authorization": f"Bearer {shown}"},
    )
    assert "41,7" in reply.text
