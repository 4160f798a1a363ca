"""What browsers rely on: cookies, forms, origins, headers, and what is never written down."""

from __future__ import annotations

import json
import logging
import re

import pytest
from fastapi.testclient import TestClient

from assistant.access.desk import AccessOptions
from assistant.access.sessions import KEY_FILE, Signer
from assistant.access.tally import Own
from assistant.service import create_app
from assistant.service.options import Options
from corpus.errors import StoreError

HERE = "http://testserver"
HTTPS = "https://chitieu.example.vn"
FILE = {"file": ("thu.txt", "QUYẾT ĐỊNH\nĐiều 1. Đến năm 2027, 30% cầu treo được sơn lại.\n".encode())}


def opened_by(app, key, base=HERE):
    """A browser in which somebody entered with `key`."""
    client = TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)
    assert client.post("/login", data={"key": key, "next": "/workbench"}).headers["location"] == "/workbench"
    return client


@pytest.fixture
def browser(locked, house):
    locked.state.service.access.wrong._rows = Own()
    return opened_by(locked, house.keys["editor"])


def form_token(client, path="/workbench"):
    return re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)[1]


def test_a_session_of_a_key_may_what_the_key_may_and_ends_with_it(locked, house):
    key, shown = house.keeper.create("Mượn", collections=["mật"])
    client = opened_by(locked, shown)
    assert client.get("/api/me").json()["collections"] == ["mật"]
    assert client.get("/documents/mat-ho-chua").status_code == 200
    assert client.get("/workbench").status_code == 403
    house.keeper.revoke(key.id)
    assert client.get("/api/me").status_code == 401
    assert client.get("/documents", headers={"Accept": "text/html"}).headers["location"] == "/login?next=/documents"


def test_entering_again_begins_another_session_and_leaves_no_planted_one(locked, house):
    find = locked.state.service.access.sessions.find
    client = opened_by(locked, house.keys["editor"])
    before = client.cookies["chitieu_session"]
    own = {"Origin": HERE}
    done = client.post("/login", data={"key": house.keys["editor"]}, headers=own)
    after = done.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert find(after).id != find(before).id
    planted = TestClient(locked, cookies={"chitieu_session": before}, follow_redirects=False)
    assert f"chitieu_session={before}" not in planted.post(
        "/login", data={"key": house.keys["reader"]}, headers=own
    ).headers.get("set-cookie", "")


def test_a_session_ends_by_time(locked, house, monkeypatch):
    from assistant.access import sessions

    shown = {"Cookie": f"chitieu_session={opened_by(locked, house.keys['reader']).cookies['chitieu_session']}"}
    client = TestClient(locked, follow_redirects=False)
    lasts, now = locked.state.service.access.sessions.seconds, sessions.time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: now + lasts - 60)
    assert client.get("/api/me", headers=shown).status_code == 200
    monkeypatch.setattr(sessions.time, "time", lambda: now + lasts + 1)
    assert client.get("/api/me", headers=shown).status_code == 401


def test_the_secret_opens_a_session_that_another_secret_ends(house):
    app = create_app(house.home, options=Options(admin_token="m" * 20, access=AccessOptions(mode="keys")))
    client = opened_by(app, "m" * 20)
    assert client.get("/admin").status_code == 200
    other = create_app(house.home, options=Options(admin_token="n" * 20, access=AccessOptions(mode="keys")))
    stale = TestClient(other, cookies=dict(client.cookies), follow_redirects=False)
    assert stale.get("/api/me").status_code == 401


def test_cookies_are_for_this_service_alone(house):
    app = create_app(house.home, options=Options(access=AccessOptions(mode="keys", public_url=HTTPS)))
    reply = TestClient(app, base_url=HTTPS, follow_redirects=False).post("/login", data={"key": house.keys["reader"]})
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("__Host-chitieu_session=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert "Domain" not in cookie


def test_by_https_browsers_are_told_to_stay_there(house):
    app = create_app(house.home, options=Options(public_url=HTTPS))
    plain = create_app(house.home, options=Options())
    assert TestClient(app).get("/login").headers["strict-transport-security"] == "max-age=31536000"
    assert TestClient(plain, base_url="https://x").get("/").headers["strict-transport-security"]
    assert "strict-transport-security" not in TestClient(plain).get("/login").headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/a"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:81"},
        {"Origin": "https://testserver"},
        {},
    ],
)
def test_no_other_page_can_act_in_somebodys_name(browser, headers):
    token = form_token(browser)
    for path, sent in (
        ("/api/ask", {"json": {"question": "cầu treo"}}),
        ("/api/extract", {"files": FILE}),
        ("/api/documents", {"files": FILE, "data": {"form_token": token}}),
        ("/workbench", {"files": FILE, "data": {"form_token": token}}),
        ("/workbench/corrections", {"data": {"targets": "[]", "form_token": token}}),
        ("/logout", {"data": {"form_token": token}}),
    ):
        assert browser.post(path, headers=headers, **sent).status_code == 403, path
    assert browser.get("/api/me").status_code == 200


