"""The typed client against a real process, and against replies that no healthy service sends."""

from __future__ import annotations

import asyncio
import inspect
import io
import json
import socket
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest

import assistant.client as package
from assistant.client import (
    AsyncClient,
    BadReply,
    Citations,
    Client,
    ClientError,
    Done,
    Forbidden,
    InvalidRequest,
    NotFound,
    NotReady,
    Said,
    Searching,
    ServerFailed,
    TimedOut,
    TooManyRequests,
    Turn,
    Unauthorized,
    Unreachable,
    errors,
)

QUESTION = "Đến năm 2015 bao nhiêu phần trăm hồ sơ khai thuế được nộp qua mạng?"
DOCUMENT = "1605-qd-ttg-2010_tom-luoc"
TEXT = "Điều 1. Mục tiêu\nĐến năm 2032, 85% thư viện xã có máy quét; 60% chợ có điểm thu gom pin cũ.\n"


@pytest.fixture(scope="module")
def client(server):
    with Client(server.url, server.key) as client:
        yield client


def test_an_answer_with_citations(client):
    answer = client.ask(QUESTION)
    assert "50%" in answer.answer
    assert not answer.abstained
    text = client.document(answer.citations[0].document).text
    assert text[answer.citations[0].start : answer.citations[0].end] == answer.citations[0].quote
    followed = client.ask(
        "Còn đến năm 2010?",
        history=[Turn(role="user", content=QUESTION), Turn(role="assistant", content=answer.answer)],
    )
    assert "hồ sơ khai thuế" in followed.standalone
    assert client.ask(QUESTION, scope=["48-2009-qd-ttg_tom-luoc"]).abstained
    assert client.ask(QUESTION, as_of="2001-01-01").abstained


def test_a_stream_of_events(client):
    events = list(client.ask_stream(QUESTION))
    assert isinstance(events[0], Searching)
    assert isinstance(events[1], Citations)
    assert isinstance(events[-1], Done)
    said = [e.claim for e in events if isinstance(e, Said)]
    assert tuple(said) == events[-1].answer.claims
    assert events[1].citations == events[-1].answer.citations
    assert events[-1].answer.answer == client.ask(QUESTION).answer


def test_search_and_documents(client):
    found = client.search("hồ sơ khai thuế", k=3)
    assert [len(found.hits), found.query] == [3, "hồ sơ khai thuế"]
    only = client.search("hồ sơ khai thuế", scope=[DOCUMENT])
    assert {hit.document for hit in only.hits} == {DOCUMENT}
    listed = list(client.every_document())
    assert DOCUMENT in {d.id for d in listed}
    assert client.documents().total == len(listed)
    assert client.documents(limit=1).documents == listed[:1]
    document = client.document(DOCUMENT)
    assert document.targets
    assert client.original(DOCUMENT).decode().startswith(document.text[:20])
    assert client.document_export(DOCUMENT).startswith(b"<?xml")
    assert json.loads(client.document_export(DOCUMENT, "json"))["id"] == DOCUMENT
    assert client.health().status == "ready"
    assert isinstance(client.suggestions(), list)


def test_targets_and_their_export(client):
    rows = list(client.every_target())
    page = client.targets(limit=2)
    assert (page.total, page.targets) == (len(rows), rows[:2])
    assert all(t.citation.document == DOCUMENT for t in client.every_target(document=DOCUMENT))
    assert all((t.deadline or "").startswith("2015") for t in client.every_target("hồ sơ", year=2015))
    lines = client.export("jsonl", document=DOCUMENT).decode().splitlines()
    assert len(lines) == sum(1 for _ in client.every_target(document=DOCUMENT))
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(client.export())).namelist()


def test_targets_of_a_file(client, tmp_path):
    path = tmp_path / "quyết định.txt"
    path.write_text(TEXT, "utf-8")
    for given in (path, str(path), ("quyết định.txt", TEXT.encode())):
        reply = client.extract(given)
        assert [t.value for t in reply.targets] == [85, 60]
    assert reply.document == "quyết định"
    assert client.extract_table(path, "csv").decode("utf-8-sig").startswith("Chỉ tiêu,")
    with pytest.raises(FileNotFoundError):
        client.extract(tmp_path / "none.txt")


