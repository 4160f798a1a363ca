"""Every JSON route: what it sends when all is well."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from assistant.service.shapes import DocumentReply

QUESTION = "Đến năm 2027, bao nhiêu trạm quan trắc truyền số liệu?"


def test_ask_answers_with_quotes_that_stand_in_the_text(client, desk):
    reply = client.post("/api/ask", json={"question": QUESTION}).json()
    assert not reply["abstained"]
    assert reply["claims"][0]["citations"] == [0]
    for citation in reply["citations"]:
        text = desk.document(citation["document"]).text
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_passes_history_and_day(client, desk):
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "80%"}]
    body = {"question": " Còn năm 2030? ", "history": history, "as_of": "2025-06-01"}
    assert client.post("/api/ask", json=body).status_code == 200
    question, turns, day = desk.asked[-1]
    assert question == "Còn năm 2030?"
    assert [t.content for t in turns] == [QUESTION, "80%"]
    assert day == "2025-06-01"


def test_scope_keeps_other_documents_out(client):
    body = {"question": QUESTION, "scope": ["123-qd-ttg-2024"]}
    assert not client.post("/api/ask", json=body).json()["abstained"]
    other = client.post("/api/ask", json={**body, "scope": ["98-qd-ttg-2019"]}).json()
    assert {c["document"] for c in other["citations"]} == {"98-qd-ttg-2019"}
    reply = client.post("/api/ask", json={**body, "scope": ["cong-van <lạ>"]}).json()
    assert (reply["abstained"], reply["reason"], reply["citations"]) == (True, "out_of_scope", [])


def test_ask_declines_with_a_reason(client):
    reply = client.post("/api/ask", json={"question": "Giá vàng hôm nay?"}).json()
    assert reply["abstained"]
    assert reply["reason"] == "no_evidence"
    assert reply["suggestions"]


def _events(text: str) -> list[tuple[str, str, object]]:
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found


def test_stream_says_the_same_as_ask(client):
    whole = client.post("/api/ask", json={"question": QUESTION}).json()
    reply = client.post("/api/ask/stream", json={"question": QUESTION})
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = _events(reply.text)
    assert events[0][1] == "status"
    assert [data for _, name, data in events if name == "claim"] == whole["claims"]
    assert events[-1][1:] == ("done", whole)


def test_stream_resumes_behind_the_last_event(client):
    all_ids = [id for id, _, _ in _events(client.post("/api/ask/stream", json={"question": QUESTION}).text) if id]
    again = client.post("/api/ask/stream", json={"question": QUESTION}, headers={"Last-Event-ID": all_ids[0]})
    assert [id for id, _, _ in _events(again.text) if id] == all_ids[1:]


def test_stream_tells_a_failure_in_the_one_shape(client):
    events = _events(client.post("/api/ask/stream", json={"question": "nổ máy"}).text)
    assert events[-1][1] == "error"
    assert events[-1][2]["error"]["code"] == "internal_error"
    assert "secret" not in json.dumps(events)


def test_search_ranks_passages(client, desk):
    hits = client.get("/api/search", params={"q": "tram do mua", "k": 3}).json()["hits"]
    assert len(hits) == 3
    assert "trạm đo mưa" in hits[0]["text"]
    assert desk.document(hits[0]["document"]).text[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_documents_newest_first_and_filtered(client):
    assert [d["id"] for d in client.get("/api/documents").json()["documents"]][:2] == [
        "123-qd-ttg-2024",
        "98-qd-ttg-2019",
    ]
    found = client.get("/api/documents", params={"q": "giai doan truoc"}).json()
    assert (found["total"], found["documents"][0]["id"]) == (1, "98-qd-ttg-2019")


def test_documents_are_paged(client):
    page = client.get("/api/documents", params={"limit": 1, "offset": 1}).json()
    assert (page["total"], [d["id"] for d in page["documents"]]) == (3, ["98-qd-ttg-2019"])


def test_document_holds_text_structure_relations_targets(client, desk):
    reply = DocumentReply.model_validate(client.get("/api/documents/123-qd-ttg-2024").json())
    assert reply.text == desk.document("123-qd-ttg-2024").text
    assert any(p.path == "điểm b khoản 1 Điều 1" for p in reply.provisions)
    assert [r.number for r in reply.relations] == ["98/QĐ-TTg", "77/2020/NĐ-CP"]
    assert [t.value for t in reply.targets] == [80, 65, 12, 100, 950, 240]


def test_folders_of_the_machine_are_not_told(client, desk):
    kept = desk.kept["98-qd-ttg-2019"]
    desk.kept[kept.id] = kept.model_copy(update={"source": "/srv/secret/98.txt"})
    assert client.get("/api/documents/98-qd-ttg-2019").json()["source"] == "98.txt"
    assert "/srv/secret" not in client.get("/documents/98-qd-ttg-2019").text


def test_document_with_a_strange_id(client):
    listed = client.get("/api/documents", params={"q": "cong van"}).json()["documents"]
    assert client.get("/api/documents/cong-van%20%3Cl%E1%BA%A1%3E").json()["id"] == listed[0]["id"]


def test_targets_by_words_year_status_document(client):
    def values(**params: object) -> list[float]:
        return [t["value"] for t in client.get("/api/targets", params=params).json()["targets"]]

    assert set(values(q="tram quan trac nuoc mat")[:3]) == {80, 100, 50}
    assert values(year=2030) == [100, 240]
    assert values(status="budget") == [950]
    assert values(document="98-qd-ttg-2019") == [50]
    assert client.get("/api/targets", params={"limit": 2}).json()["total"] == 7


def test_targets_export_links_to_the_viewer(client):
    reply = client.get("/api/targets/export", params={"format": "xlsx", "document": "123-qd-ttg-2024"})
    assert "attachment" in reply.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(reply.content)) as book:
        names = [n for n in book.namelist() if n.endswith(".rels")]
        assert any(b"http://testserver/vn/qd-ttg/2024/123" in book.read(n) for n in names)


def _upload(client, format: str, content: bytes, name: str = "Kế hoạch 5.txt"):
    return client.post("/api/extract", params={"format": format}, files={"file": (name, content)})


PLAN = "Điều 1. Mục tiêu\n1. Đến năm 2028, 70% bến xe có mái che.\n".encode()


def test_extract_in_each_format(client):
    reply = _upload(client, "json", PLAN).json()
    assert reply["document"] == "Kế hoạch 5"
    assert reply["targets"][0]["citation"]["quote"] == "70% bến xe có mái che"
    lines = _upload(client, "jsonl", PLAN).text.splitlines()
    assert json.loads(lines[0])["citation"]["document"] == "Kế hoạch 5"
    rows = list(csv.reader(io.StringIO(_upload(client, "csv", PLAN).content.decode("utf-8-sig"))))
    assert any("bến xe có mái che" in cell for cell in rows[1])
    assert _upload(client, "xlsx", PLAN).content[:2] == b"PK"


def test_extract_leaves_nothing_behind(client, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for content in (PLAN, b"\xff\xfe\x00broken"):
        _upload(client, "json", content, name="../../etc/passwd")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("chitieu-")] == []


def test_feedback_is_on_disk_when_it_is_acknowledged(client, tmp_path):
    body = {"question": QUESTION, "answer": "80%", "verdict": "down", "comment": "Thiếu phạm vi.\nXem lại."}
    reply = client.post("/api/feedback", json=body)
    assert reply.status_code == 201
    (line,) = (tmp_path / "feedback.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert kept["id"] == reply.json()["id"]
    assert kept["comment"] == body["comment"]


def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_search_can_be_kept_to_some_documents(client):
    found = client.get("/api/search", params={"q": "trạm quan trắc", "scope": ["98-qd-ttg-2019"]}).json()["hits"]
    assert {hit["document"] for hit in found} == {"98-qd-ttg-2019"}
