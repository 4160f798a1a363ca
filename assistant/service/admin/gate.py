"""What stands before every page of `/admin`: without the secret in the settings there is none."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, Request
from starlette.exceptions import HTTPException

from assistant.access import Identity, Permission
from assistant.access.sessions import Session
from assistant.service.admin.access import COOKIE, Access
from assistant.service.admin.desk import Keeper
from assistant.service.admin.jobs import Jobs
from assistant.service.state import Service

__all__ = ["Admin", "Visit", "admin_of", "attach", "changing", "visiting"]


@dataclass
class Admin:
    """The administrator's side of one application."""

    service: Service
    desk: Keeper
    access: Access
    jobs: Jobs


@dataclass
class Visit:
    """A request of somebody who was let in."""

    admin: Admin
    who: str
    session: str
    own: Session | None = None
    """The session of somebody who entered at `/login`; without it and without `session`, a key was shown."""

    @property
    def token(self) -> str:
        """What the forms of the page carry."""
        if self.own is not None:
            return self.admin.service.access.sessions.form_token(self.own)
        return self.admin.access.form_token(self.session)

    def sent(self, token: str) -> bool:
        """Whether `token` came from a form of these pages; a key that a program shows is no cookie and needs none."""
        if self.own is not None:
            return self.admin.service.access.sessions.sent(self.own, token)
        return not self.session or self.admin.access.sent(self.session, token)


def attach(service: Service) -> Admin | None:
    """The administrator's side, where the settings open one and the workspace can be changed."""
    secret = service.options.admin_token
    someone = secret or service.access.locked or service.access.options.issuer
    if not someone or not isinstance(service.desk, Keeper):
        return None
    return Admin(service, service.desk, Access(secret or secrets.token_hex(32)), Jobs(service))


def admin_of(request: Request) -> Admin:
    """The administrator's side; 404 where there is none."""
    admin: Admin | None = request.app.state.admin
    if admin is None:
        raise HTTPException(404)
    return admin


def visiting(request: Request, admin: Annotated[Admin, Depends(admin_of)]) -> Visit:
    """Somebody with a session, or who may manage; 403 for everybody else."""
    state = request.scope.get("state", {})
    identity: Identity | None = state.get("identity")
    if identity is not None and identity.may(Permission.MANAGE):
        return Visit(admin, identity.name, "", state.get("session"))
    session = request.cookies.get(COOKIE, "")
    who = admin.access.who(session)
    if who is None:
        raise HTTPException(403)
    return Visit(admin, who, session)


def changing(visit: Annotated[Visit, Depends(visiting)], token: Annotated[str, Form(max_length=200)] = "") -> Visit:
    """Somebody with a session whose form came from these pages; 403 otherwise."""
    if not visit.sent(token):
        raise HTTPException(403)
    return visit