def test_errors_of_the_service_are_told_apart(client, server):
    with pytest.raises(NotFound) as missing:
        client.document("khong-co")
    assert (missing.value.status, missing.value.code) == (404, "not_found")
    assert "khong-co" in str(missing.value)
    with pytest.raises(InvalidRequest) as wrong:
        client.ask(" ")
    assert wrong.value.detail == (("question", "không được để trống"),)
    with pytest.raises(InvalidRequest) as unreadable:
        client.extract(("a.bin", bytes(range(256))))
    assert unreadable.value.code == "unreadable_file"
    with Client(server.url) as nobody, pytest.raises(Unauthorized):
        nobody.ask(QUESTION)
    with Client(server.url, "ctk_0_wrong") as stranger, pytest.raises(Unauthorized):
        next(stranger.ask_stream(QUESTION))


def test_the_asynchronous_client_does_the_same(client, server):
    async def all_of_it():
        async with AsyncClient(server.url, server.key) as other:
            answers = await asyncio.gather(*(other.ask(QUESTION) for _ in range(4)))
            events = [event async for event in other.ask_stream(QUESTION)]
            rows = [row async for row in other.every_target()]
            documents = [line async for line in other.every_document()]
            with pytest.raises(NotFound):
                await other.document("khong-co")
            exported = await other.export("jsonl")
            return answers, events, rows, documents, exported, await other.health()

    answers, events, rows, documents, exported, health = _run(all_of_it())
    assert {a.answer for a in answers} == {client.ask(QUESTION).answer}
    assert events == list(client.ask_stream(QUESTION))
    assert (rows, documents) == (list(client.every_target()), list(client.every_document()))
    assert len(exported.splitlines()) == len(rows)
    assert health.status == "ready"


def _run(work):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_both_clients_have_the_same_methods():
    def methods(kind):
        return {n: f for n, f in inspect.getmembers(kind, inspect.isfunction) if not n.startswith("_")}

    one, other = methods(Client), methods(AsyncClient)
    assert set(one) == set(other)
    for name in one:
        assert list(inspect.signature(one[name]).parameters.values()) == list(
            inspect.signature(other[name]).parameters.values()
        )
        assert one[name].__doc__ == other[name].__doc__


def test_the_public_surface_is_whole():
    assert all(hasattr(package, name) for name in package.__all__)
    kinds = [k for k in vars(errors).values() if inspect.isclass(k) and issubclass(k, ClientError)]
    assert {k.__name__ for k in kinds} - {"StatusError"} <= set(package.__all__)
    assert all(k.__name__ in errors.__doc__ for k in kinds if k.__name__ != "StatusError")


# Replies that no healthy service sends.

ANSWER = {"question": "?", "standalone": "?", "answer": "Có.", "confidence": 0.5}


def _failed(status: int, headers=None, body=None) -> httpx.Response:
    error = {"error": {"code": "c", "message": "Đợi."}}
    return httpx.Response(status, headers=headers, json=error if body is None else body)


def _client(*replies, asynchronous=False, **more):
    """A client whose requests get `replies` one after another, and the list of requests."""
    left, sent = list(replies), []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        reply = left.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    kind = AsyncClient if asynchronous else Client
    return kind("http://x.example", "k", transport=httpx.MockTransport(handle), **more), sent


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("status", [429, 503])
def test_what_is_put_off_is_sent_again_after_the_wait_that_was_asked_for(status, asynchronous):
    put_off = _failed(status, {"retry-after": "0"})
    client, sent = _client(put_off, put_off, httpx.Response(200, json=ANSWER), asynchronous=asynchronous)
    answer = _run(client.ask("?")) if asynchronous else client.ask("?")
    assert answer.answer == "Có."
    assert len(sent) == 3
    assert {r.headers["authorization"] for r in sent} == {"Bearer k"}


