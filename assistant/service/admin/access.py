"""Who may enter `/admin`: a secret given once, then a signed cookie, and a token in every form."""

from __future__ import annotations

import base64
import hmac
import secrets
import time
from hashlib import sha256

__all__ = ["COOKIE", "LASTS", "Access"]

COOKIE = "chitieu_admin"
LASTS = 8 * 3600
"""Seconds that a session lasts."""


class Access:
    """Checks and makes sessions with the secret of the settings; nothing is kept, so restarts end none."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._key = hmac.digest(self._secret, b"chitieu admin session", "sha256")

    def right(self, given: str) -> bool:
        """Whether `given` is the secret; takes the same time however much of it is right."""
        return hmac.compare_digest(sha256(given.strip().encode()).digest(), sha256(self._secret).digest())

    def session(self, who: str, now: float | None = None) -> str:
        """A cookie for `who`, good for `LASTS` seconds."""
        name = base64.urlsafe_b64encode(who.encode()).decode()
        body = f"{int((now or time.time()) + LASTS)}.{name}.{secrets.token_hex(8)}"
        return f"{body}.{self._sign(body)}"

    def who(self, session: str, now: float | None = None) -> str | None:
        """The name in a cookie that this service made and that still holds."""
        body, _, signature = session.rpartition(".")
        if not hmac.compare_digest(self._sign(body).encode(), signature.encode()):
            return None
        until, name, _ = body.split(".")
        return base64.urlsafe_b64decode(name).decode() if int(until) > (now or time.time()) else None

    def form_token(self, session: str) -> str:
        """What the forms of a session carry, so that no other site can send them."""
        return self._sign(f"form {session}")

    def sent(self, session: str, token: str) -> bool:
        """Whether `token` came from a form of the session."""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def _sign(self, words: str) -> str:
        return hmac.digest(self._key, words.encode(), "sha256").hex()
