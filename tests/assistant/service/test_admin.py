"""The administrator's pages over the real workspace: who may enter, what each form does, what is written down."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.service import create_app
from assistant.service.admin.access import COOKIE, LASTS, Access
from assistant.service.options import Options
from assistant.workspace import Workspace

DIGESTS = Path(__file__).parents[3] / "corpus" / "digests"
SECRET = "mot-ma-quan-tri-dai"
LETTER = """BỘ GIAO THÔNG VẬN TẢI
Số: 77/QĐ-BGTVT
Hà Nội, ngày 06 tháng 4 năm 2021

QUYẾT ĐỊNH
Phê duyệt Kế hoạch an toàn bến tàu

Căn cứ Quyết định số 4321/QĐ-TTg ngày 05 tháng 3 năm 2020 của Thủ tướng Chính phủ;

Điều 1. Mục tiêu
Đến năm 2029, 45% bến tàu khách có phao cứu sinh.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with one bundled digest."""
    home = tmp_path_factory.mktemp("home")
    Workspace(home).add([DIGESTS / "153-qd-ttg-2018_tom-luoc.txt"])
    return home


@pytest.fixture(scope="module")
def client(home):
    """A client of the service with an administrator's secret."""
    with TestClient(create_app(home, options=Options(admin_token=SECRET)), follow_redirects=True) as client:
        yield client


@pytest.fixture(scope="module")
def token(client):
    """The token of the forms after the secret was given."""
    reply = client.post("/admin/session", data={"secret": SECRET, "who": "Lê Văn Quản"}, follow_redirects=False)
    cookie = reply.headers["set-cookie"]
    assert reply.status_code == 303
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/admin"))
    return re.search(r'name="token" value="(\w+)"', client.get("/admin").text)[1]


def _done(client, path="/admin"):
    for _ in range(300):
        page = client.get(path).text
        if "Xem tiến độ" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def _log(home):
    return [json.loads(line) for line in (home / "audit.jsonl").read_text("utf-8").splitlines()]


def test_without_a_secret_there_is_no_admin(tmp_path):
    with TestClient(create_app(tmp_path, options=Options())) as client:
        for path in ("/admin", "/admin/index", "/admin/log"):
            assert client.get(path).status_code == 404
        assert client.post("/admin/session", data={"secret": "", "who": "x"}).status_code == 404


def test_strangers_are_kept_out(home):
    with TestClient(create_app(home, options=Options(admin_token=SECRET))) as client:
        assert 'name="secret"' in client.get("/admin").text
        for path in ("/admin/index", "/admin/questions", "/admin/health", "/admin/log", "/admin/documents/x"):
            assert client.get(path).status_code == 403
        for path in ("/admin/documents", "/admin/remove", "/admin/index", "/admin/leave", "/admin/documents/x"):
            assert client.post(path, data={"id": "153-qd-ttg-2018_tom-luoc", "sure": "1"}).status_code == 403
        assert client.post("/admin/session", data={"secret": SECRET + "x", "who": "K"}).status_code == 403
        assert client.post("/admin/session", data={"secret": SECRET, "who": " "}).status_code == 403
        client.cookies.set(COOKIE, Access("another secret 123").session("K"), path="/admin")
        assert client.get("/admin/log").status_code == 403
    assert _log(home)[-1]["outcome"] == "refused"


def test_sessions_end_and_cannot_be_made_up():
    access = Access(SECRET)
    session = access.session("Trần Thị Ký", now=1000)
    assert access.who(session, now=1000 + LASTS - 1) == "Trần Thị Ký"
    assert access.who(session, now=1000 + LASTS) is None
    body, _, signature = session.rpartition(".")
    for forged in ("", ".", "...", "x", body, f"9{body}.{signature}", f"{body}.{signature[:-1]}0x", f"é.{signature}"):
        assert access.who(forged, now=1000) is None
    assert access.sent(session, access.form_token(session))
    assert not access.sent(session, access.form_token(access.session("K")))
    assert not access.sent(session, "")


def test_a_form_without_its_token_does_nothing(client, token, home):
    before = _log(home)
    reply = client.post("/admin/remove", data={"id": "153-qd-ttg-2018_tom-luoc", "sure": "1", "token": token[:-1]})
    assert reply.status_code == 403
    assert _log(home) == before


def test_pages_may_not_be_framed_or_kept(client, token):
    reply = client.get("/admin")
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"