def test_patience_ends():
    client, sent = _client(*[_failed(503, {"retry-after": "0"})] * 5)
    with pytest.raises(NotReady):
        client.ask("?")
    assert len(sent) == 3
    client, sent = _client(_failed(429, {"retry-after": "3600"}))
    with pytest.raises(TooManyRequests) as refused:
        client.ask("?")
    assert (len(sent), refused.value.retry_after) == (1, 3600)
    client, sent = _client(_failed(503, {"retry-after": "0"}))
    with pytest.raises(NotReady):
        client.health()
    assert len(sent) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422, 500, 504])
def test_nothing_else_is_sent_again(status):
    client, sent = _client(_failed(status))
    with pytest.raises(ClientError):
        client.ask("?")
    assert len(sent) == 1
    client, sent = _client(httpx.ReadError("cut"))
    with pytest.raises(Unreachable, match=r"x\.example"):
        client.ask("?")
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (_failed(403), Forbidden),
        (_failed(500), ServerFailed),
        (_failed(418), errors.RequestRefused),
        (httpx.Response(502, text="<html>bad gateway</html>"), ServerFailed),
        (httpx.Response(404, text="<html>nginx</html>"), BadReply),
        (httpx.Response(302, headers={"location": "https://elsewhere.example"}), BadReply),
        (httpx.Response(200, text="<html>sign in</html>"), BadReply),
        (httpx.Response(200, json={"answer": 3}), BadReply),
        (httpx.ConnectTimeout("slow"), TimedOut),
    ],
)
def test_what_came_says_what_is_raised(reply, kind):
    client, _ = _client(reply)
    with pytest.raises(kind) as raised:
        client.ask("?")
    assert "\n" not in str(raised.value)


def test_fields_of_a_newer_service_are_left_aside():
    client, _ = _client(httpx.Response(200, json={**ANSWER, "mood": "good", "claims": [{"text": "Có.", "tone": 1}]}))
    assert client.ask("?").claims[0].text == "Có."


def _stream(*events, end=None):
    """The bytes of events, broken off by `end` where one is given."""

    def parts():
        for n, (name, data) in enumerate(events, 1):
            yield f"id: {n}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
        if end:
            raise end

    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=parts())


CLAIM = {"text": "Một\u2028dòng\x85và nữa.", "citations": []}


def test_a_stream_that_breaks_is_taken_up_where_it_broke():
    client, sent = _client(
        _stream(("citations", []), ("claim", CLAIM), end=httpx.ReadError("cut")),
        _stream(("targets", []), ("news", {}), ("done", {**ANSWER, "claims": [CLAIM]})),
    )
    events = list(client.ask_stream("?"))
    assert [type(e).__name__ for e in events] == ["Citations", "Said", "Targets", "Done"]
    assert events[1].claim.text == CLAIM["text"]
    assert [r.headers.get("last-event-id") for r in sent] == [None, "2"]


def test_a_stream_that_ends_without_an_answer_is_an_error():
    client, sent = _client(_stream(("citations", [])), _stream(), _stream())
    with pytest.raises(Unreachable, match="before the answer"):
        list(client.ask_stream("?"))
    assert len(sent) == 3
    client, sent = _client(_stream(("error", {"error": {"code": "failed", "message": "Hỏng."}})))
    with pytest.raises(ServerFailed, match="Hỏng"):
        list(client.ask_stream("?"))
    client, sent = _client(httpx.Response(200, content=b"event: claim\ndata: {\n\n"))
    with pytest.raises(BadReply):
        list(client.ask_stream("?"))


def test_nobody_listens_and_nobody_answers():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        with Client(f"http://127.0.0.1:{port}") as client, pytest.raises(Unreachable):
            client.health()
        silent.listen()
        with Client(f"http://127.0.0.1:{port}", timeout=0.2) as client, pytest.raises(TimedOut):
            client.health()


@pytest.mark.parametrize("address", ["", "x.example", "ftp://x.example", "http://", "http://x?a=b"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="base_url"):
        Client(address)


def test_retry_after_is_read_in_both_forms():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert errors.seconds("7") == 7
    assert errors.seconds("Thu, 01 Jan 2026 00:00:09 GMT", now) == 9
    assert errors.seconds("Wed, 31 Dec 2025 00:00:00 GMT", now) == 0
    assert errors.seconds("soon") is None
    assert errors.seconds("") is None
