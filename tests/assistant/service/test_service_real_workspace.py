"""The service over the real workspace with the bundled digests: nothing is faked here."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.service import create_app
from assistant.workspace import Workspace

DIGESTS = Path(__file__).parents[3] / "corpus" / "digests"
QUESTION = "Đến năm 2015 bao nhiêu phần trăm hồ sơ khai thuế được nộp qua mạng?"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A client of the service over a home with the bundled digests."""
    home = tmp_path_factory.mktemp("home")
    Workspace(home).add([DIGESTS])
    with TestClient(create_app(home)) as client:
        yield client


def test_it_gets_ready_by_itself_and_finds_questions_it_answers(real):
    for _ in range(300):
        if real.get("/readyz").status_code == 200 and real.get("/api/suggestions").json()["suggestions"]:
            break
        time.sleep(0.1)
    questions = real.get("/api/suggestions").json()["suggestions"]
    assert questions
    for question in questions:
        assert not real.post("/api/ask", json={"question": question}).json()["abstained"]


def test_an_answer_quotes_the_text_that_the_viewer_lights(real):
    answer = real.post("/api/ask", json={"question": QUESTION}).json()
    assert "50%" in answer["answer"]
    for citation in answer["citations"]:
        text = real.get(f"/api/documents/{citation['document']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        at = f"c={citation['start']}-{citation['end']}"
        assert f'id="{at}"' in real.get(f"/documents/{citation['document']}?{at}").text
        link, _, unit = citation["link"].partition("#")
        page = real.get("/" + link)
        assert page.url.path == f"/documents/{citation['document']}"
        assert f'id="{unit}"' in page.text


def test_every_page_of_every_document_opens(real):
    for document in real.get("/api/documents").json()["documents"]:
        assert real.get(f"/documents/{document['id']}").status_code == 200
        assert real.get(f"/api/documents/{document['id']}/original").content
    for path in ("/", "/documents", "/targets", "/targets/timeline?q=ho+so", "/workbench"):
        assert real.get(path).status_code == 200, path


def test_the_workbench_compares_a_file_with_a_stored_document(real):
    draft = DIGESTS / "1605-du-thao-2010_tom-luoc.txt"
    final = DIGESTS / "1605-qd-ttg-2010_tom-luoc.txt"
    reply = real.post("/workbench", files={"file": (final.name, final.read_bytes())}, data={"against": draft.stem})
    assert reply.status_code == 200
    assert "giảm mức" in reply.text


def test_an_empty_home_says_what_to_do(tmp_path):
    with TestClient(create_app(tmp_path)) as client:
        assert client.get("/healthz").status_code == 200
        for _ in range(100):
            message = client.get("/readyz").json()["error"]["message"]
            if "đang nạp" not in message:
                break
            time.sleep(0.1)
        assert "chitieu add" in message
        reply = client.post("/api/ask", json={"question": QUESTION})
        assert (reply.status_code, reply.json()["error"]["code"]) == (503, "not_ready")
        for path in ("/", "/documents", "/targets", "/workbench"):
            assert client.get(path).status_code == 200, path
        assert client.get("/", params={"q": QUESTION}, headers={"accept": "text/html"}).status_code in (404, 503)


def test_a_scope_narrows_the_search_itself(real):
    scope = ["48-2009-qd-ttg_tom-luoc"]
    reply = real.post("/api/ask", json={"question": QUESTION, "scope": scope}).json()
    assert {c["document"] for c in reply["citations"]} <= set(scope)
    assert reply["abstained"]
    named = {d["id"]: d["number"] or d["about"] for d in real.get("/api/documents").json()["documents"]}
    for id in named:
        question = "Đến năm 2010 các cơ quan phải đạt mục tiêu gì?"
        answer = real.post("/api/ask", json={"question": question, "scope": [id]}).json()
        assert {c["document"] for c in answer["citations"]} <= {id}
    unknown = real.post("/api/ask", json={"question": QUESTION, "scope": ["khong-co"]}).json()
    assert (unknown["abstained"], unknown["reason"]) == (True, "out_of_scope")
    assert real.get("/api/search", params={"q": "hồ sơ thuế", "scope": "khong-co"}).json()["hits"] == []


def test_a_question_follows_another_on_the_page(real):
    first = real.get("/", params={"q": QUESTION}).text
    assert f'name="before" value="{QUESTION}"' in first
    page = real.get("/", params={"q": "Còn đến năm 2010?", "before": [QUESTION]}).text
    page = page.partition("<main")[2]
    assert page.index(QUESTION) < page.index("Còn đến năm 2010?")
    assert "Hiểu câu hỏi là" in page
    assert real.get("/", params={"q": "x", "before": ["y" * 1999] * 20}).status_code == 200
