"""How an answer becomes the text of a chat, and what happens when it fails on the way."""

from __future__ import annotations

import json
import time

import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt

from assistant.answers.answer import Answer, Claim, Reason
from assistant.service import create_app
from assistant.service.options import Options
from assistant.service.routes.v1 import completions
from assistant.service.routes.v1.conversation import asked
from assistant.service.routes.v1.noted import counted, prose, without_notes
from assistant.service.routes.v1.shapes import ChatRequest
from corpus.citation import cite
from corpus.document import Document, Span
from corpus.errors import IndexDamaged
from corpus.store import Store

BASE = "https://chitieu.example.vn"
EVIL = (
    "Đạt 80% ![x](http://thu.example/a?q=1) [bấm](javascript:alert(1)) <img src=http://thu.example> [x]: http://a <b>"
)
SLY = r"Đạt \![x](http://thu.example/b) \<img src=http://thu.example> [a\](http://thu.example) \\<b>"
TEXT = f"Điều 1. Mục tiêu\n{EVIL}\n{SLY}\nĐến năm 2031, 70% phường có vườn ươm."


def _answer(*sentences: str, said: str | None = None, **more) -> Answer:
    document = Document(id="a/b c", text=TEXT, sha256="0" * 64, number="7/QĐ-UBND", title="Vườn ươm *xanh* ]( x")
    places = [Span(start=TEXT.index(s), end=TEXT.index(s) + len(s)) for s in sentences]
    claims = tuple(Claim(text=f"Văn bản nêu: {s}.", citations=(n,)) for n, s in enumerate(sentences))
    citations = tuple(cite(document, place) for place in places)
    text = "\n".join(c.text for c in claims) if said is None else said
    return Answer(question="?", standalone="?", answer=text, citations=citations, claims=claims, **more)


@pytest.mark.parametrize("evil", [EVIL, SLY])
def test_nothing_of_a_document_becomes_markup(evil):
    content = prose(_answer(evil), BASE).content
    html = MarkdownIt("commonmark", {"html": True}).render(content)
    assert "<img" not in html
    assert "<b>" not in html
    links = [part.split('"')[0] for part in html.split('href="')[1:]]
    at = f"c={TEXT.index(evil)}-{TEXT.index(evil) + len(evil)}"
    assert links == [f"{BASE}/documents/a%2Fb%20c?{at}#{at}"]


def test_a_definition_of_a_link_is_none():
    content = prose(_answer(EVIL, said="[x]: http://thu.example\n   [x]: http://thu.example\n\n![x]"), BASE).content
    said = MarkdownIt("commonmark").render(content).split("Căn cứ")[0]
    assert "<img" not in said
    assert "href" not in said


def test_annotations_cover_the_notes():
    made = prose(_answer("70% phường có vườn ươm", EVIL), BASE)
    for annotation, note in zip(made.annotations, made.notes, strict=True):
        cited = annotation.url_citation
        line = made.content[cited.start_index : cited.end_index]
        assert line.startswith(f"- [{note.index}] ")
        assert line.endswith("”")
        assert note.url in line
    assert "".join(made.pieces) == made.content


def test_an_answer_whose_sentences_are_not_its_claims_keeps_its_words():
    made = prose(_answer("70% phường có vườn ươm", said="Bảy mươi phần trăm."), BASE)
    assert made.content.startswith("Bảy mươi phần trăm. [1]\n\n**Căn cứ**")


def test_a_refusal_shows_what_can_be_asked():
    refusal = Answer(
        question="?", standalone="?", answer="Không nêu.", abstained=True, reason=Reason.NO_EVIDENCE,
        suggestions=("Câu một?", "Câu [hai](x)?"),
    )  # fmt: skip
    content = prose(refusal, BASE).content
    assert content.startswith("Không nêu.\n\nCác văn bản trong kho có thể trả lời:\n\n- Câu một?\n- Câu [hai]\\(x)?")
    assert without_notes(content) == "Không nêu."


def test_notes_are_taken_off_again():
    answer = _answer("70% phường có vườn ươm", "Điều 1. Mục tiêu")
    assert without_notes(prose(answer, BASE).content).split("\n\n") == answer.answer.split("\n")


def test_words_and_marks_are_counted():
    assert counted("Đến năm 2031, 70% phường!") == 8
    assert counted("", "a b") == 2


def _asked(*messages):
    return asked(ChatRequest(model="chitieu", messages=list(messages)))


def test_a_long_conversation_keeps_its_end():
    turns = [
        m for n in range(60) for m in ({"role": "user", "content": f"u{n}"}, {"role": "assistant", "content": "a"})
    ]
    said = _asked(*turns, {"role": "user", "content": "  cuối\n cùng "})
    assert said.question == "cuối cùng"
    assert len(said.history) == 40
    assert said.history[-2].content == "u59"


def test_messages_without_words_are_left_out():
    said = _asked(
        {"role": "user", "content": None},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "user", "content": [{"type": "text", "text": "một"}, {"type": "text", "text": "hai"}]},
    )
    assert (said.question, said.history) == ("một hai", ())


class Failing:
    """A workspace whose answers take a while and then fail."""

    def __init__(self, tmp_path, wait: float) -> None:
        self.store = Store(f"sqlite:///{tmp_path}/a.db")
        self._wait = wait

    def documents(self):
        return []

    def ask(self, *_args, **_more):
        time.sleep(self._wait)
        raise IndexDamaged("/srv/kho/index/3: hỏng; chạy: chitieu doctor --repair")


@pytest.fixture
def failing(tmp_path):
    def made(wait: float) -> TestClient:
        return TestClient(create_app(tmp_path, desk=Failing(tmp_path, wait), options=Options(public_url=BASE)))

    return made


BODY = {"model": "chitieu", "messages": [{"role": "user", "content": "Gì?"}], "stream": True}


def test_what_fails_at_once_has_a_status_of_its_own(failing):
    with failing(0) as client:
        reply = client.post("/v1/chat/completions", json=BODY)
    assert reply.status_code == 500
    error = reply.json()["error"]
    assert (error["type"], error["code"]) == ("server_error", "index_damaged")
    assert "/srv" not in error["message"]


def test_what_fails_later_is_an_event_with_the_error(failing, monkeypatch):
    monkeypatch.setattr(completions, "_PATIENCE", 0.05)
    with failing(0.3) as client:
        reply = client.post("/v1/chat/completions", json=BODY)
    assert reply.status_code == 200
    parts = [part for part in reply.text.split("\n\n") if part]
    assert parts[0] == ": wait"
    assert json.loads(parts[-1].removeprefix("data: "))["error"]["code"] == "index_damaged"
    assert "[DONE]" not in reply.text


def test_an_empty_home_is_not_ready(tmp_path):
    with TestClient(create_app(tmp_path)) as client:
        reply = client.post("/v1/chat/completions", json={**BODY, "stream": False})
        assert reply.status_code == 503
        assert reply.headers["retry-after"]
        assert reply.json()["error"]["type"] == "server_error"
        assert client.get("/v1/models").json()["data"][0]["created"] == 0
