"""OpenID Connect against a provider that is a process of its own: who gets in, with what, and who does not."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.access.desk import AccessOptions
from assistant.access.tally import Own
from assistant.service import create_app
from assistant.service.options import Options

SECRET = "bi-mat-cua-may-khach"
GROUPS = {"chuyen-vien": "reader", "to-mat": "reader: mật", "phong-ke-hoach": "editor: kế hoạch", "quan-tri": "admin"}
HERE = "http://testserver"
BINH = {"sub": "u-17", "name": "Trần Thị Bình", "groups": ["chuyen-vien", "nhom-la"]}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Provider:
    """The process, and what it is told."""

    def __init__(self, port):
        self.issuer, self.address = f"http://127.0.0.1:{port}/realm", f"http://127.0.0.1:{port}"

    def tell(self, **said):
        return httpx.post(f"{self.address}/control", json=said).json()

    def token(self, user, **said):
        return self.tell(sign_for=user, **said)["token"]


@pytest.fixture(scope="module")
def provider():
    port = free_port()
    process = subprocess.Popen([sys.executable, str(Path(__file__).parent / "oidc_provider.py"), str(port)])
    made = Provider(port)
    for _ in range(200):
        try:
            made.tell()
            break
        except httpx.HTTPError:
            time.sleep(0.05)
    yield made
    process.terminate()
    process.wait(10)


@pytest.fixture
def told(provider):
    """The provider, behaving well."""
    provider.tell(user=BINH, fault="", claims_in="token")
    return provider


@pytest.fixture(scope="module")
def service(house, provider):
    import os

    os.environ["THU_BI_MAT_OIDC"] = SECRET
    access = AccessOptions(
        mode="keys", public_url=HERE, issuer=provider.issuer, client_id="chitieu", secret_env="THU_BI_MAT_OIDC",
        groups=GROUPS,
    )  # fmt: skip
    yield create_app(house.home, options=Options(access=access))
    del os.environ["THU_BI_MAT_OIDC"]


@pytest.fixture
def browser(service):
    """A browser without cookies that follows nobody by itself."""
    return TestClient(service, raise_server_exceptions=False, follow_redirects=False)


def at_provider(address):
    """Where the provider sends the browser back to."""
    reply = httpx.get(address, follow_redirects=False)
    assert reply.status_code == 302, reply.text
    return reply.headers["location"]


def entering(browser, next="/documents"):
    """The last step of a login: the response of the service to who comes back."""
    there = browser.get("/login/start", params={"next": next})
    assert there.status_code == 303, there.text
    back = at_provider(there.headers["location"])
    return browser.get(back.removeprefix(HERE))


def test_somebody_enters_and_gets_to_where_they_wanted(browser, told):
    asked = browser.get("/targets?q=nước", headers={"Accept": "text/html"})
    assert asked.status_code == 303
    assert asked.headers["location"] == "/login?next=/targets%3Fq%3Dn%25C6%25B0%25E1%25BB%259Bc"
    door = browser.get(asked.headers["location"])
    start = re.search(r'href="(/login/start[^"]+)"', door.text)[1]
    there = browser.get(start.replace("&amp;", "&"))
    back = at_provider(there.headers["location"])
    done = browser.get(back.removeprefix(HERE))
    assert done.status_code == 303
    assert done.headers["location"] == "/targets?q=n%C6%B0%E1%BB%9Bc"
    cookie = next(c for c in done.headers.get_list("set-cookie") if c.startswith("chitieu_session="))
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=28800"))
    page = browser.get("/documents")
    assert page.status_code == 200
    assert "Trần Thị Bình" in page.text
    assert page.headers["cache-control"] == "no-store"
    me = browser.get("/api/me").json()
    assert (me["kind"], me["role"], me["permissions"]) == ("person", "reader", ["ask", "read"])


def test_the_request_to_the_provider_has_state_nonce_and_pkce(browser, told):
    first, second = (browser.get("/login/start").headers["location"] for _ in range(2))
    asked, again = parse_qs(urlsplit(first).query), parse_qs(urlsplit(second).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{HERE}/login/done"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 43
        assert asked[name] != again[name]
    assert "client_secret" not in asked
    pending = next(c for c in browser.get("/login/start").headers.get_list("set-cookie"))
    assert all(part in pending for part in ("HttpOnly", "SameSite=lax", "Path=/login", "Max-Age=600"))


@pytest.mark.parametrize(
    ("groups", "role", "collections"),
    [
        (["chuyen-vien"], "reader", []),
        (["chuyen-vien", "to-mat"], "reader", ["mật"]),
        (["phong-ke-hoach", "to-mat"], "editor", ["kế hoạch", "mật"]),
        (["quan-tri"], "admin", []),
        ("chuyen-vien", "reader", []),
    ],
)
def test_groups_become_role_and_collections(browser, told, groups, role, collections):
    told.tell(user={**BINH, "groups": groups})
    assert entering(browser).status_code == 303
    me = browser.get("/api/me").json()
    assert (me["role"], me["collections"]) == (role, collections)
    hidden = browser.get("/api/documents/mat-ho-chua").status_code
    assert hidden == (200 if role == "admin" or "mật" in collections else 404)
    assert browser.get("/admin").status_code == (200 if role == "admin" else 303)


def test_groups_may_come_from_userinfo(browser, told):
    told.tell(claims_in="userinfo", user={**BINH, "groups": ["to-mat"]})
    assert entering(browser).status_code == 303
    assert browser.get("/api/me").json()["collections"] == ["mật"]


@pytest.mark.parametrize("groups", [[], ["nhom-la"], None, {"chuyen-vien": 1}, [["chuyen-vien"]], [7]])
def test_who_has_no_group_that_is_known_is_told_so(browser, told, groups):
    told.tell(user={**BINH, "groups": groups})
    reply = entering(browser)
    assert reply.status_code == 403
    assert "chưa được cấp quyền" in reply.text
    assert not any(c.startswith("chitieu_session=") for c in reply.headers.get_list("set-cookie"))
    assert browser.get("/api/me").status_code == 401


@pytest.mark.parametrize(
    "fault",
    [
        "nonce",
        "no_nonce",
        "expired",
        "audience",
        "issuer",
        "two_audiences",
        "no_expiry",
        "none",
        "public_key_as_secret",
        "key",
        "denied",
    ],
)
def test_what_does_not_pass_lets_nobody_in(browser, told, fault):
    told.tell(fault=fault)
    reply = entering(browser)
    assert reply.status_code == 403, fault
    assert browser.get("/api/me").status_code == 401
    assert "Traceback" not in reply.text


def test_userinfo_of_somebody_else_lets_nobody_in(browser, told):
    told.tell(fault="userinfo", claims_in="userinfo")
    assert entering(browser).status_code == 403


def test_a_code_counts_once_and_only_in_the_browser_that_asked(service, browser, told):
    there = browser.get("/login/start")
    back = at_provider(there.headers["location"]).removeprefix(HERE)
    stranger = TestClient(service, raise_server_exceptions=False, follow_redirects=False)
    assert stranger.get(back).status_code == 403
    stranger.get("/login/start")
    assert stranger.get(back).status_code == 403
    again = at_provider(browser.get("/login/start").headers["location"]).removeprefix(HERE)
    for state in ("state=x", "state=", "state=" + "A" * 43):
        assert browser.get(re.sub(r"state=[^&]+", state, again)).status_code == 403
        assert "chitieu_session" not in browser.cookies
    browser.get("/login/start")
    assert browser.get(again).status_code == 403
    assert "chitieu_login" not in browser.cookies


def test_another_state_is_refused_before_the_issuer_is_asked_for_anything(browser, told, monkeypatch):
    from assistant.access.oidc import Provider as Known

    asked = []
    usual = Known.finish
    monkeypatch.setattr(Known, "finish", lambda *given: asked.append(given[1]) or usual(*given))
    back = at_provider(browser.get("/login/start").headers["location"]).removeprefix(HERE)
    mine = at_provider(browser.get("/login/start").headers["location"]).removeprefix(HERE)
    assert browser.get(back).status_code == 403
    assert asked == []
    mine = at_provider(browser.get("/login/start").headers["location"]).removeprefix(HERE)
    assert browser.get(mine).status_code == 303
    assert len(asked) == 1
    assert "chitieu_login" not in browser.cookies
    browser.cookies.delete("chitieu_session")
    assert browser.get(mine).status_code == 403
    assert len(asked) == 1


def test_each_login_begins_a_session_that_nobody_knew_before(service, browser, told):
    entering(browser)
    first = browser.cookies["chitieu_session"]
    entering(browser)
    second = browser.cookies["chitieu_session"]
    find = service.state.service.access.sessions.find
    assert find(first).id != find(second).id
    assert len(find(second).id) >= 24
    planted = TestClient(service, cookies={"chitieu_session": "x.y"}, follow_redirects=False)
    done = entering(planted)
    assert any(c.startswith("chitieu_session=ey") for c in done.headers.get_list("set-cookie"))


def test_by_https_what_a_login_remembers_never_goes_out_in_the_clear(house, told, monkeypatch):
    monkeypatch.setenv("THU_BI_MAT_OIDC", SECRET)
    access = AccessOptions(
        mode="keys", public_url="https://chitieu.example.vn", issuer=told.issuer, client_id="chitieu",
        secret_env="THU_BI_MAT_OIDC", groups=GROUPS,
    )  # fmt: skip
    client = TestClient(create_app(house.home, options=Options(access=access)), follow_redirects=False)
    reply = client.get("/login/start")
    assert parse_qs(urlsplit(reply.headers["location"]).query)["redirect_uri"] == [
        "https://chitieu.example.vn/login/done"
    ]
    assert "Secure" in reply.headers["set-cookie"]


@pytest.mark.parametrize(
    "endpoint", ["http://sso.example.vn/x", "http://127.0.0.1.example.vn/x", "ftp://127.0.0.1/x", "", "//127.0.0.1/x"]
)
@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
def test_no_secret_goes_to_an_address_without_tls(told, monkeypatch, name, endpoint):
    from assistant.access import oidc

    known = oidc.Provider(AccessOptions(issuer=told.issuer, client_id="chitieu"), None)
    known._metadata()
    known._found[name] = endpoint
    monkeypatch.setattr(oidc.httpx, "post", None)
    monkeypatch.setattr(oidc.httpx, "get", None)
    with pytest.raises(oidc.Unreachable, match="không phải địa chỉ https"):
        known._address(name)
    monkeypatch.setitem(known._found, "end_session_endpoint", endpoint)
    assert known.leaving() is None


def test_leaving_ends_every_copy_of_the_cookie(service, browser, told):
    entering(browser)
    copy = browser.cookies["chitieu_session"]
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/documents").text)[1]
    assert browser.post("/logout", data={"form_token": token}).status_code == 403
    own = {"Origin": HERE}
    assert browser.post("/logout", data={"form_token": "x"}, headers=own).status_code == 403
    left = browser.post("/logout", data={"form_token": token}, headers=own)
    assert left.status_code == 200
    assert f"{told.issuer}/bye" in left.text
    thief = TestClient(service, cookies={"chitieu_session": copy}, follow_redirects=False)
    assert thief.get("/api/me").status_code == 401


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "evil",
    ],
)
def test_nobody_is_led_elsewhere_after_entering(browser, told, next):
    assert entering(browser, next).headers["location"] == "/"


def test_programs_show_access_tokens_of_the_issuer(browser, told):
    def status(token):
        return browser.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code

    good = told.token({**BINH, "groups": ["to-mat"]})
    shown = browser.get("/api/documents/mat-ho-chua", headers={"Authorization": f"Bearer {good}"})
    assert shown.status_code == 200
    for fault in ("expired", "audience", "issuer", "none", "public_key_as_secret", "key", "no_expiry"):
        assert status(told.token(BINH, fault=fault)) == 401, fault
    told.tell(fault="")
    assert status(good[:-6] + "AAAAAA") == 401
    assert status(told.token({**BINH, "groups": []})) == 403
    assert status("a.b.c") == 401


def test_new_keys_of_the_issuer_are_learnt_but_not_asked_for_each_time(service, browser, told, monkeypatch):
    from assistant.access import oidc

    made = told.token(BINH, rotate=True)
    monkeypatch.setattr(oidc, "_AGAIN", 0.0)
    assert browser.get("/api/me", headers={"Authorization": f"Bearer {made}"}).status_code == 200
    monkeypatch.setattr(oidc, "_AGAIN", 3600.0)
    before = len(told.tell()["seen"])
    service.state.service.access.wrong._rows = Own()
    for _ in range(5):
        wrong = told.token(BINH, fault="key")
        assert browser.get("/api/me", headers={"Authorization": f"Bearer {wrong}"}).status_code == 401
    assert len(told.tell(fault="")["seen"]) == before


def test_an_issuer_that_is_away_or_another_one_is_said_in_one_line(house, told):
    for issuer in ("http://127.0.0.1:9/realm", told.issuer):
        access = AccessOptions(mode="keys", public_url=HERE, issuer=issuer, client_id="chitieu", groups=GROUPS)
        told.tell(fault="issuer_of_discovery")
        client = TestClient(create_app(house.home, options=Options(access=access)), raise_server_exceptions=False)
        reply = client.get("/login/start", follow_redirects=False)
        assert reply.status_code == 503
        assert "hãy" in reply.json()["error"]["message"]
        assert client.get("/login").status_code == 200
    told.tell(fault="")


def test_the_secret_of_the_client_is_missed_by_name(house, told):
    from assistant.access.oidc import Provider as Known
    from corpus.errors import InvalidSetting

    with pytest.raises(InvalidSetting, match="KHONG_CO_BIEN_NAY"):
        Known.of(AccessOptions(issuer=told.issuer, client_id="chitieu", secret_env="KHONG_CO_BIEN_NAY"))
