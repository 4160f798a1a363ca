"""`/login` and `/logout`: people enter with a key, or at the identity provider, and leave again."""

from __future__ import annotations

import hmac
import logging
import re
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.access import Access
from assistant.access.oidc import Provider, Refused
from assistant.service.failures import failure
from assistant.service.gatekeeper import address_of, cookie_name, is_secure, own_origin
from assistant.service.pages.layout import page
from assistant.service.routes.common import At
from assistant.service.words import say
from assistant.watch import audit
from corpus.errors import NotFound

__all__ = ["router"]

router = APIRouter()
log = logging.getLogger("chitieu.access")

Reply = TypeVar("Reply", bound=Response)

_PENDING = "chitieu_login"
_PENDING_SECONDS = 600
_Next = Annotated[str, Query(max_length=2000)]


@router.get("/login")
def door(request: Request, at: At, next: _Next = "/") -> Response:
    """Where somebody enters, and where they get to afterwards."""
    return _door(request, at.access, _inside(next))


@router.post("/login")
def enter(
    request: Request,
    at: At,
    key: Annotated[str, Form(max_length=500)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Lets in who has a key, or the administrator's secret."""
    access, shown = at.access, key.strip()
    wait = access.wrong.empty(address_of(request))
    if wait:
        return failure(429, message=say("error.wait", seconds=wait), headers={"Retry-After": str(wait)})
    cookie, who = "", ""
    if access.is_secret(shown):
        who = say("login.secret")
        cookie = access.sessions.begin("secret", access.secret_mark(), who)
    elif (found := access.keys.check(shown)) is not None:
        who = found.name
        cookie = access.sessions.begin("key", found.id, who)
        access.keys.used(found)
    if not cookie:
        access.wrong.wait(address_of(request))
        audit.note(at.home, "", "login", address_of(request), "refused")
        return _door(request, access, _inside(next), say("login.wrong"), 403)
    audit.note(at.home, who, "login", address_of(request))
    return _entered(request, access, cookie, _inside(next))


@router.get("/login/start")
def start(request: Request, at: At, next: _Next = "/") -> Response:
    """Sends the browser to the identity provider."""
    provider = _provider(at.access)
    address, remembered = provider.begin(_back(request, at.access))
    pending = at.access.signer.sealed("login", {**remembered, "next": _inside(next)}, _PENDING_SECONDS)
    reply = RedirectResponse(address, status_code=303)
    secure = is_secure(request, at.access)
    reply.set_cookie(
        _PENDING, pending, _PENDING_SECONDS, path="/login", httponly=True, samesite="lax", secure=secure
    )  # fmt: skip
    return _never_kept(reply)


@router.get("/login/done")
def done(
    request: Request,
    at: At,
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
    error: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Where the identity provider sends the browser back to."""
    access = at.access
    provider = _provider(access)
    remembered = access.signer.opened("login", request.cookies.get(_PENDING, ""))
    if remembered is None or not hmac.compare_digest(str(remembered["state"]).encode(), state.encode()):
        return _without_pending(_door(request, access, "/", say("login.stale"), 403))
    if error or not code:
        log.warning("the provider refused a login: %s", re.sub(r"[^\w.-]", "?", error)[:80])
        raise Refused(say("login.refused"))
    entered = provider.finish(code, remembered, _back(request, access))
    cookie = access.sessions.begin("person", entered.subject, entered.name, entered.groups)
    session = access.sessions.find(cookie)
    if session is None or access.in_session(session) is None:
        audit.note(at.home, entered.name, "login", address_of(request), "refused")
        return _without_pending(_door(request, access, "/", say("login.none", name=entered.name), 403))
    audit.note(at.home, entered.name, "login", address_of(request))
    return _without_pending(_entered(request, access, cookie, str(remembered["next"])))


@router.post("/logout")
def leave(request: Request, at: At, form_token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Ends the session, for every copy of its cookie."""
    access, session = at.access, request.scope["state"].get("session")
    leaving = None
    if session is not None:
        if not access.sessions.sent(session, form_token):
            return failure(403, message=say("error.forged"))
        access.sessions.end(session)
        audit.note(at.home, session.name, "logout")
        leaving = access.provider.leaving() if session.kind == "person" and access.provider else None
    request.scope["state"].update(session=None)
    reply = page(request, "left.html", leaving=leaving)
    secure = is_secure(request, access)
    reply.delete_cookie(cookie_name(request, access), path="/", httponly=True, samesite="lax", secure=secure)
    return _never_kept(reply)


def _door(request: Request, access: Access, next: str, problem: str = "", status: int = 200) -> HTMLResponse:
    single = access.options.issuer is not None
    return _never_kept(page(request, "login.html", status, next=next, problem=problem, single=single))


def _entered(request: Request, access: Access, cookie: str, next: str) -> RedirectResponse:
    reply = RedirectResponse(next, status_code=303)
    secure = is_secure(request, access)
    reply.set_cookie(
        cookie_name(request, access), cookie, access.sessions.seconds,
        path="/", httponly=True, samesite="lax", secure=secure,
    )  # fmt: skip
    return _never_kept(reply)


def _without_pending(reply: Reply) -> Reply:
    reply.delete_cookie(_PENDING, path="/login")
    return reply


def _never_kept(reply: Reply) -> Reply:
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _provider(access: Access) -> Provider:
    if access.provider is None:
        raise NotFound(say("error.404"))
    return access.provider


def _back(request: Request, access: Access) -> str:
    return f"{(access.options.public_url or own_origin(request, access)).rstrip('/')}/login/done"


def _inside(next: str) -> str:
    """`next` where it is an address of this service, else the first page: nobody is led elsewhere."""
    parts = urlsplit(next)
    plain = next.startswith("/") and not next.startswith(("//", "/\\")) and next.isprintable() and "\\" not in next
    return next if plain and not parts.scheme and not parts.netloc else "/"
