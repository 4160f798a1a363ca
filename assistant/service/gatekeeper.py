"""What stands before every route: who asks, how often, from which page, and whether they may."""

from __future__ import annotations

import logging
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access import Access, Identity, Permission
from assistant.access.limits import source
from assistant.access.origin import SAFE_METHODS, elsewhere, same_site
from assistant.access.policy import OPEN, Need, need
from assistant.access.sessions import Session
from assistant.service import failures
from assistant.service.words import say
from assistant.watch.call import refused
from corpus.errors import ChitieuError

__all__ = ["Gatekeeper", "Known", "address_of", "cookie_name", "is_secure", "own_origin"]

log = logging.getLogger("chitieu.access")

_PROGRAMS = ("/api/", "/v1/")


class Known(NamedTuple):
    """What is known of whoever asks; `session` where a cookie says so, `wrong` where what they showed is nothing."""

    identity: Identity
    session: Session | None = None
    wrong: bool = False


class Gatekeeper:
    """ASGI middleware around the routes; puts `identity` and `session` into the state of each request."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or says why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            refusal, known = await self._judged(Request(scope))
        except ChitieuError as error:
            refusal, known = failures.of(error), Known(self._access.visitor)
        scope.setdefault("state", {}).update(identity=known.identity, session=known.session)
        private = self._access.locked or known.identity.kind != "visitor"
        if private and need(scope["method"], scope["path"]) != OPEN:
            send = _unshared(send)
        await (refusal or self._app)(scope, receive, send)

    async def _judged(self, request: Request) -> tuple[Response | None, Known]:
        needed = need(request.method, request.url.path)
        visitor = Known(self._access.visitor)
        if needed == OPEN and not request.url.path.startswith("/login"):
            return None, visitor
        address = address_of(request)
        wait = self._access.per_address.wait(address)
        if wait:
            return _too_often(wait, "address"), visitor
        shown, cookie = _bearer(request.headers), request.cookies.get(cookie_name(request, self._access), "")
        known = visitor
        if shown or cookie:
            wait = self._access.wrong.empty(address)
            if wait:
                return _too_often(wait, "wrong_credentials"), visitor
            known = await run_in_threadpool(self._known, shown, cookie)
            if known.wrong:
                self._access.wrong.wait(address)
        if known.identity.subject:
            wait = self._access.per_key.wait(known.identity.subject)
            if wait:
                return _too_often(wait, "key"), known
        return self._refusal(request, needed, known), known

    def _known(self, shown: str, cookie: str) -> Known:
        """Who shows this credential, else whose session the cookie is, else a visitor."""
        access = self._access
        if shown and (access.locked or access.recognises(shown)):
            identity = access.bearer(shown)
            return Known(access.visitor, wrong=True) if identity is None else Known(identity)
        session = access.sessions.find(cookie) if cookie else None
        identity = access.in_session(session) if session else None
        return Known(access.visitor) if identity is None else Known(identity, session)

    def _refusal(self, request: Request, needed: Need | None, known: Known) -> Response | None:
        """Why this request is not served; None where it is."""
        identity = known.identity
        if known.wrong:
            return _unknown(request, wrong=True)
        if request.method not in SAFE_METHODS and self._forged(request, known):
            return failures.failure(403, message=say("error.forged"))
        if needed in (OPEN, "own") or (needed is None and not self._access.locked):
            return None
        if needed == "known" and identity.permissions:
            return None
        if isinstance(needed, Permission) and identity.may(needed):
            return None
        if needed is None and identity.may(Permission.MANAGE):
            return None
        if identity.kind == "visitor":
            return _unknown(request)
        return failures.failure(404 if needed is None else 403)

    def _forged(self, request: Request, known: Known) -> bool:
        """Whether another site's page may have sent this in the name of somebody."""
        if known.session is not None:
            return not same_site(request.headers, own_origin(request, self._access))
        return not request.url.path.startswith(_PROGRAMS) and elsewhere(request.headers)


def _bearer(headers: Headers) -> str:
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    return shown.strip() if scheme.lower() == "bearer" else ""


def _too_often(wait: int, limit: str) -> Response:
    refused(limit)
    return failures.failure(429, message=say("error.wait", seconds=wait), headers={"Retry-After": str(wait)})


def _unknown(request: Request, wrong: bool = False) -> Response:
    """401 for programs; people who open a page are led to where they can enter."""
    path = request.url.path
    reads = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if reads and not wrong and not path.startswith(_PROGRAMS):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/login?next={quote(path + query, safe='/')}", status_code=303)
    error = ', error="invalid_token"' if wrong else ""
    return failures.failure(401, headers={"WWW-Authenticate": f'Bearer realm="chitieu"{error}'})


def address_of(request: Request) -> str:
    """The address that a request counts for; behind a proxy that the settings trust, the one that it names."""
    return source(request.client.host) if request.client else ""


def is_secure(request: Request, access: Access) -> bool:
    """Whether people reach the service by https."""
    return request.url.scheme == "https" or (access.options.public_url or "").startswith("https://")


def cookie_name(request: Request, access: Access) -> str:
    """The name of the session's cookie; by https one that no other host and no plain page can set."""
    return "__Host-chitieu_session" if is_secure(request, access) else "chitieu_session"


def own_origin(request: Request, access: Access) -> str:
    """The origin of the pages of this service, as browsers name it."""
    parts = urlsplit(access.options.public_url or str(request.base_url))
    return f"{parts.scheme}://{parts.netloc}"


def _unshared(send: Send) -> Send:
    """`send` for what only one person may keep."""

    async def private(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = "no-store"
            headers.add_vary_header("Authorization, Cookie")
        await send(message)

    return private
