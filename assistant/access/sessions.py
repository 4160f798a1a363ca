"""Sessions of people in a browser: a signed cookie that ends by itself, and a list of those that were left early.

The signing key lies in `session.key` of the home, readable by its owner only; it is made when first needed. Several
processes of one home share it; machines that share a database need the same file to share sessions.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select

from assistant.access.ledger import Ledger, ended_sessions, now
from assistant.why import why
from corpus.document import Frozen
from corpus.errors import StoreError

__all__ = ["KEY_FILE", "Session", "Sessions", "Signer"]

KEY_FILE = "session.key"


class Signer:
    """Texts that only this home can have written, each for one purpose and until one moment."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._made: bytes | None = None

    def sealed(self, purpose: str, values: Mapping[str, Any], seconds: float) -> str:
        """`values` as text for a cookie, good for `seconds`."""
        body = _encoded(json.dumps({**values, "until": time.time() + seconds}, ensure_ascii=False).encode())
        return f"{body}.{self._mark(purpose, body)}"

    def opened(self, purpose: str, sealed: str) -> dict[str, Any] | None:
        """What was sealed for this purpose; None where it was not, was changed, or is over."""
        body, _, mark = sealed.partition(".")
        if not hmac.compare_digest(self._mark(purpose, body).encode(), mark.encode("utf-8", "replace")):
            return None
        values: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return values if values.pop("until") > time.time() else None

    def token(self, purpose: str, subject: str) -> str:
        """A text that proves that a form was made here for `subject`."""
        return self._mark(purpose, subject)

    def right(self, purpose: str, subject: str, token: str) -> bool:
        """Whether `token` is the one for `subject`; takes the same time however much of it is right."""
        return hmac.compare_digest(self._mark(purpose, subject).encode(), token.encode("utf-8", "replace"))

    def _mark(self, purpose: str, words: str) -> str:
        message = f"{purpose}\0{words}".encode("utf-8", "replace")
        return _encoded(hmac.digest(self._key(), message, "sha256"))

    def _key(self) -> bytes:
        if self._made is None:
            self._made = _kept(self._home / KEY_FILE)
        return self._made


class Session(Frozen):
    """Somebody who entered: by a key, by single sign-on, or with the administrator's secret.

    `subject` is the key's id, the person's `iss` and `sub`, or a mark of the secret; `groups` are those that the
    settings know.
    """

    id: str
    kind: str
    subject: str
    name: str
    groups: tuple[str, ...] = ()


class Sessions:
    """Begins, finds and ends sessions; what somebody may do is looked up at each request, not kept in them."""

    PURPOSE = "session"

    def __init__(self, signer: Signer, ledger: Ledger, hours: float) -> None:
        self._signer = signer
        self._ledger = ledger
        self.seconds = int(hours * 3600)

    def begin(self, kind: str, subject: str, name: str, groups: tuple[str, ...] = ()) -> str:
        """The cookie of a new session."""
        session = Session(id=secrets.token_urlsafe(18), kind=kind, subject=subject, name=name, groups=groups)
        return self._signer.sealed(self.PURPOSE, session.model_dump(), self.seconds)

    def find(self, cookie: str) -> Session | None:
        """The session of a cookie, where it still runs."""
        values = self._signer.opened(self.PURPOSE, cookie) if cookie else None
        if values is None:
            return None
        session = Session.model_validate({**values, "groups": tuple(values["groups"])})
        return None if self._ended(session.id) else session

    def end(self, session: Session) -> None:
        """Ends it, also for whoever holds a copy of the cookie."""
        until = datetime.fromtimestamp(time.time() + self.seconds + 1, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._ledger.writing() as connection:
            connection.execute(delete(ended_sessions).where(ended_sessions.c.until < now()))
            connection.execute(delete(ended_sessions).where(ended_sessions.c.id == session.id))
            connection.execute(insert(ended_sessions).values(id=session.id, until=until))

    def form_token(self, session: Session) -> str:
        """What the forms of a session carry, so that no other site can send them."""
        return self._signer.token("form", session.id)

    def sent(self, session: Session, token: str) -> bool:
        """Whether `token` came from a form of the session."""
        return self._signer.right("form", session.id, token)

    def _ended(self, id: str) -> bool:
        query = select(ended_sessions.c.id).where(ended_sessions.c.id == id)
        with self._ledger.reading() as connection:
            return connection is not None and connection.execute(query).first() is not None


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _kept(path: Path) -> bytes:
    """The key in `path`; made there in one step where there is none, so that two processes end up with one."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(secrets.token_bytes(32))
            try:
                os.link(made, path)
            except FileExistsError:
                pass
            finally:
                made.unlink()
        key = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path.name}: không đọc, ghi được ({why(error)}); hãy kiểm tra quyền của thư mục") from error
    if len(key) < 32:
        raise StoreError(f"{path.name}: ngắn hơn 32 byte; hãy xóa tệp này để tạo lại (mọi người phải đăng nhập lại)")
    return key