def test_add_amend_roll_back_and_remove(client, token, home):
    files = {"files": ("thư 77.txt", LETTER.encode())}
    client.post("/admin/documents", data={"token": token}, files=files)
    page = _done(client)
    assert "Đã thêm 1 văn bản" in page
    assert "4321/QĐ-TTg" in page.partition('id="missing"')[2]

    form = client.get("/admin/documents/thư 77").text
    assert 'value="77/QĐ-BGTVT"' in form
    wanted = {"token": token, "number": "77/QĐ-BGTVT", "title": "Báo cáo về bến tàu", "issued_on": "5/4/2021"}
    client.post("/admin/documents/thư 77", data=wanted)
    assert "Đã lưu thông tin" in _done(client)
    document = client.get("/api/documents/thư 77").json()
    assert (document["title"], document["issued_on"]) == ("Báo cáo về bến tàu", "2021-04-05")
    assert document["provenance"]["title"]["source"] == "sidecar"
    assert document["provenance"]["number"]["source"] == "text"

    client.post(
        "/admin/documents", data={"token": token}, files={"files": ("thư 77.txt", (LETTER + "Hết.\n").encode())}
    )
    _done(client)
    document = client.get("/api/documents/thư 77").json()
    assert document["title"] == "Báo cáo về bến tàu"
    assert document["text"].rstrip().endswith("Hết.")

    client.post("/admin/documents/thư 77", data={"token": token, "title": ""})
    _done(client)
    assert client.get("/api/documents/thư 77").json()["title"] != "Báo cáo về bến tàu"

    page = _done(client, "/admin/index")
    (older,) = re.findall(r'name="name" value="(\d+)"', page)
    client.post("/admin/index", data={"token": token, "name": older})
    assert f"Thế hệ {older} đang phục vụ." in _done(client, "/admin/index")
    assert (home / "index" / "current").read_text().strip() == older
    assert client.get("/api/search", params={"q": "bến tàu"}).json()["hits"]
    client.post("/admin/index", data={"token": token})
    assert "Đã lập chỉ mục mới." in _done(client, "/admin/index")
    assert int((home / "index" / "current").read_text()) > int(older)

    client.post("/admin/remove", data={"token": token, "id": "thư 77"})
    assert client.get("/documents/thư 77").status_code == 200, "the box was not ticked"
    client.post("/admin/remove", data={"token": token, "id": "thư 77", "sure": "1"})
    assert "ra khỏi kho" in _done(client)
    assert client.get("/documents/thư 77").status_code == 404
    actions = [(line["who"], line["action"]) for line in _log(home) if line["outcome"].startswith("done")]
    assert actions == [("Lê Văn Quản", a) for a in ("add", "amend", "add", "amend", "switch", "build", "remove")]


def test_what_fails_is_said_and_noted(client, token, home):
    client.post("/admin/documents", data={"token": token}, files={"files": ("hỏng.docx", b"\xff\xfe\x80")})
    assert "hỏng.docx" in _done(client)
    client.post("/admin/index", data={"token": token, "name": "999"})
    assert "không có thế hệ" in _done(client, "/admin/index")
    assert _log(home)[-1]["outcome"].startswith("failed: ")
    assert not (home / "uploads" / "hỏng.docx").exists()


def test_refusals_and_complaints_are_listed_and_forgotten(client, token, home):
    client.post("/api/ask", json={"question": "Giá vàng hôm nay là bao nhiêu?"})
    client.post("/api/feedback", json={"question": "Câu hỏi A", "answer": "B", "verdict": "down", "comment": "Sai năm"})
    client.post("/api/feedback", json={"question": "Câu hỏi tốt", "answer": "B", "verdict": "up"})
    page = client.get("/admin/questions").text
    assert "Giá vàng hôm nay" in page
    assert "Sai năm" in page
    assert "Câu hỏi tốt" not in page
    for name in ("questions.jsonl", "feedback.jsonl"):
        old = re.sub(r'"at": "\d{4}', '"at": "2001', (home / name).read_text("utf-8"))
        (home / name).write_text(old, "utf-8")
    page = client.get("/admin/questions").text
    assert "Giá vàng hôm nay" not in page
    assert "Sai năm" not in page


def test_keeping_questions_can_be_off(home):
    with TestClient(create_app(home, options=Options(keep_questions_days=0))) as client:
        before = (home / "questions.jsonl").read_text() if (home / "questions.jsonl").exists() else ""
        assert client.post("/api/ask", json={"question": "Giá bạc hôm nay là bao nhiêu?"}).json()["abstained"]
        after = (home / "questions.jsonl").read_text() if (home / "questions.jsonl").exists() else ""
        assert after == before


def test_health_and_log_are_shown(client, token):
    assert "chỉ mục" in client.get("/admin/health").text
    assert "Lê Văn Quản" in client.get("/admin/log").text