@pytest.mark.parametrize(
    "path", ["/workbench", "/workbench/export", "/workbench/corrections", "/logout", "/api/documents"]
)
def test_a_form_needs_the_token_of_its_own_session(browser, locked, house, path):
    foreign = form_token(opened_by(locked, house.keys["other"]))
    own = {"Origin": HERE}
    for token in ("", "x", foreign, form_token(browser)[:-1]):
        sent = {"data": {"targets": "[]", "format": "csv", "form_token": token}, "files": FILE}
        assert browser.post(path, headers=own, **sent).status_code == 403, token


def test_forms_of_the_own_pages_work(browser):
    own = {"Origin": HERE}
    token = form_token(browser)
    shown = browser.post("/workbench", files=FILE, data={"form_token": token}, headers=own)
    assert shown.status_code == 200
    assert f'name="form_token" value="{token}"' in shown.text
    assert (
        browser.post(
            "/workbench/export", data={"targets": "[]", "format": "csv", "form_token": token}, headers=own
        ).status_code
        == 200
    )
    assert browser.post("/api/ask", json={"question": "cầu treo"}, headers=own).status_code == 200
    assert browser.post("/logout", data={"form_token": token}, headers=own).status_code == 200
    assert browser.get("/api/me").status_code == 401


def test_other_sites_cannot_send_forms_to_an_open_service(opened):
    client = TestClient(opened, raise_server_exceptions=False)
    assert client.post("/workbench", files=FILE, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/workbench", files=FILE).status_code == 200
    allowed = client.post("/api/ask", json={"question": "a b c"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert allowed.status_code == 200


def test_an_admins_session_and_key_open_admin_with_its_tokens(locked, house):
    client = opened_by(locked, house.keys["admin"])
    page = client.get("/admin/documents/cap-nuoc")
    assert page.status_code == 200
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    own = {"Origin": HERE}
    assert (
        client.post("/admin/collections", data={"id": "cap-nuoc", "names": "x", "token": "no"}, headers=own).status_code
        == 403
    )
    assert client.post("/admin/collections", data={"id": "cap-nuoc", "names": "x", "token": token}).status_code == 403
    done = client.post("/admin/collections", data={"id": "cap-nuoc", "names": "Thử", "token": token}, headers=own)
    assert done.status_code == 303
    reader = {"Authorization": f"Bearer {house.keys['reader']}"}
    assert client.get("/api/documents/cap-nuoc", headers=reader).status_code == 404
    assert 'value="thử"' in client.get("/admin/documents/cap-nuoc").text
    client.post("/admin/collections", data={"id": "cap-nuoc", "names": "", "token": token}, headers=own)
    assert client.get("/api/documents/cap-nuoc", headers=reader).status_code == 200


def test_saved_files_are_never_shown_by_a_browser(opened):
    client = TestClient(opened)
    for path in (
        "/api/documents/cap-nuoc/original",
        "/api/documents/cap-nuoc/export?format=akn",
        "/api/targets/export?format=csv",
    ):
        headers = client.get(path).headers
        assert headers["content-disposition"].startswith("attachment"), path
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]


def test_where_people_enter_cannot_be_framed(locked):
    client = TestClient(locked)
    for path in ("/login", "/admin"):
        assert "frame-ancestors 'none'" in client.get(path).headers["content-security-policy"]


def test_nothing_that_needs_somebody_is_kept_by_caches(locked, house):
    client = TestClient(locked, headers={"Authorization": f"Bearer {house.keys['reader']}"})
    for path in (
        "/",
        "/documents",
        "/documents/cap-nuoc",
        "/targets",
        "/api/documents",
        "/api/documents/cap-nuoc/original",
        "/openapi.json",
    ):
        reply = client.get(path)
        assert reply.headers["cache-control"] == "no-store", path
        assert "Authorization" in reply.headers["vary"]
    assert "immutable" in client.get("/static/app.css?v=1").headers["cache-control"]


def test_no_credential_is_ever_written_down(locked, house, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = [shown for name, shown in house.keys.items() if shown]
    for shown in secrets:
        locked.state.service.access.wrong._rows = Own()
        client = TestClient(locked, raise_server_exceptions=False)
        client.get("/api/me", headers={"Authorization": f"Bearer {shown}"})
        assert client.post("/login", data={"key": shown}, follow_redirects=False).status_code in (303, 403)
        client.cookies.clear()
        client.post("/login", data={"key": f" {shown} x"}, follow_redirects=False)
        client.get(f"/api/documents?q={shown}", headers={"Authorization": f"Bearer {shown}"})
        client.get("/api/documents", headers={"Authorization": shown})
    own = (r.getMessage() for r in caplog.records if r.name.startswith(("chitieu", "uvicorn", "fastapi")))
    written = "\n".join(own) + "".join(p.read_text("utf-8", "replace") for p in house.home.glob("*.jsonl"))
    assert written.count('"action": "login"') >= 2 * len(secrets)
    for shown in secrets:
        assert shown[-20:] not in written
    assert (house.home / KEY_FILE).stat().st_mode & 0o077 == 0


def test_what_was_signed_for_one_thing_counts_for_nothing_else(tmp_path):
    signer, other = Signer(tmp_path / "a"), Signer(tmp_path / "b")
    sealed = signer.sealed("session", {"a": 1}, 60)
    assert signer.opened("session", sealed) == {"a": 1}
    assert Signer(tmp_path / "a").opened("session", sealed) == {"a": 1}
    body, _, mark = sealed.partition(".")
    for wrong in ("", ".", body, f"{body}.", f"{body}x.{mark}", f"x{sealed}", sealed[:-2], "ữ.ữ", f"{mark}.{body}"):
        assert signer.opened("session", wrong) is None, wrong
    assert signer.opened("login", sealed) is None
    assert other.opened("session", sealed) is None
    assert signer.opened("session", signer.sealed("session", {"a": 1}, -1)) is None


def test_a_key_file_that_is_too_short_is_told(tmp_path):
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(StoreError, match="đăng nhập lại"):
        Signer(tmp_path).sealed("session", {}, 1)


def test_editors_store_documents_where_they_may(tmp_path):
    from assistant.access.keys import Keys
    from assistant.access.ledger import Ledger
    from assistant.access.roles import Role
    from assistant.workspace import Workspace

    room = Workspace(tmp_path)
    keeper = Keys(Ledger(lambda: room.store))
    editor = {"Authorization": f"Bearer {keeper.create('Biên tập', Role.EDITOR, collections=['mật'])[1]}"}
    reader = {"Authorization": f"Bearer {keeper.create('Người đọc')[1]}"}
    other = {"Authorization": f"Bearer {keeper.create('Nhóm khác', Role.EDITOR)[1]}"}
    client = TestClient(
        create_app(tmp_path, options=Options(access=AccessOptions(mode="keys"))), raise_server_exceptions=False
    )

    def stored(headers, **data):
        return client.post("/api/documents", files=FILE, data=data, headers=headers)

    assert stored({}).status_code == 401
    assert stored(reader).status_code == 403
    assert stored(editor, collection="của người khác").status_code == 422
    first = stored(editor, collection="mật")
    assert (first.status_code, first.json()["id"], first.json()["collections"]) == (201, "thu", ["mật"])
    assert client.get("/api/documents/thu", headers=reader).status_code == 404
    assert client.get("/api/documents/thu", headers=editor).status_code == 200
    assert stored(editor).json()["changed"] is False
    theirs = stored(other)
    assert theirs.status_code == 201
    assert theirs.json()["id"] != "thu"
    assert client.get("/api/documents/thu", headers=reader).status_code == 404
    assert json.loads(client.get("/api/documents", headers=reader).text)["total"] == 1
    assert (
        client.post("/api/documents", files={"file": ("hong.pdf", b"%PDF-1.4 rac")}, headers=editor).status_code == 415
    )
    assert "Biên tập" in (tmp_path / "audit.jsonl").read_text("utf-8")
